// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Optional;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** What falls due (draft-ietf-netlmm-proxymip6-10 sections 6.9.1.4, 6.9.4 and 6.13). */
final class TimerRules {

    private TimerRules() {
    }

    static void due(Step step) {
        for (BindingUpdateListEntry entry : step.list().entries()) {
            // An entry before may have taken this one along.
            Optional<BindingUpdateListEntry> current = step.list().session(entry.sessionId());
            if (current.isPresent() && current.get().deadline().orElse(Long.MAX_VALUE) <= step.now.millis()) {
                due(step, current.get());
            }
        }
    }

    private static void due(Step step, BindingUpdateListEntry entry) {
        boolean bound = entry.state() == State.ACTIVE || entry.state() == State.SUPERSEDED;
        if (bound && entry.binding().filter(held -> held.endsAt() <= step.now.millis()).isPresent()) {
            lifetimeOver(step, entry);
            return;
        }
        switch (entry.waiting()) {
            case RATE:
                Requests.send(step, entry);
                break;
            case REPLY:
                if (entry.state() == State.ENDING) {
                    ended(step, entry);
                } else {
                    step.checkPresence(entry);
                }
                break;
            case REFRESH:
            case RETRY:
                step.checkPresence(entry);
                break;
            case CLOCK:
                PolicyRules.clockSynchronised(step);
                break;
            case PRESENCE:
                // Section 6.13: presence that cannot be established is none.
                AttachmentRules.gone(step, entry);
                break;
            case REMOVAL:
                step.remove(entry);
                break;
            default:
                break;
        }
    }

    /** The anchor has let the binding go; if the node is still there, it is registered anew with what it had. */
    private static void lifetimeOver(Step step, BindingUpdateListEntry entry) {
        if (entry.state() == State.SUPERSEDED) {
            if (entry.forwards()) {
                step.effect(Effect.Kind.REMOVE_FORWARDING, entry);
            }
            step.remove(entry);
            return;
        }
        BindingUpdateListEntry unbound = step.unbind(entry, State.REGISTERING);
        if (entry.has(Restriction.NO_EXTENSION)) {
            RejectionRules.deny(step, unbound, "not extended until an administrator acts");
            return;
        }
        Binding had = entry.binding().orElseThrow();
        step.checkPresence(Requests.initial(step, unbound, HandoffIndicator.UNKNOWN, had.prefixes(),
                had.ipv4Home().map(Ipv4Home::address), had.linkLocal()));
    }

    /** The end of a de-registration, acknowledged or not. */
    static void ended(Step step, BindingUpdateListEntry entry) {
        if (entry.restart()) {
            PolicyRules.restart(step, step.unbind(entry, State.REGISTERING));
        } else if (entry.status() == Status.INSUFFICIENT_RESOURCES) {
            RejectionRules.later(step, entry);
        } else if (entry.status() != 0) {
            RejectionRules.deny(step, entry, "what the anchor accepted is no use here");
        } else {
            step.leave(entry);
        }
    }
}
