// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.pmip.protocol.lma.Ipv4Home;

/**
 * The DHCP relay agent that a gateway is where the anchor's DHCP support mode says so (RFC 5844 section 3.4.2): the
 * server sits beyond the gateway and knows the node's subnet by its default router. Stateless.
 */
public final class Dhcpv4Relay {

    /** RFC 1542 section 4.1.1 permits up to 16; more is a loop. */
    private static final int GREATEST_HOPS = 16;
    private static final int GREATEST_OPTION = 255;
    private static final int GREATEST_CIRCUIT = 100;
    /** RFC 3046 section 3.1. */
    private static final int CIRCUIT_ID = 1;
    /** RFC 3527. */
    private static final int LINK_SELECTION = 5;
    /** RFC 3993. */
    private static final int SUBSCRIBER_ID = 6;
    /** RFC 5107. */
    private static final int SERVER_IDENTIFIER_OVERRIDE = 11;

    private Dhcpv4Relay() {
    }

    /**
     * A client's message for the server. Whoever asks for any address asks for the one that the anchor assigned.
     *
     * @param home what the anchor assigned
     * @param own the address to which the server answers: the default router's, or one of the gateway's own; the server
     *     is then told the subnet by link selection (RFC 3527)
     * @param circuit the relay's name for the client's place, at most 100 octets, which the server gives back
     * @param subscriber the client's MN-Identifier (RFC 3993); left out where it is too long
     * @return empty for what no relay agent forwards: answers, loops, and what pretends to have been relayed before
     * @throws IllegalArgumentException if the circuit is too long
     */
    public static Optional<Dhcpv4Message> forward(Dhcpv4Message message, Ipv4Home home, Ip4Address own, byte[] circuit,
                                                  byte[] subscriber) {
        if (circuit.length > GREATEST_CIRCUIT) {
            throw new IllegalArgumentException("a circuit of " + circuit.length + " octets; use at most "
                    + GREATEST_CIRCUIT);
        }
        if (message.op() != Dhcpv4Message.REQUEST || message.hops() >= GREATEST_HOPS || !message.relay().isZero()
                || message.option(Dhcpv4Message.AGENT_INFORMATION).isPresent()) {
            return Optional.empty();
        }
        ByteBuffer information = ByteBuffer.allocate(GREATEST_OPTION);
        put(information, CIRCUIT_ID, circuit);
        byte[] router = home.defaultRouter().toOctets();
        // A client renews at the address that it takes for the server's: it must be one that the gateway hears.
        put(information, SERVER_IDENTIFIER_OVERRIDE, router);
        if (!own.equals(home.defaultRouter())) {
            put(information, LINK_SELECTION, router);
        }
        if (subscriber.length + 2 <= information.remaining()) {
            put(information, SUBSCRIBER_ID, subscriber);
        }
        Dhcpv4Message.Builder relayed = message.toBuilder().hops(message.hops() + 1)
                .addresses(message.client(), message.yours(), own).option(Dhcpv4Message.AGENT_INFORMATION,
                        Arrays.copyOf(information.array(), information.position()));
        if (message.type() == Dhcpv4Message.DISCOVER) {
            relayed.option(Dhcpv4Message.REQUESTED_ADDRESS, home.address().toOctets());
        }
        return Optional.of(relayed.build());
    }

    private static void put(ByteBuffer out, int code, byte[] value) {
        out.put((byte) code).put((byte) value.length).put(value);
    }

    /** The relay's name for the place of the client that a server's answer is for; empty if the server left it out. */
    public static Optional<byte[]> circuit(Dhcpv4Message message) {
        byte[] all = message.option(Dhcpv4Message.AGENT_INFORMATION).orElse(new byte[0]);
        int at = 0;
        while (at + 2 <= all.length) {
            int end = at + 2 + (all[at + 1] & 0xff);
            if (all[at] == CIRCUIT_ID && end <= all.length) {
                return Optional.of(Arrays.copyOfRange(all, at + 2, end));
            }
            at = end;
        }
        return Optional.empty();
    }

    /**
     * The server's answer for the client.
     *
     * @param own the address to which the server was told to answer
     * @return empty for what is no answer, was relayed by somebody else, or gives another address than the anchor
     */
    public static Optional<Dhcpv4Message> back(Dhcpv4Message message, Ipv4Home home, Ip4Address own) {
        boolean another = !message.yours().isZero() && !message.yours().equals(home.address());
        if (message.op() != Dhcpv4Message.REPLY || !message.relay().equals(own) || another) {
            return Optional.empty();
        }
        return Optional.of(message.toBuilder().without(Dhcpv4Message.AGENT_INFORMATION).build());
    }
}
