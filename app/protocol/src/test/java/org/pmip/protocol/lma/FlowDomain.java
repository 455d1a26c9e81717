// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/** An anchor with its store in a map, gateways that speak to it, and a clock in the test's hands. */
final class FlowDomain {

    static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:0:11::1");
    static final Ip6Address MAG2 = Ip6Address.valueOf("2001:db8:0:12::1");
    static final Ip6Address MAG3 = Ip6Address.valueOf("2001:db8:0:13::1");
    static final Ip6Address STRANGER = Ip6Address.valueOf("2001:db8:0:99::1");
    static final String NODE = "mn1@example.net";
    static final PrefixPool POOL = new PrefixPool("pool", Ip6Prefix.valueOf("2001:db8:100::/56"), 64, List.of());

    final Map<String, MobileNodeRecord> store = new LinkedHashMap<>();
    private final Claims claims = new Claims();
    final Map<Ip6Address, LmaPolicy.MagPolicy> gateways = new HashMap<>();
    final Map<String, MobileNodeProfile> profiles = new HashMap<>();
    Optional<MobileNodeProfile> unknown = Optional.of(profile(null));
    GrePolicy gre = GrePolicy.AS_REQUESTED;
    LmaParameters parameters = LmaParameters.DEFAULTS;
    boolean exhausted;
    Transition last;
    long millis = 5_000_000;
    private int sequence;

    FlowDomain() {
        for (Ip6Address mag : List.of(MAG1, MAG2, MAG3)) {
            gateways.put(mag, new LmaPolicy.MagPolicy("", Optional.empty(), Optional.empty(), 1));
        }
    }

    static MobileNodeProfile profile(GrePolicy gre, String... prefixes) {
        List<Ip6Prefix> fixed = new ArrayList<>();
        for (String prefix : prefixes) {
            fixed.add(Ip6Prefix.valueOf(prefix));
        }
        return new MobileNodeProfile(true, fixed, Optional.ofNullable(gre), OptionalInt.empty(), 1);
    }

    Instant wall() {
        return Instant.ofEpochMilli(1_700_000_000_000L + millis);
    }

    private Moment now() {
        return new Moment(millis, wall());
    }

    private LmaEngine engine() {
        return new LmaEngine(policy(), parameters);
    }

    private LmaPolicy policy() {
        return new LmaPolicy(gateways, profiles, unknown, gre, List.of(POOL));
    }

    /** A request that lacks nothing: sequence number, identifier, ALL_ZERO prefix, HI, ATT, link-layer identifier. */
    private BindingUpdate whole(int handoff, int lifetime) {
        return BindingUpdate.proxyBuilder().sequence(++sequence & 0xffff).lifetime(lifetime)
                .option(MobileNodeIdentifier.ofNai(NODE)).option(HomeNetworkPrefix.allZero())
                .option(HandoffIndicator.of(handoff)).option(AccessTechnologyType.of(4))
                .option(interfaceId(1)).build();
    }

    static MobileNodeLinkLayerIdentifier interfaceId(int number) {
        return MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, (byte) number});
    }

    /** The message with the first option of a class exchanged; null takes it out, and one not there is added. */
    static BindingUpdate with(BindingUpdate update, Class<? extends MobilityOption> kind, MobilityOption instead) {
        BindingUpdate.Builder next = BindingUpdate.builder().flags(update.flags()).sequence(update.sequence())
                .lifetime(update.lifetime());
        boolean done = false;
        for (MobilityOption option : update.options()) {
            if (!kind.isInstance(option)) {
                next.option(option);
            } else if (!done) {
                done = true;
                if (instead != null) {
                    next.option(instead);
                }
            }
        }
        if (!done && instead != null) {
            next.option(instead);
        }
        return next.build();
    }

    /** Changes as {@link #with} makes them, one after another. */
    @SafeVarargs
    final BindingUpdate pbu(int handoff, int lifetime, UnaryOperator<BindingUpdate>... changes) {
        BindingUpdate update = whole(handoff, lifetime);
        for (UnaryOperator<BindingUpdate> change : changes) {
            update = change.apply(update);
        }
        return update;
    }

    static UnaryOperator<BindingUpdate> gre(GreKey key) {
        return update -> with(update, GreKey.class, key);
    }

    static UnaryOperator<BindingUpdate> prefix(Ip6Prefix prefix) {
        return update -> with(update, HomeNetworkPrefix.class, HomeNetworkPrefix.of(prefix));
    }

    static UnaryOperator<BindingUpdate> link(int number) {
        return update -> with(update, MobileNodeLinkLayerIdentifier.class, number == 0 ? null : interfaceId(number));
    }

    UnaryOperator<BindingUpdate> stamp(long offsetMillis) {
        return update -> with(update, Timestamp.class, Timestamp.of(wall().plusMillis(offsetMillis)));
    }

    Request request(Ip6Address mag, BindingUpdate update) {
        return new Request(update, mag, ANCHOR, MobilityHeaderCodec.encode(update, mag, ANCHOR), now());
    }

    /** MAG -> LMA PBU; LMA -> MAG PBA, or null where the anchor says nothing. */
    BindingAcknowledgement send(Ip6Address mag, BindingUpdate update) {
        return run(request(mag, update));
    }

    /** Runs a request, perhaps once more, as the anchor's host would. */
    BindingAcknowledgement run(Request request) {
        MobileNodeIdentifier node = LmaEngine.mobileNode(request.update())
                .orElse(MobileNodeIdentifier.of(1, new byte[0]));
        String key = MobileNodeRecord.key(node);
        MobileNodeRecord record = store.getOrDefault(key, MobileNodeRecord.none(node));
        Supply supply = Supply.NOTHING;
        last = engine().process(record, request, now(), supply);
        while (last.kind() == Transition.Kind.NEEDS) {
            supply = claims.obtain(key, last.needs().orElseThrow(), exhausted ? supply.withNothingLeft() : supply,
                    policy(), store.values());
            last = engine().process(record, request, now(), supply);
        }
        keep(last.after());
        return last.answer().map(answer -> decode(answer, request)).orElse(null);
    }

    /** Who holds which prefix. */
    Map<Ip6Prefix, String> claims() {
        return claims.prefixes();
    }

    private void keep(MobileNodeRecord record) {
        if (record.isEmpty()) {
            store.remove(record.key());
        } else {
            store.put(record.key(), record);
        }
        claims.settle(record);
    }

    private static BindingAcknowledgement decode(Answer answer, Request request) {
        try {
            BindingAcknowledgement pba = (BindingAcknowledgement) MobilityHeaderCodec.decode(
                    answer.mobilityHeader(), answer.source().getIp6Address(), answer.destination().getIp6Address());
            if (pba.status() != answer.status() || !answer.source().equals(request.destination())
                    || !answer.destination().equals(request.source())) {
                throw new AssertionError(answer + " does not fit " + pba);
            }
            return pba;
        } catch (DecodeException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets time pass and deletes what it has run out for. */
    void pass(long duration) {
        millis += duration;
        for (MobileNodeRecord record : List.copyOf(store.values())) {
            keep(engine().expire(record, now()).after());
        }
    }

    List<BindingCacheEntry> sessions() {
        return sessions(NODE);
    }

    List<BindingCacheEntry> sessions(String node) {
        return store.containsKey(node) ? store.get(node).entries() : List.of();
    }

    BindingCacheEntry session() {
        if (sessions().size() != 1) {
            throw new AssertionError("one session was expected: " + sessions());
        }
        return sessions().get(0);
    }
}
