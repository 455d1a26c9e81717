// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/**
 * An Ethernet frame with an IPv4 packet that carries a Mobility Header directly in UDP (RFC 5844 sections 4.1.3 and
 * 4.2.2). Immutable.
 */
public final class Ipv4SignallingPacket {

    /** The UDP port of the signalling at an anchor. */
    public static final int PORT = 5436;

    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int IPV4 = 20;
    private static final int UDP = 8;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_SERVICE_VLAN = 0x88a8;
    private static final int PROTOCOL_UDP = 17;
    private static final int DEFAULT_TIME_TO_LIVE = 64;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int RIGHT = 0xffff;

    private final Ip4Address source;
    private final Ip4Address destination;
    private final int sourcePort;
    private final byte[] mobilityHeader;

    private Ipv4SignallingPacket(Ip4Address source, Ip4Address destination, int sourcePort, byte[] mobilityHeader) {
        this.source = source;
        this.destination = destination;
        this.sourcePort = sourcePort;
        this.mobilityHeader = mobilityHeader;
    }

    /** Source address of the IPv4 packet, perhaps a translated one. */
    public Ip4Address source() {
        return source;
    }

    /** Destination address of the IPv4 packet. */
    public Ip4Address destination() {
        return destination;
    }

    /** Source port, where an answer has to go; perhaps a translated one. */
    public int sourcePort() {
        return sourcePort;
    }

    /** The Mobility Header with what follows it; its checksum does not count. */
    public byte[] mobilityHeader() {
        return mobilityHeader.clone();
    }

    /**
     * Finds the Mobility Header in an Ethernet frame, tagged or not. A UDP checksum of zero says that there is none
     * (RFC 768); what follows the packet in the frame, or the datagram in the packet, is padding.
     *
     * @throws DecodeException when the frame is truncated, fragmented, damaged, or not to UDP port {@link #PORT}
     */
    public static Ipv4SignallingPacket decode(byte[] frame) throws DecodeException {
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
        if ((frame[at] & 0xf0) != 0x40 || header < IPV4 || end < at + header) {
            throw new DecodeException(Reason.PACKET, at, "no IPv4 header with a sound length");
        }
        need(frame.length, end, "the IPv4 packet");
        if (InternetChecksum.fold(InternetChecksum.sum(frame, at, header)) != RIGHT) {
            throw new DecodeException(Reason.CHECKSUM, at + 10, "the checksum of the IPv4 header does not fit");
        }
        if ((at16(frame, at + 6) & FRAGMENT_BITS) != 0) {
            throw new DecodeException(Reason.PACKET, at + 6, "the packet is a fragment");
        }
        if ((frame[at + 9] & 0xff) != PROTOCOL_UDP) {
            throw new DecodeException(Reason.PACKET, at + 9, "protocol " + (frame[at + 9] & 0xff) + " is not UDP");
        }
        Ip4Address source = Ip4Address.valueOf(Arrays.copyOfRange(frame, at + 12, at + 16));
        Ip4Address destination = Ip4Address.valueOf(Arrays.copyOfRange(frame, at + 16, at + 20));
        at += header;
        need(end, at + UDP, "the UDP header");
        int length = at16(frame, at + 4);
        if (length < UDP || at + length > end) {
            throw new DecodeException(Reason.TRUNCATED, at + 4, "the UDP length is " + length + " in a packet of "
                    + (end - at));
        }
        if (at16(frame, at + 2) != PORT) {
            throw new DecodeException(Reason.PACKET, at + 2, "UDP port " + at16(frame, at + 2) + " is not " + PORT);
        }
        if (at16(frame, at + 6) != 0 && InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(),
                PROTOCOL_UDP, frame, at, length) != RIGHT) {
            throw new DecodeException(Reason.CHECKSUM, at + 6, "the UDP checksum does not fit");
        }
        return new Ipv4SignallingPacket(source, destination, at16(frame, at),
                Arrays.copyOfRange(frame, at + UDP, at + length));
    }

    /**
     * Makes the frame that carries an answer, UDP checksum included.
     *
     * @param destinationPort source port of the request; the answer's own source port is {@link #PORT}
     */
    public static byte[] encode(MacAddress sourceMac, MacAddress destinationMac, Ip4Address source,
                                Ip4Address destination, int destinationPort, byte[] mobilityHeader) {
        return encode(sourceMac, destinationMac, source, PORT, destination, destinationPort, mobilityHeader);
    }

    /** Makes the frame that carries a message between any two ports, UDP checksum included. */
    public static byte[] encode(MacAddress sourceMac, MacAddress destinationMac, Ip4Address source, int sourcePort,
                                Ip4Address destination, int destinationPort, byte[] mobilityHeader) {
        int length = UDP + mobilityHeader.length;
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + IPV4 + length);
        out.put(destinationMac.toBytes()).put(sourceMac.toBytes()).putShort((short) TYPE_IPV4);
        // No fragment and none to come: an answer is far smaller than any link, and DF lets ID be 0 (RFC 6864).
        out.putShort((short) 0x4500).putShort((short) (IPV4 + length)).putShort((short) 0).putShort((short) 0x4000)
                .put((byte) DEFAULT_TIME_TO_LIVE).put((byte) PROTOCOL_UDP).putShort((short) 0)
                .put(source.toOctets()).put(destination.toOctets());
        out.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) length)
                .putShort((short) 0).put(mobilityHeader);
        byte[] frame = out.array();
        out.putShort(ETHERNET + 10, (short) ~InternetChecksum.fold(InternetChecksum.sum(frame, ETHERNET, IPV4)));
        int checksum = ~InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), PROTOCOL_UDP,
                frame, ETHERNET + IPV4, length) & 0xffff;
        out.putShort(ETHERNET + IPV4 + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return frame;
    }

    private static void need(int there, int end, String what) throws DecodeException {
        if (there < end) {
            throw new DecodeException(Reason.TRUNCATED, there, "the frame ends within " + what);
        }
    }

    private static int at16(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4SignallingPacket && source.equals(((Ipv4SignallingPacket) other).source)
                && destination.equals(((Ipv4SignallingPacket) other).destination)
                && sourcePort == ((Ipv4SignallingPacket) other).sourcePort
                && Arrays.equals(mobilityHeader, ((Ipv4SignallingPacket) other).mobilityHeader);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, destination, sourcePort, Arrays.hashCode(mobilityHeader));
    }

    @Override
    public String toString() {
        return source + ":" + sourcePort + " -> " + destination + " MH of " + mobilityHeader.length + " octets";
    }
}
