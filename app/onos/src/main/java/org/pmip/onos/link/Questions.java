// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What nodes have asked before their binding was in force. It is answered once it is, so that a client need not ask
 * again: that would take seconds. Thread-safe.
 */
final class Questions {

    /** What is asked, with the answer that depends on the session. */
    interface Question {
        /** Answers once the session's binding is in force. */
        void answer(NodeSession session);
    }

    /** After that long a client has asked again. */
    private static final long MEMORY_MILLIS = 5_000;
    /** Of one node: a DHCP message, an ARP request, a solicitation for the router. */
    private static final int GREATEST_OF_NODE = 4;
    private static final int GREATEST = 20_000;

    private static final class Asked {
        private final Question question;
        private final long until;

        Asked(Question question, long until) {
            this.question = question;
            this.until = until;
        }
    }

    private final Map<Place, List<Asked>> waiting = new ConcurrentHashMap<>();

    /** Keeps a question for a while; of too many the earliest is forgotten. */
    void ask(Place place, Question question, long millis) {
        if (waiting.size() >= GREATEST && !waiting.containsKey(place)) {
            return;
        }
        waiting.compute(place, (key, before) -> {
            List<Asked> after = before == null ? new ArrayList<>() : new ArrayList<>(before);
            after.add(new Asked(question, millis + MEMORY_MILLIS));
            return after.size() > GREATEST_OF_NODE ? after.subList(1, after.size()) : after;
        });
    }

    /** Answers what a node has asked. */
    void answer(Place place, NodeSession session, long millis) {
        List<Asked> asked = waiting.remove(place);
        if (asked != null) {
            asked.stream().filter(one -> one.until > millis).forEach(one -> one.question.answer(session));
        }
    }

    /** Who waits for an answer. */
    Set<Place> places() {
        return Set.copyOf(waiting.keySet());
    }

    void forget(Place place) {
        waiting.remove(place);
    }

    /** Forgets what nobody waits for any more. */
    void sweep(long millis) {
        waiting.values().removeIf(asked -> asked.stream().allMatch(one -> one.until <= millis));
    }

    int size() {
        return waiting.size();
    }
}
