// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.Progress;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.packet.TunnelError;

/** An anchor with a binding cache that tests fill: what its tools show can be tested without one at work. */
public final class FakeLma implements LmaService {

    private static final long NOW = 1_000_000;

    private final Map<String, MobileNodeRecord> records = new TreeMap<>();
    private final LmaStatistics statistics = new LmaStatistics();
    public CompletableFuture<Integer> reconciliation = CompletableFuture.completedFuture(0);

    /** Makes one that has registered three nodes and answered nobody. */
    public FakeLma() {
        for (int i = 0; i < 3; i++) {
            statistics.count("registered");
        }
    }

    /** A session of mobile node N: number N, prefix 2001:db8:0:N::/64, at gateway 1 for odd N, 2 for even N. */
    public static BindingCacheEntry.Builder session(int n) {
        return BindingCacheEntry.builder().sessionId(n).state(BindingCacheEntry.State.ACTIVE)
                .linkLayerIdentifier(new byte[] {2, 0, 0, 0, 0, (byte) n})
                .linkLocalAddress(Ip6Address.valueOf("fe80::1"))
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:0:" + Integer.toHexString(n) + "::/64")))
                .accessTechnology(4).order(1, 1)
                .tunnel(Ip6Address.valueOf(n % 2 == 1 ? "2001:db8:a::1" : "2001:db8:a::2"),
                        Ip6Address.valueOf("2001:db8:f::1"))
                .operator(1).gre(GreMode.KEYS, 100 + n, 200 + n).lifetime(150).times(NOW, NOW + 600_000)
                .exchange(new byte[16], new byte[8]);
    }

    /** The first IPv4 home address of tests. */
    public static Ipv4Home ipv4Home() {
        return new Ipv4Home(Ip4Address.valueOf("10.1.0.7"), 24, Ip4Address.valueOf("10.1.0.1"));
    }

    /** Adds a mobile node with these sessions. */
    public FakeLma with(String mobileNode, BindingCacheEntry... sessions) {
        MobileNodeRecord record = new MobileNodeRecord(MobileNodeIdentifier.ofNai(mobileNode), List.of(sessions));
        records.put(record.key(), record);
        return this;
    }

    @Override
    public Collection<MobileNodeRecord> bindings() {
        return records.values();
    }

    @Override
    public Optional<MobileNodeRecord> bindings(String mobileNode) {
        return Optional.ofNullable(records.get(mobileNode));
    }

    @Override
    public LmaStatistics statistics() {
        return statistics;
    }

    @Override
    public Map<String, String> prefixes() {
        return Map.of();
    }

    @Override
    public Traffic traffic(long sessionId) {
        return new Traffic(sessionId, 2, 3, 4);
    }

    @Override
    public Map<String, Long> drops() {
        return Map.of("unknown_key", 7L);
    }

    @Override
    public Collection<String> entries(long sessionId) {
        return List.of("downlink session " + sessionId);
    }

    @Override
    public Optional<Paths.State> path(long sessionId) {
        return Optional.of(new Paths.State(1_400, 1_500, 60_000, "", Map.of(TunnelError.Kind.TOO_BIG, sessionId)));
    }

    @Override
    public CompletableFuture<Boolean> delete(String mobileNode, long sessionId) {
        MobileNodeRecord record = records.get(mobileNode);
        MobileNodeRecord next = record.without(entry -> entry.sessionId() == sessionId);
        if (next.isEmpty()) {
            records.remove(mobileNode);
        } else {
            records.put(mobileNode, next);
        }
        return CompletableFuture.completedFuture(!next.equals(record));
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Optional<Progress.Snapshot> reconciliation() {
        return Optional.of(new Progress().snapshot());
    }

    @Override
    public CompletableFuture<Integer> reconcile() {
        return reconciliation;
    }

    @Override
    public ArrayNode gateways() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i <= 2; i++) {
            all.addObject().put("name", "mag" + i).put("address", "2001:db8:a::" + i).put("grePolicy", "keys")
                    .put("operator", 1).put("sessions", i);
        }
        all.addObject().put("name", "mag2").put("address", "192.0.2.12").put("grePolicy", "keys").put("operator", 1)
                .put("sessions", 0);
        return all;
    }

    @Override
    public ArrayNode pools() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.addObject().put("name", "home").put("prefix", "2001:db8::/48").put("length", 64).put("size", 65_536)
                .put("assigned", 3);
        return all;
    }

    @Override
    public ObjectNode summary(MobileNodeRecord record) {
        return LmaSnapshot.summary(record, NOW);
    }

    @Override
    public ObjectNode describe(MobileNodeRecord record) {
        return LmaSnapshot.full(this, record, NOW);
    }

    @Override
    public ObjectNode report() {
        return LmaSnapshot.report(this);
    }

    @Override
    public ObjectNode snapshot() {
        return LmaSnapshot.of(this, NOW);
    }
}
