// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * Two gateways of one host in memory: store, forwarding state, what is advertised, and a clock that stands still
 * until a test moves it. Does the effects as a host does and fails where they contradict each other.
 */
final class Site {

    static final Ip6Address LMAA = Ip6Address.valueOf("2001:db8:ffff::1");
    static final Ip4Address LMAA4 = Ip4Address.valueOf("192.0.2.1");
    static final Gateway MAG1 = new Gateway("mag1", Ip6Address.valueOf("2001:db8:ffff::11"),
            Optional.of(Ip4Address.valueOf("192.0.2.11")), Ip6Address.valueOf("fe80::11"));
    static final Gateway MAG2 = new Gateway("mag2", Ip6Address.valueOf("2001:db8:ffff::12"),
            Optional.of(Ip4Address.valueOf("192.0.2.12")), Ip6Address.valueOf("fe80::12"));
    static final MobileNodeIdentifier ALICE = MobileNodeIdentifier.ofNai("alice@example.org");
    static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:a::/64");
    static final Ip6Prefix OTHER = Ip6Prefix.valueOf("2001:db8:b::/64");
    static final byte[] CARD = {2, 0, 0, 0, 0, 1};
    static final byte[] SECOND_CARD = {2, 0, 0, 0, 0, 2};
    static final Attachment AT1 = Attachment.of("mag1", "port1", CARD, AccessTechnologyType.WLAN);
    static final Attachment AT2 = Attachment.of("mag2", "port1", CARD, AccessTechnologyType.WLAN);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final Map<String, BindingUpdateList> store = new TreeMap<>();
    final List<OutgoingUpdate> sent = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    /** By session, the binding that the data plane carries out. */
    final Map<Long, Binding> forwarding = new HashMap<>();
    /** By session, what is advertised and where. */
    final Map<Long, Attachment> advertisedAt = new HashMap<>();
    final Map<Long, Set<Ip6Prefix>> advertised = new HashMap<>();
    final Set<IpAddress> withoutGreKey = new HashSet<>();
    final Set<Long> keys = new HashSet<>();
    /** What presence checks find; empty for no answer at all. */
    Function<BindingUpdateListEntry, Optional<Boolean>> present = entry -> Optional.of(true);
    MagPolicy policy;
    MagParameters parameters = MagParameters.DEFAULTS;
    MagTransition last;
    long millis = 5_000;
    long wallStep;
    private long numbers;

    Site() {
        this(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma"), GreWish.NONE);
    }

    Site(Anchor anchor, MagProfile profile, GreWish gre) {
        policy(anchor, profile, gre);
    }

    void policy(Anchor anchor, MagProfile profile, GreWish gre) {
        policy = new MagPolicy(Map.of("mag1", MAG1, "mag2", MAG2), Map.of(anchor.name(), anchor),
                Map.of(BindingUpdateList.key(ALICE), profile), MagProfile.withoutService(false), gre);
    }

    Moment now() {
        return new Moment(millis, START.plusMillis(millis + wallStep));
    }

    MagTransition attach(Attachment place) {
        return attach(place, HandoffIndicator.UNKNOWN);
    }

    MagTransition attach(Attachment place, int hint) {
        return event(MagEvent.attached(place, hint, Optional.empty()));
    }

    MagTransition detach(Attachment place) {
        return event(MagEvent.detached(place));
    }

    MagTransition event(MagEvent event) {
        return event(ALICE, event);
    }

    MagTransition event(MobileNodeIdentifier node, MagEvent event) {
        String key = BindingUpdateList.key(node);
        BindingUpdateList list = store.getOrDefault(key, BindingUpdateList.none(node));
        MagEngine engine = new MagEngine(policy, parameters);
        MagSupply supply = MagSupply.knowing(withoutGreKey);
        MagTransition transition = engine.process(list, event, now(), supply);
        for (int rounds = 0; transition.needs(); rounds++) {
            if (rounds > 2) {
                throw new AssertionError("the engine never has enough: " + transition);
            }
            supply = transition.needsSessionId() ? supply.withSessionId(++numbers) : supply;
            supply = transition.needsDownlinkKey() ? supply.withDownlinkKey(0x0d000000L + ++numbers) : supply;
            transition = engine.process(list, event, now(), supply);
        }
        last = transition;
        if (transition.after().isEmpty()) {
            store.remove(key);
        } else {
            store.put(key, transition.after());
        }
        keys.addAll(transition.after().downlinkKeys());
        keys.removeAll(transition.releasedKeys());
        for (Effect effect : transition.effects()) {
            effects.add(effect);
            carryOut(node, effect);
        }
        return transition;
    }

    private void carryOut(MobileNodeIdentifier node, Effect effect) {
        BindingUpdateListEntry entry = effect.entry();
        switch (effect.kind()) {
            case SEND:
                sent.add(effect.message().orElseThrow());
                break;
            case INSTALL_FORWARDING:
                expect(!forwarding.containsKey(entry.sessionId()), "installed twice", effect);
                expect(entry.forwards(), "installed without being in force", effect);
                forwarding.put(entry.sessionId(), entry.binding().orElseThrow());
                break;
            case REMOVE_FORWARDING:
                expect(forwarding.remove(entry.sessionId()) != null, "nothing to remove", effect);
                advertised.remove(entry.sessionId());
                break;
            case ADVERTISE:
                expect(forwarding.containsKey(entry.sessionId()), "advertised without forwarding", effect);
                advertisedAt.put(entry.sessionId(), entry.attachment());
                advertised.put(entry.sessionId(), new HashSet<>(entry.binding().orElseThrow().prefixes()));
                break;
            case WITHDRAW:
                advertised.getOrDefault(entry.sessionId(), new HashSet<>()).removeAll(effect.prefixes());
                break;
            case ANCHOR_WITHOUT_GRE_KEY:
                withoutGreKey.add(entry.anchor().address());
                break;
            case ANCHOR_WITH_GRE_KEY:
                withoutGreKey.remove(entry.anchor().address());
                break;
            case CHECK_PRESENCE:
                present.apply(entry).ifPresent(is -> event(node, MagEvent.presence(entry.sessionId(), is)));
                break;
            default:
                break;
        }
    }

    private static void expect(boolean condition, String text, Effect effect) {
        if (!condition) {
            throw new AssertionError(text + ": " + effect + " " + effect.entry());
        }
    }

    /** Time goes by, and with it whatever falls due. */
    void pass(long by) {
        long end = millis + by;
        OptionalLong due = deadline();
        for (int rounds = 0; due.isPresent() && due.getAsLong() <= end; rounds++) {
            expect(rounds < 10_000, "time stands still", effects.isEmpty() ? null : effects.get(0));
            millis = Math.max(millis, due.getAsLong());
            for (BindingUpdateList list : List.copyOf(store.values())) {
                if (list.deadline().orElse(Long.MAX_VALUE) <= millis) {
                    event(list.mobileNode(), MagEvent.timer());
                }
            }
            due = deadline();
        }
        millis = end;
    }

    OptionalLong deadline() {
        return store.values().stream().map(BindingUpdateList::deadline).filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong).min();
    }

