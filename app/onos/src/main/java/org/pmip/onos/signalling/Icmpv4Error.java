// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.pipeconf.PacketInReason;
import org.pmip.protocol.wire.packet.InternetChecksum;

/**
 * Tells the sender of an IPv4 packet why the switch could not pass it on (RFC 792, RFC 1191): fragmentation needed,
 * time exceeded or destination unreachable. Stateless.
 */
final class Icmpv4Error {

    private static final int ETHERNET = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int HEADER = 20;
    private static final int ICMP_HEADER = 8;
    private static final int ICMP = 1;
    private static final int UNREACHABLE = 3;
    private static final int HOST_UNREACHABLE = 1;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int TIME_EXCEEDED = 11;
    private static final int HOP_LIMIT = 64;
    private static final int LOOPBACK = 127;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    /** The greatest error that fits every path (RFC 1812 section 4.3.2.3). */
    private static final int GREATEST = 576;

    private Icmpv4Error() {
    }

    /**
     * Makes the frame with the error.
     *
     * @param packet the IPv4 packet that was not passed on
     * @param reason why
     * @param source the address that the error is to come from
     * @return empty if there is nothing to tell, or nobody who may be told (RFC 1812 section 4.3.2.7)
     */
    static Optional<byte[]> of(byte[] packet, PacketInReason reason, Ip4Address source) {
        if (!mayBeTold(packet)) {
            return Optional.empty();
        }
        switch (reason.puntClass()) {
            case TOO_BIG:
                return Optional.of(error(packet, source, UNREACHABLE, FRAGMENTATION_NEEDED, reason.mtu()));
            case HOP_LIMIT:
                return Optional.of(error(packet, source, TIME_EXCEEDED, 0, 0));
            case UNREACHABLE:
                return Optional.of(error(packet, source, UNREACHABLE, HOST_UNREACHABLE, 0));
            default:
                return Optional.empty();
        }
    }

    /**
     * Tells the sender of a tunnelled packet that the tunnel does not take it (RFC 2473 section 7.2, RFC 1191).
     *
     * @param packet the IPv4 packet, perhaps not all of it
     * @param mtu what the tunnel takes, in octets
     * @param source the address that the error is to come from
     * @return empty if there is nobody who may be told
     */
    static Optional<byte[]> tooBig(byte[] packet, int mtu, Ip4Address source) {
        return mayBeTold(packet) ? Optional.of(error(packet, source, UNREACHABLE, FRAGMENTATION_NEEDED, mtu))
                : Optional.empty();
    }

    /**
     * Tells the sender of a tunnelled packet that the tunnel led nowhere (RFC 2473 section 8.3).
     *
     * @param packet the IPv4 packet, perhaps not all of it
     * @param source the address that the error is to come from
     * @return empty if there is nobody who may be told
     */
    static Optional<byte[]> unreachable(byte[] packet, Ip4Address source) {
        return mayBeTold(packet) ? Optional.of(error(packet, source, UNREACHABLE, HOST_UNREACHABLE, 0))
                : Optional.empty();
    }

    private static boolean mayBeTold(byte[] packet) {
        int header = (packet[0] & 0xf) * 4;
        if (header < HEADER || packet.length < header + ICMP_HEADER || (at16(packet, 6) & FRAGMENT_OFFSET) != 0) {
            return false;
        }
        int type = packet[header] & 0xff;
        boolean error = packet[9] == ICMP && type != 8 && type != 0 && type != 13 && type != 14;
        Ip4Address sender = Ip4Address.valueOf(Arrays.copyOfRange(packet, 12, 16));
        Ip4Address receiver = Ip4Address.valueOf(Arrays.copyOfRange(packet, 16, 20));
        return !error && !receiver.isMulticast() && !receiver.equals(Ip4Address.valueOf(-1))
                && !sender.isMulticast() && !sender.isZero() && packet[12] != LOOPBACK;
    }

    private static byte[] error(byte[] packet, Ip4Address source, int type, int code, int value) {
        int quoted = Math.min(packet.length, GREATEST - HEADER - ICMP_HEADER);
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + HEADER + ICMP_HEADER + quoted);
        out.put(MacAddress.ZERO.toBytes()).put(MacAddress.ZERO.toBytes()).putShort((short) TYPE_IPV4);
        // Precedence of internetwork control, which errors have (RFC 1812 section 4.3.2.5); never to be fragmented.
        out.put((byte) 0x45).put((byte) 0xc0).putShort((short) (HEADER + ICMP_HEADER + quoted)).putInt(0x4000)
                .put((byte) HOP_LIMIT).put((byte) ICMP).putShort((short) 0)
                .put(source.toOctets()).put(packet, 12, Ip4Address.BYTE_LENGTH);
        out.putShort(ETHERNET + 10, checksum(out.array(), ETHERNET, HEADER));
        out.put((byte) type).put((byte) code).putShort((short) 0).putInt(value).put(packet, 0, quoted);
        out.putShort(ETHERNET + HEADER + 2, checksum(out.array(), ETHERNET + HEADER, ICMP_HEADER + quoted));
        return out.array();
    }

    private static short checksum(byte[] octets, int from, int length) {
        return (short) ~InternetChecksum.fold(InternetChecksum.sum(octets, from, length));
    }

    private static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
