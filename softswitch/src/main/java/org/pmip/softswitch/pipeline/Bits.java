// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An unsigned number of any width as big-endian octets in canonical form: the fewest octets, at least one (P4Runtime
 * 1.3, section 8.4). Immutable.
 */
public final class Bits implements Comparable<Bits> {
    private static final Bits ZERO = new Bits(new byte[1]);

    private final byte[] octets;

    private Bits(byte[] octets) {
        this.octets = octets;
    }

    /** The number that these big-endian octets spell; no octets spell zero. The array is not kept. */
    public static Bits of(byte[] octets) {
        int from = 0;
        while (from < octets.length && octets[from] == 0) {
            from++;
        }
        return from == octets.length ? ZERO : new Bits(Arrays.copyOfRange(octets, from, octets.length));
    }

    /** The number in an unsigned long. */
    public static Bits of(long value) {
        byte[] octets = new byte[8];
        for (int i = 0; i < 8; i++) {
            octets[i] = (byte) (value >>> (56 - 8 * i));
        }
        return of(octets);
    }

    /** Its octets in canonical form; a copy. */
    public byte[] toBytes() {
        return octets.clone();
    }

    /** Its octets in exactly that many, filled with zeros in front. Throws IllegalArgumentException if too few. */
    public byte[] toBytes(int length) {
        if (length == 0 && isZero()) {
            return new byte[0];
        }
        if (length < octets.length) {
            throw new IllegalArgumentException(this + " needs " + octets.length + " octets, not " + length);
        }
        byte[] padded = new byte[length];
        System.arraycopy(octets, 0, padded, length - octets.length, octets.length);
        return padded;
    }

    /** How many octets its canonical form has. */
    public int octets() {
        return octets.length;
    }

    /** Puts its canonical form into an array. */
    public void copyTo(byte[] into, int at) {
        System.arraycopy(octets, 0, into, at, octets.length);
    }

    /** The lowest 64 bits. */
    public long toLong() {
        long value = 0;
        for (byte octet : octets) {
            value = value << 8 | octet & 0xff;
        }
        return value;
    }

    /** How many bits it takes; 0 for zero. */
    public int bitLength() {
        return (octets.length - 1) * 8 + 32 - Integer.numberOfLeadingZeros(octets[0] & 0xff);
    }

    /** Whether it is zero. */
    public boolean isZero() {
        return octets.length == 1 && octets[0] == 0;
    }

    @Override
    public int compareTo(Bits other) {
        if (octets.length != other.octets.length) {
            return Integer.compare(octets.length, other.octets.length);
        }
        return Arrays.compareUnsigned(octets, other.octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits && Arrays.equals(octets, ((Bits) other).octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(octets);
    }
}
