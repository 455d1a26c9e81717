// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.List;
import org.onlab.packet.Ip4Address;
import org.pmip.protocol.lma.Ipv4Home;

/** To whom a gateway relays DHCP for IPv4, and where it is answered. Immutable. */
public final class DhcpRelaying {

    private final List<Ip4Address> servers;
    private final Ip4Address source;
    private final boolean answeredAtGateway;

    /**
     * Makes it.
     *
     * @param servers at least one
     * @param source the gateway's address in the transport network, from which relayed messages come
     * @param answeredAtGateway whether servers answer to that address (giaddr) and know the subnet by link selection
     *     (RFC 3527); if not, they answer to the node's default router (RFC 5844 section 3.4.2)
     */
    public DhcpRelaying(List<Ip4Address> servers, Ip4Address source, boolean answeredAtGateway) {
        this.servers = List.copyOf(servers);
        this.source = source;
        this.answeredAtGateway = answeredAtGateway;
    }

    List<Ip4Address> servers() {
        return servers;
    }

    Ip4Address source() {
        return source;
    }

    Ip4Address relayAddress(Ipv4Home home) {
        return answeredAtGateway ? source : home.defaultRouter();
    }
}
