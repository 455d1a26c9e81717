// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** What is configured of one gateway's access links. Immutable; made by its builder. */
public final class GatewayLinks {

    private final String gateway;
    private final DeviceId device;
    private final Map<ConnectPoint, Map<Integer, AccessLink>> links = new HashMap<>();
    private final MacAddress routerMac;
    private final Ip6Address linkLocal;
    private final int accessTechnology;
    private final Function<MobileNodeIdentifier, NodeSettings> settings;
    private final Ip6Address proxyCoa;
    private final List<Ip6Address> dhcpv6Servers;
    private final Optional<DhcpRelaying> dhcpv4;
    private final long probeInterval;

    private GatewayLinks(Builder from) {
        gateway = Objects.requireNonNull(from.gateway, "gateway");
        device = Objects.requireNonNull(from.device, "device");
        for (AccessLink link : from.links) {
            links.computeIfAbsent(link.port(), port -> new HashMap<>()).put(link.vlan(), link);
        }
        routerMac = Objects.requireNonNull(from.routerMac, "routerMac");
        linkLocal = Objects.requireNonNull(from.linkLocal, "linkLocal");
        accessTechnology = from.accessTechnology;
        settings = Objects.requireNonNull(from.settings, "settings");
        proxyCoa = from.proxyCoa;
        dhcpv6Servers = List.copyOf(from.dhcpv6Servers);
        dhcpv4 = from.dhcpv4;
        probeInterval = from.probeInterval;
    }

    /**
     * Begins what is configured of a gateway.
     *
     * @param gateway its name
     * @param device its switch
     */
    public static Builder builder(String gateway, DeviceId device) {
        Builder builder = new Builder();
        builder.gateway = gateway;
        builder.device = device;
        return builder;
    }

    /** The gateway's name. */
    public String gateway() {
        return gateway;
    }

    /** Its switch. */
    public DeviceId device() {
        return device;
    }

    /** The access link that a port and a VLAN, 0 for none, are. */
    Optional<AccessLink> link(ConnectPoint port, int vlan) {
        return Optional.ofNullable(links.getOrDefault(port, Map.of()).get(vlan));
    }

    /** The access link that attachments name so. */
    Optional<AccessLink> link(String name) {
        return links.values().stream().flatMap(vlans -> vlans.values().stream())
                .filter(link -> link.name().equals(name)).findFirst();
    }

    /** All access links of a port. */
    Collection<AccessLink> links(ConnectPoint port) {
        return links.getOrDefault(port, Map.of()).values();
    }

    /** The router's link-layer address on every link. */
    MacAddress routerMac() {
        return routerMac;
    }

    /** The router's link-local address where the anchor names none. */
    Ip6Address linkLocal() {
        return linkLocal;
    }

    /** How nodes are attached, a value of {@link org.pmip.protocol.wire.option.AccessTechnologyType}. */
    int accessTechnology() {
        return accessTechnology;
    }

    /** What a node finds on its link. */
    NodeSettings settings(MobileNodeIdentifier node) {
        return settings.apply(node);
    }

    /** The Proxy-CoA: from there relayed messages go to DHCP servers. */
    Ip6Address proxyCoa() {
        return proxyCoa;
    }

    /** Where DHCPv6 messages go; nowhere if there is none. */
    List<Ip6Address> dhcpv6Servers() {
        return dhcpv6Servers;
    }

    /** To whom DHCP for IPv4 is relayed where the anchor wants a relay; empty if to nobody. */
    Optional<DhcpRelaying> dhcpv4() {
        return dhcpv4;
    }

    /** Milliseconds of silence after which a node is asked whether it is there; 0 for never. */
    long probeInterval() {
        return probeInterval;
    }

    @Override
    public String toString() {
        return gateway + " on " + device + " " + links.values();
    }

    /** Collects what is configured; not thread-safe. */
    public static final class Builder {
        private String gateway;
        private DeviceId device;
        private Collection<AccessLink> links = List.of();
        private MacAddress routerMac;
        private Ip6Address linkLocal;
        private int accessTechnology;
        private Function<MobileNodeIdentifier, NodeSettings> settings;
        private Ip6Address proxyCoa = Ip6Address.ZERO;
        private List<Ip6Address> dhcpv6Servers = List.of();
        private Optional<DhcpRelaying> dhcpv4 = Optional.empty();
        private long probeInterval;

        private Builder() {
        }

        /** The access links, and how nodes are attached to them. */
        public Builder links(Collection<AccessLink> value, int technology) {
            links = value;
            accessTechnology = technology;
            return this;
        }

        /**
         * The router's addresses, the same at every gateway of the domain.
         *
         * @param fixed used where the anchor names no other
         */
        public Builder router(MacAddress mac, Ip6Address fixed) {
            routerMac = mac;
            linkLocal = fixed;
            return this;
        }

        /** What a node finds on its link. */
        public Builder settings(Function<MobileNodeIdentifier, NodeSettings> value) {
            settings = value;
            return this;
        }

        /** To whom DHCP for IPv4 is relayed where the anchor wants a relay. */
        public Builder dhcpv4(Optional<DhcpRelaying> value) {
            dhcpv4 = value;
            return this;
        }

        /** Where DHCPv6 messages are relayed from and to. */
        public Builder dhcpv6(Ip6Address source, List<Ip6Address> servers) {
            proxyCoa = source;
            dhcpv6Servers = servers;
            return this;
        }

        /** Milliseconds of silence after which a node is asked whether it is there; 0 for never. */
        public Builder probeInterval(long value) {
            probeInterval = value;
            return this;
        }

        /** Makes the configuration. */
        public GatewayLinks build() {
            return new GatewayLinks(this);
        }
    }
}
