// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.hash;

import org.pmip.softswitch.pipeline.packet.Octets;

/** Checksums that add, and what is hardly a hash at all. */
final class Sums {
    private Sums() {
    }

    /** The Internet checksum (RFC 1071); an odd octet at the end is followed by zero. */
    static long internet(byte[] octets, int length) {
        long sum = 0;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            long eight = Octets.load(octets, at, 8);
            sum += (eight >>> 32) + (eight & 0xffffffffL);
        }
        for (; at + 2 <= length; at += 2) {
            sum += Octets.load(octets, at, 2);
        }
        if (at < length) {
            sum += (octets[at] & 0xffL) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    /** Exclusive or of groups of octets; the last group is filled with zeros at its end. */
    static long xor(byte[] octets, int length, int group) {
        long result = 0;
        int at = 0;
        for (; at + group <= length; at += group) {
            result ^= Octets.load(octets, at, group);
        }
        for (int i = 0; at + i < length; i++) {
            result ^= (octets[at + i] & 0xffL) << 8 * (group - 1 - i);
        }
        return result;
    }

    /** The first eight octets as they are. */
    static long identity(byte[] octets, int length) {
        return length == 0 ? 0 : Octets.load(octets, 0, Math.min(8, length));
    }
}
