// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.nio.ByteBuffer;

/** Pad1 and PadN (RFC 6275 section 6.2.2): the one place that knows how octets are filled up. */
final class Padding {

    static final int PAD1 = 0;
    static final int PADN = 1;

    private Padding() {
    }

    /** Octets to add to a position until it is a multiple of the factor, plus the offset. */
    static int before(int position, int factor, int offset) {
        return Math.floorMod(offset - position, factor);
    }

    /** Writes so many octets of padding, from none to 257. */
    static void write(ByteBuffer out, int count) {
        if (count == 1) {
            out.put((byte) PAD1);
        } else if (count > 1) {
            out.put((byte) PADN).put((byte) (count - 2)).put(new byte[count - 2]);
        }
    }
}
