// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.function.Consumer;

/** All keys exact: one probe of a hash table. */
final class ExactLookup implements Lookup {
    private final FlatMap<Installed> entries;

    ExactLookup(int words) {
        entries = new FlatMap<>(words);
    }

    @Override
    public Installed find(long[] key) {
        return entries.get(key);
    }

    /** The entry for a key of one word, or null. */
    Installed find(long key) {
        return entries.get(key);
    }

    /** The entry for a key of two words, or null. */
    Installed find(long first, long second) {
        return entries.get(first, second);
    }

    @Override
    public Installed twin(Installed entry) {
        return entries.get(entry.value);
    }

    @Override
    public void add(Installed entry) {
        entries.put(entry.value, entry);
    }

    @Override
    public void remove(Installed entry) {
        entries.remove(entry.value);
    }

    @Override
    public void forEach(Consumer<Installed> consumer) {
        entries.forEach(consumer);
    }

    @Override
    public int size() {
        return entries.size();
    }
}
