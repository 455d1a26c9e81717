// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import org.onlab.packet.IpAddress;

/** Which addresses packets can be sent to and come from over a router. Stateless. */
public final class Routable {

    private Routable() {
    }

    /**
     * Whether an address is unicast routable, as RFC 6275 section 6.1.7 wants care-of addresses: neither unspecified,
     * loopback, link-local nor multicast, and of IPv4 none of 0.0.0.0/8 and 240.0.0.0/4.
     */
    public static boolean is(IpAddress address) {
        byte[] octets = address.toOctets();
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        if (octets.length == 4) {
            return first != 0 && first != 127 && first < 224 && !(first == 169 && second == 254);
        }
        if (first == 0xff || first == 0xfe && (second & 0xc0) == 0x80) {
            return false;
        }
        for (int i = 0; i < octets.length - 1; i++) {
            if (octets[i] != 0) {
                return true;
            }
        }
        // The unspecified address and the loopback address end in 0 and 1.
        return (octets[octets.length - 1] & 0xfe) != 0;
    }
}
