// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip6Prefix;

/**
 * Something that the host is to do once the new list is stored. Effects of one transition are done in their order.
 * Immutable.
 */
public final class Effect {

    /** What is to be done. */
    public enum Kind {
        /** Send {@link #message}. */
        SEND,
        /** Set up access and tunnel for the entry's binding, in place of what there is for the session. */
        INSTALL_FORWARDING,
        /**
         * Take away what there is for the session and advertise its prefixes no more; until then the binding of this
         * entry was in force.
         */
        REMOVE_FORWARDING,
        /** Advertise the binding's prefixes on the entry's link, to this node only. */
        ADVERTISE,
        /** Advertise {@link #prefixes} on the entry's link with lifetime 0. */
        WITHDRAW,
        /** Find out whether the node is on the entry's link; {@link MagEvent#presence} has the answer. */
        CHECK_PRESENCE,
        /** Tear down the point-to-point link to the node. */
        TEAR_DOWN_LINK,
        /** Deny the node the mobility service on the entry's link. */
        DENY_SERVICE,
        /** The gateway's own link-local address on the entry's link is the node's too: take another one. */
        CHANGE_LINK_LOCAL,
        /** Remember that the entry's anchor does not know the GRE Key option. */
        ANCHOR_WITHOUT_GRE_KEY,
        /** Forget that the entry's anchor does not know the GRE Key option. */
        ANCHOR_WITH_GRE_KEY,
        /** Synchronise the clock with the domain's common source; the request is repeated a while later. */
        SYNCHRONISE_CLOCK,
        /** Tell an administrator {@link #text}. */
        ALARM
    }

    private final Kind kind;
    private final BindingUpdateListEntry entry;
    private final Optional<OutgoingUpdate> message;
    private final List<Ip6Prefix> prefixes;
    private final String text;

    private Effect(Kind kind, BindingUpdateListEntry entry, Optional<OutgoingUpdate> message,
                   List<Ip6Prefix> prefixes, String text) {
        this.kind = kind;
        this.entry = Objects.requireNonNull(entry, "entry");
        this.message = message;
        this.prefixes = List.copyOf(prefixes);
        this.text = text;
    }

    static Effect of(Kind kind, BindingUpdateListEntry entry) {
        return new Effect(kind, entry, Optional.empty(), List.of(), "");
    }

    static Effect send(BindingUpdateListEntry entry, OutgoingUpdate message) {
        return new Effect(Kind.SEND, entry, Optional.of(message), List.of(), "");
    }

    static Effect withdraw(BindingUpdateListEntry entry, List<Ip6Prefix> prefixes) {
        return new Effect(Kind.WITHDRAW, entry, Optional.empty(), prefixes, "");
    }

    static Effect of(Kind kind, BindingUpdateListEntry entry, String text) {
        return new Effect(kind, entry, Optional.empty(), List.of(), text);
    }

    /** What is to be done. */
    public Kind kind() {
        return kind;
    }

    /** The session it is about, as it was or is when the effect applies. */
    public BindingUpdateListEntry entry() {
        return entry;
    }

    /** What is to be sent, with SEND. */
    public Optional<OutgoingUpdate> message() {
        return message;
    }

    /** What is to be withdrawn, with WITHDRAW. */
    public List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    /** Why, for people; with DENY_SERVICE and ALARM. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return kind + " " + message.map(Object::toString).orElse("session " + entry.sessionId())
                + (prefixes.isEmpty() ? "" : " " + prefixes) + (text.isEmpty() ? "" : " (" + text + ")");
    }
}
