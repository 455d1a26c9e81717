// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pmip.protocol.lma.Request;

/** Requests that wait for a change of their mobile node's record, or for a time, with when they came. Thread-safe. */
final class Postponed {

    private final Map<String, Map<Request, Long>> requests = new ConcurrentHashMap<>();

    /** One more waits. */
    void add(String mobileNode, Request request, long began) {
        requests.compute(mobileNode, (key, before) -> {
            Map<Request, Long> after = before == null ? new HashMap<>() : new HashMap<>(before);
            after.put(request, began);
            return after;
        });
    }

    /** One waits no more; false if it did not. */
    boolean take(String mobileNode, Request request) {
        boolean[] taken = new boolean[1];
        requests.computeIfPresent(mobileNode, (key, before) -> {
            Map<Request, Long> after = new HashMap<>(before);
            taken[0] = after.remove(request) != null;
            return after.isEmpty() ? null : after;
        });
        return taken[0];
    }

    /** None of a mobile node's waits any more. */
    Map<Request, Long> takeAll(String mobileNode) {
        Map<Request, Long> all = requests.remove(mobileNode);
        return all == null ? Map.of() : all;
    }

    /** None waits any more. */
    void clear() {
        requests.clear();
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }
}
