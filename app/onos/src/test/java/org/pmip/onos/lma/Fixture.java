// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.store.service.StorageService;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.PmipConfig.Gateway;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.protocol.lma.Answer;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.PrefixPool;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;

/** A processor over ONOS's test stores with a data plane, a clock and a timer that the test holds in its hands. */
final class Fixture {

    static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:0:11::1");
    static final Ip4Address ANCHOR_IPV4 = Ip4Address.valueOf("192.0.2.1");
    static final Ip4Address MAG1_IPV4 = Ip4Address.valueOf("192.0.2.11");
    static final Ip6Address MAG2 = Ip6Address.valueOf("2001:db8:0:12::1");

    final List<Answer> answers = new ArrayList<>();
    final List<CompletableFuture<Void>> writes = new ArrayList<>();
    final List<MobileNodeRecord[]> updates = new ArrayList<>();
    final LmaStatistics statistics = new LmaStatistics();
    final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
    final BindingStore bindings;
    final PrefixClaims claims;
    final AddressClaims addresses;
    final LmaProcessor processor;
    private final Map<String, Integer> sequences = new HashMap<>();
    /** Writes the change where it is given, in place of a data plane that the test completes. */
    BiFunction<MobileNodeRecord, MobileNodeRecord, CompletableFuture<Void>> tables;
    int doubts;
    /** How often the switch was to be compared with the sessions. */
    int comparisons;
    boolean automatic = true;
    /** Whether this node of the cluster commands the switch. */
    boolean owner = true;
    /** What was written in full, because nobody knew what the switch has. */
    final List<MobileNodeRecord> rewritten = new ArrayList<>();
    long now = 1_000_000;
    /** The machine's clock, where it is not the test that says what time it is. */
    SteadyClock clock;
    final Deadlines deadlines = new Deadlines();
    private final LmaPolicy policy;
    private final List<Gateway> gateways;
    private final StorageService storage;
    private LmaEngine engine;

    Fixture() {
        this(new NamedMaps());
    }

    Fixture(StorageService storage) {
        this(storage, OptionalInt.empty(), OptionalLong.empty(), false);
    }

