// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.function.Consumer;

/** How a table finds the entry for a key. Reading never blocks; one writer at a time. */
interface Lookup {
    /** The best entry for the key, or null. */
    Installed find(long[] key);

    /** The entry with the same match and rank, or null. */
    Installed twin(Installed entry);

    /** Adds an entry that has no twin. */
    void add(Installed entry);

    /** Takes away an entry that was added. */
    void remove(Installed entry);

    /** Gives every entry. */
    void forEach(Consumer<Installed> consumer);

    /** How many there are. */
    int size();
}
