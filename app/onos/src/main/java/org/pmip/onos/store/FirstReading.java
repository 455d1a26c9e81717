// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Versioned;

/**
 * Reads a map into a copy while others change it: a listener is there before the first key is read, and what it has
 * heard of counts, not the older value that the reading may just have seen. Thread-safe.
 */
final class FirstReading {

    private Set<String> changed = new HashSet<>();

    /** Reads all of a map; the listener that calls {@link #changed} must have been added. */
    static <V> void of(ConsistentMap<String, V> map, FirstReading reading, BiConsumer<String, Versioned<V>> copy) {
        for (String key : map.keySet()) {
            Versioned<V> value = map.get(key);
            synchronized (reading) {
                if (value != null && !reading.changed.contains(key)) {
                    copy.accept(key, value);
                }
            }
        }
        synchronized (reading) {
            reading.changed = null;
        }
    }

    /** The listener has heard of a change. */
    synchronized void changed(String key, Runnable copy) {
        if (changed != null) {
            changed.add(key);
        }
        copy.run();
    }
}
