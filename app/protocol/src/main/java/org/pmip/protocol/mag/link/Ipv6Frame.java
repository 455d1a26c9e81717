// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.packet.EthernetFrame;
import org.pmip.protocol.wire.packet.InternetChecksum;

/**
 * An Ethernet frame with an IPv6 packet without extension headers, as Neighbor Discovery and DHCPv6 use it on an access
 * link. Immutable.
 */
public final class Ipv6Frame {

    /** The next header value of ICMPv6. */
    public static final int ICMPV6 = 58;
    /** The next header value of UDP. */
    public static final int UDP = 17;
    /** The hop limit that shows that a packet has not been forwarded (RFC 4861 section 6.1). */
    public static final int UNFORWARDED = 255;

    private static final int IPV6 = 40;
    private static final int UDP_HEADER = 8;

    private final MacAddress sourceMac;
    private final MacAddress destinationMac;
    private final Ip6Address source;
    private final Ip6Address destination;
    private final int hopLimit;
    private final int nextHeader;
    private final byte[] payload;

    private Ipv6Frame(MacAddress sourceMac, MacAddress destinationMac, Ip6Address source, Ip6Address destination,
                      int hopLimit, int nextHeader, byte[] payload) {
        this.sourceMac = Objects.requireNonNull(sourceMac, "sourceMac");
        this.destinationMac = Objects.requireNonNull(destinationMac, "destinationMac");
        this.source = Objects.requireNonNull(source, "source");
        this.destination = Objects.requireNonNull(destination, "destination");
        this.hopLimit = hopLimit;
        this.nextHeader = nextHeader;
        this.payload = payload;
    }

    /**
     * A frame with an ICMPv6 message of Neighbor Discovery; the checksum field is filled in.
     *
     * @param message from its Type field on
     */
    public static Ipv6Frame icmpv6(MacAddress sourceMac, MacAddress destinationMac, Ip6Address source,
                                   Ip6Address destination, byte[] message) {
        byte[] filled = message.clone();
        ByteBuffer.wrap(filled).putShort(2, (short) 0);
        int sum = InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), ICMPV6, filled, 0,
                filled.length);
        ByteBuffer.wrap(filled).putShort(2, (short) ~sum);
        return new Ipv6Frame(sourceMac, destinationMac, source, destination, UNFORWARDED, ICMPV6, filled);
    }

    /** A frame with a UDP datagram, checksum included. */
    public static Ipv6Frame udp(MacAddress sourceMac, MacAddress destinationMac, Ip6Address source, int sourcePort,
                                Ip6Address destination, int destinationPort, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(UDP_HEADER + data.length);
        out.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) out.capacity())
                .putShort((short) 0).put(data);
        int checksum = ~InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), UDP, out.array(),
                0, out.capacity()) & 0xffff;
        out.putShort(6, (short) (checksum == 0 ? 0xffff : checksum));
        return new Ipv6Frame(sourceMac, destinationMac, source, destination, 64, UDP, out.array());
    }

    /**
     * Reads a frame, tagged or not. What follows the packet in the frame is padding.
     *
     * @throws DecodeException when the frame is truncated, no IPv6, or the checksum of its ICMPv6 or UDP does not fit
     */
    public static Ipv6Frame decode(byte[] frame) throws DecodeException {
        int at = EthernetFrame.payload(frame, EthernetFrame.IPV6, "IPv6");
        EthernetFrame.need(frame.length, at + IPV6, "the IPv6 header");
        if ((frame[at] & 0xf0) != 0x60) {
            throw new DecodeException(Reason.PACKET, at, "the version is not 6");
        }
        int end = at + IPV6 + EthernetFrame.at16(frame, at + 4);
        EthernetFrame.need(frame.length, end, "the IPv6 packet");
        Ipv6Frame read = new Ipv6Frame(MacAddress.valueOf(Arrays.copyOfRange(frame, 6, 12)),
                MacAddress.valueOf(Arrays.copyOf(frame, 6)),
                Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 8, at + 24)),
                Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 24, at + IPV6)), frame[at + 7] & 0xff,
                frame[at + 6] & 0xff, Arrays.copyOfRange(frame, at + IPV6, end));
        read.verify(at + IPV6);
        return read;
    }

    private void verify(int at) throws DecodeException {
        if (nextHeader != ICMPV6 && nextHeader != UDP) {
            return;
        }
        int least = nextHeader == UDP ? UDP_HEADER : 4;
        if (payload.length < least || nextHeader == UDP && EthernetFrame.at16(payload, 4) != payload.length) {
            throw new DecodeException(Reason.TRUNCATED, at, "no sound length of the upper layer");
        }
        if (InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), nextHeader, payload, 0,
                payload.length) != 0xffff) {
            throw new DecodeException(Reason.CHECKSUM, at, "the checksum of the upper layer does not fit");
        }
    }

    /** The frame without a tag. */
    public byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(EthernetFrame.HEADER + IPV6 + payload.length);
        out.put(destinationMac.toBytes()).put(sourceMac.toBytes()).putShort((short) EthernetFrame.IPV6);
        out.putInt(0x60000000).putShort((short) payload.length).put((byte) nextHeader).put((byte) hopLimit)
                .put(source.toOctets()).put(destination.toOctets()).put(payload);
        return out.array();
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
    public Ip6Address source() {
        return source;
    }

    /** Destination address of the packet. */
    public Ip6Address destination() {
        return destination;
    }

    /** Hop limit as it came. */
    public int hopLimit() {
        return hopLimit;
    }

    /** The next header value. */
    public int nextHeader() {
        return nextHeader;
    }

    /** What follows the IPv6 header. */
    public byte[] payload() {
        return payload.clone();
    }

    /** Destination port of a UDP datagram. */
    public int destinationPort() {
        return nextHeader == UDP ? EthernetFrame.at16(payload, 2) : 0;
    }

    /** The data of a UDP datagram. */
    public byte[] data() {
        return nextHeader == UDP ? Arrays.copyOfRange(payload, UDP_HEADER, payload.length) : new byte[0];
    }

    @Override
    public String toString() {
        return source + " -> " + destination + " next header " + nextHeader + ", " + payload.length + " octets";
    }
}
