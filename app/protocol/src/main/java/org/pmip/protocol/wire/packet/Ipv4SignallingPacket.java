// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

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
        UdpDatagram datagram = UdpDatagram.decode(frame);
        if (datagram.destinationPort() != PORT) {
            throw new DecodeException(Reason.PACKET, datagram.offset() + 2, "UDP port " + datagram.destinationPort()
                    + " is not " + PORT);
        }
        return new Ipv4SignallingPacket(datagram.source(), datagram.destination(), datagram.sourcePort(),
                datagram.data());
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
        return UdpDatagram.frame(sourceMac, destinationMac, source, sourcePort, destination, destinationPort,
                mobilityHeader);
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
