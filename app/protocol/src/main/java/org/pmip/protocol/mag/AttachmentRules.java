// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** Nodes come, go and stay (draft-ietf-netlmm-proxymip6-10 sections 6.9.1.1, 6.9.1.4, 6.13 and 6.14). */
final class AttachmentRules {

    private AttachmentRules() {
    }

    static void attached(Step step, Attachment place, int hint, Optional<HandoffContext> context, boolean arrival) {
        Optional<Anchor> anchor = step.policy.service(step.list().key(), place.gateway());
        if (anchor.isEmpty()) {
            step.plainAccess(step.policy.profile(step.list().key()).plainAccess());
            step.reason("no mobility service for this node at this gateway");
            return;
        }
        Optional<BindingUpdateListEntry> here = step.list().first(entry ->
                entry.state() != State.LEFT && entry.state() != State.SUPERSEDED
                        && entry.attachment().samePlace(place));
        if (here.isPresent()) {
            stillThere(step, here.get(), place, arrival);
            return;
        }
        Optional<BindingUpdateListEntry> moved = step.list().first(entry -> entry.state() == State.ACTIVE
                && entry.attachment().gateway().equals(place.gateway()) && entry.attachment().sameInterface(place));
        if (moved.isPresent()) {
            move(step, moved.get(), place);
            return;
        }
        begin(step, place, hint, context, anchor.get());
    }

    /** Another sign of a node that is known: it may lack an advertisement, and it answers a presence check. */
    private static void stillThere(Step step, BindingUpdateListEntry entry, Attachment place, boolean arrival) {
        BindingUpdateListEntry next = place.nodeLinkLocal().isZero() ? entry
                : entry.toBuilder().attachment(place).build();
        step.put(next);
        if (next.state() == State.ENDING) {
            // It came back before its de-registration was through; the anchor puts the two in order.
            PolicyRules.restart(step, step.unbind(next, State.REGISTERING));
        } else if (next.state() == State.DENIED) {
            step.effect(Effect.of(Effect.Kind.DENY_SERVICE, next, "denied with status " + next.status()));
        } else {
            if (next.state() == State.ACTIVE) {
                step.effect(Effect.Kind.ADVERTISE, next);
            }
            present(step, next, arrival);
        }
    }

    private static void present(Step step, BindingUpdateListEntry entry, boolean arrival) {
        if (arrival && mayBeElsewhere(step, entry)) {
            // It has come from somewhere: a Handoff Indicator that says nothing has changed would be a guess.
            Requests.send(step, Requests.extension(step, entry, HandoffIndicator.UNKNOWN));
        } else if (entry.waiting() == Waiting.PRESENCE) {
            presence(step, entry.sessionId(), true);
        }
    }

    /**
     * Whether a gateway of which this list knows nothing may have taken a session over since the anchor was last asked
     * for it. Whoever arrives says so several times in a moment.
     */
    private static boolean mayBeElsewhere(Step step, BindingUpdateListEntry entry) {
        return !step.parameters.contextCoversDomain() && entry.state() == State.ACTIVE
                && entry.registration().isEmpty() && !entry.has(Restriction.NO_EXTENSION)
                && entry.sent().stream().noneMatch(at -> step.now.millis() - at < Requests.RATE_MILLIS);
    }

    /** To another link of the same gateway: the anchor sees no difference. */
    private static void move(Step step, BindingUpdateListEntry entry, Attachment place) {
        step.effect(Effect.Kind.REMOVE_FORWARDING, entry);
        BindingUpdateListEntry next = entry.toBuilder().attachment(known(place, entry)).build();
        step.put(next);
        step.effect(Effect.Kind.INSTALL_FORWARDING, next);
        step.effect(Effect.Kind.ADVERTISE, next);
        present(step, next, true);
    }

    /** A place with the interface's link-local address, which does not change with the link. */
    private static Attachment known(Attachment place, BindingUpdateListEntry previous) {
        Attachment old = previous.attachment();
        return place.nodeLinkLocal().isZero() && place.sameInterface(old)
                ? place.withNodeLinkLocal(old.nodeLinkLocal()) : place;
    }

