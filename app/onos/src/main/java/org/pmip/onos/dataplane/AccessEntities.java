// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.AccessDelivery;
import org.pmip.pipeconf.entity.AccessDestination;
import org.pmip.pipeconf.entity.AccessKey;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.AccessSource;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.NextHop;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Route;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;

/**
 * What a session of a gateway asks of the tables of its access switch (draft-ietf-netlmm-proxymip6-10 section 6.10). A
 * pure function: the same session at the same place always gives the same entities, so that a change is the difference
 * of two results.
 */
public final class AccessEntities {

    /** The UDP port of tunnelled packets (RFC 5844 section 4.1.4.1). */
    public static final int DATA_PORT = 5437;
    private static final int HOP_LIMIT = 64;

    private AccessEntities() {
    }

    /** Where the UDP tunnel of a binding ends; 0 if it is in no UDP. */
    public static int peerPort(Binding binding) {
        return encapsulation(binding).hasUdp() ? DATA_PORT : 0;
    }

    /**
     * The entries of the tunnel to the session's anchor, shared by all sessions of the gateway through it.
     *
     * @param domain the routing domain of packets that come through it without a key
     * @param mtu octets that fit between gateway and anchor
     * @throws IllegalArgumentException if the entry has no binding
     */
    public static List<PipelineEntity> tunnel(BindingUpdateListEntry entry, long tunnelId, int domain, int mtu) {
        int port = peerPort(binding(entry));
        TunnelEndpoints.Builder ends = TunnelEndpoints.builder().tunnelId(tunnelId).source(entry.careOf())
                .destination(entry.anchor().address()).hopLimit(HOP_LIMIT).mtu(mtu);
        if (port != 0) {
            ends.destinationPort(port);
        }
        return List.of(Tunnel.builder().outerSource(entry.anchor().address()).outerDestination(entry.careOf())
                .sourcePort(port).tunnelId(tunnelId).domain(domain).toAccess().build(), ends.build());
    }

    /** Where a node is attached. Immutable. */
    public static final class Attached {
        private final int port;
        private final int vlan;
        private final MacAddress node;
        private final MacAddress router;
        private final int domain;
        private final boolean localRouting;

        /**
         * Makes a place.
         *
         * @param port number of the switch's port
         * @param vlan VLAN identifier, 0 for none
         * @param node link-layer address of the node
         * @param router link-layer address from which the node gets its packets
         * @param domain the routing domain that the node's addresses belong to, 1 to 65535
         * @param localRouting whether packets for another node here do without the anchor (EnableMAGLocalRouting)
         */
        public Attached(int port, int vlan, MacAddress node, MacAddress router, int domain, boolean localRouting) {
            this.port = port;
            this.vlan = vlan;
            this.node = node;
            this.router = router;
            this.domain = domain;
            this.localRouting = localRouting;
        }

        /** The routing domain that the node's addresses belong to. */
        public int domain() {
            return domain;
        }

        /** Number of the switch's port. */
        public int port() {
            return port;
        }

        /** VLAN identifier, 0 for none. */
        public int vlan() {
            return vlan;
        }

        /** Link-layer address of the node. */
        public MacAddress node() {
            return node;
        }

        /** Link-layer address from which the node gets its packets. */
        public MacAddress router() {
            return router;
        }
    }

    /**
     * The entries that are the session's own, in the order in which they are to be made: the last lets the node in.
     *
     * @throws IllegalArgumentException if the entry has no binding
     */
    public static List<PipelineEntity> session(BindingUpdateListEntry entry, Attached place, long tunnelId) {
        Binding binding = binding(entry);
        Encapsulation encapsulation = encapsulation(binding);
        IpAddress local = entry.careOf();
        long id = entry.sessionId();
        PortNumber port = PortNumber.portNumber(place.port);
        List<PipelineEntity> entities = new ArrayList<>();
        AccessUplink.Builder uplink = AccessUplink.builder().sessionId(id).encapsulation(encapsulation)
                .tunnelId(tunnelId);
        if (encapsulation.hasKey()) {
            uplink.key(binding.uplinkKey());
            entities.add(AccessKey.builder().localAddress(local).key(binding.downlinkKey()).domain(place.domain)
                    .build());
        }
        entities.add(uplink.build());
        entities.add(AccessDelivery.builder().sessionId(id).port(port).vlanId(place.vlan).sourceMac(place.router)
                .destinationMac(place.node).build());
        List<IpPrefix> homes = new ArrayList<>(binding.prefixes());
        binding.ipv4Home().ifPresent(home -> homes.add(home.address().toIpPrefix()));
        for (IpPrefix home : homes) {
            entities.add(AccessSource.builder().sessionId(id).source(home).build());
            entities.add(AccessDestination.builder().domain(place.domain).destination(home).sessionId(id)
                    .tunnelId(tunnelId).encapsulation(encapsulation)
                    .key(encapsulation.hasKey() ? binding.downlinkKey() : 0).build());
        }
        entities.add(AccessNode.builder().port(port).vlanId(place.vlan).mac(place.node).sessionId(id)
                .domain(place.domain).localRouting(place.localRouting).build());
        return entities;
    }

    /**
     * The entries of a node without the mobility service: its packets and those for it are routed as they are. In the
     * order in which they are to be made.
     *
     * @param sessionId of nobody else in this switch, and no number of another next hop
     * @param visited the prefix that is advertised to it
     * @param domain the routing domain in which its packets go, 0 for the transport network
     */
    public static List<PipelineEntity> plain(long sessionId, Ip6Prefix visited, Attached place, int domain) {
        PortNumber port = PortNumber.portNumber(place.port);
        return List.of(
                AccessUplink.builder().sessionId(sessionId).plain().build(),
                AccessSource.builder().sessionId(sessionId).source(visited).build(),
                NextHop.builder().nextHopId(sessionId).port(port).vlanId(place.vlan).sourceMac(place.router)
                        .destinationMac(place.node).build(),
                Route.builder().domain(domain).destination(visited).nextHopId(sessionId).build(),
                AccessNode.builder().port(port).vlanId(place.vlan).mac(place.node).sessionId(sessionId)
                        .domain(domain).build());
    }

    private static Binding binding(BindingUpdateListEntry entry) {
        return entry.binding().orElseThrow(() -> new IllegalArgumentException("no binding: " + entry));
    }

    static Encapsulation encapsulation(Binding binding) {
        boolean keys = binding.gre() == GreMode.KEYS;
        switch (binding.format()) {
            case IPV4_UDP:
                return Encapsulation.UDP;
            case GRE_IPV4_UDP_TLV:
                return keys ? Encapsulation.UDP_TLV_GRE_KEY : Encapsulation.UDP_TLV_GRE;
            case GRE_IPV6:
            case GRE_IPV4:
                return keys ? Encapsulation.GRE_KEY : Encapsulation.GRE;
            default:
                return Encapsulation.IP;
        }
    }
}
