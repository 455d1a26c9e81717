// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.MobilityHeaderCodec;

/** An Ethernet frame with an IPv6 packet that carries a Mobility Header. Immutable. */
public final class SignallingPacket {

    private static final int IPV6 = 40;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int SEGMENTS_LEFT = 3;
    private static final int HOME_ADDRESS_OPTION = 201;
    private static final int DEFAULT_HOP_LIMIT = 64;

    private final Ip6Address source;
    private final Ip6Address destination;
    private final Optional<Ip6Address> homeAddress;
    private final byte[] mobilityHeader;

    private SignallingPacket(Ip6Address source, Ip6Address destination, Optional<Ip6Address> homeAddress,
                             byte[] mobilityHeader) {
        this.source = source;
        this.destination = destination;
        this.homeAddress = homeAddress;
        this.mobilityHeader = mobilityHeader;
    }

    /** Source address of the IPv6 packet. */
    public Ip6Address source() {
        return source;
    }

    /** Destination address of the IPv6 packet. */
    public Ip6Address destination() {
        return destination;
    }

    /** The address in the Home Address destination option, if there is one. */
    public Optional<Ip6Address> homeAddress() {
        return homeAddress;
    }

    /**
     * The source address that the checksum of the Mobility Header is made with: the home address, if there is one (RFC
     * 6275 sections 6.1.1 and 11.3.1).
     */
    public Ip6Address checksumSource() {
        return homeAddress.orElse(source);
    }

    /** The Mobility Header with what follows it. */
    public byte[] mobilityHeader() {
        return mobilityHeader.clone();
    }

    /**
     * Finds the Mobility Header in an Ethernet frame, tagged or not, behind Hop-by-Hop Options, Destination Options and
     * Routing headers (RFC 8200 section 4). What follows the IPv6 packet in the frame is Ethernet padding.
     *
     * @throws DecodeException when the frame is truncated, fragmented, or carries something else
     */
    public static SignallingPacket decode(byte[] frame) throws DecodeException {
        int at = EthernetFrame.payload(frame, EthernetFrame.IPV6, "IPv6");
        EthernetFrame.need(frame.length, at + IPV6, "the IPv6 header");
        if ((frame[at] & 0xf0) != 0x60) {
            throw new DecodeException(Reason.PACKET, at, "the version is not 6");
        }
        int end = at + IPV6 + EthernetFrame.at16(frame, at + 4);
        EthernetFrame.need(frame.length, end, "the IPv6 payload");
        Ip6Address source = Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 8, at + 24));
        Ip6Address destination = Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 24, at + 40));
        Optional<Ip6Address> home = Optional.empty();
        int next = frame[at + 6] & 0xff;
        at += IPV6;
        while (next != MobilityHeaderCodec.NEXT_HEADER) {
            if (next != HOP_BY_HOP && next != DESTINATION_OPTIONS && next != ROUTING) {
                throw new DecodeException(Reason.PACKET, at, next == FRAGMENT ? "the packet is a fragment"
                        : "next header " + next + " is no Mobility Header");
            }
            if (at + 8 > end || at + 8 * (1 + (frame[at + 1] & 0xff)) > end) {
                throw new DecodeException(Reason.TRUNCATED, end, "the packet ends within header " + next);
            }
            int length = 8 * (1 + (frame[at + 1] & 0xff));
            if (next == ROUTING && frame[at + SEGMENTS_LEFT] != 0) {
                throw new DecodeException(Reason.PACKET, at + SEGMENTS_LEFT,
                        "the Routing header has segments left: the packet is not at its destination");
            }
            if (next == DESTINATION_OPTIONS && home.isEmpty()) {
                home = homeAddress(frame, at + 2, at + length);
            }
            next = frame[at] & 0xff;
            at += length;
        }
        return new SignallingPacket(source, destination, home, Arrays.copyOfRange(frame, at, end));
    }

    private static Optional<Ip6Address> homeAddress(byte[] frame, int from, int to) throws DecodeException {
        int at = from;
        while (at < to) {
            if (frame[at] == 0) {
                at++;
                continue;
            }
            if (at + 2 > to || at + 2 + (frame[at + 1] & 0xff) > to) {
                throw new DecodeException(Reason.OPTION_LENGTH, at, "a destination option reaches past its header");
            }
            int length = frame[at + 1] & 0xff;
            if ((frame[at] & 0xff) == HOME_ADDRESS_OPTION && length == Ip6Address.BYTE_LENGTH) {
                return Optional.of(Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 2, at + 2 + length)));
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /** Makes the frame that carries a Mobility Header. */
    public static byte[] encode(MacAddress sourceMac, MacAddress destinationMac, Ip6Address source,
                                Ip6Address destination, byte[] mobilityHeader) {
        ByteBuffer out = ByteBuffer.allocate(EthernetFrame.HEADER + IPV6 + mobilityHeader.length);
        out.put(destinationMac.toBytes()).put(sourceMac.toBytes()).putShort((short) EthernetFrame.IPV6);
        out.putInt(0x6000_0000).putShort((short) mobilityHeader.length)
                .put((byte) MobilityHeaderCodec.NEXT_HEADER).put((byte) DEFAULT_HOP_LIMIT)
                .put(source.toOctets()).put(destination.toOctets()).put(mobilityHeader);
        return out.array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignallingPacket && source.equals(((SignallingPacket) other).source)
                && destination.equals(((SignallingPacket) other).destination)
                && homeAddress.equals(((SignallingPacket) other).homeAddress)
                && Arrays.equals(mobilityHeader, ((SignallingPacket) other).mobilityHeader);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, destination, homeAddress, Arrays.hashCode(mobilityHeader));
    }

    @Override
    public String toString() {
        return source + " -> " + destination + " MH of " + mobilityHeader.length + " octets";
    }
}
