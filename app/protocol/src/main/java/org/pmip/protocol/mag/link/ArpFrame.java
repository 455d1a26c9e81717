// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.packet.EthernetFrame;

/** An ARP packet for IPv4 on Ethernet (RFC 826). Immutable. */
public final class ArpFrame {

    private static final int LENGTH = 28;
    private static final long ETHERNET_AND_IPV4 = 0x0001080006040000L;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private final boolean request;
    private final MacAddress destinationMac;
    private final MacAddress sender;
    private final Ip4Address senderAddress;
    private final MacAddress target;
    private final Ip4Address targetAddress;

    private ArpFrame(boolean request, MacAddress destinationMac, MacAddress sender, Ip4Address senderAddress,
                     MacAddress target, Ip4Address targetAddress) {
        this.request = request;
        this.destinationMac = destinationMac;
        this.sender = sender;
        this.senderAddress = senderAddress;
        this.target = target;
        this.targetAddress = targetAddress;
    }

    /** A question for the owner of an address; to one interface it is a probe whether that is still there. */
    public static ArpFrame request(MacAddress to, MacAddress sender, Ip4Address senderAddress, Ip4Address wanted) {
        return new ArpFrame(true, to, sender, senderAddress, MacAddress.ZERO, wanted);
    }

    /**
     * Reads a frame, tagged or not.
     *
     * @throws DecodeException when it is truncated or no ARP request or reply for IPv4 on Ethernet
     */
    public static ArpFrame decode(byte[] frame) throws DecodeException {
        int at = EthernetFrame.payload(frame, EthernetFrame.ARP, "ARP");
        EthernetFrame.need(frame.length, at + LENGTH, "the ARP packet");
        int operation = EthernetFrame.at16(frame, at + 6);
        if ((ByteBuffer.wrap(frame).getLong(at) & ~0xffffL) != ETHERNET_AND_IPV4
                || operation != REQUEST && operation != REPLY) {
            throw new DecodeException(Reason.PACKET, at, "no ARP request or reply for IPv4 on Ethernet");
        }
        return new ArpFrame(operation == REQUEST, MacAddress.valueOf(Arrays.copyOf(frame, 6)),
                MacAddress.valueOf(Arrays.copyOfRange(frame, at + 8, at + 14)),
                Ip4Address.valueOf(Arrays.copyOfRange(frame, at + 14, at + 18)),
                MacAddress.valueOf(Arrays.copyOfRange(frame, at + 18, at + 24)),
                Ip4Address.valueOf(Arrays.copyOfRange(frame, at + 24, at + LENGTH)));
    }

    /**
     * What a gateway answers a node: on the point-to-point link every address but the node's own is behind the gateway.
     * A test for an address that somebody else might have (RFC 5227) is not answered for the node's own.
     *
     * @param router the gateway's link-layer address
     * @param home the node's address; without one there is nothing to answer
     */
    public Optional<ArpFrame> answer(MacAddress router, Optional<Ipv4Home> home) {
        boolean others = home.filter(one -> !one.address().equals(targetAddress)).isPresent();
        if (!request || !others || targetAddress.equals(senderAddress)) {
            return Optional.empty();
        }
        return Optional.of(new ArpFrame(false, sender, router, targetAddress, sender, senderAddress));
    }

    /** The frame without a tag. */
    public byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(EthernetFrame.HEADER + LENGTH);
        out.put(destinationMac.toBytes()).put(sender.toBytes()).putShort((short) EthernetFrame.ARP)
                .putLong(ETHERNET_AND_IPV4 | (request ? REQUEST : REPLY))
                .put(sender.toBytes()).put(senderAddress.toOctets())
                .put(target.toBytes()).put(targetAddress.toOctets());
        return out.array();
    }

    /** Whether it asks; else it answers. */
    public boolean isRequest() {
        return request;
    }

    /** The sender's link-layer address. */
    public MacAddress sender() {
        return sender;
    }

    /** The sender's IPv4 address; 0.0.0.0 while it tests the target. */
    public Ip4Address senderAddress() {
        return senderAddress;
    }

    /** The IPv4 address that is looked for, or of whoever asked. */
    public Ip4Address targetAddress() {
        return targetAddress;
    }

    @Override
    public String toString() {
        return "ARP " + (request ? "who has " + targetAddress + " tell " + senderAddress
                : senderAddress + " is at " + sender);
    }
}
