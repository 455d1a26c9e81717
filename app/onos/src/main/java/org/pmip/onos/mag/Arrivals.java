// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.MagTransition;

/**
 * Measures how long nodes wait at a link until they are told of their router, and counts what becomes of them.
 * Remembers no more than the nodes that are being registered here. Thread-safe.
 */
final class Arrivals {

    /** What took longer was begun on this node of the cluster and ended on another, and has begun anew. */
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final MagStatistics statistics;
    private final Map<String, Map<List<Object>, Long>> began = new ConcurrentHashMap<>();

    Arrivals(MagStatistics statistics) {
        this.statistics = statistics;
    }

    private static List<Object> place(Attachment at) {
        return List.of(at.gateway(), at.link(), at.accessTechnology(), Arrays.toString(at.linkLayerIdentifier()));
    }

    /** There is word of a node at a place where it has no session yet; only the first one counts. */
    void came(String node, Attachment at) {
        long now = System.nanoTime();
        began.compute(node, (key, places) -> {
            Map<List<Object>, Long> all = places == null ? new HashMap<>() : new HashMap<>(places);
            all.merge(place(at), now, (first, again) -> now - first > LONGEST_NANOS ? now : first);
            return all;
        });
    }

    /**
     * A change is stored: counts what it means.
     *
     * @param began {@link System#nanoTime} at its begin
     */
    void stored(MagTransition transition, long began) {
        if (transition.changes()) {
            statistics.since(MagStatistics.Step.STORE, began);
            UpdateListEvents.between(Optional.of(transition.before()), Optional.of(transition.after()))
                    .forEach(event -> statistics.count(event.type().word()));
        }
        changed(transition.after());
    }

    /** A node's list has become this: places where nothing is under way, or in force, are forgotten. */
    void changed(BindingUpdateList list) {
        began.computeIfPresent(list.key(), (key, places) -> {
            Map<List<Object>, Long> all = new HashMap<>(places);
            all.keySet().removeIf(place -> list.first(entry -> place(entry.attachment()).equals(place)
                    && (entry.state() == State.REGISTERING || entry.state() == State.ACTIVE)).isEmpty());
            return all.isEmpty() ? null : all;
        });
    }

    /** A node has been told of its router, now or before. */
    void told(String node, Attachment at) {
        Map<List<Object>, Long> places = began.get(node);
        Long first = places == null ? null : places.get(place(at));
        if (first == null) {
            return;
        }
        began.computeIfPresent(node, (key, known) -> {
            Map<List<Object>, Long> all = new HashMap<>(known);
            all.remove(place(at));
            return all.isEmpty() ? null : all;
        });
        if (System.nanoTime() - first <= LONGEST_NANOS) {
            statistics.since(MagStatistics.Step.ATTACH, first);
        }
    }

    /** How many nodes wait. */
    int size() {
        return began.size();
    }
}
