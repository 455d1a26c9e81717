// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The application's configuration, checked. Made by {@link PmipConfigParser}; immutable.
 */
public final class PmipConfig {

    private final Optional<Lma> lma;
    private final Optional<MagConfig> mag;
    private final Map<DeviceId, SwitchConfig> switches;

    PmipConfig(Optional<Lma> lma, Optional<MagConfig> mag, Map<DeviceId, SwitchConfig> switches) {
        this.lma = lma;
        this.mag = mag;
        this.switches = Map.copyOf(switches);
    }

    /** The local mobility anchor, if this application is one. */
    public Optional<Lma> lma() {
        return lma;
    }

    /** The mobile access gateways, if this application is any. */
    public Optional<MagConfig> mag() {
        return mag;
    }

    /** The switches that carry its traffic. */
    public Map<DeviceId, SwitchConfig> switches() {
        return switches;
    }

    /** Whether a switch is an anchor's or a gateway's. */
    public boolean uses(DeviceId device) {
        return lma.filter(one -> one.device().equals(device)).isPresent() || mag.filter(all -> all.gateways().stream()
                .anyMatch(one -> device.equals(all.device(one.name())))).isPresent();
    }

    /**
     * Whether packets of a mobile node for another one at the same gateway do without the anchor: what the gateways'
     * policy wants and the anchor permits (draft-ietf-netlmm-proxymip6-10 section 6.10.3). What a foreign anchor says
     * is known from the configuration alone, since no message tells it.
     *
     * @throws IllegalStateException if this application is no gateway
     */
    public boolean localRouting(MobileNodeIdentifier node, Anchor anchor) {
        MagConfig own = mag.orElseThrow(() -> new IllegalStateException("no gateway"));
        return own.node(node).localRouting() && own.permitsLocalRouting(anchor)
                && lma.filter(one -> one.isOwn(anchor.address())).map(one -> one.localRouting().permits(node))
                        .orElse(true);
    }

    /** What an anchor says of local routing at its gateways. Immutable. */
    static final class LocalRouting {
        private final boolean others;
        private final Map<String, Boolean> nodes;

        LocalRouting(boolean others, Map<String, Boolean> nodes) {
            this.others = others;
            this.nodes = Map.copyOf(nodes);
        }

        private boolean permits(MobileNodeIdentifier node) {
            return nodes.getOrDefault(BindingUpdateList.key(node), others);
        }
    }

    /** A local mobility anchor. Immutable. */
    public static final class Lma {
        private final DeviceId device;
        private final Ip6Address address;
        private final Optional<Ip4Address> ipv4Address;
        private final LmaPolicy policy;
        private final LmaParameters parameters;
        private final KeyRange uplinkKeys;
        private final List<Gateway> gateways;
        private final LocalRouting localRouting;
        private final int mtu;

        Lma(DeviceId device, Ip6Address address, Optional<Ip4Address> ipv4Address, LmaPolicy policy,
            LmaParameters parameters, KeyRange uplinkKeys, List<Gateway> gateways, LocalRouting localRouting,
            int mtu) {
            this.device = device;
            this.address = address;
            this.ipv4Address = ipv4Address;
            this.policy = policy;
            this.parameters = parameters;
            this.uplinkKeys = uplinkKeys;
            this.gateways = List.copyOf(gateways);
            this.localRouting = localRouting;
            this.mtu = mtu;
        }

        /** Octets that fit between anchor and gateways, outer header included, where no path is known to take less. */
        public int mtu() {
            return mtu;
        }

        /** Which nodes' packets its gateways may keep to themselves. */
        LocalRouting localRouting() {
            return localRouting;
        }

        /** The switch that holds the anchor's address and its tunnels. */
        public DeviceId device() {
            return device;
        }

        /** The LMAA. */
        public Ip6Address address() {
            return address;
        }

        /** The IPv4-LMAA, if gateways may come over IPv4. */
        public Optional<Ip4Address> ipv4Address() {
            return ipv4Address;
        }

        /** Whether an address is one of the anchor's. */
        public boolean isOwn(IpAddress one) {
            return one.equals(address) || ipv4Address.filter(one::equals).isPresent();
        }

        /** Who may register whom. */
        public LmaPolicy policy() {
            return policy;
        }

        /** The protocol variables. */
        public LmaParameters parameters() {
            return parameters;
        }

        /** The uplink GRE keys that are assigned. */
        public KeyRange uplinkKeys() {
            return uplinkKeys;
        }

        /** The gateways that may register. */
        public List<Gateway> gateways() {
            return gateways;
        }
    }

    /** A mobile access gateway: how it is known and what it may ask for. Immutable. */
    public static final class Gateway {
        private final List<IpAddress> addresses;
        private final LmaPolicy.MagPolicy policy;
        private final OptionalInt messageRate;
        private final boolean silentOverLimit;

        /**
         * Makes a gateway.
         *
         * @param addresses its Proxy-CoAs
         * @param policy what the engine knows of it
         * @param messageRate messages a second that it may send, 1 or more; empty without a limit
         * @param silentOverLimit whether what is over a limit is ignored
         */
        public Gateway(List<IpAddress> addresses, LmaPolicy.MagPolicy policy, OptionalInt messageRate,
                       boolean silentOverLimit) {
            this.addresses = List.copyOf(addresses);
            this.policy = policy;
            this.messageRate = messageRate;
            this.silentOverLimit = silentOverLimit;
        }

        /** Its Proxy-CoAs: one, or one of each family. */
        public List<IpAddress> addresses() {
            return addresses;
        }

        /** What the engine knows of it. */
        public LmaPolicy.MagPolicy policy() {
            return policy;
        }

        /** Messages a second that it may send; empty without a limit. */
        public OptionalInt messageRate() {
            return messageRate;
        }

        /** Whether what is over a limit is ignored; if not, it gets status 130. */
        public boolean silentOverLimit() {
            return silentOverLimit;
        }
    }

    /** The switches' part of {@link PmipConfig} in one place: interfaces and routes. Immutable. */
    public static final class SwitchConfig {
        private final List<Interface> interfaces;
        private final List<Route> routes;
        private final int puntLimit;

        SwitchConfig(List<Interface> interfaces, List<Route> routes, int puntLimit) {
            this.interfaces = List.copyOf(interfaces);
            this.routes = List.copyOf(routes);
            this.puntLimit = puntLimit;
        }

        /** Packets a second of each class that the switch may send to the controller. */
        public int puntLimit() {
            return puntLimit;
        }

        /** The interfaces, one a port. */
        public List<Interface> interfaces() {
            return interfaces;
        }

        /** The routing domain of what comes to a gateway in a tunnel without a key: its first access interface's. */
        public int accessDomain() {
            return interfaces.stream().filter(one -> one.role() == Interface.Role.ACCESS).findFirst()
                    .map(Interface::domain).orElse(0);
        }

        /** The static routes. */
        public List<Route> routes() {
            return routes;
        }
    }
}
