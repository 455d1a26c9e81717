// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** What administrators bring about (draft-ietf-netlmm-proxymip6-10 sections 6.9.1.2, 6.12 and 6.14). */
final class PolicyRules {

    private PolicyRules() {
    }

    static void changed(Step step) {
        for (BindingUpdateListEntry entry : step.list().entries()) {
            step.list().session(entry.sessionId()).ifPresent(current -> changed(step, current));
        }
    }

    private static void changed(Step step, BindingUpdateListEntry entry) {
        Optional<Anchor> anchor = step.policy.service(step.list().key(), entry.attachment().gateway());
        boolean sameTunnel = anchor.filter(entry.anchor()::sameWay).isPresent()
                && careOf(step, entry, entry.anchor()).equals(entry.careOf());
        switch (entry.state()) {
            case DENIED:
                if (anchor.isPresent()) {
                    restart(step, entry);
                } else {
                    step.leave(entry.toBuilder().status(0).build());
                }
                break;
            case LEFT:
                // What an anchor refused for good may be different now.
                step.put(entry.toBuilder().status(0).build());
                break;
            case ACTIVE:
                if (!sameTunnel || keyless(step, entry, anchor.get(), entry.binding().map(Binding::gre))) {
                    Requests.deregister(step, entry, anchor.isPresent());
                } else {
                    standing(step, entry.toBuilder().tunnel(anchor.get(), entry.careOf()).build());
                }
                break;
            case REGISTERING:
                if (anchor.isEmpty()) {
                    AttachmentRules.gone(step, entry);
                } else if (!sameTunnel || !anchor.get().equals(entry.anchor())
                        || keyless(step, entry, anchor.get(), entry.registration().map(Registration::gre))
                        || entry.waiting() == Waiting.RETRY || entry.waiting() == Waiting.CLOCK) {
                    restart(step, entry);
                }
                break;
            default:
                break;
        }
    }

    /** Whether there is no service any more without the keys that a session does not have or is not asked for with. */
    private static boolean keyless(Step step, BindingUpdateListEntry entry, Anchor anchor, Optional<GreMode> gre) {
        return gre.filter(mode -> mode != GreMode.KEYS).isPresent() && step.policy.gre(
                step.policy.profile(step.list().key()), anchor, entry.attachment()) == GreWish.KEYS_ONLY;
    }

    /** What goes on as it is; what nobody could extend may be extended now. */
    private static void standing(Step step, BindingUpdateListEntry entry) {
        if (entry.has(Restriction.NO_EXTENSION)) {
            Set<Restriction> rest = new HashSet<>(entry.restrictions());
            rest.remove(Restriction.NO_EXTENSION);
            step.checkPresence(entry.toBuilder().restrictions(rest).build());
        } else {
            step.put(entry);
        }
    }

    private static IpAddress careOf(Step step, BindingUpdateListEntry entry, Anchor anchor) {
        Optional<Gateway> gateway = step.policy.gateway(entry.attachment().gateway());
        return anchor.transport() == Transport.IPV4
                ? gateway.flatMap(Gateway::ipv4ProxyCoa).map(IpAddress.class::cast).orElse(Ip6Address.ZERO)
                : gateway.map(Gateway::proxyCoa).orElse(Ip6Address.ZERO);
    }

    /** A session begins anew where it is. */
    static void restart(Step step, BindingUpdateListEntry entry) {
        anew(step, entry).ifPresent(next -> Requests.send(step, next));
    }

