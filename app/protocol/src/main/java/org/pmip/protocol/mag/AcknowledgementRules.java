// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.Registration.Purpose;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.NatDetection;
import org.pmip.protocol.wire.option.Timestamp;

/** Acknowledgements, checked and taken in the order of draft-ietf-netlmm-proxymip6-10 section 6.9.1.2. */
final class AcknowledgementRules {

    private AcknowledgementRules() {
    }

    static void received(Step step, BindingAcknowledgement message, IpAddress source, IpAddress destination) {
        if (!message.proxy()) {
            step.reason("P is not set");
            return;
        }
        Optional<BindingUpdateListEntry> found = step.list().first(entry ->
                entry.anchor().address().equals(source) && entry.careOf().equals(destination)
                        && answers(entry, message));
        if (found.isEmpty()) {
            step.reason("no request that was sent lately fits");
            return;
        }
        BindingUpdateListEntry entry = found.get();
        Registration request = entry.registration().orElseThrow();
        Attempt attempt = message.status() == Status.SEQUENCE_NUMBER_OUT_OF_WINDOW ? request.last().orElseThrow()
                : request.attempt(message.sequence()).orElseThrow();
        if (!timely(message, attempt)) {
            step.reason("the timestamp is not the request's");
            return;
        }
        if (!echoes(step.list(), entry, request, message)) {
            if (message.status() == Status.TIMESTAMP_MISMATCH) {
                // It has the anchor's clock in it and not the request's timestamp: it may answer a request of a list
                // that is forgotten, which began with the same numbers.
                step.reason("no request that was sent lately fits");
                return;
            }
            RejectionRules.untrustworthy(step, entry, "an answer with other options than the request's");
            return;
        }
        if (!Status.accepts(message.status())) {
            if (request.last().filter(attempt::equals).isPresent()) {
                RejectionRules.rejected(step, entry, request, message);
            } else {
                step.reason("a rejection of an attempt that was repeated since");
            }
        } else if (request.purpose() == Purpose.DEREGISTRATION) {
            TimerRules.ended(step, entry);
        } else if (message.lifetime() == 0) {
            RejectionRules.later(step, entry, request, Status.REASON_UNSPECIFIED);
        } else {
            accepted(step, entry, request, attempt, message);
        }
    }

    /** By sequence number; status 135 comes with the anchor's number instead of the request's (RFC 6275 9.5.1). */
    private static boolean answers(BindingUpdateListEntry entry, BindingAcknowledgement message) {
        Optional<Registration> request = entry.registration().filter(one -> one.last().isPresent());
        if (request.isEmpty()) {
            return false;
        }
        if (message.status() != Status.SEQUENCE_NUMBER_OUT_OF_WINDOW) {
            return request.get().attempt(message.sequence()).isPresent();
        }
        return request.get().last().orElseThrow().timestamp() == 0 && sameInterface(entry, message)
                && message.first(HandoffIndicator.class).map(HandoffIndicator::value)
                        .filter(value -> value != request.get().handoffIndicator()).isEmpty();
    }

    /** Section 5.5: the anchor returns a timestamp that it takes; with 156 and 157 it may say what its clock shows. */
    private static boolean timely(BindingAcknowledgement message, Attempt attempt) {
        if (attempt.timestamp() == 0 || message.status() == Status.TIMESTAMP_MISMATCH
                || message.status() == Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED) {
            return true;
        }
        return message.first(Timestamp.class).map(stamp -> stamp.value() == attempt.timestamp()).orElse(true);
    }

    private static boolean sameInterface(BindingUpdateListEntry entry, BindingAcknowledgement message) {
        return message.first(AccessTechnologyType.class)
                        .map(option -> option.value() == entry.attachment().accessTechnology()).orElse(true)
                && message.first(MobileNodeLinkLayerIdentifier.class)
                        .map(option -> Arrays.equals(option.identifier(), entry.attachment().linkLayerIdentifier()))
                        .orElse(true);
    }

    private static boolean echoes(BindingUpdateList list, BindingUpdateListEntry entry, Registration request,
                                  BindingAcknowledgement message) {
        return sameInterface(entry, message)
                && message.first(HandoffIndicator.class)
                        .map(option -> option.value() == request.handoffIndicator()).orElse(true)
                && message.first(MobileNodeIdentifier.class).map(list.mobileNode()::equals).orElse(true);
    }

