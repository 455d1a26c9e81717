// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.pmip.protocol.wire.packet.InternetChecksum;

/**
 * Answers Echo Requests to a switch's own addresses (RFC 4443 section 4.2, RFC 792): a host has to, and it is the first
 * thing that an operator tries. Stateless.
 */
final class Echo {

    private static final int ETHERNET = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int IPV6 = 40;
    private static final int IPV4 = 20;
    private static final int ICMP_HEADER = 8;
    private static final int HOP_LIMIT = 64;
    private static final int FRAGMENT_BITS = 0x3fff;

    private Echo() {
    }

    /** The reply to what a switch has sent up, on its way by that routing domain; empty if it is no sound request. */
    static Optional<OutboundPacket> reply(DeviceId device, int domain, byte[] frame) {
        return reply(frame).map(reply -> new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                .writeMetadata(domain, -1L).setOutput(PortNumber.TABLE).build(), ByteBuffer.wrap(reply)));
    }

    static Optional<byte[]> reply(byte[] frame) {
        if (frame.length < ETHERNET) {
            return Optional.empty();
        }
        switch (at16(frame, ETHERNET - 2)) {
            case TYPE_IPV6:
                return ipv6(frame);
            case TYPE_IPV4:
                return ipv4(frame);
            default:
                return Optional.empty();
        }
    }

    private static Optional<byte[]> ipv6(byte[] frame) {
        int icmp = ETHERNET + IPV6;
        if (frame.length < icmp + ICMP_HEADER || frame[ETHERNET + 6] != 58) {
            return Optional.empty();
        }
        int length = at16(frame, ETHERNET + 4);
        if (length < ICMP_HEADER || frame.length < icmp + length || (frame[icmp] & 0xff) != 128
                || frame[icmp + 1] != 0 || Icmpv6Checksum.of(frame, ETHERNET, IPV6 + length) != 0) {
            return Optional.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(icmp + length);
        // The pipeline routes the packet and writes the Ethernet addresses of the next hop.
        out.put(new byte[ETHERNET - 2]).putShort((short) TYPE_IPV6);
        out.put(frame, ETHERNET, 7).put((byte) HOP_LIMIT).put(frame, ETHERNET + 24, 16).put(frame, ETHERNET + 8, 16);
        out.put((byte) 129).put((byte) 0).putShort((short) 0).put(frame, icmp + 4, length - 4);
        out.putShort(icmp + 2, (short) Icmpv6Checksum.of(out.array(), ETHERNET, IPV6 + length));
        return Optional.of(out.array());
    }

    private static Optional<byte[]> ipv4(byte[] frame) {
        if (frame.length < ETHERNET + IPV4) {
            return Optional.empty();
        }
        int header = (frame[ETHERNET] & 0x0f) * 4;
        int icmp = ETHERNET + header;
        int end = ETHERNET + at16(frame, ETHERNET + 2);
        if (header < IPV4 || end < icmp + ICMP_HEADER || frame.length < end || frame[ETHERNET + 9] != 1
                || (at16(frame, ETHERNET + 6) & FRAGMENT_BITS) != 0 || frame[icmp] != 8 || frame[icmp + 1] != 0
                || InternetChecksum.fold(InternetChecksum.sum(frame, icmp, end - icmp)) != 0xffff) {
            return Optional.empty();
        }
        int length = end - icmp;
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + IPV4 + length);
        out.put(new byte[ETHERNET - 2]).putShort((short) TYPE_IPV4);
        // Options are not sent back; DF lets the identification be 0 (RFC 6864).
        out.put((byte) 0x45).put(frame[ETHERNET + 1]).putShort((short) (IPV4 + length)).putShort((short) 0)
                .putShort((short) 0x4000).put((byte) HOP_LIMIT).put((byte) 1).putShort((short) 0)
                .put(frame, ETHERNET + 16, 4).put(frame, ETHERNET + 12, 4);
        out.putShort(ETHERNET + 10, (short) ~InternetChecksum.fold(InternetChecksum.sum(out.array(), ETHERNET, IPV4)));
        int at = ETHERNET + IPV4;
        out.put((byte) 0).put((byte) 0).putShort((short) 0).put(frame, icmp + 4, length - 4);
        out.putShort(at + 2, (short) ~InternetChecksum.fold(InternetChecksum.sum(out.array(), at, length)));
        return Optional.of(out.array());
    }

    private static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
