// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Optional;

/**
 * What a request, or the passing of time, makes of a mobile node's record: the next record and what is to be said.
 * Immutable.
 */
public final class Transition {

    /** What happened. */
    public enum Kind {
        /** A new session was registered. */
        REGISTERED,
        /** The lifetime of a session was extended by the gateway that it is at. */
        EXTENDED,
        /** A session moved to another gateway or interface. */
        HANDED_OFF,
        /** A session was de-registered and waits for its deletion. */
        DEREGISTERED,
        /** Sessions reached their deadline and were deleted. */
        EXPIRED,
        /** The request is a retransmission: the same answer, no change. */
        REPEATED,
        /** The request was rejected with a status of 128 or more: an answer, no change. */
        REJECTED,
        /** The request is to be ignored: no answer, no change. */
        IGNORED,
        /** The engine is to be run again with the values that {@link #needs} names. */
        NEEDS,
        /** The engine is to be run again at {@link #until} or when the record changes. */
        WAITS
    }

    private final Kind kind;
    private final MobileNodeRecord before;
    private final MobileNodeRecord after;
    private final Optional<Answer> answer;
    private final Optional<Needs> needs;
    private final long until;
    private final String reason;

    private Transition(Kind kind, MobileNodeRecord before, MobileNodeRecord after, Optional<Answer> answer,
                       Optional<Needs> needs, long until, String reason) {
        this.kind = kind;
        this.before = before;
        this.after = after;
        this.answer = answer;
        this.needs = needs;
        this.until = until;
        this.reason = reason;
    }

    static Transition changed(Kind kind, MobileNodeRecord before, MobileNodeRecord after, Answer answer) {
        return new Transition(kind, before, after, Optional.of(answer), Optional.empty(), 0, "");
    }

    static Transition expired(MobileNodeRecord before, MobileNodeRecord after) {
        return new Transition(Kind.EXPIRED, before, after, Optional.empty(), Optional.empty(), 0, "");
    }

    static Transition repeated(MobileNodeRecord record, Answer answer) {
        return new Transition(Kind.REPEATED, record, record, Optional.of(answer), Optional.empty(), 0, "");
    }

    static Transition rejected(MobileNodeRecord record, Answer answer, String reason) {
        return new Transition(Kind.REJECTED, record, record, Optional.of(answer), Optional.empty(), 0, reason);
    }

    static Transition ignored(MobileNodeRecord record, String reason) {
        return new Transition(Kind.IGNORED, record, record, Optional.empty(), Optional.empty(), 0, reason);
    }

    static Transition needs(MobileNodeRecord record, Needs needs) {
        return new Transition(Kind.NEEDS, record, record, Optional.empty(), Optional.of(needs), 0, needs.toString());
    }

    static Transition waits(MobileNodeRecord record, long until, String reason) {
        return new Transition(Kind.WAITS, record, record, Optional.empty(), Optional.empty(), until, reason);
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }

    /** The record that the engine was given. */
    public MobileNodeRecord before() {
        return before;
    }

    /** The record as it is to be stored; equals {@link #before} where nothing changes. */
    public MobileNodeRecord after() {
        return after;
    }

    /** Whether there is something to store. */
    public boolean changes() {
        return !before.equals(after);
    }

    /** What to send once the change is stored and in the data plane. */
    public Optional<Answer> answer() {
        return answer;
    }

    /** What a NEEDS transition lacks. */
    public Optional<Needs> needs() {
        return needs;
    }

    /** When a WAITS transition is to be run again at the latest, on the scale of {@link Moment#millis}. */
    public long until() {
        return until;
    }

    /** Why a request was rejected or ignored, for people. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return kind + (reason.isEmpty() ? "" : " (" + reason + ")") + " " + after;
    }
}
