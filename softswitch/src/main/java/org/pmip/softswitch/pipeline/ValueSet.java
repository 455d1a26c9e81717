// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.List;

/**
 * A value set of the parser (P4_16, section 13.11; P4Runtime 1.3, section 9.6). A transition on an empty one is never
 * taken. Thread-safe; a write never blocks a packet.
 */
public interface ValueSet {

    /** The name that the P4Info gives it. */
    String name();

    /** Greatest number of members. */
    int size();

    /** Widths in bits of the parts of a member, in order. */
    List<Integer> widths();

    /** The members, each with one match for each part. */
    List<List<KeyMatch>> members();

    /**
     * Replaces all members. Parts are exact, lpm, ternary or {@link KeyMatch#ANY}.
     *
     * @throws TableException FULL, or INVALID with the reason
     */
    void replace(List<List<KeyMatch>> members) throws TableException;
}