    /**
     * A session as it begins anew where it is, by today's policy and with nothing ruled out; it asks for what it had,
     * and, where its anchor was told of its end, only for that to which the node is still entitled. If it is entitled
     * to no service any more, it has left.
     */
    static Optional<BindingUpdateListEntry> anew(Step step, BindingUpdateListEntry entry) {
        Optional<Anchor> anchor = step.policy.service(step.list().key(), entry.attachment().gateway());
        if (anchor.isEmpty()) {
            step.leave(entry);
            return Optional.empty();
        }
        BindingUpdateListEntry next = entry.toBuilder().state(State.REGISTERING).status(0).restart(false)
                .restrictions(Set.of()).tunnel(anchor.get(), careOf(step, entry, anchor.get())).build();
        boolean ended = entry.state() == State.DENIED || entry.registration().filter(request ->
                request.purpose() == Registration.Purpose.DEREGISTRATION).isPresent();
        Optional<Binding> had = entry.binding().filter(binding -> entry.anchor().name().equals(anchor.get().name()))
                .map(binding -> ended ? Requests.entitled(step, binding) : binding);
        return Optional.of(Requests.initial(step, next, HandoffIndicator.UNKNOWN,
                had.map(Binding::prefixes).filter(prefixes -> !prefixes.isEmpty())
                        .orElseGet(() -> Requests.ofProfile(step)),
                had.flatMap(Binding::ipv4Home).map(Ipv4Home::address),
                had.map(Binding::linkLocal).orElse(Ip6Address.ZERO)));
    }

    static void deleted(Step step, long sessionId) {
        Optional<BindingUpdateListEntry> found = step.list().session(sessionId);
        if (found.isEmpty()) {
            step.reason("there is no session " + sessionId);
            return;
        }
        BindingUpdateListEntry entry = found.get();
        boolean asks = entry.state() == State.REGISTERING || entry.state() == State.ACTIVE;
        if (asks && step.policy.gateway(entry.attachment().gateway()).isPresent()) {
            AttachmentRules.gone(step, entry);
        } else {
            BindingUpdateListEntry unbound = step.unbind(entry, State.LEFT);
            step.effect(Effect.Kind.TEAR_DOWN_LINK, unbound);
            step.abandonSuperseded(unbound.replaces());
            step.remove(unbound);
        }
    }

    static void prefixInvalid(Step step, Ip6Prefix prefix) {
        for (BindingUpdateListEntry entry : step.list().entries()) {
            Optional<Binding> binding = entry.binding().filter(held -> held.prefixes().contains(prefix));
            if (binding.isPresent()) {
                prefixInvalid(step, entry, binding.get(), prefix);
            }
        }
    }

    private static void prefixInvalid(Step step, BindingUpdateListEntry entry, Binding binding, Ip6Prefix prefix) {
        List<Ip6Prefix> rest = new ArrayList<>(binding.prefixes());
        rest.remove(prefix);
        Binding reduced = binding.toBuilder().prefixes(rest).build();
        boolean empty = rest.isEmpty() && reduced.ipv4Home().isEmpty();
        if (entry.state() == State.ACTIVE && empty) {
            // Nothing is left of it; what the node may have instead is for the anchor to say.
            Requests.deregister(step, entry, true);
            step.put(step.unbind(step.list().session(entry.sessionId()).orElseThrow(), State.ENDING).toBuilder()
                    .binding(Optional.empty()).build());
            return;
        }
        if (entry.forwards()) {
            step.withdraw(entry, List.of(prefix));
            step.effect(Effect.Kind.REMOVE_FORWARDING, entry);
        }
        BindingUpdateListEntry next = entry.toBuilder().forwards(entry.forwards() && !empty)
                .binding(empty ? Optional.empty() : Optional.of(reduced)).build();
        step.put(next);
        if (next.forwards()) {
            step.effect(Effect.Kind.INSTALL_FORWARDING, next);
        }
    }

    /** The host's time service has had its time. Without it having done its work the anchor refuses again. */
    static void clockSynchronised(Step step) {
        // What was sent by a wrong clock must not hold the right one back.
        step.order(step.list().sequence(), 0);
        for (BindingUpdateListEntry entry : step.list().entries()) {
            if (entry.waiting() == Waiting.CLOCK) {
                step.checkPresence(entry);
            }
        }
    }
}
