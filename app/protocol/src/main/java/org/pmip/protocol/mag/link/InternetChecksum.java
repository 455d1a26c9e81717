// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

/** The sum of RFC 1071: 0xffff over octets that hold a right checksum. */
final class InternetChecksum {

    private InternetChecksum() {
    }

    /** Sums octets that begin at an even position. */
    static long sum(byte[] octets, int from, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (long) (octets[from + i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        return sum;
    }

    static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }

    /** Over a pseudo-header with these addresses and an upper layer of this length. */
    static int withPseudoHeader(byte[] source, byte[] destination, int protocol, byte[] octets, int from,
                                int length) {
        return fold(sum(source, 0, source.length) + sum(destination, 0, destination.length) + protocol + length
                + sum(octets, from, length));
    }
}