    private static void begin(Step step, Attachment place, int hint, Optional<HandoffContext> context,
                              Anchor anchor) {
        Optional<HandoffContext> told = context.filter(one -> one.isOf(anchor));
        Gateway gateway = step.policy.gateway(place.gateway()).orElseThrow();
        IpAddress careOf = anchor.transport() == Transport.IPV4
                ? gateway.ipv4ProxyCoa().orElseThrow() : gateway.proxyCoa();
        Optional<BindingUpdateListEntry> previous = previous(step.list(), place, hint);
        Optional<Binding> had = previous.filter(old -> old.anchor().address().equals(anchor.address()))
                .flatMap(old -> held(step.list(), old).map(binding ->
                        ends(old) ? Requests.entitled(step, binding) : binding));
        int handoff = indicator(step, place, hint, previous);
        BindingUpdateListEntry.Builder fresh = BindingUpdateListEntry.builder()
                .sessionId(step.sessionId()).attachment(known(place, previous, told, handoff))
                .tunnel(anchor, careOf);
        told.map(HandoffContext::downlinkKey).ifPresent(fresh::downlinkKey);
        Optional<BindingUpdateListEntry> barred =
                step.list().first(entry -> RejectionRules.bars(entry.status()));
        if (barred.isPresent()) {
            RejectionRules.deny(step, fresh.status(barred.get().status()).build(),
                    "the anchor denies this node the mobility service");
            return;
        }
        // The rate counts for the interface, also if it left and came back in between.
        step.list().first(entry -> entry.state() == State.LEFT && entry.attachment().samePlace(place))
                .filter(entry -> entry.careOf().equals(careOf)).or(() -> previous)
                .ifPresent(old -> fresh.sent(old.careOf().equals(careOf) ? old.sent() : List.of()));
        previous.ifPresent(old -> {
            fresh.downlinkKey(old.downlinkKey());
            if (old.forwards()) {
                fresh.replaces(old.sessionId());
                step.put(supersede(old));
            } else {
                fresh.replaces(old.replaces());
                step.remove(old);
            }
        });
        List<Ip6Prefix> prefixes = had.map(Binding::prefixes).or(() -> told.map(HandoffContext::prefixes))
                .filter(known -> !known.isEmpty())
                .orElseGet(() -> fromProfile(step, previous));
        Optional<Ip4Address> ipv4 = had.flatMap(Binding::ipv4Home).map(Ipv4Home::address)
                .or(() -> told.flatMap(HandoffContext::ipv4HomeAddress));
        Ip6Address linkLocal = had.map(Binding::linkLocal).or(() -> told.map(HandoffContext::linkLocal))
                .orElse(Ip6Address.ZERO);
        // Section 5.5: serving gateways go on from the number that the last one has sent.
        told.map(HandoffContext::sequence).ifPresent(last ->
                last.ifPresent(number -> RejectionRules.catchUp(step, number)));
        Requests.send(step, Requests.initial(step, fresh.build(), handoff, prefixes, ipv4, linkLocal));
    }

    /** A place with the interface's link-local address, wherever that is known from. */
    private static Attachment known(Attachment place, Optional<BindingUpdateListEntry> previous,
                                    Optional<HandoffContext> told, int handoff) {
        Attachment own = previous.map(old -> known(place, old)).orElse(place);
        boolean same = handoff == HandoffIndicator.BETWEEN_GATEWAYS || handoff == HandoffIndicator.UNKNOWN;
        return told.map(HandoffContext::nodeLinkLocal)
                .filter(address -> same && own.nodeLinkLocal().isZero() && !address.isZero())
                .map(own::withNodeLinkLocal).orElse(own);
    }

    /** Whether the anchor was told of the end of a session, or did not want it. */
    private static boolean ends(BindingUpdateListEntry entry) {
        return entry.state() == State.ENDING || entry.state() == State.LEFT || entry.state() == State.DENIED;
    }

    /** What a session has, or the one that it was about to take over. */
    private static Optional<Binding> held(BindingUpdateList list, BindingUpdateListEntry entry) {
        return entry.binding().or(() -> list.session(entry.replaces()).flatMap(old -> held(list, old)));
    }

