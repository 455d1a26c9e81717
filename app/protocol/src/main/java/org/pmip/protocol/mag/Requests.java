// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.Registration.Purpose;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

/** What requests ask for and how they are sent (draft-ietf-netlmm-proxymip6-10 sections 6.9.1 and 6.9.4). */
final class Requests {

    /** The interval in which MAX_UPDATE_RATE counts. */
    static final long RATE_MILLIS = 1_000;
    /** A timestamp this far behind the last one, in 1/65536 s, means that the clock was set back. */
    private static final long CLOCK_STEP = 1L << 16;

    private Requests() {
    }

    /**
     * Asks for a session. What is asked for by name comes from the session before, the profile, or not at all. A
     * session that goes on keeps a service that its node has lost meanwhile: whoever does not ask for what the anchor
     * still has of the session would leave that behind when the node leaves (RFC 5844 section 3.1.2.5).
     */
    static BindingUpdateListEntry initial(Step step, BindingUpdateListEntry entry, int handoffIndicator,
                                          List<Ip6Prefix> prefixes, Optional<Ip4Address> ipv4,
                                          Ip6Address linkLocal) {
        MagProfile profile = step.policy.profile(step.list().key());
        Registration.Builder request = Registration.builder(Purpose.INITIAL, handoffIndicator)
                .linkLocal(linkLocalOption(step, entry, linkLocal))
                .lifetime(profile.lifetime().orElse(step.parameters.lifetime()));
        if ((profile.ipv6Service() || !prefixes.isEmpty()) && !entry.has(Restriction.NO_IPV6)) {
            request.prefixes(Optional.of(entry.has(Restriction.NO_NAMED_PREFIX) ? List.of() : prefixes));
        }
        if ((profile.ipv4Service() || ipv4.isPresent()) && !entry.has(Restriction.NO_IPV4)) {
            Ip4Address wanted = ipv4.or(profile::ipv4HomeAddress).orElse(Ip4Address.ZERO);
            request.ipv4(Optional.of(entry.has(Restriction.NO_NAMED_IPV4) ? Ip4Address.ZERO : wanted));
        }
        return tunnel(step, entry, request);
    }

    /** What of a session that was ended may be asked for by name in the next one: nothing of lost services. */
    static Binding entitled(Step step, Binding ended) {
        MagProfile profile = step.policy.profile(step.list().key());
        return ended.toBuilder().prefixes(profile.ipv6Service() ? ended.prefixes() : List.of())
                .ipv4(ended.ipv4Home().filter(home -> profile.ipv4Service()), ended.dhcpServer()).build();
    }

    /** The prefixes that the profile names. */
    static List<Ip6Prefix> ofProfile(Step step) {
        MagProfile profile = step.policy.profile(step.list().key());
        return profile.ipv6Service() ? profile.prefixes() : List.of();
    }

    /** The same request as before after the anchor ruled something out; with the prefixes that it does not. */
    static BindingUpdateListEntry again(Step step, BindingUpdateListEntry entry, Registration before) {
        int handoff = before.purpose() == Purpose.EXTENSION ? HandoffIndicator.UNKNOWN : before.handoffIndicator();
        return initial(step, entry, handoff, before.prefixes().orElse(List.of()),
                before.ipv4().filter(address -> !address.isZero()), before.linkLocal().orElse(Ip6Address.ZERO));
    }

    /** Section 6.9.1.3: the same options as before with what was assigned, and Handoff Indicator 5. */
    static BindingUpdateListEntry extension(Step step, BindingUpdateListEntry entry) {
        return extension(step, entry, HandoffIndicator.UNCHANGED);
    }

    /** The same with another Handoff Indicator. */
    static BindingUpdateListEntry extension(Step step, BindingUpdateListEntry entry, int handoffIndicator) {
        Binding binding = entry.binding().orElseThrow();
        MagProfile profile = step.policy.profile(step.list().key());
        boolean tlv = binding.tlvHeader();
        boolean gre = binding.gre() != GreMode.NONE && !entry.has(Restriction.NO_GRE)
                && !step.withoutGreKey(entry.anchor());
        return entry.toBuilder().registration(Optional.of(
                assigned(step, entry, Registration.builder(Purpose.EXTENSION, handoffIndicator))
                        .lifetime(profile.lifetime().orElse(step.parameters.lifetime()))
                        .gre(gre ? binding.gre() : GreMode.NONE, gre && tlv)
                        .forceUdp(forceUdp(entry))
                        .build())).build();
    }