    Fixture(StorageService storage, OptionalInt messageRate, OptionalLong sessionCap, boolean silent) {
        LmaPolicy.MagPolicy open = new LmaPolicy.MagPolicy("", Optional.empty(), Optional.empty(), 1);
        LmaPolicy.MagPolicy limited = sessionCap.isPresent()
                ? open.withSessionCap(sessionCap.getAsLong(), silent) : open;
        List<Gateway> gateways = List.of(new Gateway(List.of(MAG1, MAG1_IPV4), limited, messageRate, silent),
                new Gateway(List.of(MAG2), open, OptionalInt.empty(), silent));
        Map<IpAddress, LmaPolicy.MagPolicy> policies = new HashMap<>();
        gateways.forEach(gateway -> gateway.addresses().forEach(address -> policies.put(address, gateway.policy())));
        LmaPolicy policy = new LmaPolicy(policies, Map.of(),
                Optional.of(new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), 1)
                        .withServices(true, true, Optional.empty())),
                GrePolicy.AS_REQUESTED,
                List.of(new PrefixPool("two", Ip6Prefix.valueOf("2001:db8:100::/63"), 64, List.of())),
                List.of(new Ipv4Pool("one", 1, Ip4Prefix.valueOf("10.1.0.0/30"), Ip4Address.valueOf("10.1.0.1"),
                        List.of())));
        this.policy = policy;
        use(LmaParameters.DEFAULTS);
        DefaultApplicationId application = new DefaultApplicationId(1, "org.pmip");
        claims = new PrefixClaims(storage, application);
        LmaProcessor[] late = new LmaProcessor[1];
        bindings = new BindingStore(storage, application, (before, after) -> {
            deadlines.note(after.or(() -> before).orElseThrow().key(), after);
            if (late[0] != null) {
                late[0].recordChanged(after.or(() -> before).orElseThrow().key());
            }
        });
        addresses = new AddressClaims(storage, application);
        processor = new LmaProcessor(bindings, new KeyedSequencer(Runnable::run, 4), this::moment, this::at,
                statistics);
        this.gateways = gateways;
        this.storage = storage;
        processor.use(terms(new Switch()));
        late[0] = processor;
    }

    /** What another configuration would give that differs in its switch alone. */
    LmaTerms terms(Tables.DataPlane dataPlane) {
        return new LmaTerms(() -> engine, policy, new Holdings.Stocks(claims, addresses,
                new NumberBlocks(storage.getAtomicCounter("sessions"), 1, 1_000, number ->
                        bindings.sessions().containsKey(number)),
                new NumberBlocks(storage.getAtomicCounter("keys"), 1, 1_000, bindings::usesUplinkKey),
                bindings::sessionsAt), new Admission(gateways, () -> now, bindings::hasSession),
                new Tables(dataPlane, bindings, () -> owner, Runnable::run), answers::add, () -> comparisons++);
    }

    private final class Switch implements Tables.DataPlane {
        @Override
        public CompletableFuture<Void> update(MobileNodeRecord before, MobileNodeRecord after) {
            return written(before, after);
        }

        @Override
        public CompletableFuture<Void> rewrite(MobileNodeRecord before, MobileNodeRecord after) {
            rewritten.add(after);
            return written(before, after);
        }

        @Override
        public void doubt() {
            doubts++;
        }
    }

    private CompletableFuture<Void> written(MobileNodeRecord before, MobileNodeRecord after) {
        updates.add(new MobileNodeRecord[] {before, after});
        if (tables != null) {
            return tables.apply(before, after);
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        writes.add(written);
        if (automatic) {
            written.complete(null);
        }
        return written;
    }

    /** Changes the protocol variables of the anchor at work. */
    void use(LmaParameters parameters) {
        engine = new LmaEngine(policy, parameters);
    }

    private Moment moment() {
        return clock == null ? new Moment(now, Instant.ofEpochMilli(now)) : clock.now();
    }

    private void at(long millis, Runnable task) {
        timers.computeIfAbsent(millis, key -> new ArrayList<>()).add(task);
    }

    /** Lets time pass, timers included. */
    void pass(long millis) {
        long until = now + millis;
        while (!timers.isEmpty() && timers.firstKey() <= until) {
            now = Math.max(now, timers.firstKey());
            timers.pollFirstEntry().getValue().forEach(Runnable::run);
        }
        now = until;
    }

    /** A request of a gateway for a node. */
    Request request(Ip6Address mag, String node, int handoff, int lifetime, GreKey... gre) {
        int sequence = sequences.merge(node, 1, Integer::sum);
        BindingUpdate.Builder update = BindingUpdate.proxyBuilder().sequence(sequence).lifetime(lifetime)
                .option(MobileNodeIdentifier.ofNai(node)).option(HomeNetworkPrefix.allZero())
                .option(HandoffIndicator.of(handoff)).option(AccessTechnologyType.of(3))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 1}));
        update.options(List.of(gre));
        BindingUpdate message = update.build();
        return new Request(message, mag, ANCHOR, MobilityHeaderCodec.encode(message, mag, ANCHOR), moment());
    }

    /** The same with an IPv4 home address, without a prefix, over IPv4 and UDP. */
    Request ipv4(String node, int handoff, int lifetime) {
        int sequence = sequences.merge(node, 1, Integer::sum);
        BindingUpdate message = BindingUpdate.proxyBuilder().sequence(sequence).lifetime(lifetime)
                .option(MobileNodeIdentifier.ofNai(node)).option(Ipv4HomeAddressRequest.of(32, Ip4Address.ZERO))
                .option(HandoffIndicator.of(handoff)).option(AccessTechnologyType.of(3))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 1})).build();
        return new Request(message, MAG1_IPV4, 5_436, ANCHOR_IPV4,
                MobilityHeaderCodec.encodeWithoutChecksum(message), moment());
    }

    Answer lastAnswer() {
        return answers.get(answers.size() - 1);
    }

    MobileNodeRecord record(String node) {
        return bindings.read(MobileNodeIdentifier.ofNai(node)).record();
    }
}
