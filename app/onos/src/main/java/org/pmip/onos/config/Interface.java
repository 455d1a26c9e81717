// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.List;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** A port of a switch with its addresses. Immutable. */
public final class Interface {

    /** What lies behind a port. */
    public enum Role {
        /** The transport network between anchor and gateways. */
        TRANSPORT,
        /** An operator's network, where correspondents are. */
        HOME,
        /** Mobile nodes, at a gateway; its MAC address is that of their router, the same at every gateway. */
        ACCESS
    }

    private final int port;
    private final Role role;
    private final MacAddress mac;
    private final List<IpAddress> addresses;
    private final int domain;
    private final List<Integer> vlans;
    private final List<IpPrefix> announced;

    Interface(int port, Role role, MacAddress mac, List<IpAddress> addresses, int domain,
              List<Integer> vlans, List<IpPrefix> announced) {
        this.port = port;
        this.role = role;
        this.mac = mac;
        this.addresses = List.copyOf(addresses);
        this.domain = domain;
        this.vlans = List.copyOf(vlans);
        this.announced = List.copyOf(announced);
    }

    /** The port's number. */
    public int port() {
        return port;
    }

    /** What lies behind the port. */
    public Role role() {
        return role;
    }

    /** The port's own address on the link. */
    public MacAddress mac() {
        return mac;
    }

    /** The port's own network addresses; its neighbours are answered for these. */
    public List<IpAddress> addresses() {
        return addresses;
    }

    /** Its link-local address: the configured one, or what RFC 4291 appendix A makes of its MAC address. */
    public Ip6Address linkLocal() {
        return addresses.stream().filter(IpAddress::isLinkLocal).filter(IpAddress::isIp6).findFirst()
                .map(IpAddress::getIp6Address)
                .orElseGet(() -> Ip6Address.valueOf(IPv6.getLinkLocalAddress(mac.toBytes())));
    }

    /** Whether neighbours are told the port's MAC address for this one. */
    public boolean answersFor(IpAddress address) {
        return addresses.contains(address) || linkLocal().equals(address);
    }

    /** The prefixes to which the routers behind the port are told the way. */
    public List<IpPrefix> announced() {
        return announced;
    }

    /** The routing domain: 0 for transport, otherwise the operator's number. */
    public int domain() {
        return domain;
    }

    /** The VLANs of the port that are access links, each 1 to 4094; 0 stands for untagged frames. */
    public List<Integer> vlans() {
        return vlans;
    }
}
