// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.DeviceId;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;

/**
 * The application's configuration, checked. Made by {@link PmipConfigParser}; immutable.
 */
public final class PmipConfig {

    private final Optional<Lma> lma;
    private final Map<DeviceId, SwitchConfig> switches;

    PmipConfig(Optional<Lma> lma, Map<DeviceId, SwitchConfig> switches) {
        this.lma = lma;
        this.switches = Map.copyOf(switches);
    }

    /** The local mobility anchor, if this application is one. */
    public Optional<Lma> lma() {
        return lma;
    }

    /** The switches that carry its traffic. */
    public Map<DeviceId, SwitchConfig> switches() {
        return switches;
    }

    /** A local mobility anchor. Immutable. */
    public static final class Lma {
        private final DeviceId device;
        private final Ip6Address address;
        private final LmaPolicy policy;
        private final LmaParameters parameters;
        private final long firstUplinkKey;
        private final long lastUplinkKey;
        private final Map<Ip6Address, String> gatewayNames;

        Lma(DeviceId device, Ip6Address address, LmaPolicy policy, LmaParameters parameters, long firstUplinkKey,
            long lastUplinkKey, Map<Ip6Address, String> gatewayNames) {
            this.device = device;
            this.address = address;
            this.policy = policy;
            this.parameters = parameters;
            this.firstUplinkKey = firstUplinkKey;
            this.lastUplinkKey = lastUplinkKey;
            this.gatewayNames = Map.copyOf(gatewayNames);
        }

        /** The switch that holds the anchor's address and its tunnels. */
        public DeviceId device() {
            return device;
        }

        /** The LMAA. */
        public Ip6Address address() {
            return address;
        }

        /** Who may register whom. */
        public LmaPolicy policy() {
            return policy;
        }

        /** The protocol variables. */
        public LmaParameters parameters() {
            return parameters;
        }

        /** The least uplink GRE key that is assigned. */
        public long firstUplinkKey() {
            return firstUplinkKey;
        }

        /** The greatest uplink GRE key that is assigned. */
        public long lastUplinkKey() {
            return lastUplinkKey;
        }

        /** What people call the gateways, by Proxy-CoA. */
        public Map<Ip6Address, String> gatewayNames() {
            return gatewayNames;
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

        /** The static routes. */
        public List<Route> routes() {
            return routes;
        }
    }
}
