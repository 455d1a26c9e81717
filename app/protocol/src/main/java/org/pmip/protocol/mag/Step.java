// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;

/** One run of the engine while it is under way: the list so far and what is to be done. Used by one thread. */
final class Step {

    final MagPolicy policy;
    final MagParameters parameters;
    final Moment now;
    private final MagSupply supply;
    private final BindingUpdateList before;
    private final List<Effect> effects = new ArrayList<>();
    private BindingUpdateList list;
    private boolean needsSessionId;
    private boolean needsDownlinkKey;
    private boolean plainAccess;
    private String reason = "";

    Step(MagPolicy policy, MagParameters parameters, BindingUpdateList list, Moment now, MagSupply supply) {
        this.policy = policy;
        this.parameters = parameters;
        this.before = list;
        this.list = list;
        this.now = now;
        this.supply = supply;
    }

    BindingUpdateList list() {
        return list;
    }

    void order(int sequence, long timestamp) {
        list = list.order(sequence, timestamp);
    }

    void put(BindingUpdateListEntry entry) {
        list = list.with(entry);
    }

    void remove(BindingUpdateListEntry entry) {
        list = list.without(entry.sessionId());
    }

    void effect(Effect.Kind kind, BindingUpdateListEntry entry) {
        effects.add(Effect.of(kind, entry));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void alarm(BindingUpdateListEntry entry, String text) {
        effects.add(Effect.of(Effect.Kind.ALARM, entry, text));
    }

    void withdraw(BindingUpdateListEntry entry, List<Ip6Prefix> prefixes) {
        if (!prefixes.isEmpty()) {
            effects.add(Effect.withdraw(entry, prefixes));
        }
    }

    void plainAccess(boolean value) {
        plainAccess = value;
    }

    void reason(String text) {
        reason = text;
    }

    /** A session number; without one the run is worth nothing and its result stands for itself only. */
    long sessionId() {
        needsSessionId |= supply.sessionId().isEmpty();
        return supply.sessionId().orElse(0);
    }

    /** A fresh downlink key. */
    OptionalLong downlinkKey() {
        needsDownlinkKey |= supply.downlinkKey().isEmpty();
        return supply.downlinkKey();
    }

    boolean withoutGreKey(Anchor anchor) {
        return supply.anchorsWithoutGreKey().contains(anchor.address());
    }

    /** Makes the entry wait for the answer to a presence check, with what is then to be sent. */
    void checkPresence(BindingUpdateListEntry entry) {
        BindingUpdateListEntry next =
                entry.toBuilder().waiting(Waiting.PRESENCE, now.millis() + parameters.presenceTimeout()).build();
        put(next);
        effect(Effect.Kind.CHECK_PRESENCE, next);
    }

    /** Takes the binding out of force: no forwarding, no prefix on the link. */
    BindingUpdateListEntry unbind(BindingUpdateListEntry entry, State state) {
        if (entry.forwards()) {
            withdraw(entry, entry.binding().orElseThrow().prefixes());
            effect(Effect.Kind.REMOVE_FORWARDING, entry);
        }
        BindingUpdateListEntry next = entry.toBuilder().state(state).forwards(false).build();
        put(next);
        return next;
    }

    /** Drops an entry that a later one took over: its node is not on that link any more. */
    void dropSuperseded(long sessionId) {
        Optional<BindingUpdateListEntry> old = sessionId == 0 ? Optional.empty() : list.session(sessionId);
        if (old.isPresent()) {
            if (old.get().forwards()) {
                effect(Effect.Kind.REMOVE_FORWARDING, old.get());
            }
            remove(old.get());
            dropSuperseded(old.get().replaces());
        }
    }

    /** Ends what an entry was to take over and did not: the anchor may have it still. */
    void abandonSuperseded(long sessionId) {
        Optional<BindingUpdateListEntry> old = sessionId == 0 ? Optional.empty() : list.session(sessionId);
        if (old.filter(entry -> entry.binding().isPresent()).isPresent()) {
            Requests.deregister(this, old.get(), false);
        } else if (old.isPresent()) {
            dropSuperseded(sessionId);
        }
    }

    /** Ends an entry without anything sent; remembered for a while if there is something to remember. */
    void leave(BindingUpdateListEntry entry) {
        BindingUpdateListEntry unbound = unbind(entry, State.LEFT);
        effect(Effect.Kind.TEAR_DOWN_LINK, unbound);
        boolean memorable = unbound.binding().isPresent() || RejectionRules.bars(unbound.status());
        abandonSuperseded(unbound.replaces());
        long rated = unbound.sent().stream().mapToLong(at -> at + Requests.RATE_MILLIS).max().orElse(0);
        long until = Math.max(rated, now.millis() + (memorable ? parameters.contextRetention() : 0));
        if (until > now.millis()) {
            put(unbound.toBuilder().registration(Optional.empty()).replaces(0)
                    .waiting(Waiting.REMOVAL, until).build());
        } else {
            remove(unbound);
        }
    }

    MagTransition transition() {
        boolean needs = needsSessionId || needsDownlinkKey;
        return new MagTransition(before, needs ? before : list, needs ? List.of() : effects, needsSessionId,
                needsDownlinkKey, plainAccess, reason);
    }
}
