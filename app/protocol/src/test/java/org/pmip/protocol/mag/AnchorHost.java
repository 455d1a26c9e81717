// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.BindingCacheEntry;
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
import org.pmip.protocol.lma.Supply;
import org.pmip.protocol.lma.Transition;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** The product's own anchor with a store in memory, for gateways to talk to in octets. */
final class AnchorHost {

    private static final PrefixPool POOL =
            new PrefixPool("pool", Ip6Prefix.valueOf("2001:db8:a000::/48"), 64, List.of());

    private static final Ipv4Pool SUBNET = new Ipv4Pool("subnet", 1, Ip4Prefix.valueOf("10.1.0.0/16"),
            Ip4Address.valueOf("10.1.0.1"), List.of());
    private static final int PORT = 5436;

    final Map<String, MobileNodeRecord> records = new TreeMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final LmaEngine engine;
    private long numbers;

    AnchorHost(GrePolicy gre, LmaParameters parameters) {
        LmaPolicy.MagPolicy gateway = new LmaPolicy.MagPolicy("mag", Optional.empty(), Optional.empty(), 1);
        engine = new LmaEngine(new LmaPolicy(
                Map.of(Site.MAG1.proxyCoa(), gateway, Site.MAG2.proxyCoa(), gateway,
                        Site.MAG1.ipv4ProxyCoa().orElseThrow(), gateway,
                        Site.MAG2.ipv4ProxyCoa().orElseThrow(), gateway), Map.of(),
                Optional.of(new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), 1)
                        .withServices(true, true, Optional.empty())), gre,
                List.of(POOL), List.of(SUBNET)), parameters);
    }

    /** Takes a request in; gives back the answers that are due now, octets and gateway. */
    List<Answered> receive(byte[] octets, IpAddress gateway, Moment now) {
        try {
            return process(new Waiting(gateway.isIp4()
                    ? new Request((BindingUpdate) MobilityHeaderCodec.decodeWithoutChecksum(octets),
                            gateway.getIp4Address(), PORT, Site.LMAA4, octets, now)
                    : new Request((BindingUpdate) MobilityHeaderCodec.decode(octets, gateway.getIp6Address(),
                            Site.LMAA), gateway.getIp6Address(), Site.LMAA, octets, now), gateway), now);
        } catch (DecodeException e) {
            throw new AssertionError(e);
        }
    }

    private List<Answered> process(Waiting one, Moment now) {
        MobileNodeIdentifier node = LmaEngine.mobileNode(one.request.update()).orElseThrow();
        String key = MobileNodeRecord.key(node);
        MobileNodeRecord record = records.getOrDefault(key, MobileNodeRecord.none(node));
        Supply supply = Supply.NOTHING;
        Transition transition = engine.process(record, one.request, now, supply);
        for (int rounds = 0; transition.kind() == Transition.Kind.NEEDS; rounds++) {
            if (rounds > 4) {
                throw new AssertionError("the engine never has enough: " + transition);
            }
            supply = obtain(key, transition, supply);
            transition = engine.process(record, one.request, now, supply);
        }
        store(key, transition.after());
        List<Answered> answers = new ArrayList<>();
        transition.answer().ifPresent(answer -> answers.add(new Answered(answer.mobilityHeader(), one.gateway)));
        if (transition.kind() == Transition.Kind.WAITS) {
            one.until = transition.until();
            waiting.add(one);
        } else if (transition.changes()) {
            answers.addAll(again(key, now));
        }
        return answers;
    }

    private Supply obtain(String key, Transition transition, Supply before) {
        Supply supply = before;
        if (transition.needs().orElseThrow().sessionId()) {
            supply = supply.withSessionId(++numbers);
        }
        if (transition.needs().orElseThrow().uplinkKey()) {
            supply = supply.withUplinkKey(0x0a000000L + ++numbers);
        }
        for (Ip6Prefix named : transition.needs().orElseThrow().named()) {
            supply = held(key).contains(named) ? supply.withTaken(named) : supply.withClaimed(named);
        }
        for (int i = 0; i < transition.needs().orElseThrow().prefixes(); i++) {
            supply = supply.withAllocated(POOL.prefixAt(++numbers % POOL.size()));
        }
        if (transition.needs().orElseThrow().ipv4()) {
            supply = supply.withIpv4(SUBNET.addressAt(++numbers % SUBNET.size()));
        }
        if (transition.needs().orElseThrow().ipv4Named().isPresent()) {
            supply = supply.withIpv4(transition.needs().orElseThrow().ipv4Named().get());
        }
        return supply;
    }

    private Set<Ip6Prefix> held(String butBy) {
        Set<Ip6Prefix> held = new HashSet<>();
        records.forEach((key, record) -> {
            if (!key.equals(butBy)) {
                record.entries().forEach(entry -> held.addAll(entry.prefixes()));
            }
        });
        return held;
    }

    private void store(String key, MobileNodeRecord record) {
        if (record.isEmpty()) {
            records.remove(key);
        } else {
            records.put(key, record);
        }
    }

    private List<Answered> again(String key, Moment now) {
        List<Answered> answers = new ArrayList<>();
        for (Waiting one : List.copyOf(waiting)) {
            if (key.equals(LmaEngine.mobileNode(one.request.update()).map(MobileNodeRecord::key).orElseThrow())
                    && waiting.remove(one)) {
                answers.addAll(process(one, now));
            }
        }
        return answers;
    }

    /** What time brings. */
    List<Answered> timer(Moment now) {
        List<Answered> answers = new ArrayList<>();
        for (MobileNodeRecord record : List.copyOf(records.values())) {
            Transition expired = engine.expire(record, now);
            if (expired.changes()) {
                store(record.key(), expired.after());
                answers.addAll(again(record.key(), now));
            }
        }
        for (Waiting one : List.copyOf(waiting)) {
            if (one.until <= now.millis() && waiting.remove(one)) {
                answers.addAll(process(one, now));
            }
        }
        return answers;
    }

    OptionalLong deadline() {
        List<Long> times = new ArrayList<>();
        records.values().forEach(record -> LmaEngine.nextDeadline(record).ifPresent(times::add));
        waiting.forEach(one -> times.add(one.until));
        return times.stream().mapToLong(Long::longValue).min();
    }

    List<BindingCacheEntry> sessions() {
        List<BindingCacheEntry> sessions = new ArrayList<>();
        records.values().forEach(record -> sessions.addAll(record.entries()));
        return sessions;
    }

    /** An acknowledgement on its way. */
    static final class Answered {
        final byte[] octets;
        final IpAddress gateway;

        private Answered(byte[] octets, IpAddress gateway) {
            this.octets = octets;
            this.gateway = gateway;
        }
    }

    private static final class Waiting {
        private final Request request;
        private final IpAddress gateway;
        private long until;

        private Waiting(Request request, IpAddress gateway) {
            this.request = request;
            this.gateway = gateway;
        }
    }
}
