// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;

/**
 * Frames octet by octet, written out here on purpose: the demonstration checks the switch against these, not against
 * the code that programs it. Stateless.
 */
final class Frames {

    static final int ETHERNET = 14;
    static final int IPV6 = 40;
    static final int UDP = 17;
    static final int GRE = 47;
    static final int IPV6_IN_IPV6 = 41;
    static final int ICMPV6 = 58;
    static final int MOBILITY = 135;
    static final int HOP_LIMIT = 64;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int GRE_KEY_PRESENT = 0x2000;
    private static final int UDP_HEADER = 8;
    private static final int STAMP = 16;
    private static final int PORT = 5001;

    private Frames() {
    }

    /** A frame around an IPv6 packet. */
    static byte[] ethernet(MacAddress source, MacAddress destination, byte[] packet) {
        return ByteBuffer.allocate(ETHERNET + packet.length).put(destination.toBytes()).put(source.toBytes())
                .putShort((short) ETHERTYPE_IPV6).put(packet).array();
    }

    /** An IPv6 packet. */
    static byte[] ipv6(Ip6Address source, Ip6Address destination, int nextHeader, int hopLimit, byte[] payload) {
        return ByteBuffer.allocate(IPV6 + payload.length).putInt(0x6000_0000).putShort((short) payload.length)
                .put((byte) nextHeader).put((byte) hopLimit).put(source.toOctets()).put(destination.toOctets())
                .put(payload).array();
    }

    /** A GRE header before an IPv6 packet; a negative key means no key field. */
    static byte[] gre(long key, byte[] packet) {
        ByteBuffer out = ByteBuffer.allocate((key < 0 ? 4 : 8) + packet.length);
        out.putShort((short) (key < 0 ? 0 : GRE_KEY_PRESENT)).putShort((short) ETHERTYPE_IPV6);
        if (key >= 0) {
            out.putInt((int) key);
        }
        return out.put(packet).array();
    }

    /** A user's packet: UDP with a number, its time, and a pattern that depends on the number. */
    static byte[] user(Ip6Address source, Ip6Address destination, int hopLimit, long number, long nanos, int size) {
        ByteBuffer udp = ByteBuffer.allocate(UDP_HEADER + Math.max(STAMP, size));
        udp.putShort((short) PORT).putShort((short) PORT).putShort((short) udp.capacity()).putShort((short) 0)
                .putLong(number).putLong(nanos);
        for (int i = 0; udp.hasRemaining(); i++) {
            udp.put((byte) (number * 31 + i));
        }
        byte[] packet = ipv6(source, destination, UDP, hopLimit, udp.array());
        int sum = checksum(packet, UDP);
        udp.putShort(6, (short) (sum == 0 ? 0xffff : sum));
        return ipv6(source, destination, UDP, hopLimit, udp.array());
    }

    /** The same user packet as a router sends it on. */
    static byte[] oneHopLess(byte[] packet) {
        byte[] next = packet.clone();
        next[7]--;
        return next;
    }

    /** The number in a user's packet. */
    static long number(byte[] packet) {
        return ByteBuffer.wrap(packet).getLong(IPV6 + UDP_HEADER);
    }

    /** The time in a user's packet. */
    static long nanos(byte[] packet) {
        return ByteBuffer.wrap(packet).getLong(IPV6 + UDP_HEADER + 8);
    }

    /** Octets of UDP payload of a user's packet. */
    static int size(byte[] packet) {
        return packet.length - IPV6 - UDP_HEADER;
    }

    /** Whether a packet is long enough to be a user's packet of ours. */
    static boolean isUser(byte[] packet) {
        return packet.length >= IPV6 + UDP_HEADER + STAMP && (packet[0] & 0xf0) == 0x60 && packet[6] == UDP
                && ByteBuffer.wrap(packet).getShort(IPV6) == PORT;
    }

    static Ip6Address source(byte[] packet) {
        return Ip6Address.valueOf(Arrays.copyOfRange(packet, 8, 24));
    }

    static Ip6Address destination(byte[] packet) {
        return Ip6Address.valueOf(Arrays.copyOfRange(packet, 24, 40));
    }

    private static int checksum(byte[] packet, int nextHeader) {
        long sum = nextHeader + packet.length - IPV6;
        for (int i = 8; i < packet.length; i++) {
            sum += (long) (packet[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }

    static String hex(byte[] octets) {
        StringBuilder out = new StringBuilder();
        for (byte octet : octets) {
            out.append(String.format("%02x", octet & 0xff));
        }
        return out.toString();
    }
}
