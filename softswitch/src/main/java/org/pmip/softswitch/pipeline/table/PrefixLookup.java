// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Longest prefix match in the form that fits what is in the table: a trie, or a hash table for each length. The trie
 * does not care how many lengths there are, and is best where prefixes lie close together, as those of one pool do.
 * Many prefixes that lie far apart make a trie of many small nodes, each of which is a miss of the processor's cache;
 * if they have few lengths, it takes less to try these one after the other. What is right is looked at when the table
 * has become twice as large as it was at the last look, so that changes of form cost an entry no more than a few moves.
 */
final class PrefixLookup implements Lookup {
    /** Entries below which a trie lies in the processor's cache, whatever its form. */
    static final int FEWEST = 4096;
    /** The most lengths that are tried one after the other. */
    private static final int MOST_LENGTHS = 3;
    /** Where prefixes lie close together there are more of them than that for a node: 16 for each of 64 bits. */
    private static final int DENSE = 8;

    private final int words;
    private final int before;
    private final int fewest;
    /** How many entries have each length; only for the writer. */
    private final Map<Integer, Integer> lengths = new TreeMap<>();
    private volatile Lookup form;
    private int nextLook;

    /**
     * Without entries.
     *
     * @param words words of the packed key
     * @param before its bits in front of the key that has prefixes, which is its end
     * @param fewest entries from which on the form is looked at
     */
    PrefixLookup(int words, int before, int fewest) {
        this.words = words;
        this.before = before;
        this.fewest = fewest;
        nextLook = fewest;
        form = new PrefixTrie(before);
    }

    @Override
    public Installed find(long[] key) {
        Lookup now = form;
        return now instanceof PrefixTrie ? ((PrefixTrie) now).find(key) : now.find(key);
    }

    @Override
    public Installed twin(Installed entry) {
        return form.twin(entry);
    }

    @Override
    public void add(Installed entry) {
        lengths.merge(entry.rank, 1, Integer::sum);
        if (hashed() && lengths.size() > MOST_LENGTHS) {
            turn(new PrefixTrie(before));
        }
        form.add(entry);
        if (form.size() >= nextLook) {
            look();
        }
    }

    private void look() {
        nextLook = 2 * form.size();
        if (lengths.size() <= MOST_LENGTHS && form instanceof PrefixTrie
                && ((PrefixTrie) form).nodes() * DENSE > form.size()) {
            turn(new TupleLookup(words, false));
        }
    }

    /** Takes on another form, which packets see once it is whole. */
    private void turn(Lookup into) {
        form.forEach(into::add);
        form = into;
        nextLook = Math.max(fewest, 2 * into.size());
    }

    @Override
    public void remove(Installed entry) {
        lengths.computeIfPresent(entry.rank, (length, count) -> count == 1 ? null : count - 1);
        form.remove(entry);
        if (form.size() == 0) {
            form = new PrefixTrie(before);
            nextLook = fewest;
        }
    }

    @Override
    public void forEach(Consumer<Installed> consumer) {
        form.forEach(consumer);
    }

    @Override
    public int size() {
        return form.size();
    }

    /** Whether it has the form of hash tables. */
    boolean hashed() {
        return !(form instanceof PrefixTrie);
    }
}
