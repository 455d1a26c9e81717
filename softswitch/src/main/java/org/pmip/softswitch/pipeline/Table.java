// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.List;
import java.util.function.Consumer;

/** One match-action table at run time. Thread-safe; a write never blocks a packet. */
public interface Table {

    /** The name that the P4Info gives the table. */
    String name();

    /** Greatest number of entries. */
    int size();

    /** The keys in order, each with its kind and width. */
    List<KeyShape> keys();

    /**
     * Adds an entry.
     *
     * @throws TableException ALREADY_EXISTS, FULL, or INVALID with the reason
     */
    void insert(Entry entry) throws TableException;

    /**
     * Replaces action and arguments of the entry with the same match and priority; counters are kept.
     *
     * @throws TableException NOT_FOUND, CONSTANT or INVALID with the reason
     */
    void modify(Entry entry) throws TableException;

    /** Removes the entry with the same match and priority; throws NOT_FOUND or CONSTANT. */
    void delete(Entry entry) throws TableException;

    /** The entry with the same match and priority, or null. */
    default Entry find(Entry entry) {
        Row row = row(entry);
        return row == null ? null : row.entry();
    }

    /** Gives every entry, const ones too, in no particular order. */
    default void forEach(Consumer<Entry> consumer) {
        rows(row -> consumer.accept(row.entry()));
    }

    /** The entry with the same match and priority as it stands in the table, or null. */
    Row row(Entry entry);

    /** Gives every entry as it stands in the table, in the order of {@link #forEach}. */
    void rows(Consumer<? super Row> consumer);

    /** How many entries there are. */
    int count();

    /** The default action in force; null if the table has none. */
    ActionCall defaultAction();

    /** Sets the default action; null puts the program's own back. Throws CONSTANT or INVALID. */
    void setDefaultAction(ActionCall action) throws TableException;

    /** Names of the actions that entries may name. */
    List<String> actions();

    /** Whether the program fixes the entries, so that none can be written. */
    boolean constant();

    /**
     * Says whether the entries are and stay those that the program brought. The JSON does not tell a table that only
     * begins with entries from one that has no others, the P4Info does.
     */
    void freeze(boolean now);

    /** Whether every entry has a counter. */
    boolean hasCounter();

    /** Whether every entry has a meter. */
    boolean hasMeter();

    /** The action profile that entries point into, or null if they name actions themselves. */
    ActionProfile profile();

    /**
     * Reads the direct counter of an entry; null stands for the default entry.
     *
     * @throws TableException NOT_FOUND, or INVALID if the table has no direct counter
     */
    CounterArray.Value counter(Entry entry) throws TableException;

    /** Sets the direct counter of an entry; see {@link #counter}. */
    void setCounter(Entry entry, CounterArray.Value value) throws TableException;

    /**
     * Reads the direct meter of an entry, null if it has no configuration; null stands for the default entry.
     *
     * @throws TableException NOT_FOUND, or INVALID if the table has no direct meter
     */
    MeterArray.Config meter(Entry entry) throws TableException;

    /** Configures the direct meter of an entry, with null takes the configuration away; see {@link #meter}. */
    void setMeter(Entry entry, MeterArray.Config config) throws TableException;

    /**
     * When the entry was last hit or, if never, written, in nanoseconds of the pipeline's clock; kept only in tables
     * that the program declares with {@code support_timeout}.
     *
     * @throws TableException NOT_FOUND, or INVALID if the table keeps no times
     */
    long lastHit(Entry entry) throws TableException;

    /**
     * An entry where it stands, so that what packets leave in it is read without a search. It may be written or deleted
     * meanwhile; each method tells of that moment. What the table does not keep reads as zero or null.
     */
    interface Row {
        /** The entry as it was written. */
        Entry entry();

        /** See {@link Table#counter}. */
        CounterArray.Value counter();

        /** See {@link Table#meter(Entry)}. */
        MeterArray.Config meter();

        /** See {@link Table#lastHit}. */
        long lastHit();
    }

    /** The kinds of match. */
    enum MatchKind { EXACT, LPM, TERNARY, RANGE, OPTIONAL }

    /** One key of a table: its name in the P4Info, its kind, its width in bits. */
    record KeyShape(String name, MatchKind kind, int width) { }
}
