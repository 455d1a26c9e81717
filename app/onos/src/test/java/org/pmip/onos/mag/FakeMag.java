// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.protocol.lma.GreMode;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.lma.LmaService;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.TunnelFormat;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.packet.TunnelError;

/** Gateways with lists that tests fill: what their tools show can be tested without switches. */
public final class FakeMag implements MagService {

    private static final long NOW = 1_000_000;

    private final Map<String, BindingUpdateList> lists = new TreeMap<>();
    private final MagStatistics statistics = new MagStatistics();
    /** What the gateways were told, a line each. */
    public final List<String> told = new ArrayList<>();

    /** An active session of mobile node N at gateway 1 for odd N, 2 for even N, port 2. */
    public static BindingUpdateListEntry.Builder session(int n) {
        byte[] mac = {2, 0, 0, 0, 0, (byte) n};
        return BindingUpdateListEntry.builder().sessionId(n).state(State.ACTIVE).forwards(true)
                .attachment(Attachment.of(n % 2 == 1 ? "mag1" : "mag2", "2", mac, 4))
                .tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8:f::1")),
                        Ip6Address.valueOf(n % 2 == 1 ? "2001:db8:a::1" : "2001:db8:a::2"))
                .binding(Optional.of(Binding.builder()
                        .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:0:" + Integer.toHexString(n) + "::/64")))
                        .tunnel(TunnelFormat.GRE_IPV6).gre(GreMode.KEYS, 100 + n, 200 + n).lifetime(150, NOW).build()))
                .downlinkKey(OptionalLong.of(100 + n)).waiting(Waiting.REFRESH, NOW + 500_000);
    }

    /** Makes gateways that have done something. */
    public FakeMag() {
        for (int i = 0; i < 3; i++) {
            statistics.count("sent");
        }
    }

    /** Adds a mobile node with these sessions. */
    public FakeMag with(String mobileNode, BindingUpdateListEntry... sessions) {
        BindingUpdateList list =
                new BindingUpdateList(MobileNodeIdentifier.ofNai(mobileNode), 7, 1, List.of(sessions));
        lists.put(list.key(), list);
        return this;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Collection<BindingUpdateList> lists() {
        return lists.values();
    }

    @Override
    public Optional<BindingUpdateList> list(String mobileNode) {
        return Optional.ofNullable(lists.get(mobileNode));
    }

    @Override
    public Collection<String> entries(BindingUpdateList list, BindingUpdateListEntry entry) {
        return List.of("access node " + entry.sessionId());
    }

    @Override
    public LmaService.Traffic traffic(BindingUpdateList list, BindingUpdateListEntry entry) {
        return new LmaService.Traffic(entry.sessionId(), 100 * entry.sessionId(), 2, 300);
    }

    @Override
    public Optional<Paths.State> path(BindingUpdateList list, BindingUpdateListEntry entry) {
        return Optional.of(new Paths.State(1_400, 1_500, 60_000, "",
                Map.of(TunnelError.Kind.UNREACHABLE, entry.sessionId())));
    }

    @Override
    public ObjectNode summary(BindingUpdateList list) {
        return MagSnapshot.summary(list, NOW);
    }

    @Override
    public ObjectNode describe(BindingUpdateList list) {
        return MagSnapshot.full(list, NOW, this);
    }

    @Override
    public ArrayNode gateways() {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        out.addObject().put("name", "mag1").put("device", "device:mag1").put("address", "2001:db8:a::1")
                .put("attachments", lists.size());
        return out;
    }

    @Override
    public MagStatistics statistics() {
        return statistics;
    }

    @Override
    public Map<String, Long> drops() {
        return Map.of("unknown_node", 4L);
    }

    @Override
    public CompletableFuture<Boolean> delete(String mobileNode, long sessionId) {
        BindingUpdateList list = lists.get(mobileNode);
        if (list == null || list.session(sessionId).isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        lists.put(mobileNode, list.without(sessionId));
        told.add("delete " + mobileNode + " " + sessionId);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<Integer> reconcile(Optional<String> gateway) {
        if (gateway.filter("mag9"::equals).isPresent()) {
            return CompletableFuture.failedFuture(new IllegalStateException("device:mag9 is not there"));
        }
        told.add("reconcile " + gateway.orElse("all"));
        return CompletableFuture.completedFuture(gateway.isPresent() ? 0 : 7);
    }

    @Override
    public void attach(ConnectPoint port, int vlan, MacAddress node, Handoff how,
                       Optional<MobileNodeIdentifier> identity) {
        told.add("attach " + port + " " + vlan + " " + node + " " + how
                + identity.map(one -> " " + BindingUpdateList.key(one)).orElse(""));
    }

    @Override
    public void detach(ConnectPoint port, int vlan, MacAddress node) {
        told.add("detach " + port + " " + vlan + " " + node);
    }
}