    /** The session that comes to this place, as far as it is certain which one. */
    private static Optional<BindingUpdateListEntry> previous(BindingUpdateList list, Attachment place, int hint) {
        Optional<BindingUpdateListEntry> same = newest(list, place);
        if (same.isPresent() && hint != HandoffIndicator.NEW_INTERFACE) {
            return same;
        }
        List<BindingUpdateListEntry> others = new ArrayList<>(list.entries());
        others.removeIf(entry -> entry.binding().isEmpty() || entry.state() == State.SUPERSEDED);
        boolean certain = others.size() == 1 && (hint == HandoffIndicator.BETWEEN_INTERFACES
                || hint == HandoffIndicator.BETWEEN_GATEWAYS && !place.identified()
                        && !others.get(0).attachment().identified());
        return certain ? Optional.of(others.get(0)) : Optional.empty();
    }

    private static Optional<BindingUpdateListEntry> newest(BindingUpdateList list, Attachment place) {
        Optional<BindingUpdateListEntry> found = Optional.empty();
        for (BindingUpdateListEntry entry : list.entries()) {
            if (entry.state() != State.SUPERSEDED && entry.attachment().sameInterface(place)) {
                found = Optional.of(entry);
            }
        }
        return found;
    }

    /** Section 6.9.1.1: 2 and 3 only with certainty, and 1 only where nobody else could know the interface. */
    private static int indicator(Step step, Attachment place, int hint, Optional<BindingUpdateListEntry> previous) {
        if (hint != HandoffIndicator.UNKNOWN) {
            return hint;
        }
        if (previous.filter(entry -> entry.binding().isPresent()
                && !entry.attachment().gateway().equals(place.gateway())).isPresent()) {
            return HandoffIndicator.BETWEEN_GATEWAYS;
        }
        boolean isNew = step.parameters.contextCoversDomain() && previous.isEmpty() && place.identified()
                && step.list().first(entry -> !entry.attachment().identified()).isEmpty();
        return isNew ? HandoffIndicator.NEW_INTERFACE : HandoffIndicator.UNKNOWN;
    }

    /** The prefixes of the profile that no other interface of the node has. */
    private static List<Ip6Prefix> fromProfile(Step step, Optional<BindingUpdateListEntry> previous) {
        List<Ip6Prefix> free = new ArrayList<>(Requests.ofProfile(step));
        for (BindingUpdateListEntry entry : step.list().entries()) {
            if (previous.isEmpty() || entry.sessionId() != previous.get().sessionId()) {
                entry.binding().ifPresent(binding -> free.removeAll(binding.prefixes()));
            }
        }
        return free;
    }

    /** The old gateway is silent from now on: an extension sent from there would take the session back. */
    private static BindingUpdateListEntry supersede(BindingUpdateListEntry old) {
        return old.toBuilder().state(State.SUPERSEDED).registration(Optional.empty())
                .waiting(Waiting.NOTHING, 0).build();
    }

    static void detached(Step step, Attachment place) {
        for (BindingUpdateListEntry entry : step.list().entries()) {
            boolean gone = entry.attachment().samePlace(place)
                    || !place.identified() && entry.attachment().sameLink(place);
            if (gone) {
                gone(step, entry);
            }
        }
    }

    /** The node has left: what that means depends on what the anchor may have. */
    static void gone(Step step, BindingUpdateListEntry entry) {
        switch (entry.state()) {
            case SUPERSEDED:
                if (entry.forwards()) {
                    step.unbind(entry, State.SUPERSEDED);
                }
                break;
            case ENDING:
                step.put(entry.toBuilder().restart(false).status(0).build());
                break;
            case LEFT:
                break;
            case DENIED:
                step.leave(entry);
                break;
            default:
                // A request that was not answered by a rejection may have been accepted.
                boolean asked = entry.registration().filter(request -> request.last().isPresent()).isPresent()
                        || entry.status() == 0 && !entry.sent().isEmpty();
                if (asked || entry.binding().isPresent()) {
                    Requests.deregister(step, entry, false);
                } else {
                    step.leave(entry);
                }
                break;
        }
    }

    static void presence(Step step, long sessionId, boolean present) {
        Optional<BindingUpdateListEntry> found = step.list().session(sessionId);
        if (found.isEmpty()) {
            step.reason("no such session");
            return;
        }
        BindingUpdateListEntry entry = found.get();
        if (!present) {
            gone(step, entry);
        } else if (entry.waiting() == Waiting.PRESENCE) {
            Requests.send(step, entry.registration().isPresent() ? entry : Requests.extension(step, entry));
        }
    }
}
