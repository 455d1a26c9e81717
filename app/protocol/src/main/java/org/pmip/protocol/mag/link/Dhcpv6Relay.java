// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/**
 * Messages between a DHCPv6 relay agent and a server (RFC 8415 section 9). The link-address is one of the mobile node's
 * home network prefix wherever it is attached, so that the server sees one link (draft-ietf-netlmm-proxymip6-10 section
 * 6.11). Immutable.
 */
public final class Dhcpv6Relay {

    /** The UDP port of clients. */
    public static final int CLIENT_PORT = 546;
    /** The UDP port of servers and relay agents. */
    public static final int SERVER_PORT = 547;
    /** All relay agents and servers of a link. */
    public static final Ip6Address ALL_AGENTS = Ip6Address.valueOf("ff02::1:2");

    private static final int RELAY_FORWARD = 12;
    private static final int RELAY_REPLY = 13;
    private static final int ADVERTISE = 2;
    private static final int REPLY = 7;
    private static final int RECONFIGURE = 10;
    private static final int HOP_COUNT_LIMIT = 8;
    private static final int OPTION_RELAY_MESSAGE = 9;
    private static final int OPTION_INTERFACE_ID = 18;
    private static final int FIXED = 34;
    private static final int OPTION_HEADER = 4;

    private final Ip6Address linkAddress;
    private final Ip6Address peer;
    private final byte[] interfaceId;
    private final byte[] message;

    private Dhcpv6Relay(Ip6Address linkAddress, Ip6Address peer, byte[] interfaceId, byte[] message) {
        this.linkAddress = linkAddress;
        this.peer = peer;
        this.interfaceId = interfaceId;
        this.message = message;
    }

    /**
     * Wraps a client's message for the server.
     *
     * @param message from its msg-type on
     * @param home the node's home network prefix, of which the link-address is the first address
     * @param peer source address of the client's packet
     * @param interfaceId names the access link, so that the answer finds back
     * @return empty for what no relay agent forwards: servers' messages, and those that went through too many relays
     */
    public static Optional<byte[]> forward(byte[] message, Ip6Prefix home, Ip6Address peer, byte[] interfaceId) {
        int type = message.length < OPTION_HEADER ? RELAY_REPLY : message[0] & 0xff;
        boolean relayed = type == RELAY_FORWARD;
        int hops = relayed ? (message[1] & 0xff) + 1 : 0;
        if (type == RELAY_REPLY || type == ADVERTISE || type == REPLY || type == RECONFIGURE
                || hops > HOP_COUNT_LIMIT) {
            return Optional.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(FIXED + 2 * OPTION_HEADER + interfaceId.length + message.length);
        out.put((byte) RELAY_FORWARD).put((byte) hops).put(home.address().toOctets()).put(peer.toOctets());
        out.putShort((short) OPTION_INTERFACE_ID).putShort((short) interfaceId.length).put(interfaceId);
        out.putShort((short) OPTION_RELAY_MESSAGE).putShort((short) message.length).put(message);
        return Optional.of(out.array());
    }

    /**
     * Unwraps a server's answer.
     *
     * @throws DecodeException when it is no Relay-reply with a message in it
     */
    public static Dhcpv6Relay decode(byte[] octets) throws DecodeException {
        if (octets.length < FIXED) {
            throw new DecodeException(Reason.TRUNCATED, octets.length, "a Relay-reply has at least 34 octets");
        }
        if (octets[0] != RELAY_REPLY) {
            throw new DecodeException(Reason.PACKET, 0, "message type " + (octets[0] & 0xff) + " is no Relay-reply");
        }
        byte[] interfaceId = new byte[0];
        byte[] message = null;
        int at = FIXED;
        while (at < octets.length) {
            int length = at + OPTION_HEADER <= octets.length ? at16(octets, at + 2) : octets.length;
            int end = at + OPTION_HEADER + length;
            if (end > octets.length) {
                throw new DecodeException(Reason.OPTION_LENGTH, at, "an option reaches past the end");
            }
            byte[] value = Arrays.copyOfRange(octets, at + OPTION_HEADER, end);
            if (at16(octets, at) == OPTION_RELAY_MESSAGE) {
                message = value;
            } else if (at16(octets, at) == OPTION_INTERFACE_ID) {
                interfaceId = value;
            }
            at = end;
        }
        if (message == null) {
            throw new DecodeException(Reason.PACKET, FIXED, "no Relay Message option");
        }
        return new Dhcpv6Relay(Ip6Address.valueOf(Arrays.copyOfRange(octets, 2, 18)),
                Ip6Address.valueOf(Arrays.copyOfRange(octets, 18, FIXED)), interfaceId, message);
    }

    private static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    /** The address by which the server knows the link. */
    public Ip6Address linkAddress() {
        return linkAddress;
    }

    /** Where the message goes. */
    public Ip6Address peer() {
        return peer;
    }

    /** Which access link it goes to; empty if the server did not say. */
    public byte[] interfaceId() {
        return interfaceId.clone();
    }

    /** The message for the client. */
    public byte[] message() {
        return message.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcpv6Relay && linkAddress.equals(((Dhcpv6Relay) other).linkAddress)
                && peer.equals(((Dhcpv6Relay) other).peer)
                && Arrays.equals(interfaceId, ((Dhcpv6Relay) other).interfaceId)
                && Arrays.equals(message, ((Dhcpv6Relay) other).message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(linkAddress, peer, Arrays.hashCode(message));
    }

    @Override
    public String toString() {
        return "Relay-reply for " + peer + ", " + message.length + " octets";
    }
}