    /** Section 6.9.1.4. RFC 5845 section 4.2 leaves keys out; an agreed mode without keys is among the options. */
    static BindingUpdateListEntry deregistration(Step step, BindingUpdateListEntry entry) {
        boolean modeOnly = entry.binding().map(Binding::gre).orElse(GreMode.NONE) == GreMode.MODE_ONLY
                && !entry.has(Restriction.NO_GRE);
        return entry.toBuilder().registration(Optional.of(
                assigned(step, entry, Registration.builder(Purpose.DEREGISTRATION, HandoffIndicator.UNKNOWN))
                        .gre(modeOnly ? GreMode.MODE_ONLY : GreMode.NONE, false)
                        .forceUdp(forceUdp(entry))
                        .build())).build();
    }

    /**
     * Names what the session has. Where no answer told it yet, or an answer gave neither prefix nor address, it is
     * what was asked for, because a request without any would lack a mandatory option (section 6.9.1.5).
     */
    private static Registration.Builder assigned(Step step, BindingUpdateListEntry entry,
                                                 Registration.Builder request) {
        Optional<Binding> binding = entry.binding();
        if (binding.filter(one -> !one.prefixes().isEmpty() || one.ipv4Home().isPresent()).isPresent()) {
            List<Ip6Prefix> prefixes = binding.get().prefixes();
            request.prefixes(prefixes.isEmpty() ? Optional.empty() : Optional.of(prefixes))
                    .ipv4(binding.get().ipv4Home().map(Ipv4Home::address));
        } else {
            request.prefixes(entry.registration().flatMap(Registration::prefixes))
                    .ipv4(entry.registration().flatMap(Registration::ipv4));
        }
        Ip6Address learnt = binding.map(Binding::linkLocal).orElse(Ip6Address.ZERO);
        return request.linkLocal(linkLocalOption(step, entry, learnt));
    }

    /** RFC 5213 section 6.9.1.1: the option is there exactly when there is no fixed address. */
    private static Optional<Ip6Address> linkLocalOption(Step step, BindingUpdateListEntry entry, Ip6Address known) {
        if (!step.parameters.fixedLinkLocal().isZero()) {
            return Optional.empty();
        }
        if (step.parameters.linkLocal() == MagParameters.LinkLocal.NODE) {
            Ip6Address node = entry.attachment().nodeLinkLocal();
            return Optional.of(node.isZero() ? known : node);
        }
        return Optional.of(known);
    }

    private static boolean forceUdp(BindingUpdateListEntry entry) {
        return entry.anchor().transport() == Transport.IPV4 && entry.anchor().forceUdp()
                && !entry.has(Restriction.NO_UDP);
    }

    /** RFC 5845 sections 4.2 and 7.3: which GRE Key option and whether T and F. */
    private static BindingUpdateListEntry tunnel(Step step, BindingUpdateListEntry entry,
                                                 Registration.Builder request) {
        Anchor anchor = entry.anchor();
        GreWish wish = step.policy.gre(step.policy.profile(step.list().key()), anchor, entry.attachment());
        GreMode mode = wish == GreWish.NONE ? GreMode.NONE
                : wish == GreWish.MODE_ONLY ? GreMode.MODE_ONLY : GreMode.KEYS;
        if (entry.has(Restriction.KEYS)) {
            mode = GreMode.KEYS;
        } else if (entry.has(Restriction.NO_GRE) || step.withoutGreKey(anchor)) {
            mode = GreMode.NONE;
        }
        OptionalLong key = mode == GreMode.KEYS && entry.downlinkKey().isEmpty()
                ? step.downlinkKey() : entry.downlinkKey();
        boolean udp = forceUdp(entry) || anchor.transport() == Transport.IPV4 && anchor.nat();
        request.gre(mode, mode != GreMode.NONE && udp).forceUdp(forceUdp(entry));
        return entry.toBuilder().downlinkKey(key).registration(Optional.of(request.build())).build();
    }

