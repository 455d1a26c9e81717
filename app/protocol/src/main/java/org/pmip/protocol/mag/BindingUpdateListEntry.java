// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.onlab.packet.IpAddress;

/**
 * A Binding Update List entry: one session of one mobile node at one gateway
 * (draft-ietf-netlmm-proxymip6-10 section 6.1, RFC 5845 section 4.1). Immutable; changed through {@link #toBuilder}.
 */
public final class BindingUpdateListEntry {

    /** Where a session stands. */
    public enum State {
        /** No binding is in force: the node's packets are dropped and no prefix is advertised. */
        REGISTERING,
        /** The binding is in force. */
        ACTIVE,
        /** The node is at another link by now; the binding forwards until that one's is accepted. */
        SUPERSEDED,
        /** The anchor refused, or its answers cannot be trusted: nothing is sent until an administrator acts. */
        DENIED,
        /** De-registered, the answer is awaited. */
        ENDING,
        /** Over; remembered so that the node's next gateway knows what it had. */
        LEFT
    }

    /** What an entry waits for until {@link #dueAt}. */
    public enum Waiting {
        /** Nothing that time brings. */
        NOTHING,
        /** An acknowledgement. */
        REPLY,
        /** Leave to send by MAX_UPDATE_RATE. */
        RATE,
        /** The answer to a presence check. */
        PRESENCE,
        /** The time to extend the lifetime. */
        REFRESH,
        /** The time to try again after a rejection. */
        RETRY,
        /** The time in which the host may have synchronised its clock. */
        CLOCK,
        /** The time to be forgotten. */
        REMOVAL
    }

    /** What the anchor's answers have ruled out, or made necessary, for this session. */
    public enum Restriction {
        /** Prefixes by name: status 155 or 159. */
        NO_NAMED_PREFIX,
        /** IPv6: status 172. */
        NO_IPV6,
        /** IPv4: status 170. */
        NO_IPV4,
        /** An IPv4 home address by name: status 171. */
        NO_NAMED_IPV4,
        /** The GRE Key option: status 2, or given up behind an address translator. */
        NO_GRE,
        /** Keys are required: status 163. */
        KEYS,
        /** Forced UDP: status 129. */
        NO_UDP,
        /** Extension: an answer did not fit its request, or the anchor knows no Proxy Binding Updates. */
        NO_EXTENSION
    }

    private final long sessionId;
    private final Attachment attachment;
    private final Anchor anchor;
    private final IpAddress careOf;
    private final State state;
    private final Optional<Binding> binding;
    private final boolean forwards;
    private final Optional<Registration> registration;
    private final Waiting waiting;
    private final long dueAt;
    private final OptionalLong downlinkKey;
    private final long replaces;
    private final boolean restart;
    private final Set<Restriction> restrictions;
    private final int status;
    private final List<Long> sent;

    private BindingUpdateListEntry(Builder from) {
        sessionId = from.sessionId;
        attachment = Objects.requireNonNull(from.attachment, "attachment");
        anchor = Objects.requireNonNull(from.anchor, "anchor");
        careOf = Objects.requireNonNull(from.careOf, "careOf");
        state = from.state;
        binding = from.binding;
        forwards = from.forwards;
        registration = from.registration;
        waiting = from.waiting;
        dueAt = from.dueAt;
        downlinkKey = from.downlinkKey;
        replaces = from.replaces;
        restart = from.restart;
        restrictions = Set.copyOf(from.restrictions);
        status = from.status;
        sent = List.copyOf(from.sent);
    }

    /** Begins a new entry. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.sessionId = sessionId;
        builder.attachment = attachment;
        builder.anchor = anchor;
        builder.careOf = careOf;
        builder.state = state;
        builder.binding = binding;
        builder.forwards = forwards;
        builder.registration = registration;
        builder.waiting = waiting;
        builder.dueAt = dueAt;
        builder.downlinkKey = downlinkKey;
        builder.replaces = replaces;
        builder.restart = restart;
        builder.restrictions.addAll(restrictions);
        builder.status = status;
        builder.sent = sent;
        return builder;
    }

    /** Names the session in the data plane: 1 to 2^32-1, unique on this host while the entry lives. */
    public long sessionId() {
        return sessionId;
    }

    /** The interface and its access link. */
    public Attachment attachment() {
        return attachment;
    }

    /** The anchor, as it was configured when the session began. */
    public Anchor anchor() {
        return anchor;
    }

    /** The Proxy Care-of Address, or the IPv4 one: source of signalling and near end of the tunnel. */
    public IpAddress careOf() {
        return careOf;
    }

    /** Where the session stands. */
    public State state() {
        return state;
    }

    /** What the anchor accepted last; in force only while {@link #forwards}. */
    public Optional<Binding> binding() {
        return binding;
    }

    /** The request under way. */
    public Optional<Registration> registration() {
        return registration;
    }

    /** What the entry waits for. */
    public Waiting waiting() {
        return waiting;
    }

    /** When waiting is over, on the scale of {@link org.pmip.protocol.lma.Moment#millis}. */
    public long dueAt() {
        return dueAt;
    }

