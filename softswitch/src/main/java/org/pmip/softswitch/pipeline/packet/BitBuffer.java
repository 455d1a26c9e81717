// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.Arrays;

/** Gathers fields bit by bit into octets, filling the last one with zeros. Used again and again. */
public final class BitBuffer {
    private byte[] octets = new byte[256];
    private int bits;

    /** Begins anew. */
    public void clear() {
        bits = 0;
    }

    /** Makes room for so many more bits. */
    private void reserve(int more) {
        int needed = (bits + more + 7 >>> 3) + 8;
        if (octets.length < needed) {
            octets = Arrays.copyOf(octets, Math.max(needed, octets.length * 2));
        }
    }

    /** Appends the lowest bits of a number, 1 to 64. */
    public void put(long value, int width) {
        reserve(width);
        int left = width;
        int shift = bits & 7;
        if (shift != 0) {
            int size = Math.min(8 - shift, left);
            long part = value >>> left - size & Octets.mask(size);
            octets[bits >>> 3] |= (byte) (part << 8 - shift - size);
            bits += size;
            left -= size;
        }
        if (left > 0) {
            int count = left + 7 >>> 3;
            Octets.store(octets, bits >>> 3, count, (value & Octets.mask(left)) << count * 8 - left);
            bits += left;
        }
    }

    /** Appends octets; they begin at the next whole octet. */
    public void put(byte[] from, int offset, int count) {
        bits = bits + 7 & ~7;
        reserve(count * 8);
        System.arraycopy(from, offset, octets, bits >>> 3, count);
        bits += count * 8;
    }

    /** Appends a valid header. */
    public void put(Packet packet, Header header) {
        bits = bits + 7 & ~7;
        int count = header.octets(packet);
        reserve(count * 8);
        header.emit(packet, octets, bits >>> 3);
        bits += count * 8;
    }

    /** The octets; only the first {@link #length} count. */
    public byte[] octets() {
        return octets;
    }

    /** How many octets there are. */
    public int length() {
        return bits + 7 >>> 3;
    }
}
