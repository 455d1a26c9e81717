// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The sum of RFC 1071 that IP, UDP, ICMP and the Mobility Header share: 0xffff over what holds a right checksum. */
public final class InternetChecksum {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private InternetChecksum() {
    }

    /** Sums octets as numbers of 16 bits, the last one filled up with zero; to be {@link #fold folded}. */
    public static long sum(byte[] octets, int from, int length) {
        long sum = 0;
        int end = from + length;
        int at = from;
        // Numbers of 32 bits fold to the same: 2^16 counts as 1.
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = (long) LONGS.get(octets, at);
            sum += (eight >>> 32) + (eight & 0xffff_ffffL);
        }
        for (; at < end; at++) {
            sum += (long) (octets[at] & 0xff) << ((at - from & 1) == 0 ? 8 : 0);
        }
        return sum;
    }

    /** The sum as a number of 16 bits, carries added; its complement is the checksum. */
    public static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }

    /** The folded sum over a pseudo-header with these addresses, and an upper layer of this length. */
    public static int withPseudoHeader(byte[] source, byte[] destination, int protocol, byte[] octets, int from,
                                       int length) {
        return fold(sum(source, 0, source.length) + sum(destination, 0, destination.length) + protocol + length
                + sum(octets, from, length));
    }
}
