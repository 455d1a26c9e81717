// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers of one to eight octets in byte arrays. */
public final class Octets {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {
    }

    /** The unsigned number in {@code count} octets at that place; 1 to 8. */
    public static long load(byte[] octets, int at, int count) {
        if (at + 8 <= octets.length) {
            return (long) LONG.get(octets, at) >>> 64 - 8 * count;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | octets[at + i] & 0xff;
        }
        return value;
    }

    /**
     * Puts the lowest {@code count} octets of a number, 1 to 8, at that place. Up to eight octets behind it may be
     * overwritten with zeros, which is why one writes from front to back.
     */
    public static void store(byte[] octets, int at, int count, long value) {
        if (at + 8 <= octets.length) {
            LONG.set(octets, at, value << 64 - 8 * count);
            return;
        }
        for (int i = 0; i < count; i++) {
            octets[at + i] = (byte) (value >>> 8 * (count - 1 - i));
        }
    }

    /** A mask of that many low bits, 0 to 64. */
    public static long mask(int bits) {
        return bits == 0 ? 0 : -1L >>> 64 - bits;
    }

    /** How many 64-bit words a field of that many bits takes. */
    public static int words(int bits) {
        return bits + 63 >>> 6;
    }
}
