// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.packet.InternetChecksum;

/** An Ethernet frame with a UDP datagram over IPv4, as DHCP uses it on an access link. Immutable. */
public final class Ipv4UdpFrame {

    /** The UDP port of DHCP servers. */
    public static final int SERVER_PORT = 67;
    /** The UDP port of DHCP clients. */
    public static final int CLIENT_PORT = 68;

    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int IPV4 = 20;
    private static final int UDP_HEADER = 8;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_SERVICE_VLAN = 0x88a8;
    private static final int PROTOCOL = 17;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int TIME_TO_LIVE = 64;
    private static final int RIGHT = 0xffff;

    private final MacAddress sourceMac;
    private final MacAddress destinationMac;
    private final Ip4Address source;
    private final Ip4Address destination;
    private final int sourcePort;
    private final int destinationPort;
    private final byte[] data;

    /** Makes a frame. */
    public Ipv4UdpFrame(MacAddress sourceMac, MacAddress destinationMac, Ip4Address source, int sourcePort,
                        Ip4Address destination, int destinationPort, byte[] data) {
        this.sourceMac = Objects.requireNonNull(sourceMac, "sourceMac");
        this.destinationMac = Objects.requireNonNull(destinationMac, "destinationMac");
        this.source = Objects.requireNonNull(source, "source");
        this.destination = Objects.requireNonNull(destination, "destination");
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
        this.data = data.clone();
    }

    /**
     * Where a DHCP answer goes (RFC 2131 section 4.1): to the address that the client has or gets, unless it has none
     * and cannot take unicast, or is refused.
     *
     * @param router the gateway's link-layer address
     * @param server the server's address
     */
    public static Ipv4UdpFrame answer(MacAddress router, Ip4Address server, Dhcpv4Message message) {
        boolean everybody = message.type() == Dhcpv4Message.NAK
                || message.client().isZero() && (message.flags() & Dhcpv4Message.BROADCAST) != 0;
        Ip4Address address = everybody ? Ip4Address.valueOf("255.255.255.255")
                : message.client().isZero() ? message.yours() : message.client();
        return new Ipv4UdpFrame(router, everybody ? MacAddress.BROADCAST : message.hardware(), server, SERVER_PORT,
                address, CLIENT_PORT, message.octets());
    }

    /**
     * Reads a frame, tagged or not. A UDP checksum of zero says that there is none; padding is left out.
     *
     * @throws DecodeException when the frame is truncated, fragmented, damaged, or no UDP over IPv4
     */
    public static Ipv4UdpFrame decode(byte[] frame) throws DecodeException {
        int at = ETHERNET;
        need(frame.length, at, "the Ethernet header");
        int type = at16(frame, at - 2);
        while (type == TYPE_VLAN || type == TYPE_SERVICE_VLAN) {
            at += VLAN_TAG;
            need(frame.length, at, "the VLAN tag");
            type = at16(frame, at - 2);
        }
        if (type != TYPE_IPV4) {
            throw new DecodeException(Reason.PACKET, at - 2, String.format("EtherType is 0x%04x, not IPv4", type));
        }
        need(frame.length, at + IPV4, "the IPv4 header");
        int header = (frame[at] & 0x0f) * 4;
        int end = at + at16(frame, at + 2);
        if ((frame[at] & 0xf0) != 0x40 || header < IPV4 || end < at + header + UDP_HEADER) {
            throw new DecodeException(Reason.PACKET, at, "no IPv4 header with a sound length");
        }
        need(frame.length, end, "the IPv4 packet");
        if (InternetChecksum.fold(InternetChecksum.sum(frame, at, header)) != RIGHT) {
            throw new DecodeException(Reason.CHECKSUM, at + 10, "the checksum of the IPv4 header does not fit");
        }
        if ((at16(frame, at + 6) & FRAGMENT_BITS) != 0 || (frame[at + 9] & 0xff) != PROTOCOL) {
            throw new DecodeException(Reason.PACKET, at + 6, "a fragment, or no UDP");
        }
        byte[] source = Arrays.copyOfRange(frame, at + 12, at + 16);
        byte[] destination = Arrays.copyOfRange(frame, at + 16, at + 20);
        int udp = at + header;
        int length = at16(frame, udp + 4);
        if (length < UDP_HEADER || udp + length > end) {
            throw new DecodeException(Reason.TRUNCATED, udp + 4, "the UDP length is " + length);
        }
        if (at16(frame, udp + 6) != 0 && InternetChecksum.withPseudoHeader(source, destination, PROTOCOL, frame, udp,
                length) != RIGHT) {
            throw new DecodeException(Reason.CHECKSUM, udp + 6, "the UDP checksum does not fit");
        }
        return new Ipv4UdpFrame(MacAddress.valueOf(Arrays.copyOfRange(frame, 6, 12)),
                MacAddress.valueOf(Arrays.copyOf(frame, 6)), Ip4Address.valueOf(source), at16(frame, udp),
                Ip4Address.valueOf(destination), at16(frame, udp + 2),
                Arrays.copyOfRange(frame, udp + UDP_HEADER, udp + length));
    }

    private static void need(int there, int end, String what) throws DecodeException {
        if (there < end) {
            throw new DecodeException(Reason.TRUNCATED, there, "the frame ends within " + what);
        }
    }

    private static int at16(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    /** The frame without a tag, checksums included. */
    public byte[] octets() {
        int length = UDP_HEADER + data.length;
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + IPV4 + length);
        out.put(destinationMac.toBytes()).put(sourceMac.toBytes()).putShort((short) TYPE_IPV4);
        out.putShort((short) 0x4500).putShort((short) (IPV4 + length)).putShort((short) 0).putShort((short) 0x4000)
                .put((byte) TIME_TO_LIVE).put((byte) PROTOCOL).putShort((short) 0)
                .put(source.toOctets()).put(destination.toOctets());
        out.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) length)
                .putShort((short) 0).put(data);
        byte[] frame = out.array();
        out.putShort(ETHERNET + 10,
                (short) ~InternetChecksum.fold(InternetChecksum.sum(frame, ETHERNET, IPV4)));
        int checksum = ~InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), PROTOCOL, frame,
                ETHERNET + IPV4, length) & 0xffff;
        out.putShort(ETHERNET + IPV4 + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return frame;
    }

    /** Who sent the frame. */
    public MacAddress sourceMac() {
        return sourceMac;
    }

    /** Whom the frame is for. */
    public MacAddress destinationMac() {
        return destinationMac;
    }

    /** Source address of the packet. */
    public Ip4Address source() {
        return source;
    }

    /** Destination address of the packet. */
    public Ip4Address destination() {
        return destination;
    }

    /** Source port of the datagram. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Destination port of the datagram. */
    public int destinationPort() {
        return destinationPort;
    }

    /** The data of the datagram. */
    public byte[] data() {
        return data.clone();
    }

    @Override
    public String toString() {
        return source + ":" + sourcePort + " -> " + destination + ":" + destinationPort + ", " + data.length
                + " octets";
    }
}
