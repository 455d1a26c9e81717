// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What is to be done when, one time for each key: a later word on a key replaces the earlier one. Thread-safe.
 *
 * @param <K> the keys; with equals and hashCode
 */
public final class DueQueue<K> {

    private static final class Due<K> {
        private final K key;
        private final long at;

        Due(K key, long at) {
            this.key = key;
            this.at = at;
        }
    }

    /** How many replaced times are kept before it is looked at how many are valid. */
    private static final int SPARE = 64;

    private final Map<K, Due<K>> valid = new HashMap<>();
    private final PriorityQueue<Due<K>> queue = new PriorityQueue<>(Comparator.comparingLong(due -> due.at));

    /** Sets the time of a key. */
    public synchronized void at(K key, long millis) {
        Due<K> due = new Due<>(key, millis);
        valid.put(key, due);
        queue.add(due);
        if (queue.size() > 2 * valid.size() + SPARE) {
            // A key whose time is put off again and again would leave all its former times until they come.
            queue.clear();
            queue.addAll(valid.values());
        }
    }

    /** Forgets a key. */
    public synchronized void remove(K key) {
        valid.remove(key);
    }

    /** Whether a key has a time. */
    synchronized boolean contains(K key) {
        return valid.containsKey(key);
    }

    /** Takes out all keys whose time has come, the earliest first. */
    public synchronized List<K> due(long millis) {
        List<K> out = new ArrayList<>();
        while (!queue.isEmpty() && queue.peek().at <= millis) {
            Due<K> first = queue.poll();
            if (valid.remove(first.key, first)) {
                out.add(first.key);
            }
        }
        return out;
    }

    synchronized int size() {
        return valid.size();
    }

    /** How many times are held, replaced ones too. */
    synchronized int held() {
        return queue.size();
    }
}
