// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.Versioned;

/**
 * A copy of a map of the cluster, for look-ups that need not ask the cluster. It follows the map's events, and lags
 * behind them for a moment. Events are lost while a node is cut off for longer than its session with the store lasts,
 * and ONOS tells nobody: {@link #refresh} reads the whole map and mends the copy. Thread-safe.
 */
final class Replica<V> {

    private final ConsistentMap<String, V> map;
    private final Observer<V> observer;
    private final Map<String, Versioned<V>> copy = new ConcurrentHashMap<>();
    private final MapEventListener<String, V> listener = this::heard;
    private final Object reading = new Object();
    /** What was heard of while the map is read: it counts, and not the older value that the reading may have seen. */
    private Set<String> changed;
    private volatile boolean over;

    /** Told of each change of the copy, one after another; must not block. */
    interface Observer<V> {
        /** The value of a key became another; null stands for none. */
        void changed(String key, V before, V after);
    }

    Replica(ConsistentMap<String, V> map, Observer<V> observer) {
        this.map = map;
        this.observer = observer;
    }

    /** Begins to follow the map, and reads what it has; where that fails, this is of no use any more. */
    void open() {
        Unavailable.unless(() -> map.addListener(listener));
        try {
            refresh();
        } catch (StorageException e) {
            over = true;
            throw e;
        }
    }

    /** Stops following the map. */
    void close() {
        over = true;
        Unavailable.unless(() -> map.removeListener(listener));
    }

    /** The copy, to look at. */
    Map<String, Versioned<V>> view() {
        return Collections.unmodifiableMap(copy);
    }

    /** Reads the whole map and mends the copy where it differs. Blocks. */
    void refresh() {
        synchronized (reading) {
            synchronized (this) {
                changed = new HashSet<>();
            }
            try {
                Set<String> there = new HashSet<>();
                Unavailable.unless(() -> map.stream().forEach(entry -> {
                    there.add(entry.getKey());
                    read(entry.getKey(), entry.getValue());
                }));
                for (String key : copy.keySet()) {
                    if (!there.contains(key)) {
                        read(key, null);
                    }
                }
            } finally {
                synchronized (this) {
                    changed = null;
                }
            }
        }
    }

    private synchronized void read(String key, Versioned<V> value) {
        if (!changed.contains(key)) {
            apply(key, value);
        }
    }

    private synchronized void heard(MapEvent<String, V> event) {
        if (over) {
            return;
        }
        if (changed != null) {
            changed.add(event.key());
        }
        Versioned<V> known = copy.get(event.key());
        // A refresh may be ahead of events that are still on their way.
        Versioned<V> told = event.newValue() != null ? event.newValue() : event.oldValue();
        if (known == null || told == null || told.version() >= known.version()) {
            apply(event.key(), event.newValue());
        }
    }

    private void apply(String key, Versioned<V> value) {
        Versioned<V> before = value == null ? copy.remove(key) : copy.put(key, value);
        boolean same = before == null ? value == null : value != null && before.version() == value.version();
        if (!same) {
            observer.changed(key, before == null ? null : before.value(), value == null ? null : value.value());
        }
    }
}