    private static void accepted(Step step, BindingUpdateListEntry entry, Registration request, Attempt attempt,
                                 BindingAcknowledgement message) {
        GreMode gre = gre(request, message);
        boolean greIgnored = request.gre() != GreMode.NONE && message.first(GreKey.class).isEmpty()
                && message.status() != Status.GRE_KEY_OPTION_NOT_REQUIRED;
        if (greIgnored) {
            step.effect(Effect.Kind.ANCHOR_WITHOUT_GRE_KEY, entry);
        }
        long uplink = message.first(GreKey.class).filter(GreKey::hasKey).map(GreKey::key).orElse(0L);
        boolean tlv = request.tlvHeader() && message.has(BindingAcknowledgement.T) && gre != GreMode.NONE;
        Binding binding = Binding.builder()
                .prefixes(prefixes(entry, request, message))
                .ipv4(ipv4(request, message), message.first(Ipv4DhcpSupportMode.class)
                        .map(Ipv4DhcpSupportMode::server).orElse(false))
                .linkLocal(message.first(LinkLocalAddress.class).map(LinkLocalAddress::address)
                        .filter(address -> request.linkLocal().isPresent()).orElse(Ip6Address.ZERO))
                .tunnel(format(entry.anchor().transport(), gre, tlv, message))
                .gre(gre, entry.downlinkKey().orElse(0), uplink)
                .lifetime(message.lifetime(), attempt.sentAt())
                .build();
        BindingUpdateListEntry.Builder next = entry.toBuilder().binding(Optional.of(binding)).status(0);
        if (message.status() == Status.GRE_KEY_OPTION_NOT_REQUIRED && request.gre() != GreMode.NONE) {
            next.restriction(Restriction.NO_GRE);
        }
        boolean keysOnly = step.policy.gre(step.policy.profile(step.list().key()), entry.anchor(),
                entry.attachment()) == GreWish.KEYS_ONLY;
        if (binding.prefixes().isEmpty() && binding.ipv4Home().isEmpty()) {
            RejectionRules.refuse(step, entry, next.build(), "the anchor assigned nothing");
        } else if (keysOnly && gre != GreMode.KEYS) {
            RejectionRules.refuse(step, entry, next.build(), "the anchor gave no key");
        } else if (gre != GreMode.NONE && request.tlvHeader() && !tlv && entry.anchor().nat()) {
            withoutTlvHeader(step, entry, next, keysOnly);
        } else {
            inForce(step, entry, next, binding);
        }
    }

    /** draft-ietf-netlmm-grekey-option-07 section 7.3: behind a translator GRE without UDP does not get through. */
    private static void withoutTlvHeader(Step step, BindingUpdateListEntry entry,
                                         BindingUpdateListEntry.Builder next, boolean keysOnly) {
        if (keysOnly) {
            RejectionRules.refuse(step, entry, next.build(), "GRE without UDP does not get through");
            return;
        }
        step.unbind(entry, State.REGISTERING);
        Requests.send(step, Requests.extension(step, next.state(State.REGISTERING).forwards(false)
                .downlinkKey(OptionalLong.empty()).restriction(Restriction.NO_GRE).build()));
    }

    private static void inForce(Step step, BindingUpdateListEntry entry, BindingUpdateListEntry.Builder builder,
                                Binding binding) {
        BindingUpdateListEntry next = builder.state(State.ACTIVE).forwards(true).registration(Optional.empty())
                .downlinkKey(binding.gre() == GreMode.KEYS ? entry.downlinkKey() : OptionalLong.empty())
                .waiting(Waiting.REFRESH, refreshAt(step, binding)).replaces(0).build();
        List<Ip6Prefix> gone = new ArrayList<>();
        Optional<BindingUpdateListEntry> previous = step.list().session(entry.replaces());
        previous.flatMap(BindingUpdateListEntry::binding).ifPresent(old -> gone.addAll(old.prefixes()));
        if (previous.filter(old -> !old.anchor().address().equals(entry.anchor().address())).isPresent()) {
            // The anchor of before knows nothing of this.
            step.abandonSuperseded(entry.replaces());
        } else {
            step.dropSuperseded(entry.replaces());
        }
        boolean same = entry.forwards() && entry.binding().orElseThrow().forwardsLike(binding);
        if (entry.forwards() && !same) {
            gone.addAll(entry.binding().orElseThrow().prefixes());
            step.effect(Effect.Kind.REMOVE_FORWARDING, entry);
        }
        gone.removeAll(binding.prefixes());
        step.put(next);
        if (!same) {
            step.effect(Effect.Kind.INSTALL_FORWARDING, next);
        }
        step.withdraw(next, gone.stream().distinct().collect(Collectors.toList()));
        for (BindingUpdateListEntry other : step.list().entries()) {
            if (other.sessionId() != next.sessionId()
                    && other.binding().filter(held -> overlap(held, binding)).isPresent()) {
                lose(step, other);
            }
        }
        boolean collides = step.parameters.linkLocal() == MagParameters.LinkLocal.NODE
                && !binding.linkLocal().isZero()
                && step.policy.gateway(next.attachment().gateway()).map(Gateway::linkLocal)
                        .filter(binding.linkLocal()::equals).isPresent();
        if (collides) {
            step.effect(Effect.Kind.CHANGE_LINK_LOCAL, next);
        }
        step.effect(Effect.Kind.ADVERTISE, next);
    }

