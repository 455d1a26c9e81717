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
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
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
    private static final int PROBES = 1 << 16;

    private final Map<String, MobileNodeRecord> records = new TreeMap<>();
    private final Map<Ip6Prefix, String> claims = new HashMap<>();
    /** By operator and address. */
    private final Map<String, String> ipv4Claims = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final LmaPolicy policy;
    private final LmaEngine engine;
    private long millis = 5_000;
    private long wallStep;
    private long nextNumber = 1;
    private long keysLeft = Long.MAX_VALUE;
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
        Map<String, MobileNodeProfile> profiles = new HashMap<>();
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
        Map<Ip6Address, LmaPolicy.MagPolicy> gateways = Map.of(
                MAG1, new LmaPolicy.MagPolicy("mag1", pair, Optional.empty(), 1),
                MAG2, new LmaPolicy.MagPolicy("mag2", Optional.empty(), Optional.empty(), 1),
                MAG3, new LmaPolicy.MagPolicy("mag3", Optional.empty(), Optional.empty(), 2),
                MAG4, new LmaPolicy.MagPolicy("mag4", Optional.empty(), Optional.of(List.of(BOB)), 1));
        policy = new LmaPolicy(gateways, profiles, Optional.empty(), gre, pools, List.of(
                new Ipv4Pool("one", 1, SUBNET, ROUTER, List.of(Ip4Prefix.valueOf("10.1.0.6/32"))),
                new Ipv4Pool("two", 2, SUBNET, ROUTER, List.of())));
        engine = new LmaEngine(policy, parameters);
    }

    static MobileNodeProfile profile(boolean service, List<Ip6Prefix> prefixes, Optional<GrePolicy> gre) {
        return new MobileNodeProfile(service, prefixes, gre, OptionalInt.empty(), 1);
    }

    /** Begins a request by a gateway for a node, as it would be for a first attachment. */
    Pbu from(Ip6Address gateway, String node) {
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

    /** Leaves that many uplink keys to hand out. */
    void keysLeft(long count) {
        keysLeft = count;
    }

    /** A packet with a Binding Update reaches the anchor, a millisecond after it was sent. */
    Exchange deliver(byte[] octets, Ip6Address source) {
        pass(1);
        try {
            BindingUpdate update = (BindingUpdate) MobilityHeaderCodec.decode(octets, source, LMAA);
            Exchange exchange = new Exchange(octets, source);
            process(new Request(update, source, LMAA, octets, now()), exchange);
            return exchange;
        } catch (DecodeException e) {
            throw new AssertionError("a test's message must be well formed", e);
        }
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
            supply = obtain(key, transition.needs().orElseThrow(), supply);
            transition = engine.process(record, request, now(), supply);
        }
        List<Ip6Prefix> before = prefixes(key);
        store(key, transition.after());
        before.removeAll(prefixes(key));
        before.forEach(claims::remove);
        giveBack(key, supply);
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
    }

    private Supply obtain(String key, Needs needs, Supply before) {
        Supply supply = before;
        if (needs.sessionId()) {
            supply = supply.withSessionId(nextNumber++);
        }
        if (needs.uplinkKey()) {
            supply = keysLeft-- > 0 ? supply.withUplinkKey(0x0a000000L + nextNumber++) : supply.withNothingLeft();
        }
        for (Ip6Prefix prefix : needs.named()) {
            String holder = claims.putIfAbsent(prefix, key);
            supply = holder == null || holder.equals(key) ? supply.withClaimed(prefix) : supply.withTaken(prefix);
        }
        for (int i = 0; i < needs.prefixes(); i++) {
            Optional<Ip6Prefix> prefix = allocate(key);
            supply = prefix.isPresent() ? supply.withAllocated(prefix.get()) : supply.withNothingLeft();
        }
        int operator = policy.profile(key).orElseThrow().operator();
        if (needs.ipv4Named().isPresent()) {
            Ip4Address named = needs.ipv4Named().get();
            supply = ipv4Claims.putIfAbsent(operator + " " + named, key) == null
                    ? supply.withIpv4(named) : supply.withIpv4Taken();
        }
        if (needs.ipv4()) {
            Optional<Ip4Address> address = allocateIpv4(operator, key);
            supply = address.isPresent() ? supply.withIpv4(address.get()) : supply.withNothingLeft();
        }
        return supply;
    }

    private Optional<Ip4Address> allocateIpv4(int operator, String key) {
        for (Ipv4Pool pool : policy.ipv4Pools(operator)) {
            long first = pool.preferredIndex(key);
            for (long i = 0; i < pool.size(); i++) {
                Ip4Address address = pool.addressAt((first + i) % pool.size());
                if (pool.assigns(address) && !policy.reserved(operator, address)
                        && ipv4Claims.putIfAbsent(operator + " " + address, key) == null) {
                    return Optional.of(address);
                }
            }
        }
        return Optional.empty();
    }

    /** Addresses that no session of their holder has go back. */
    private void giveIpv4Back(String key) {
        List<String> held = new ArrayList<>();
        sessions(key).forEach(entry -> entry.ipv4Home().ifPresent(home ->
                held.add(entry.operator() + " " + home.address())));
        ipv4Claims.entrySet().removeIf(claim -> claim.getValue().equals(key) && !held.contains(claim.getKey()));
    }

    private Optional<Ip6Prefix> allocate(String key) {
        for (PrefixPool pool : policy.pools()) {
            long first = pool.preferredIndex(key);
            for (long i = 0; i < Math.min(PROBES, pool.size()); i++) {
                Ip6Prefix prefix = pool.prefixAt((first + i) % pool.size());
                if (!pool.excluded(prefix) && !policy.reserved(prefix) && claims.putIfAbsent(prefix, key) == null) {
                    return Optional.of(prefix);
                }
            }
        }
        return Optional.empty();
    }

    private void giveBack(String key, Supply supply) {
        List<Ip6Prefix> unused = new ArrayList<>(supply.allocated());
        unused.addAll(supply.claimed());
        unused.removeAll(prefixes(key));
        unused.forEach(claims::remove);
        giveIpv4Back(key);
    }

    private List<Ip6Prefix> prefixes(String key) {
        List<Ip6Prefix> held = new ArrayList<>();
        sessions(key).forEach(entry -> held.addAll(entry.prefixes()));
        return held;
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
            List<Ip6Prefix> before = prefixes(key);
            Transition transition = engine.expire(records.get(key), now());
            if (transition.changes()) {
                store(key, transition.after());
                before.removeAll(prefixes(key));
                before.forEach(claims::remove);
                giveIpv4Back(key);
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
        return Map.copyOf(claims);
    }

    /** Who holds which IPv4 home address, by operator and address. */
    Map<String, String> ipv4Claims() {
        return Map.copyOf(ipv4Claims);
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
