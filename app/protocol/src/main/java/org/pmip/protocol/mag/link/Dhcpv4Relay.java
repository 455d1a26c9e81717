// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

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

    private Dhcpv4Relay() {
    }

    /**
     * A client's message for the server.
     *
     * @param home what the anchor assigned; without it the client waits
     * @return empty for what no relay agent forwards
     */
    public static Optional<Dhcpv4Message> forward(Dhcpv4Message message, Optional<Ipv4Home> home) {
        if (message.op() != Dhcpv4Message.REQUEST || home.isEmpty() || message.hops() >= GREATEST_HOPS) {
            return Optional.empty();
        }
        Ip4Address relay = message.relay().isZero() ? home.get().defaultRouter() : message.relay();
        return Optional.of(message.toBuilder().hops(message.hops() + 1)
                .addresses(message.client(), message.yours(), relay).build());
    }

    /**
     * The server's answer for the client.
     *
     * @return empty for what is no answer, was relayed by somebody else, or gives another address than the anchor
     */
    public static Optional<Dhcpv4Message> back(Dhcpv4Message message, Ipv4Home home) {
        boolean another = !message.yours().isZero() && !message.yours().equals(home.address());
        if (message.op() != Dhcpv4Message.REPLY || !message.relay().equals(home.defaultRouter()) || another) {
            return Optional.empty();
        }
        return Optional.of(message);
    }
}
