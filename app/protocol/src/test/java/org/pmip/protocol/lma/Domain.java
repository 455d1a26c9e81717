// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * A domain in memory: an anchor with its store, its claims and a clock that stands still until a test moves it. The
 * gateways speak to it in octets ({@link Pbu}), so that what a test sees is what a gateway would see.
 */
final class Domain {

    static final Ip6Address LMAA = Ip6Address.valueOf("2001:db8:ffff::1");
    static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:ffff::11");
    static final Ip6Address MAG2 = Ip6Address.valueOf("2001:db8:ffff::12");
    /** A gateway of operator 2. */
    static final Ip6Address MAG3 = Ip6Address.valueOf("2001:db8:ffff::13");
    /** May register nobody but bob. */
    static final Ip6Address MAG4 = Ip6Address.valueOf("2001:db8:ffff::14");
    static final Ip4Address LMAA4 = Ip4Address.valueOf("198.51.100.1");
    /** The IPv4 address of MAG1. */
    static final Ip4Address MAG1_IPV4 = Ip4Address.valueOf("198.51.100.11");
    /** The IPv4 address of MAG2. */
    static final Ip4Address MAG2_IPV4 = Ip4Address.valueOf("198.51.100.12");
    /** Sits behind a translator with addresses of 203.0.113.0/28. */
    static final Ip4Address INSIDE = Ip4Address.valueOf("192.168.1.2");
    static final Ip4Address OUTSIDE = Ip4Address.valueOf("203.0.113.5");
    static final Ip6Address STRANGER = Ip6Address.valueOf("2001:db8:ffff::99");
    static final Ip6Prefix POOL = Ip6Prefix.valueOf("2001:db8:a000::/48");
    static final Ip6Prefix EXCLUDED = Ip6Prefix.valueOf("2001:db8:a000:dead::/64");
    static final PrefixPool NODES = new PrefixPool("nodes", POOL, 64, List.of(EXCLUDED));
    static final Ip6Prefix CAROLS_FIRST = Ip6Prefix.valueOf("2001:db8:c000:1::/64");
    static final Ip6Prefix CAROLS_SECOND = Ip6Prefix.valueOf("2001:db8:c000:2::/64");
    static final String ALICE = "alice@example.org";
    static final String BOB = "bob@example.org";
    /** Has two prefixes for good. */
    static final String CAROL = "carol@example.org";
    /** Is known, but not entitled to network-based mobility. */
    static final String DAVE = "dave@example.org";
    /** Has IPv4 and IPv6 service. */
    static final String EVE = "eve@example.org";
    /** Has IPv4 service only, and an address for good. */
    static final String FRANK = "frank@example.org";
    static final Ip4Address FRANKS = Ip4Address.valueOf("10.1.0.3");
    /** Belongs to operator 2, which uses the same addresses. */
    static final String GRACE = "grace@example.net";
    static final Ip4Prefix SUBNET = Ip4Prefix.valueOf("10.1.0.0/29");
    static final Ip4Address ROUTER = Ip4Address.valueOf("10.1.0.1");
    static final String UNKNOWN_NODE = "nobody@example.net";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, MobileNodeRecord> records = new TreeMap<>();
    private final Claims claims = new Claims();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<IpAddress, LmaPolicy.MagPolicy> gateways = new HashMap<>();
    private final Map<String, MobileNodeProfile> profiles = new HashMap<>();
    private final GrePolicy gre;
    private final List<PrefixPool> pools;
    private LmaParameters parameters;
    private LmaPolicy policy;
    private LmaEngine engine;
    private long millis = 5_000;
    private long wallStep;
    private int lastSequence;

    Domain() {
        this(GrePolicy.AS_REQUESTED);
    }

    Domain(GrePolicy gre) {
        this(gre, LmaParameters.DEFAULTS);
    }

    Domain(GrePolicy gre, LmaParameters parameters) {
        this(gre, parameters, List.of(NODES), Optional.empty(), Map.of());
    }

