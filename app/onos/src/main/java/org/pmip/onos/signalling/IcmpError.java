// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.pipeconf.PacketInReason;

/**
 * Tells the sender of an IPv6 packet why the switch could not pass it on (RFC 4443 section 3): Packet Too Big, Time
 * Exceeded or Destination Unreachable. Stateless.
 */
final class IcmpError {

    private static final int ETHERNET = 14;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int IPV6 = 40;
    private static final int ICMPV6 = 58;
    private static final int UNREACHABLE = 1;
    private static final int NO_ROUTE = 0;
    private static final int ADDRESS_UNREACHABLE = 3;
    private static final int TOO_BIG = 2;
    private static final int TIME_EXCEEDED = 3;
    private static final int PARAMETER_PROBLEM = 4;
    private static final int LEAST_INFORMATIONAL = 128;
    private static final int HOP_LIMIT = 64;
    private static final int HEADER = 8;
    /** The minimum MTU of IPv6, which no error may exceed (RFC 4443 section 2.4 c). */
    private static final int GREATEST = 1_280;

    private IcmpError() {
    }

    /**
     * Makes the frame with the error.
     *
     * @param packet the IPv6 packet that was not passed on
     * @param reason why
     * @param source the address that the error is to come from
     * @return empty if there is nothing to tell, or nobody who may be told (RFC 4443 section 2.4 e)
     */
    static Optional<byte[]> of(byte[] packet, PacketInReason reason, Ip6Address source) {
        if (!mayBeTold(packet, reason.mtu() != 0)) {
            return Optional.empty();
        }
        switch (reason.puntClass()) {
            case TOO_BIG:
                return Optional.of(tooBig(packet, source, reason.mtu()));
            case HOP_LIMIT:
                return Optional.of(error(packet, source, TIME_EXCEEDED, 0, 0));
            case UNREACHABLE:
                return Optional.of(error(packet, source, UNREACHABLE, NO_ROUTE, 0));
            default:
                return Optional.empty();
        }
    }

    /**
     * Tells the sender of a tunnelled packet that the tunnel does not take it (RFC 2473 section 7.1). Where the tunnel
     * has no room for the minimum MTU of IPv6, senders cannot make packets small enough, and no tunnel packet is
     * fragmented here: then it is the destination that cannot be reached.
     *
     * @param packet the IPv6 packet, perhaps not all of it
     * @param mtu what the tunnel takes, in octets
     * @param source the address that the error is to come from
     * @return empty if there is nobody who may be told
     */
    static Optional<byte[]> tooBig(byte[] packet, int mtu, Ip6Address source) {
        return mayBeTold(packet, true) ? Optional.of(tooBig(packet, source, mtu)) : Optional.empty();
    }

    private static byte[] tooBig(byte[] packet, Ip6Address source, int mtu) {
        int length = IPV6 + ((packet[4] & 0xff) << 8 | packet[5] & 0xff);
        return length > GREATEST ? error(packet, source, TOO_BIG, 0, Math.max(mtu, GREATEST))
                : error(packet, source, UNREACHABLE, ADDRESS_UNREACHABLE, 0);
    }

    /**
     * Tells the sender of a tunnelled packet that the tunnel led nowhere (RFC 2473 section 8.2).
     *
     * @param packet the IPv6 packet, perhaps not all of it
     * @param source the address that the error is to come from
     * @return empty if there is nobody who may be told
     */
    static Optional<byte[]> unreachable(byte[] packet, Ip6Address source) {
        return mayBeTold(packet, false) ? Optional.of(error(packet, source, UNREACHABLE, ADDRESS_UNREACHABLE, 0))
                : Optional.empty();
    }

    /**
     * Tells the sender of a message which of its octets makes no sense (RFC 6275 section 9.2, RFC 4443 section 3.4).
     *
     * @param frame the frame with the message
     * @param source the address that the error is to come from
     * @param fromEnd how many octets before the end of the IPv6 packet the message starts
     * @param offset the octet in the message
     */
    static Optional<byte[]> parameterProblem(byte[] frame, Ip6Address source, int fromEnd, int offset) {
        return ReportedPacket.in(frame, address -> false)
                .filter(packet -> ReportedPacket.version(packet) == 6 && mayBeTold(packet, false))
                .map(packet -> error(packet, source, PARAMETER_PROBLEM, 0, packet.length - fromEnd + offset));
    }

    private static boolean mayBeTold(byte[] packet, boolean tooBig) {
        Ip6Address sender = address(packet, 8);
        boolean error = (packet[6] & 0xff) == ICMPV6
                && (packet.length <= IPV6 || (packet[IPV6] & 0xff) < LEAST_INFORMATIONAL);
        boolean group = address(packet, 24).isMulticast() && !tooBig;
        return !error && !group && !sender.isMulticast() && !sender.isZero();
    }

    private static byte[] error(byte[] packet, Ip6Address source, int type, int code, int value) {
        int quoted = Math.min(packet.length, GREATEST - IPV6 - HEADER);
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + IPV6 + HEADER + quoted);
        out.put(MacAddress.ZERO.toBytes()).put(MacAddress.ZERO.toBytes()).putShort((short) TYPE_IPV6);
        out.putInt(0x6000_0000).putShort((short) (HEADER + quoted)).put((byte) ICMPV6).put((byte) HOP_LIMIT)
                .put(source.toOctets()).put(packet, 8, Ip6Address.BYTE_LENGTH);
        out.put((byte) type).put((byte) code).putShort((short) 0).putInt(value).put(packet, 0, quoted);
        int sum = Icmpv6Checksum.of(out.array(), ETHERNET, out.capacity() - ETHERNET);
        out.putShort(ETHERNET + IPV6 + 2, (short) sum);
        return out.array();
    }

    private static Ip6Address address(byte[] octets, int at) {
        return Ip6Address.valueOf(Arrays.copyOfRange(octets, at, at + Ip6Address.BYTE_LENGTH));
    }
}
