// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.pmip.onos.link.DhcpRelaying;
import org.pmip.onos.link.NodeSettings;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.mag.MagPolicy;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** The mobile access gateways of this application: what is configured of them all. Immutable. */
public final class MagConfig {

    private final Map<String, DeviceId> devices;
    private final List<Gateway> gateways;
    private final MagPolicy policy;
    private final MagParameters parameters;
    private final Map<MacAddress, MobileNodeIdentifier> interfaces;
    private final Map<String, MobileNodeIdentifier> stableIds;
    private final Map<String, Node> nodes;
    private final Node others;
    private final LinkPart link;
    private final Set<String> anchorsAgainstLocalRouting;
    private final Map<String, PlainAccess> plainAccess;
    private final KeyRange downlinkKeys;

    MagConfig(Map<String, DeviceId> devices, List<Gateway> gateways, MagPolicy policy, MagParameters parameters,
              Map<MacAddress, MobileNodeIdentifier> interfaces, Map<String, MobileNodeIdentifier> stableIds,
              Map<String, Node> nodes, Node others, LinkPart link,
              Set<String> anchorsAgainstLocalRouting, Map<String, PlainAccess> plainAccess, KeyRange downlinkKeys) {
        this.devices = Map.copyOf(devices);
        this.gateways = List.copyOf(gateways);
        this.policy = policy;
        this.parameters = parameters;
        this.interfaces = Map.copyOf(interfaces);
        this.stableIds = Map.copyOf(stableIds);
        this.nodes = Map.copyOf(nodes);
        this.others = others;
        this.link = link;
        this.anchorsAgainstLocalRouting = Set.copyOf(anchorsAgainstLocalRouting);
        this.plainAccess = Map.copyOf(plainAccess);
        this.downlinkKeys = downlinkKeys;
    }

    /** The GRE keys that these gateways choose from. */
    public KeyRange downlinkKeys() {
        return downlinkKeys;
    }

    /** What a gateway has for nodes without the mobility service. */
    public Optional<PlainAccess> plainAccess(String gateway) {
        return Optional.ofNullable(plainAccess.get(gateway));
    }

    /** Whether interfaces that no profile names get regular access, without the mobility service. */
    public boolean servesStrangers() {
        return others.plainAccess;
    }

    /** Whether an anchor is known to permit local routing. */
    boolean permitsLocalRouting(Anchor anchor) {
        return !anchorsAgainstLocalRouting.contains(anchor.name());
    }

    /** The gateways. */
    public List<Gateway> gateways() {
        return gateways;
    }

    /** The switch of a gateway, by the gateway's name. */
    public DeviceId device(String gateway) {
        return devices.get(gateway);
    }

    /** Who gets which service. */
    public MagPolicy policy() {
        return policy;
    }

    /** The protocol variables. */
    public MagParameters parameters() {
        return parameters;
    }

    /** Whose interface a link-layer address is, by the profiles. */
    public Optional<MobileNodeIdentifier> node(MacAddress mac) {
        return Optional.ofNullable(interfaces.get(mac));
    }

    /**
     * The identifier by which a node is known in the whole domain, for one that access authentication may have given
     * it for a while (draft-ietf-netlmm-proxymip6-10 section 6.6).
     */
    public MobileNodeIdentifier stable(MobileNodeIdentifier id) {
        return stableIds.getOrDefault(BindingUpdateList.key(id), id);
    }

    /** What a node finds at its gateway. */
    public Node node(MobileNodeIdentifier id) {
        return nodes.getOrDefault(BindingUpdateList.key(id), others);
    }

    /** What is the same on all access links. */
    public LinkPart link() {
        return link;
    }

    /** What the host of the engine must know of a mobile node. Immutable. */
    public static final class Node {
        private final boolean localRouting;
        private final boolean plainAccess;
        private final NodeSettings settings;

        Node(boolean localRouting, boolean plainAccess, NodeSettings settings) {
            this.localRouting = localRouting;
            this.plainAccess = plainAccess;
            this.settings = settings;
        }

        /** EnableMAGLocalRouting, for this node. */
        public boolean localRouting() {
            return localRouting;
        }

        /** Whether it gets regular access where it gets no mobility service (section 6.14). */
        public boolean plainAccess() {
            return plainAccess;
        }

        /** What it finds on its link. */
        public NodeSettings settings() {
            return settings;
        }
    }

    /** What is the same on all access links. Immutable. */
    public static final class LinkPart {
        private final Ip6Address linkLocal;
        private final int accessTechnology;
        private final List<Ip6Address> dhcpv6Servers;
        private final long probeInterval;
        private final int mtu;
        private final List<Ip4Address> dhcpv4Servers;
        private final boolean dhcpv4AtGateway;

        LinkPart(Ip6Address linkLocal, int accessTechnology, List<Ip6Address> dhcpv6Servers, long probeInterval,
                 int mtu, List<Ip4Address> dhcpv4Servers, boolean dhcpv4AtGateway) {
            this.linkLocal = linkLocal;
            this.accessTechnology = accessTechnology;
            this.dhcpv6Servers = List.copyOf(dhcpv6Servers);
            this.probeInterval = probeInterval;
            this.mtu = mtu;
            this.dhcpv4Servers = List.copyOf(dhcpv4Servers);
            this.dhcpv4AtGateway = dhcpv4AtGateway;
        }

        /** To whom a gateway of that address relays DHCP for IPv4; empty if to nobody. */
        public Optional<DhcpRelaying> dhcpv4(Ip4Address gateway) {
            return relaysDhcpv4() ? Optional.of(new DhcpRelaying(dhcpv4Servers, gateway, dhcpv4AtGateway))
                    : Optional.empty();
        }

        /** Whether there are DHCP servers for IPv4 home addresses elsewhere. */
        public boolean relaysDhcpv4() {
            return !dhcpv4Servers.isEmpty();
        }

        /** Where DHCP messages for IPv4 home addresses are relayed to. */
        List<Ip4Address> dhcpv4Servers() {
            return dhcpv4Servers;
        }

        /** Octets that fit between gateway and anchor, tunnel header included. */
        public int mtu() {
            return mtu;
        }

        /** The link-local address of the nodes' router where the anchor names no other. */
        public Ip6Address linkLocal() {
            return linkLocal;
        }

        /** The Access Technology Type of all links. */
        public int accessTechnology() {
            return accessTechnology;
        }

        /** Where DHCPv6 messages are relayed to. */
        public List<Ip6Address> dhcpv6Servers() {
            return dhcpv6Servers;
        }

        /** Milliseconds of silence after which a node is asked whether it is there; 0 for never. */
        public long probeInterval() {
            return probeInterval;
        }
    }
}
