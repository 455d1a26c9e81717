// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import org.pmip.protocol.wire.packet.InternetChecksum;

/** The ICMPv6 checksum (RFC 4443 section 2.3). Stateless. */
final class Icmpv6Checksum {

    private static final int IPV6 = 40;
    private static final int ADDRESSES = 8;
    private static final int ICMPV6 = 58;

    private Icmpv6Checksum() {
    }

    /** The checksum of an IPv6 packet without extension headers; 0 if it holds a right one. */
    static int of(byte[] octets, int from, int length) {
        return ~InternetChecksum.fold(ICMPV6 + length - IPV6
                + InternetChecksum.sum(octets, from + ADDRESSES, length - ADDRESSES)) & 0xffff;
    }
}