    /** Sends the entry's request, now or as soon as MAX_UPDATE_RATE permits (RFC 6275 section 11.8). */
    static void send(Step step, BindingUpdateListEntry entry) {
        long now = step.now.millis();
        List<Long> sent = new ArrayList<>(entry.sent());
        sent.removeIf(at -> now - at >= RATE_MILLIS);
        if (sent.size() >= step.parameters.maxUpdateRate()) {
            step.put(entry.toBuilder().waiting(Waiting.RATE, sent.get(0) + RATE_MILLIS).build());
            return;
        }
        sent.add(now);
        int sequence = step.list().sequence() + 1 & 0xffff;
        long timestamp = step.parameters.timestampBasedApproachInUse() ? timestamp(step) : 0;
        step.order(sequence, timestamp);
        Registration request =
                entry.registration().orElseThrow().sent(new Attempt(sequence, timestamp, now), step.parameters);
        BindingUpdateListEntry next = entry.toBuilder().registration(Optional.of(request)).sent(sent)
                .waiting(Waiting.REPLY, now + request.timeout()).build();
        step.put(next);
        step.effect(Effect.send(next, new OutgoingUpdate(message(step.list(), next, request), next.careOf(),
                next.anchor().address())));
    }

    /** The present, but later than what was sent last, for the anchor takes no two alike. */
    private static long timestamp(Step step) {
        long present = Timestamp.of(step.now.wall()).value();
        long last = step.list().timestamp();
        return present <= last && last - present < CLOCK_STEP ? last + 1 : present;
    }

    private static BindingUpdate message(BindingUpdateList list, BindingUpdateListEntry entry, Registration request) {
        Attempt attempt = request.last().orElseThrow();
        int flags = BindingUpdate.A | BindingUpdate.H | BindingUpdate.P
                | (request.forceUdp() ? BindingUpdate.F : 0) | (request.tlvHeader() ? BindingUpdate.T : 0);
        BindingUpdate.Builder message = BindingUpdate.builder().flags(flags).sequence(attempt.sequence())
                .lifetime(request.lifetime()).option(list.mobileNode());
        request.prefixes().ifPresent(prefixes -> {
            if (prefixes.isEmpty()) {
                message.option(HomeNetworkPrefix.allZero());
            }
            prefixes.forEach(prefix -> message.option(HomeNetworkPrefix.of(prefix)));
        });
        message.option(HandoffIndicator.of(request.handoffIndicator()))
                .option(AccessTechnologyType.of(entry.attachment().accessTechnology()));
        if (request.last().orElseThrow().timestamp() != 0) {
            message.option(Timestamp.ofValue(attempt.timestamp()));
        }
        if (entry.attachment().identified()) {
            message.option(MobileNodeLinkLayerIdentifier.of(entry.attachment().linkLayerIdentifier()));
        }
        request.linkLocal().ifPresent(address -> message.option(LinkLocalAddress.of(address)));
        request.ipv4().ifPresent(address -> message.option(
                Ipv4HomeAddressRequest.of(address.isZero() ? 0 : Ip4Address.BIT_LENGTH, address)));
        if (entry.careOf().isIp4()) {
            // By this the anchor sees whether an address translator stands on the path (RFC 5555 section 4.1).
            message.option(Ipv4CareOfAddress.of(entry.careOf().getIp4Address()));
        }
        if (request.gre() == GreMode.KEYS) {
            // Without one this run only tells that it needs one.
            message.option(GreKey.of(entry.downlinkKey().orElse(0)));
        } else if (request.gre() == GreMode.MODE_ONLY) {
            message.option(GreKey.modeOnly());
        }
        return message.build();
    }

    /** Begins the end of a session: a request with lifetime 0, answered or not within INITIAL_BINDACK_TIMEOUT. */
    static void deregister(Step step, BindingUpdateListEntry entry, boolean restart) {
        BindingUpdateListEntry ending = deregistration(step, entry).toBuilder()
                .state(State.ENDING).restart(restart).status(0).build();
        step.abandonSuperseded(entry.replaces());
        send(step, ending.toBuilder().replaces(0).build());
    }
}