    private static boolean overlap(Binding one, Binding other) {
        return one.prefixes().stream().anyMatch(other.prefixes()::contains)
                || one.ipv4Home().isPresent() && one.ipv4Home().map(Ipv4Home::address)
                        .equals(other.ipv4Home().map(Ipv4Home::address));
    }

    /** The anchor has given the session to another interface of the node, as it may with Handoff Indicator 4. */
    private static void lose(Step step, BindingUpdateListEntry other) {
        BindingUpdateListEntry empty = step.unbind(other, other.state()).toBuilder().binding(Optional.empty()).build();
        switch (other.state()) {
            case ACTIVE:
            case REGISTERING:
                step.checkPresence(Requests.initial(step, empty.toBuilder().state(State.REGISTERING).build(),
                        HandoffIndicator.UNKNOWN, List.of(), Optional.empty(), Ip6Address.ZERO));
                break;
            case DENIED:
                step.put(empty);
                break;
            default:
                step.remove(empty);
                break;
        }
    }

    /** Early enough to find out whether the node is there and to repeat the request once; half-way at the earliest. */
    private static long refreshAt(Step step, Binding binding) {
        long lifetime = binding.lifetime() * 4_000L;
        return binding.endsAt() - Math.max(lifetime / 4, Math.min(lifetime / 2, step.parameters.extensionMargin()));
    }

    /** RFC 5845 section 4.2. A key that nobody asked for is not used: the anchor has none for the other direction. */
    private static GreMode gre(Registration request, BindingAcknowledgement message) {
        Optional<GreKey> option = message.first(GreKey.class);
        if (option.isEmpty() || request.gre() == GreMode.NONE
                || message.status() == Status.GRE_KEY_OPTION_NOT_REQUIRED) {
            return GreMode.NONE;
        }
        return option.get().hasKey() && request.gre() == GreMode.KEYS ? GreMode.KEYS : GreMode.MODE_ONLY;
    }

    private static TunnelFormat format(Transport transport, GreMode gre, boolean tlv,
                                       BindingAcknowledgement message) {
        if (transport == Transport.IPV6) {
            return gre == GreMode.NONE ? TunnelFormat.IPV6 : TunnelFormat.GRE_IPV6;
        }
        if (gre != GreMode.NONE) {
            return tlv ? TunnelFormat.GRE_IPV4_UDP_TLV : TunnelFormat.GRE_IPV4;
        }
        return message.first(NatDetection.class).filter(NatDetection::forced).isPresent()
                ? TunnelFormat.IPV4_UDP : TunnelFormat.IPV4;
    }

    private static List<Ip6Prefix> prefixes(BindingUpdateListEntry entry, Registration request,
                                            BindingAcknowledgement message) {
        if (request.prefixes().isEmpty()) {
            return List.of();
        }
        List<Ip6Prefix> assigned = message.all(HomeNetworkPrefix.class).stream()
                .filter(option -> !option.isAllZero()).map(HomeNetworkPrefix::prefix).distinct()
                .collect(Collectors.toList());
        boolean unsaid = assigned.isEmpty() && request.purpose() == Purpose.EXTENSION;
        return unsaid ? entry.binding().map(Binding::prefixes).orElse(assigned) : assigned;
    }

    /** RFC 5844 section 3.2: without a successful reply option there is no IPv4 for the node. */
    private static Optional<Ipv4Home> ipv4(Registration request, BindingAcknowledgement message) {
        Ip4Address router = message.first(Ipv4DefaultRouterAddress.class).map(Ipv4DefaultRouterAddress::address)
                .orElse(Ip4Address.ZERO);
        return message.first(Ipv4HomeAddressReply.class)
                .filter(reply -> request.ipv4().isPresent() && Status.accepts(reply.status())
                        && !reply.address().isZero() && reply.prefixLength() <= Ip4Address.BIT_LENGTH)
                .map(reply -> new Ipv4Home(reply.address(), reply.prefixLength(), router));
    }
}
