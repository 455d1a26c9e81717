// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.pmip.protocol.lma.Ipv4Home;

/**
 * The DHCP server that a gateway is to one mobile node: it has one address to give, the IPv4 home address (RFC 5844
 * section 3.4.1). The server's own address is the default router's, which is the same at every gateway. Stateless.
 */
public final class Dhcpv4Server {

    private static final int BITS = Ip4Address.BIT_LENGTH;

    private Dhcpv4Server() {
    }

    /**
     * Answers a client's message.
     *
     * @param asked from the node's interface
     * @param home what the anchor assigned; empty before it has: then a client that asks waits
     * @param lease seconds to give
     * @param mtu the MTU that fits the tunnel
     * @return empty where nothing is to be said
     */
    public static Optional<Dhcpv4Message> answer(Dhcpv4Message asked, Optional<Ipv4Home> home, long lease, int mtu) {
        if (asked.op() != Dhcpv4Message.REQUEST || home.isEmpty()) {
            return Optional.empty();
        }
        switch (asked.type()) {
            case Dhcpv4Message.DISCOVER:
                return Optional.of(lease(asked, Dhcpv4Message.OFFER, home.get(), lease, mtu));
            case Dhcpv4Message.ASK:
                return request(asked, home.get(), lease, mtu);
            case Dhcpv4Message.INFORM:
                return Optional.of(configuration(asked, Dhcpv4Message.ACK, home.get(), mtu)
                        .addresses(asked.client(), Ip4Address.ZERO, asked.relay()).build());
            default:
                // The address stays the node's as long as its session lasts, whether it is released or not.
                return Optional.empty();
        }
    }

    /** RFC 2131 section 4.3.2. */
    private static Optional<Dhcpv4Message> request(Dhcpv4Message asked, Ipv4Home home, long lease, int mtu) {
        Optional<Ip4Address> server = asked.address(Dhcpv4Message.SERVER_IDENTIFIER);
        if (server.isPresent() && !server.get().equals(home.defaultRouter())) {
            // It takes the offer of another server.
            return Optional.empty();
        }
        Ip4Address wanted = asked.address(Dhcpv4Message.REQUESTED_ADDRESS).orElse(asked.client());
        if (wanted.equals(home.address())) {
            return Optional.of(lease(asked, Dhcpv4Message.ACK, home, lease, mtu));
        }
        return Optional.of(begin(asked, Dhcpv4Message.NAK, home).flags(Dhcpv4Message.BROADCAST)
                .addresses(Ip4Address.ZERO, Ip4Address.ZERO, asked.relay()).build());
    }

    private static Dhcpv4Message lease(Dhcpv4Message asked, int type, Ipv4Home home, long lease, int mtu) {
        return configuration(asked, type, home, mtu)
                .option(Dhcpv4Message.LEASE_TIME, number((int) Math.min(lease, 0xffffffffL)))
                .addresses(asked.client(), home.address(), asked.relay()).build();
    }

    private static Dhcpv4Message.Builder configuration(Dhcpv4Message asked, int type, Ipv4Home home, int mtu) {
        int mask = home.prefixLength() == 0 ? 0 : -1 << BITS - home.prefixLength();
        return begin(asked, type, home)
                .option(Dhcpv4Message.SUBNET_MASK, number(mask))
                .option(Dhcpv4Message.ROUTER, home.defaultRouter().toOctets())
                .option(Dhcpv4Message.MTU, ByteBuffer.allocate(2).putShort((short) mtu).array());
    }

    private static Dhcpv4Message.Builder begin(Dhcpv4Message asked, int type, Ipv4Home home) {
        Dhcpv4Message.Builder answer = Dhcpv4Message.builder(Dhcpv4Message.REPLY, asked.transaction(),
                asked.hardware()).flags(asked.flags()).type(type)
                .option(Dhcpv4Message.SERVER_IDENTIFIER, home.defaultRouter().toOctets());
        // RFC 6842: a client identifier is given back.
        asked.option(Dhcpv4Message.CLIENT_IDENTIFIER)
                .ifPresent(value -> answer.option(Dhcpv4Message.CLIENT_IDENTIFIER, value));
        return answer;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
