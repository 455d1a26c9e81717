// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;

/**
 * Whether nodes are still there, by neighbour unreachability detection (RFC 4861 section 7.3): on the gateway's
 * demand, and of nodes that have been silent for a while. Thread-safe.
 */
final class Presence {

    /** MAX_UNICAST_SOLICIT of RFC 4861 section 10. */
    static final int MAX_UNICAST_SOLICIT = 3;
    /** RETRANS_TIMER of RFC 4861 section 10, milliseconds. */
    static final long RETRANS_TIMER = 1_000;
    private static final long STANDSTILL_MILLIS = RETRANS_TIMER;

    /** Asks a node whether it is there. */
    interface Probe {
        void send(NodeSession session);
    }

    private static final class Watched {
        private final NodeSession session;
        private final long interval;
        private final AtomicInteger asked = new AtomicInteger();
        /** When it was asked for the first time since it was heard. */
        private volatile long askedAt;

        Watched(NodeSession session, long interval) {
            this.session = session;
            this.interval = interval;
        }
    }

    private final Attachments attachments;
    private final Probe probe;
    private final Predicate<NodeSession> mine;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
    private final DueQueue<Long> due = new DueQueue<>();
    /** When it was looked last who has not answered. */
    private final AtomicLong ticked = new AtomicLong(Long.MAX_VALUE);

    /**
     * Makes a watch.
     *
     * @param mine tells whether this node of the cluster keeps a session's link
     */
    Presence(Attachments attachments, Probe probe, Predicate<NodeSession> mine) {
        this.attachments = attachments;
        this.probe = probe;
        this.mine = mine;
    }

    /** Watches a session that has just been heard of, or goes on to with what is known of it now. */
    void watch(NodeSession session, long interval, long millis) {
        watched.put(session.sessionId(), new Watched(session, interval));
        if (interval > 0) {
            due.at(session.sessionId(), millis + interval);
        } else {
            due.remove(session.sessionId());
        }
    }

    /**
     * How much longer the answer of a session's node is awaited.
     *
     * @param timeout how long it has from when it was asked first
     * @return 0 when its time is over; empty if this node of the cluster awaits no answer
     */
    OptionalLong awaits(long sessionId, long timeout, long millis) {
        Watched one = watched.get(sessionId);
        return one == null || one.asked.get() == 0 ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, one.askedAt + timeout - millis));
    }

    boolean watches(NodeSession session) {
        return watched.containsKey(session.sessionId());
    }

    void forget(NodeSession session) {
        watched.remove(session.sessionId());
        due.remove(session.sessionId());
    }

    /** The gateway wants to know; an answer already asked for is not asked for twice. */
    void check(NodeSession session, long interval, long millis) {
        Watched one = watched.compute(session.sessionId(),
                (id, before) -> before != null && before.asked.get() > 0 ? before : new Watched(session, interval));
        if (one.asked.get() == 0) {
            ask(one, millis);
        }
    }

    /**
     * A sign of life of a node without a binding in force; what comes of it is decided elsewhere.
     *
     * @return whether it had been asked for
     */
    boolean answered(NodeSession session) {
        Watched one = watched.get(session.sessionId());
        return one != null && one.asked.getAndSet(0) > 0;
    }

    /** A sign of life. */
    void heard(NodeSession session, long millis) {
        Watched one = watched.get(session.sessionId());
        if (one != null) {
            one.asked.set(0);
            if (one.interval > 0) {
                due.at(session.sessionId(), millis + one.interval);
            } else {
                due.remove(session.sessionId());
            }
        }
        if (session.entry().waiting() == Waiting.PRESENCE) {
            attachments.presence(session, true);
        }
    }

    /**
     * Asks those who have been silent for long, and gives up those who do not answer. Where this controller has stood
     * still, answers may lie before it unread: who was asked before is asked anew. To be called several times a second.
     */
    void tick(long millis) {
        boolean stoodStill = millis - ticked.getAndSet(millis) > STANDSTILL_MILLIS;
        for (long id : due.due(millis)) {
            Watched one = watched.get(id);
            if (one == null) {
                continue;
            }
            NodeSession now = attachments.at(one.session.entry().attachment())
                    .filter(session -> session.sessionId() == id).orElse(null);
            if (now == null || !isAsked(now.entry()) || !mine.test(now)) {
                watched.remove(id);
            } else if (stoodStill) {
                one.asked.set(0);
                ask(one, millis);
            } else if (one.asked.get() >= MAX_UNICAST_SOLICIT) {
                watched.remove(id);
                attachments.presence(now, false);
            } else {
                ask(one, millis);
            }
        }
    }

    /** Before a request is repeated as well: the anchor may be away while the node moves on, and while it does not. */
    private static boolean isAsked(BindingUpdateListEntry entry) {
        return entry.state() == State.ACTIVE
                || entry.state() == State.REGISTERING && entry.waiting() == Waiting.PRESENCE;
    }

    private void ask(Watched one, long millis) {
        if (one.asked.get() == 0) {
            // Before it counts as asked: others read both.
            one.askedAt = millis;
        }
        one.asked.incrementAndGet();
        due.at(one.session.sessionId(), millis + RETRANS_TIMER);
        probe.send(attachments.at(one.session.entry().attachment()).orElse(one.session));
    }
}
