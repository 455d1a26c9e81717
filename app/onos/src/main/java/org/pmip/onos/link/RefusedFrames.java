// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Frames that a switch refuses although the session of who sent them is in force: it lacks entries. One may have been
 * on its way when the entries were written; the next one, some time later, was not. Thread-safe.
 */
final class RefusedFrames {

    /** No frame is on its way to the controller for so long. */
    private static final long SURE_MILLIS = 1_000;
    /** Two frames that are further apart have nothing to do with each other. */
    private static final long MEMORY_MILLIS = 60_000;
    private static final int GREATEST_MEMORY = 20_000;

    private final Map<Place, Long> first = new ConcurrentHashMap<>();

    /**
     * A frame was refused.
     *
     * @return whether entries are missing
     */
    boolean showThatEntriesAreMissing(Place place, long now) {
        if (first.size() >= GREATEST_MEMORY) {
            first.values().removeIf(at -> now - at >= MEMORY_MILLIS || at > now);
        }
        boolean[] missing = new boolean[1];
        first.compute(place, (same, at) -> {
            // The scale of time may have been set back.
            if (at == null || now - at >= MEMORY_MILLIS || at > now) {
                return first.size() < GREATEST_MEMORY ? Long.valueOf(now) : null;
            }
            missing[0] = now - at >= SURE_MILLIS;
            return missing[0] ? null : at;
        });
        return missing[0];
    }

    /** The interface has left. */
    void forget(Place place) {
        first.remove(place);
    }
}
