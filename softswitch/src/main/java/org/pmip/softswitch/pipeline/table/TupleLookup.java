// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tuple space search (Srinivasan, Suri, Varghese, SIGCOMM 1999): entries of one mask share a hash table, and the tables
 * are tried from the highest rank down, until none can do better. With the prefix length as the rank it serves lpm.
 */
final class TupleLookup implements Lookup {
    private static final Comparator<Installed> BEST_FIRST =
            Comparator.<Installed>comparingInt(entry -> -entry.rank).thenComparingLong(entry -> entry.sequence);

    private final int words;
    private final boolean ranged;
    private volatile Order order = new Order(new Group[0], new int[0]);
    private int size;

    /** The groups from the best rank down, with the rank for which each stands where it does. */
    private record Order(Group[] groups, int[] best) { }

    TupleLookup(int words, boolean ranged) {
        this.words = words;
        this.ranged = ranged;
    }

    private static final class Group {
        private final long[] mask;
        /** The best entry of each value; the others follow it. */
        private final FlatMap<Installed> buckets;
        /** How many entries have each rank; only for the writer. */
        private final TreeMap<Integer, Integer> ranks = new TreeMap<>();
        private int best;

        Group(long[] mask) {
            this.mask = mask;
            buckets = new FlatMap<>(mask.length);
        }

        void count(int rank, int change) {
            ranks.merge(rank, change, (a, b) -> a + b == 0 ? null : a + b);
            best = ranks.isEmpty() ? Integer.MIN_VALUE : ranks.lastKey();
        }
    }

    @Override
    public Installed find(long[] key) {
        Installed best = null;
        Order now = order;
        for (int i = 0; i < now.groups.length; i++) {
            if (best != null && now.best[i] < best.rank) {
                break;
            }
            Group group = now.groups[i];
            Installed entry = group.buckets.get(key, group.mask);
            while (entry != null && ranged && !entry.inRange(key, words)) {
                entry = entry.next;
            }
            if (entry != null && (best == null || BEST_FIRST.compare(entry, best) < 0)) {
                best = entry;
            }
        }
        return best;
    }

    private Group group(long[] mask) {
        for (Group group : order.groups) {
            if (Arrays.equals(group.mask, mask)) {
                return group;
            }
        }
        return null;
    }

    @Override
    public Installed twin(Installed entry) {
        Group group = group(entry.mask);
        Installed other = group == null ? null : group.buckets.get(entry.value);
        while (other != null && !other.sameMatch(entry)) {
            other = other.next;
        }
        return other;
    }

    @Override
    public void add(Installed entry) {
        Group known = group(entry.mask);
        Group group = known == null ? new Group(entry.mask) : known;
        int before = group.best;
        group.count(entry.rank, 1);
        link(group, entry);
        size++;
        if (known == null || before != group.best) {
            sort(known == null ? group : null);
        }
    }

    @Override
    public void remove(Installed entry) {
        Group group = group(entry.mask);
        unlink(group, entry);
        size--;
        int before = group.best;
        group.count(entry.rank, -1);
        if (before != group.best) {
            sort(null);
        }
    }

    /** Puts an entry among those of its value; who reads meanwhile sees it or not, and all others. */
    private static void link(Group group, Installed entry) {
        Installed before = null;
        Installed after = group.buckets.get(entry.value);
        while (after != null && BEST_FIRST.compare(after, entry) < 0) {
            before = after;
            after = after.next;
        }
        entry.next = after;
        if (before == null) {
            group.buckets.put(entry.value, entry);
        } else {
            before.next = entry;
        }
    }

    private static void unlink(Group group, Installed entry) {
        Installed before = null;
        Installed at = group.buckets.get(entry.value);
        while (at != entry) {
            before = at;
            at = at.next;
        }
        // What the entry itself names as next stays, for who reads meanwhile.
        if (before != null) {
            before.next = entry.next;
        } else if (entry.next != null) {
            group.buckets.put(entry.value, entry.next);
        } else {
            group.buckets.remove(entry.value);
        }
    }

    /** Puts the groups in order again, with a new one unless null and without empty ones. */
    private void sort(Group added) {
        List<Group> list = new ArrayList<>(Arrays.asList(order.groups));
        if (added != null) {
            list.add(added);
        }
        list.removeIf(group -> group.ranks.isEmpty());
        list.sort(Comparator.comparingInt(group -> -group.best));
        order = new Order(list.toArray(new Group[0]), list.stream().mapToInt(group -> group.best).toArray());
    }

    @Override
    public void forEach(Consumer<Installed> consumer) {
        for (Group group : order.groups) {
            group.buckets.forEach(first -> {
                for (Installed entry = first; entry != null; entry = entry.next) {
                    consumer.accept(entry);
                }
            });
        }
    }

    @Override
    public int size() {
        return size;
    }
}
