// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.List;

/**
 * A table entry as it is written and read. Immutable. Its counter, meter and time of last use are the table's, see
 * {@link Table#counter}, {@link Table#meter}, {@link Table#lastHit}.
 *
 * @param matches one for each key of the table, in order
 * @param priority in the sense of P4Runtime: greater wins; 0 in tables without ternary, range or optional keys
 * @param action what to run; may be null where only match and priority count (delete, find)
 * @param metadata opaque value that the control plane gave, returned as it was; never null
 * @param idleTimeout nanoseconds without a hit after which the entry counts as idle; 0 is never
 * @param constant whether the program holds it, so that it can be neither changed nor removed; ignored when written
 */
public record Entry(List<KeyMatch> matches, int priority, ActionChoice action, Bits metadata, long idleTimeout,
                    boolean constant) {

    public Entry {
        matches = List.copyOf(matches);
    }

    /** An entry without metadata and idle timeout. */
    public Entry(List<KeyMatch> matches, int priority, ActionChoice action) {
        this(matches, priority, action, Bits.of(0), 0, false);
    }

    /** Whether match and priority are the same: whether the two stand for the same entry of a table. */
    public boolean sameMatch(Entry other) {
        return priority == other.priority && matches.equals(other.matches);
    }
}
