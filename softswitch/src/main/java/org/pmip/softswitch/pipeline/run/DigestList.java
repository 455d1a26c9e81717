// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import java.util.Arrays;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.BitBuffer;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The fields of a digest. */
public final class DigestList {
    private final String name;
    private final Num[] fields;
    private final int[] widths;

    /** Of those fields, of those widths in bits. */
    public DigestList(String name, Num[] fields, int[] widths) {
        this.name = name;
        this.fields = fields;
        this.widths = widths;
    }

    String name() {
        return name;
    }

    byte[][] read(Packet packet) {
        byte[][] values = new byte[fields.length][];
        BitBuffer bits = new BitBuffer();
        for (int i = 0; i < fields.length; i++) {
            bits.clear();
            int octets = (widths[i] + 7) / 8;
            int words = Octets.words(octets * 8);
            for (int word = words - 1; word >= 0; word--) {
                int width = word == words - 1 ? (octets * 8 - 1) % 64 + 1 : 64;
                bits.put(fields[i].word(packet, word) & Octets.mask(Math.min(64, widths[i] - 64 * word)), width);
            }
            values[i] = Arrays.copyOf(bits.octets(), bits.length());
        }
        return values;
    }
}
