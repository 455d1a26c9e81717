// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * A field of v1model's standard metadata, as far as the program has it.
 *
 * @param word where it lies, or -1 if the program has none
 * @param mask its bits
 * @param used whether the program reads it
 */
public record StandardField(int word, long mask, boolean used) {
    /** A field that the program does not have. */
    public static final StandardField NONE = new StandardField(-1, 0, false);

    /** At that word, so wide. */
    public static StandardField of(int word, int width, boolean used) {
        return new StandardField(word, Octets.mask(width), used);
    }

    void set(Packet packet, long value) {
        if (word >= 0) {
            packet.words[word] = value & mask;
        }
    }

    int get(Packet packet) {
        return word < 0 ? 0 : (int) packet.words[word];
    }
}
