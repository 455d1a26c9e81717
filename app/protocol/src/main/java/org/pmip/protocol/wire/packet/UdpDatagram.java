// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/** A UDP datagram over IPv4 in an Ethernet frame (RFC 768, RFC 791). Immutable, subclasses too. */
public class UdpDatagram {

    private static final int IPV4 = 20;
    private static final int UDP = 8;
    private static final int PROTOCOL = 17;
    private static final int TIME_TO_LIVE = 64;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int RIGHT = 0xffff;

    private final Ip4Address source;
    private final Ip4Address destination;
    private final int sourcePort;
    private final int destinationPort;
    private final int offset;
    private final byte[] data;

    /** Makes one that is to be sent in an untagged frame. */
    protected UdpDatagram(Ip4Address source, int sourcePort, Ip4Address destination, int destinationPort,
                          byte[] data) {
        this.source = Objects.requireNonNull(source, "source");
        this.destination = Objects.requireNonNull(destination, "destination");
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
        this.offset = EthernetFrame.HEADER + IPV4;
        this.data = data.clone();
    }

    private UdpDatagram(byte[] frame, int ipv4, int udp) {
        source = Ip4Address.valueOf(Arrays.copyOfRange(frame, ipv4 + 12, ipv4 + 16));
        destination = Ip4Address.valueOf(Arrays.copyOfRange(frame, ipv4 + 16, ipv4 + 20));
        sourcePort = EthernetFrame.at16(frame, udp);
        destinationPort = EthernetFrame.at16(frame, udp + 2);
        offset = udp;
        data = Arrays.copyOfRange(frame, udp + UDP, udp + EthernetFrame.at16(frame, udp + 4));
    }

    /**
     * Reads a frame, tagged or not. A UDP checksum of zero says that there is none (RFC 768); what follows the packet
     * in the frame, or the datagram in the packet, is padding.
     *
     * @throws DecodeException when the frame is truncated, fragmented, damaged, or no UDP over IPv4
     */
    public static UdpDatagram decode(byte[] frame) throws DecodeException {
        int at = EthernetFrame.payload(frame, EthernetFrame.IPV4, "IPv4");
        EthernetFrame.need(frame.length, at + IPV4, "the IPv4 header");
        int header = (frame[at] & 0x0f) * 4;
        int end = at + EthernetFrame.at16(frame, at + 2);
        if ((frame[at] & 0xf0) != 0x40 || header < IPV4 || end < at + header) {
            throw new DecodeException(Reason.PACKET, at, "no IPv4 header with a sound length");
        }
        EthernetFrame.need(frame.length, end, "the IPv4 packet");
        if (InternetChecksum.fold(InternetChecksum.sum(frame, at, header)) != RIGHT) {
            throw new DecodeException(Reason.CHECKSUM, at + 10, "the checksum of the IPv4 header does not fit");
        }
        if ((EthernetFrame.at16(frame, at + 6) & FRAGMENT_BITS) != 0) {
            throw new DecodeException(Reason.PACKET, at + 6, "the packet is a fragment");
        }
        if ((frame[at + 9] & 0xff) != PROTOCOL) {
            throw new DecodeException(Reason.PACKET, at + 9, "protocol " + (frame[at + 9] & 0xff) + " is not UDP");
        }
        int udp = at + header;
        EthernetFrame.need(end, udp + UDP, "the UDP header");
        int length = EthernetFrame.at16(frame, udp + 4);
        if (length < UDP || udp + length > end) {
            throw new DecodeException(Reason.TRUNCATED, udp + 4, "the UDP length is " + length + " in a packet of "
                    + (end - udp));
        }
        UdpDatagram datagram = new UdpDatagram(frame, at, udp);
        if (EthernetFrame.at16(frame, udp + 6) != 0 && InternetChecksum.withPseudoHeader(datagram.source.toOctets(),
                datagram.destination.toOctets(), PROTOCOL, frame, udp, length) != RIGHT) {
            throw new DecodeException(Reason.CHECKSUM, udp + 6, "the UDP checksum does not fit");
        }
        return datagram;
    }

    /** Makes an untagged frame, checksums included. */
    public static byte[] frame(MacAddress sourceMac, MacAddress destinationMac, Ip4Address source, int sourcePort,
                               Ip4Address destination, int destinationPort, byte[] data) {
        int length = UDP + data.length;
        ByteBuffer out = ByteBuffer.allocate(EthernetFrame.HEADER + IPV4 + length);
        out.put(destinationMac.toBytes()).put(sourceMac.toBytes()).putShort((short) EthernetFrame.IPV4);
        // No fragment and none to come: what is sent is far smaller than any link, and DF lets ID be 0 (RFC 6864).
        out.putShort((short) 0x4500).putShort((short) (IPV4 + length)).putShort((short) 0).putShort((short) 0x4000)
                .put((byte) TIME_TO_LIVE).put((byte) PROTOCOL).putShort((short) 0)
                .put(source.toOctets()).put(destination.toOctets());
        out.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) length)
                .putShort((short) 0).put(data);
        byte[] frame = out.array();
        int ipv4 = EthernetFrame.HEADER;
        int udp = ipv4 + IPV4;
        out.putShort(ipv4 + 10, (short) ~InternetChecksum.fold(InternetChecksum.sum(frame, ipv4, IPV4)));
        int checksum = ~InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), PROTOCOL, frame,
                udp, length) & 0xffff;
        out.putShort(udp + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return frame;
    }

    /** Source address of the packet. */
    public final Ip4Address source() {
        return source;
    }

    /** Destination address of the packet. */
    public final Ip4Address destination() {
        return destination;
    }

    /** Source port. */
    public final int sourcePort() {
        return sourcePort;
    }

    /** Destination port. */
    public final int destinationPort() {
        return destinationPort;
    }

    /** Where in the frame the UDP header begins, octets. */
    public final int offset() {
        return offset;
    }

    /** The data; it is the caller's. */
    public final byte[] data() {
        return data.clone();
    }

    @Override
    public final String toString() {
        return source + ":" + sourcePort + " -> " + destination + ":" + destinationPort + ", " + data.length
                + " octets";
    }
}
