// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.RouterAdvertisement;

/**
 * Multicast Listener Discovery version 2 (RFC 3810), as far as it tells that a node is there: each node with an IPv6
 * address listens to that address's solicited-node group, so it answers a general query, and it reports on its own when
 * its link comes up. Stateless.
 */
final class ListenerQuery {

    /** The Next Header value of the Hop-by-Hop Options header that stands before each message. */
    static final int HOP_BY_HOP = 0;

    private static final int TYPE = 130;
    private static final int REPORT_1 = 131;
    private static final int REPORT_2 = 143;
    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int IPV6 = 40;
    private static final int OPTIONS = 8;
    private static final int MESSAGE = 28;
    private static final short RESPONSE_MILLIS = 200;
    private static final byte ROBUSTNESS = 2;
    private static final byte INTERVAL_SECONDS = 125;
    /** ICMPv6, length 8, Router Alert 0 (MLD), PadN. */
    private static final byte[] ROUTER_ALERT = {Ipv6Frame.ICMPV6, 0, 5, 2, 0, 0, 1, 0};

    private ListenerQuery() {
    }

    /** A general query, in a frame for one node alone. */
    static byte[] general(MacAddress router, Ip6Address linkLocal, MacAddress node) {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE);
        message.put((byte) TYPE).position(4);
        message.putShort(RESPONSE_MILLIS).position(24);
        message.put(ROBUSTNESS).put(INTERVAL_SECONDS);
        Ip6Address group = RouterAdvertisement.ALL_NODES;
        byte[] filled = Ipv6Frame.icmpv6(router, node, linkLocal, group, message.array()).payload();
        return ByteBuffer.allocate(ETHERNET + IPV6 + OPTIONS + MESSAGE)
                .put(node.toBytes()).put(router.toBytes()).putShort((short) 0x86dd)
                .putInt(0x60000000).putShort((short) (OPTIONS + MESSAGE)).put((byte) HOP_BY_HOP).put((byte) 1)
                .put(linkLocal.toOctets()).put(group.toOctets()).put(ROUTER_ALERT).put(filled).array();
    }

    /**
     * The sender of a report, version 1 or 2; the unspecified address while it has none.
     *
     * @return empty for any other frame
     */
    static Optional<Ip6Address> reporter(byte[] frame) {
        int at = ETHERNET;
        if (frame.length > at && (ByteBuffer.wrap(frame).getShort(at - 2) & 0xffff) == 0x8100) {
            at += VLAN_TAG;
        }
        int type = at + IPV6 + OPTIONS;
        if (frame.length <= type || (frame[at] & 0xf0) != 0x60 || frame[at + 6] != HOP_BY_HOP
                || frame[at + IPV6] != Ipv6Frame.ICMPV6
                || (frame[type] & 0xff) != REPORT_1 && (frame[type] & 0xff) != REPORT_2) {
            return Optional.empty();
        }
        return Optional.of(Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 8, at + 24)));
    }
}
