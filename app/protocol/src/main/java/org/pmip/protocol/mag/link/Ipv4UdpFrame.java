// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.packet.UdpDatagram;

/** An Ethernet frame with a UDP datagram over IPv4, as DHCP uses it on an access link. Immutable. */
public final class Ipv4UdpFrame extends UdpDatagram {

    /** The UDP port of DHCP servers. */
    public static final int SERVER_PORT = 67;
    /** The UDP port of DHCP clients. */
    public static final int CLIENT_PORT = 68;

    private final MacAddress sourceMac;
    private final MacAddress destinationMac;

    /** Makes a frame. */
    public Ipv4UdpFrame(MacAddress sourceMac, MacAddress destinationMac, Ip4Address source, int sourcePort,
                        Ip4Address destination, int destinationPort, byte[] data) {
        super(source, sourcePort, destination, destinationPort, data);
        this.sourceMac = Objects.requireNonNull(sourceMac, "sourceMac");
        this.destinationMac = Objects.requireNonNull(destinationMac, "destinationMac");
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
        UdpDatagram datagram = UdpDatagram.decode(frame);
        return new Ipv4UdpFrame(MacAddress.valueOf(Arrays.copyOfRange(frame, 6, 12)),
                MacAddress.valueOf(Arrays.copyOf(frame, 6)), datagram.source(), datagram.sourcePort(),
                datagram.destination(), datagram.destinationPort(), datagram.data());
    }

    /** The frame without a tag, checksums included. */
    public byte[] octets() {
        return frame(sourceMac, destinationMac, source(), sourcePort(), destination(), destinationPort(), data());
    }

    /** Who sent the frame. */
    public MacAddress sourceMac() {
        return sourceMac;
    }

    /** Whom the frame is for. */
    public MacAddress destinationMac() {
        return destinationMac;
    }
}