    /**
     * Makes a domain.
     *
     * @param pair the GRE policy of MAG 1 and the anchor, where they have one
     * @param more profiles of further nodes, or in place of those that there are
     */
    Domain(GrePolicy gre, LmaParameters parameters, List<PrefixPool> pools, Optional<GrePolicy> pair,
           Map<String, MobileNodeProfile> more) {
        profiles.put(ALICE, profile(true, List.of(), Optional.empty()));
        profiles.put(BOB, profile(true, List.of(), Optional.empty()));
        profiles.put(CAROL, profile(true, List.of(CAROLS_FIRST, CAROLS_SECOND), Optional.empty()));
        profiles.put(DAVE, profile(false, List.of(), Optional.empty()));
        MobileNodeProfile plain = profile(true, List.of(), Optional.empty());
        profiles.put(EVE, plain.withServices(true, true, Optional.empty()));
        profiles.put(FRANK, plain.withServices(false, true, Optional.of(FRANKS)));
        profiles.put(GRACE, new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), 2)
                .withServices(true, true, Optional.empty()));
        profiles.putAll(more);
        LmaPolicy.MagPolicy open = new LmaPolicy.MagPolicy("mag2", Optional.empty(), Optional.empty(), 1);
        LmaPolicy.MagPolicy first = new LmaPolicy.MagPolicy("mag1", pair, Optional.empty(), 1);
        gateways.putAll(Map.of(MAG1, first, MAG1_IPV4, first, MAG2, open, MAG2_IPV4, open,
                MAG3, new LmaPolicy.MagPolicy("mag3", Optional.empty(), Optional.empty(), 2),
                MAG4, new LmaPolicy.MagPolicy("mag4", Optional.empty(), Optional.of(List.of(BOB)), 1),
                INSIDE, new LmaPolicy.MagPolicy("inside", Optional.empty(), Optional.empty(), 1)
                        .withTranslators(List.of(Ip4Prefix.valueOf("203.0.113.0/28")), OptionalInt.empty())));
        this.gre = gre;
        this.pools = pools;
        this.parameters = parameters;
        configure();
    }

    /** A changed configuration is a new engine over the same store. */
    private void configure() {
        policy = new LmaPolicy(gateways, profiles, Optional.empty(), gre, pools, List.of(
                new Ipv4Pool("one", 1, SUBNET, ROUTER, List.of(Ip4Prefix.valueOf("10.1.0.6/32"))),
                new Ipv4Pool("two", 2, SUBNET, ROUTER, List.of())));
        engine = new LmaEngine(policy, parameters);
    }

    /** Changes what is configured of a gateway. */
    void configure(IpAddress gateway, UnaryOperator<LmaPolicy.MagPolicy> change) {
        gateways.compute(gateway, (address, before) -> change.apply(before));
        configure();
    }

    /** Changes what is configured of a node. */
    void configure(String node, UnaryOperator<MobileNodeProfile> change) {
        profiles.compute(node, (key, before) -> change.apply(before));
        configure();
    }

    /** Changes the anchor's variables. */
    void configure(UnaryOperator<LmaParameters> change) {
        parameters = change.apply(parameters);
        configure();
    }

    static MobileNodeProfile profile(boolean service, List<Ip6Prefix> prefixes, Optional<GrePolicy> gre) {
        return new MobileNodeProfile(service, prefixes, gre, OptionalInt.empty(), 1);
    }

    /** Begins a request by a gateway for a node, as it would be for a first attachment. */
    Pbu from(IpAddress gateway, String node) {
        return new Pbu(this, gateway, node);
    }

    Moment now() {
        return new Moment(millis, wall());
    }

    Instant wall() {
        return START.plusMillis(millis + wallStep);
    }

    /** Steps the host's wall clock; intervals do not see it. */
    void stepWallClock(long by) {
        wallStep += by;
    }

    int nextSequence() {
        lastSequence = lastSequence + 1 & 0xffff;
        return lastSequence;
    }

    /** The anchor has so many uplink keys in all. */
    void keySpace(long count) {
        claims.keySpace(count);
    }

    /** A packet with a Binding Update reaches the anchor, a millisecond after it was sent. */
    Exchange deliver(byte[] octets, IpAddress source, int port) {
        pass(1);
        try {
            Exchange exchange = new Exchange(octets, source, port);
            process(request(octets, source, port), exchange);
            return exchange;
        } catch (DecodeException e) {
            throw new AssertionError("a test's message must be well formed", e);
        }
    }

    private Request request(byte[] octets, IpAddress source, int port) throws DecodeException {
        if (source.isIp6()) {
            Ip6Address from = source.getIp6Address();
            return new Request((BindingUpdate) MobilityHeaderCodec.decode(octets, from, LMAA), from, LMAA, octets,
                    now());
        }
        return new Request((BindingUpdate) MobilityHeaderCodec.decodeWithoutChecksum(octets), source.getIp4Address(),
                port, LMAA4, octets, now());
    }

    private void process(Request request, Exchange exchange) {
        MobileNodeIdentifier node = LmaEngine.mobileNode(request.update())
                .orElse(MobileNodeIdentifier.of(MobileNodeIdentifier.NAI, new byte[0]));
        String key = MobileNodeRecord.key(node);
        MobileNodeRecord record = records.getOrDefault(key, MobileNodeRecord.none(node));
        Supply supply = Supply.NOTHING;
        Transition transition = engine.process(record, request, now(), supply);
        for (int rounds = 0; transition.kind() == Transition.Kind.NEEDS; rounds++) {
            if (rounds > 4) {
                throw new AssertionError("the engine never has enough: " + transition);
            }
            supply = claims.obtain(key, transition.needs().orElseThrow(), supply, policy, records.values());
            transition = engine.process(record, request, now(), supply);
        }
        store(key, transition.after());
        exchange.ended(transition);
        if (transition.kind() == Transition.Kind.WAITS) {
            waiting.add(new Waiting(key, request, exchange, transition.until()));
        } else if (transition.changes()) {
            rerun(key);
        }
    }

    /** Requests of a node whose record has changed are looked at again. */
    private void rerun(String key) {
        List<Waiting> again = new ArrayList<>(waiting);
        again.removeIf(one -> !one.key.equals(key));
        waiting.removeAll(again);
        again.forEach(one -> process(one.request, one.exchange));
    }

    private void store(String key, MobileNodeRecord after) {
        if (after.isEmpty()) {
            records.remove(key);
        } else {
            records.put(key, after);
        }
        claims.settle(after);
    }

    /** Time goes by, and with it whatever falls due. */
    void pass(long by) {
        long end = millis + by;
        OptionalLong due = nextDue(end);
        while (due.isPresent()) {
            millis = Math.max(millis, due.getAsLong());
            expire();
            List<Waiting> over = new ArrayList<>(waiting);
            over.removeIf(one -> one.until > millis);
            waiting.removeAll(over);
            over.forEach(one -> process(one.request, one.exchange));
            due = nextDue(end);
        }
        millis = end;
    }

    private OptionalLong nextDue(long end) {
        List<Long> times = new ArrayList<>();
        records.values().forEach(record -> LmaEngine.nextDeadline(record).ifPresent(times::add));
        waiting.forEach(one -> times.add(one.until));
        return times.stream().mapToLong(Long::longValue).filter(time -> time <= end).min();
    }

    private void expire() {
        for (String key : new ArrayList<>(records.keySet())) {
            Transition transition = engine.expire(records.get(key), now());
            if (transition.changes()) {
                store(key, transition.after());
                rerun(key);
            }
        }
    }

    /** A node's sessions as the anchor has them. */
    List<BindingCacheEntry> sessions(String node) {
        MobileNodeRecord record = records.get(node);
        return record == null ? List.of() : record.entries();
    }

    /** A node's only session. */
    BindingCacheEntry session(String node) {
        List<BindingCacheEntry> sessions = sessions(node);
        if (sessions.size() != 1) {
            throw new AssertionError(node + " has " + sessions);
        }
        return sessions.get(0);
    }

    /** The whole store, to compare it with what it was. */
    Map<String, MobileNodeRecord> records() {
        return Map.copyOf(records);
    }

    /** Who holds which prefix. */
    Map<Ip6Prefix, String> claims() {
        return claims.prefixes();
    }

    /** Who holds which IPv4 home address, by operator and address. */
    Map<String, String> ipv4Claims() {
        return claims.addresses();
    }

    /** Ends a session by the operator's order. */
    void end(String node) {
        store(node, engine.end(records.get(node), session(node).sessionId(), now()).after());
    }

    /** A new engine over the same store; what waits is forgotten. */
    void restart() {
        waiting.clear();
        configure();
    }

    /** How many requests wait for a de-registration. */
    int waiting() {
        return waiting.size();
    }

    private static final class Waiting {
        private final String key;
        private final Request request;
        private final Exchange exchange;
        private final long until;

        Waiting(String key, Request request, Exchange exchange, long until) {
            this.key = key;
            this.request = request;
            this.exchange = exchange;
            this.until = until;
        }
    }
}
