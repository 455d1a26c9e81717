// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.hash;

/** Cyclic redundancy checks by table, one octet at a time. */
final class Crc {
    private Crc() {
    }

    /** Lowest bit first; the polynomial is given reflected too. */
    static HashFunction reflected(long polynomial, long initial, long finish) {
        long[] table = new long[256];
        for (int i = 0; i < 256; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? value >>> 1 ^ polynomial : value >>> 1;
            }
            table[i] = value;
        }
        return (octets, length) -> {
            long crc = initial;
            for (int i = 0; i < length; i++) {
                crc = crc >>> 8 ^ table[(int) (crc ^ octets[i]) & 0xff];
            }
            return crc ^ finish;
        };
    }

    /** Highest bit first. */
    static HashFunction forward(int width, long polynomial, long initial) {
        long top = 1L << width - 1;
        long mask = (top << 1) - 1;
        long[] table = new long[256];
        for (int i = 0; i < 256; i++) {
            long value = (long) i << width - 8;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & top) != 0 ? value << 1 ^ polynomial : value << 1;
            }
            table[i] = value & mask;
        }
        return (octets, length) -> {
            long crc = initial;
            for (int i = 0; i < length; i++) {
                crc = (crc << 8 ^ table[(int) (crc >>> width - 8 ^ octets[i]) & 0xff]) & mask;
            }
            return crc;
        };
    }
}