    /** The downlink key set aside for this session. */
    public OptionalLong downlinkKey() {
        return downlinkKey;
    }

    /** The session that this one takes over; 0 if there is none. */
    public long replaces() {
        return replaces;
    }

    /** Whether the node is to be registered again once the de-registration is through. */
    public boolean restart() {
        return restart;
    }

    /** What the anchor's answers have ruled out or made necessary. */
    public Set<Restriction> restrictions() {
        return restrictions;
    }

    /** The status of the last rejection; 0 if there was none. */
    public int status() {
        return status;
    }

    /** When the last Proxy Binding Updates were sent, as far as MAX_UPDATE_RATE counts them. */
    public List<Long> sent() {
        return sent;
    }

    /** Whether the binding is in force: the data plane has its forwarding state. */
    public boolean forwards() {
        return forwards;
    }

    /** Whether something is ruled out or necessary. */
    public boolean has(Restriction restriction) {
        return restrictions.contains(restriction);
    }

    /** When the engine next has something to do; empty if nothing falls due. */
    public OptionalLong deadline() {
        boolean due = waiting != Waiting.NOTHING;
        if (state == State.ACTIVE || state == State.SUPERSEDED) {
            long ends = binding.map(Binding::endsAt).orElse(Long.MAX_VALUE);
            return OptionalLong.of(due ? Math.min(ends, dueAt) : ends);
        }
        return due ? OptionalLong.of(dueAt) : OptionalLong.empty();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof BindingUpdateListEntry)) {
            return false;
        }
        BindingUpdateListEntry that = (BindingUpdateListEntry) other;
        return sessionId == that.sessionId && attachment.equals(that.attachment) && anchor.equals(that.anchor)
                && careOf.equals(that.careOf) && state == that.state && forwards == that.forwards
                && binding.equals(that.binding)
                && registration.equals(that.registration) && waiting == that.waiting && dueAt == that.dueAt
                && downlinkKey.equals(that.downlinkKey) && replaces == that.replaces && restart == that.restart
                && restrictions.equals(that.restrictions) && status == that.status && sent.equals(that.sent);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sessionId, attachment, state, binding, registration);
    }

    @Override
    public String toString() {
        return "session " + sessionId + " " + state + " at " + attachment + " via " + anchor
                + binding.map(held -> " " + held).orElse("") + " waiting for " + waiting
                + (status == 0 ? "" : " status " + status);
    }

    /** Collects the fields of an entry; not thread-safe. */
    public static final class Builder {
        private long sessionId;
        private Attachment attachment;
        private Anchor anchor;
        private IpAddress careOf;
        private State state = State.REGISTERING;
        private Optional<Binding> binding = Optional.empty();
        private boolean forwards;
        private Optional<Registration> registration = Optional.empty();
        private Waiting waiting = Waiting.NOTHING;
        private long dueAt;
        private OptionalLong downlinkKey = OptionalLong.empty();
        private long replaces;
        private boolean restart;
        private final EnumSet<Restriction> restrictions = EnumSet.noneOf(Restriction.class);
        private int status;
        private List<Long> sent = List.of();

        private Builder() {
        }

        /** See {@link BindingUpdateListEntry#sessionId}. */
        public Builder sessionId(long value) {
            sessionId = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#attachment}. */
        public Builder attachment(Attachment value) {
            attachment = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#anchor} and {@link BindingUpdateListEntry#careOf}. */
        public Builder tunnel(Anchor far, IpAddress near) {
            anchor = far;
            careOf = near;
            return this;
        }

        /** See {@link BindingUpdateListEntry#state}. */
        public Builder state(State value) {
            state = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#binding}. */
        public Builder binding(Optional<Binding> value) {
            binding = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#forwards}. */
        public Builder forwards(boolean value) {
            forwards = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#registration}. */
        public Builder registration(Optional<Registration> value) {
            registration = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#waiting} and {@link BindingUpdateListEntry#dueAt}. */
        public Builder waiting(Waiting value, long until) {
            waiting = value;
            dueAt = until;
            return this;
        }

        /** See {@link BindingUpdateListEntry#downlinkKey}. */
        public Builder downlinkKey(OptionalLong value) {
            downlinkKey = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#replaces}. */
        public Builder replaces(long value) {
            replaces = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#restart}. */
        public Builder restart(boolean value) {
            restart = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#restrictions}; adds one. */
        public Builder restriction(Restriction value) {
            restrictions.add(value);
            return this;
        }

        /** See {@link BindingUpdateListEntry#restrictions}; replaces them. */
        public Builder restrictions(Set<Restriction> value) {
            restrictions.clear();
            restrictions.addAll(value);
            return this;
        }

        /** See {@link BindingUpdateListEntry#status}. */
        public Builder status(int value) {
            status = value;
            return this;
        }

        /** See {@link BindingUpdateListEntry#sent}. */
        public Builder sent(List<Long> value) {
            sent = value;
            return this;
        }

        /** Makes the entry. */
        public BindingUpdateListEntry build() {
            return new BindingUpdateListEntry(this);
        }
    }
}
