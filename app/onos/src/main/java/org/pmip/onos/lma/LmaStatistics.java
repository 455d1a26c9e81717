// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the anchor did, by name, since it was started on this node. Thread-safe. */
public final class LmaStatistics {

    /** How often the store gave no answer. */
    static final String STORE_NOT_AVAILABLE = "store not available";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String name) {
        counts.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** The counts by name, for example {@code registered} or {@code rejected 154}. */
    public Map<String, Long> counts() {
        Map<String, Long> out = new TreeMap<>();
        counts.forEach((name, count) -> out.put(name, count.sum()));
        return out;
    }

    @Override
    public String toString() {
        return counts().toString();
    }
}
