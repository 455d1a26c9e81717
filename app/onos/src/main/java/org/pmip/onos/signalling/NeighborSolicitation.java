// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;

/** A Neighbor Solicitation (RFC 4861 section 4.3) as far as an answer to it needs. Immutable. */
final class NeighborSolicitation {

    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int ICMP = ETHERNET + IPV6;
    private static final int TARGET = ICMP + 8;
    private static final int LENGTH = TARGET + 16;
    private static final int ICMPV6 = 58;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int HOP_LIMIT = 255;
    private static final int ADVERTISEMENT_LENGTH = 32;
    /** Flags Router, Solicited and Override. */
    private static final int SOLICITED_FLAGS = 0xe000_0000;
    private static final int UNSOLICITED_FLAGS = 0xa000_0000;
    private static final Ip6Address ALL_NODES = Ip6Address.valueOf("ff02::1");
    private static final MacAddress ALL_NODES_MAC = MacAddress.valueOf("33:33:00:00:00:01");

    private final MacAddress mac;
    private final Ip6Address source;
    private final Ip6Address target;

    private NeighborSolicitation(MacAddress mac, Ip6Address source, Ip6Address target) {
        this.mac = mac;
        this.source = source;
        this.target = target;
    }

    /** Reads a frame; empty if it is no valid solicitation (RFC 4861 section 7.1.1). */
    static Optional<NeighborSolicitation> decode(byte[] frame) {
        if (frame.length < LENGTH || frame[12] != (byte) 0x86 || frame[13] != (byte) 0xdd
                || frame[ETHERNET + 6] != ICMPV6 || (frame[ETHERNET + 7] & 0xff) != HOP_LIMIT
                || (frame[ICMP] & 0xff) != SOLICITATION || frame[ICMP + 1] != 0) {
            return Optional.empty();
        }
        int payload = (frame[ETHERNET + 4] & 0xff) << 8 | frame[ETHERNET + 5] & 0xff;
        if (payload < LENGTH - ICMP || frame.length < ICMP + payload
                || Icmpv6Checksum.of(frame, ETHERNET, IPV6 + payload) != 0) {
            return Optional.empty();
        }
        return Optional.of(new NeighborSolicitation(MacAddress.valueOf(Arrays.copyOfRange(frame, 6, 12)),
                address(frame, ETHERNET + 8), address(frame, TARGET)));
    }

    private static Ip6Address address(byte[] frame, int at) {
        return Ip6Address.valueOf(Arrays.copyOfRange(frame, at, at + 16));
    }

    /** Whose link-layer address is asked for. */
    Ip6Address target() {
        return target;
    }

    /** The frame with the Neighbor Advertisement that answers. */
    byte[] advertise(MacAddress own) {
        boolean probe = source.isZero();
        Ip6Address to = probe ? ALL_NODES : source;
        ByteBuffer out = ByteBuffer.allocate(ICMP + ADVERTISEMENT_LENGTH);
        out.put((probe ? ALL_NODES_MAC : mac).toBytes()).put(own.toBytes()).putShort((short) 0x86dd);
        out.putInt(0x6000_0000).putShort((short) ADVERTISEMENT_LENGTH).put((byte) ICMPV6).put((byte) HOP_LIMIT)
                .put(target.toOctets()).put(to.toOctets());
        out.put((byte) ADVERTISEMENT).put((byte) 0).putShort((short) 0)
                .putInt(probe ? UNSOLICITED_FLAGS : SOLICITED_FLAGS).put(target.toOctets())
                .put((byte) 2).put((byte) 1).put(own.toBytes());
        out.putShort(ICMP + 2, (short) Icmpv6Checksum.of(out.array(), ETHERNET, out.capacity() - ETHERNET));
        return out.array();
    }
}
