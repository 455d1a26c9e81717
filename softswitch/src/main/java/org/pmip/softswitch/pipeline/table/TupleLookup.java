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
    private volatile Order order = new Order(new Group[0], new int[0]);
    private int size;

    /** The groups from the best rank down, with the rank for which each stands where it does. */
    private record Order(Group[] groups, int[] best) { }

    TupleLookup(int words) {
        this.words = words;
    }

    private static final class Group {
        private final long[] mask;
        /** Buckets are sorted, best first, and replaced as a whole. */
        private final FlatMap<Installed[]> buckets;
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
            Installed[] bucket = group.buckets.get(key, group.mask);
            if (bucket == null) {
                continue;
            }
            for (Installed entry : bucket) {
                if (entry.inRange(key, words)) {
                    best = best == null || BEST_FIRST.compare(entry, best) < 0 ? entry : best;
                    break;
                }
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
        Installed[] bucket = group == null ? null : group.buckets.get(entry.value);
        if (bucket != null) {
            for (Installed other : bucket) {
                if (other.sameMatch(entry)) {
                    return other;
                }
            }
        }
        return null;
    }

    @Override
    public void add(Installed entry) {
        Group known = group(entry.mask);
        Group group = known == null ? new Group(entry.mask) : known;
        Installed[] old = group.buckets.get(entry.value);
        Installed[] bucket = old == null ? new Installed[1] : Arrays.copyOf(old, old.length + 1);
        bucket[bucket.length - 1] = entry;
        Arrays.sort(bucket, BEST_FIRST);
        int before = group.best;
        group.count(entry.rank, 1);
        group.buckets.put(entry.value, bucket);
        size++;
        if (known == null || before != group.best) {
            sort(known == null ? group : null);
        }
    }

    @Override
    public void remove(Installed entry) {
        Group group = group(entry.mask);
        Installed[] old = group.buckets.get(entry.value);
        List<Installed> rest = new ArrayList<>(Arrays.asList(old));
        rest.remove(entry);
        if (rest.isEmpty()) {
            group.buckets.remove(entry.value);
        } else {
            group.buckets.put(entry.value, rest.toArray(new Installed[0]));
        }
        size--;
        int before = group.best;
        group.count(entry.rank, -1);
        if (before != group.best) {
            sort(null);
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
            group.buckets.forEach(bucket -> Arrays.asList(bucket).forEach(consumer));
        }
    }

    @Override
    public int size() {
        return size;
    }
}