    /** The last Proxy Binding Update as it is on the wire. */
    BindingUpdate update() {
        return decoded(sent.get(sent.size() - 1));
    }

    static BindingUpdate decoded(OutgoingUpdate message) {
        try {
            return (BindingUpdate) (message.udp()
                    ? MobilityHeaderCodec.decodeWithoutChecksum(message.mobilityHeader())
                    : MobilityHeaderCodec.decode(message.mobilityHeader(), message.source().getIp6Address(),
                            message.destination().getIp6Address()));
        } catch (DecodeException e) {
            throw new AssertionError(e);
        }
    }

    /** What an anchor sends back that does as it is asked; a prefix that it is to choose is {@link #HOME}. */
    static BindingAcknowledgement.Builder reply(BindingUpdate update, int status) {
        return reply(update, status, HOME);
    }

    static BindingAcknowledgement.Builder reply(BindingUpdate update, int status, Ip6Prefix assigned) {
        BindingAcknowledgement.Builder reply = BindingAcknowledgement.builder().status(status).proxy(true)
                .sequence(update.sequence()).lifetime(status < 128 ? update.lifetime() : 0)
                .option(update.first(MobileNodeIdentifier.class).orElseThrow());
        for (HomeNetworkPrefix prefix : update.all(HomeNetworkPrefix.class)) {
            reply.option(prefix.isAllZero() && status < 128 ? HomeNetworkPrefix.of(assigned) : prefix);
        }
        update.first(HandoffIndicator.class).ifPresent(reply::option);
        update.first(AccessTechnologyType.class).ifPresent(reply::option);
        update.first(MobileNodeLinkLayerIdentifier.class).ifPresent(reply::option);
        update.first(LinkLocalAddress.class).ifPresent(option -> reply.option(option.isAllZero()
                ? LinkLocalAddress.of(Ip6Address.valueOf("fe80::200:5eff:fe00:5213")) : option));
        update.first(Timestamp.class).ifPresent(reply::option);
        return reply;
    }

    MagTransition answer(int status) {
        return answer(status, reply -> reply);
    }

    /** The anchor answers the last request. */
    MagTransition answer(int status, UnaryOperator<BindingAcknowledgement.Builder> change) {
        return answer(sent.get(sent.size() - 1), change.apply(reply(update(), status)).build());
    }

    MagTransition answer(OutgoingUpdate request, BindingAcknowledgement reply) {
        return event(MagEvent.acknowledged(reply, request.destination(), request.source()));
    }

    /** The only entry. */
    BindingUpdateListEntry entry() {
        List<BindingUpdateListEntry> entries = entries();
        if (entries.size() != 1) {
            throw new AssertionError("one entry was expected: " + entries);
        }
        return entries.get(0);
    }

    List<BindingUpdateListEntry> entries() {
        BindingUpdateList list = store.get(BindingUpdateList.key(ALICE));
        return list == null ? List.of() : list.entries();
    }

    Set<Ip6Prefix> advertised(Attachment place) {
        Set<Ip6Prefix> all = new HashSet<>();
        advertised.forEach((session, prefixes) ->
                all.addAll(advertisedAt.get(session).sameLink(place) ? prefixes : Set.of()));
        return all;
    }

    /** What the effects of a kind said. */
    List<String> effects(Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).map(Effect::text)
                .collect(Collectors.toList());
    }

    boolean did(Effect.Kind kind) {
        return effects.stream().anyMatch(effect -> effect.kind() == kind);
    }
}
