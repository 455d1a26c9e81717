// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A hash table with keys of a fixed number of words, laid out flat. Any number of threads may read while one writes:
 * the key of a slot is written before its value appears and never changed afterwards; what outgrows the slots moves to
 * new ones, which appear at once.
 */
final class FlatMap<V> {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final Object REMOVED = new Object();
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int words;
    private volatile Slots slots;
    private int live;
    private int used;

    FlatMap(int words) {
        this.words = words;
        slots = new Slots(16, words);
    }

    private static final class Slots {
        private final long[] keys;
        private final Object[] values;
        private final int mask;

        Slots(int capacity, int words) {
            keys = new long[capacity * words];
            values = new Object[capacity];
            mask = capacity - 1;
        }
    }

    /** The value of that key, or null. */
    @SuppressWarnings("unchecked")
    V get(long[] key) {
        Slots now = slots;
        if (words == 1) {
            return (V) get(now, key[0]);
        }
        long hash = 0;
        for (int i = 0; i < words; i++) {
            hash = (hash ^ key[i]) * MIX;
            hash ^= hash >>> 32;
        }
        int at = (int) hash & now.mask;
        while (true) {
            Object value = ELEMENT.getAcquire(now.values, at);
            if (value == null) {
                return null;
            }
            if (value != REMOVED && same(now.keys, at * words, key)) {
                return (V) value;
            }
            at = at + 1 & now.mask;
        }
    }

    /** The value of a key of one word, or null. */
    @SuppressWarnings("unchecked")
    V get(long key) {
        return (V) get(slots, key);
    }

    /** The value of a key of two words, or null. */
    @SuppressWarnings("unchecked")
    V get(long first, long second) {
        Slots now = slots;
        long hash = first * MIX;
        hash = (hash ^ hash >>> 32 ^ second) * MIX;
        int at = (int) (hash ^ hash >>> 32) & now.mask;
        while (true) {
            Object value = ELEMENT.getAcquire(now.values, at);
            if (value == null) {
                return null;
            }
            if (value != REMOVED && now.keys[2 * at] == first && now.keys[2 * at + 1] == second) {
                return (V) value;
            }
            at = at + 1 & now.mask;
        }
    }

    private static Object get(Slots now, long key) {
        long hash = key * MIX;
        hash ^= hash >>> 32;
        int at = (int) hash & now.mask;
        while (true) {
            Object value = ELEMENT.getAcquire(now.values, at);
            if (value == null) {
                return null;
            }
            if (value != REMOVED && now.keys[at] == key) {
                return value;
            }
            at = at + 1 & now.mask;
        }
    }

    private boolean same(long[] keys, int from, long[] key) {
        for (int i = 0; i < words; i++) {
            if (keys[from + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** The value of the key under the mask, or null. */
    @SuppressWarnings("unchecked")
    V get(long[] key, long[] mask) {
        Slots now = slots;
        long hash = 0;
        for (int i = 0; i < words; i++) {
            hash = (hash ^ key[i] & mask[i]) * MIX;
            hash ^= hash >>> 32;
        }
        int at = (int) hash & now.mask;
        while (true) {
            Object value = ELEMENT.getAcquire(now.values, at);
            if (value == null) {
                return null;
            }
            if (value != REMOVED && same(now.keys, at * words, key, mask)) {
                return (V) value;
            }
            at = at + 1 & now.mask;
        }
    }

    private boolean same(long[] keys, int from, long[] key, long[] mask) {
        for (int i = 0; i < words; i++) {
            if (keys[from + i] != (key[i] & mask[i])) {
                return false;
            }
        }
        return true;
    }

    /** Sets the value of that key. One writer at a time. */
    void put(long[] key, V value) {
        // Two thirds full at most: what lies close together is more often in the processor's cache.
        if ((used + 1) * 3L > slots.values.length * 2L) {
            grow();
        }
        place(slots, key, 0, value, true);
    }

    /** Takes the key away, if it is there. One writer at a time. */
    void remove(long[] key) {
        Slots now = slots;
        int at = hash(key, 0) & now.mask;
        while (now.values[at] != null) {
            if (same(now.keys, at * words, key)) {
                if (now.values[at] != REMOVED) {
                    ELEMENT.setRelease(now.values, at, REMOVED);
                    live--;
                }
                return;
            }
            at = at + 1 & now.mask;
        }
    }

    private int hash(long[] key, int from) {
        long hash = 0;
        for (int i = 0; i < words; i++) {
            hash = (hash ^ key[from + i]) * MIX;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private void place(Slots to, long[] keys, int from, Object value, boolean counted) {
        int at = hash(keys, from) & to.mask;
        while (to.values[at] != null) {
            if (Arrays.equals(to.keys, at * words, at * words + words, keys, from, from + words)) {
                live += to.values[at] == REMOVED ? 1 : 0;
                ELEMENT.setRelease(to.values, at, value);
                return;
            }
            at = at + 1 & to.mask;
        }
        System.arraycopy(keys, from, to.keys, at * words, words);
        ELEMENT.setRelease(to.values, at, value);
        if (counted) {
            live++;
            used++;
        }
    }

    private void grow() {
        Slots old = slots;
        int capacity = 16;
        while (capacity < (live + 1) * 2) {
            capacity *= 2;
        }
        Slots fresh = new Slots(capacity, words);
        for (int i = 0; i < old.values.length; i++) {
            if (old.values[i] != null && old.values[i] != REMOVED) {
                place(fresh, old.keys, i * words, old.values[i], false);
            }
        }
        used = live;
        slots = fresh;
    }

    /** How many keys there are. */
    int size() {
        return live;
    }

    /** Gives every value there is. */
    @SuppressWarnings("unchecked")
    void forEach(Consumer<? super V> consumer) {
        Slots now = slots;
        for (int i = 0; i < now.values.length; i++) {
            Object value = ELEMENT.getAcquire(now.values, i);
            if (value != null && value != REMOVED) {
                consumer.accept((V) value);
            }
        }
    }
}
