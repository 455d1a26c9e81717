// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.pmip.onos.config.Interface;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfig.SwitchConfig;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.NextHop;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.PuntRule;
import org.pmip.pipeconf.entity.Route;
import org.pmip.pipeconf.entity.Station;
import org.pmip.protocol.lma.PrefixPool;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;

/** What the configuration alone asks of a switch's tables. A pure function. */
final class StaticEntities {

    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int NEIGHBOR_SOLICITATION = 135;
    private static final int ICMPV6_ECHO_REQUEST = 128;
    /** Destination Unreachable, Packet Too Big, Time Exceeded, Parameter Problem (RFC 4443 section 3). */
    private static final int[] ICMPV6_ERRORS = {1, 2, 3, 4};
    private static final int ICMPV4 = 1;
    private static final int PUNT_PRIORITY = 100;
    /** What the sender of a packet is told by ICMP. */
    private static final Set<DropReason> TOLD =
            EnumSet.of(DropReason.TOO_BIG, DropReason.HOP_LIMIT, DropReason.NO_ROUTE, DropReason.NO_BINDING);

    private StaticEntities() {
    }

    static List<PipelineEntity> of(PmipConfig config, DeviceId device) {
        SwitchConfig own = config.switches().get(device);
        List<PipelineEntity> entities = new ArrayList<>();
        boolean gateway = own.interfaces().stream().anyMatch(one -> one.role() == Interface.Role.ACCESS);
        for (DropReason reason : DropReason.values()) {
            DropCounter.Builder counter = DropCounter.builder().reason(reason);
            // What a node sends before it has solicited anything shows that it is there.
            boolean shown = TOLD.contains(reason) || gateway && reason == DropReason.UNKNOWN_NODE;
            entities.add((shown ? counter.report() : counter).build());
        }
        entities.add(PuntRule.builder().nextHeader(MobilityHeaderCodec.NEXT_HEADER).toLocal(true)
                .puntClass(PuntClass.MOBILITY_SIGNALLING).priority(PUNT_PRIORITY).build());
        entities.add(PuntRule.builder().etherType(ETHERTYPE_IPV6).nextHeader(ICMPV6)
                .icmpType(NEIGHBOR_SOLICITATION).puntClass(PuntClass.NEIGHBOUR_DISCOVERY)
                .priority(PUNT_PRIORITY).build());
        for (int error : ICMPV6_ERRORS) {
            // What routers of the transport network say of tunnel packets.
            entities.add(PuntRule.builder().role(Role.TRANSPORT).etherType(ETHERTYPE_IPV6).nextHeader(ICMPV6)
                    .icmpType(error).toLocal(true).puntClass(PuntClass.ICMP).priority(PUNT_PRIORITY).build());
        }
        boolean ipv4 = own.interfaces().stream().flatMap(one -> one.addresses().stream()).anyMatch(IpAddress::isIp4);
        entities.add(PuntRule.builder().etherType(ETHERTYPE_IPV6).nextHeader(ICMPV6).icmpType(ICMPV6_ECHO_REQUEST)
                .toLocal(true).puntClass(PuntClass.ICMP).priority(PUNT_PRIORITY).build());
        if (ipv4) {
            // Whichever it is: the pipeline does not look for a type behind an IPv4 header.
            entities.add(PuntRule.builder().etherType(ETHERTYPE_IPV4).nextHeader(ICMPV4).toLocal(true)
                    .puntClass(PuntClass.ICMP).priority(PUNT_PRIORITY).build());
            entities.add(PuntRule.builder().etherType(ETHERTYPE_ARP).puntClass(PuntClass.ARP).priority(PUNT_PRIORITY)
                    .build());
        }
        if (gateway) {
            entities.addAll(AccessPunts.all());
            if (config.mag().filter(mag -> mag.link().relaysDhcpv4()).isPresent()) {
                entities.add(AccessPunts.dhcpv4Answers());
            }
        }
        if (gateway && ipv4 || config.lma().flatMap(PmipConfig.Lma::ipv4Address).isPresent()) {
            entities.add(PuntRule.builder().etherType(ETHERTYPE_IPV4).nextHeader(UDP).toLocal(true)
                    .destinationPort(Ipv4SignallingPacket.PORT).puntClass(PuntClass.UDP_SIGNALLING)
                    .priority(PUNT_PRIORITY).build());
        }
        Map<Integer, Interface> byPort = new LinkedHashMap<>();
        for (Interface one : own.interfaces()) {
            byPort.put(one.port(), one);
            PortNumber port = PortNumber.portNumber(one.port());
            entities.add(Station.builder().port(port).mac(one.mac()).build());
            for (IpAddress address : one.addresses()) {
                entities.add(LocalAddress.builder().domain(one.domain()).address(address).build());
            }
        }
        routes(own, byPort, entities);
        aggregates(config, device, own, entities);
        // Ports come last: until then nothing enters a half-built pipeline.
        for (Interface one : own.interfaces()) {
            one.vlans().forEach(vlan -> entities.add(NetworkInterface.builder()
                    .port(PortNumber.portNumber(one.port())).vlanId(vlan).role(role(one)).domain(one.domain())
                    .build()));
        }
        return entities;
    }

    private static Role role(Interface one) {
        switch (one.role()) {
            case TRANSPORT:
                return Role.TRANSPORT;
            case ACCESS:
                return Role.ACCESS;
            default:
                return Role.HOME_NETWORK;
        }
    }

    private static void routes(SwitchConfig own, Map<Integer, Interface> byPort, List<PipelineEntity> entities) {
        Map<String, Long> ids = new LinkedHashMap<>();
        List<PipelineEntity> routes = new ArrayList<>();
        for (org.pmip.onos.config.Route route : own.routes()) {
            String neighbour = route.port() + " " + route.nextHop();
            Long id = ids.get(neighbour);
            if (id == null) {
                id = ids.size() + 1L;
                ids.put(neighbour, id);
                entities.add(NextHop.builder().nextHopId(id).port(PortNumber.portNumber(route.port()))
                        .sourceMac(byPort.get(route.port()).mac()).destinationMac(route.nextHop()).build());
            }
            routes.add(Route.builder().domain(route.domain()).destination(route.prefix()).nextHopId(id).build());
        }
        entities.addAll(routes);
    }

    /** Addresses of a pool that nobody has are dropped here, not sent round between anchor and router. */
    private static void aggregates(PmipConfig config, DeviceId device, SwitchConfig own,
                                   List<PipelineEntity> entities) {
        Set<Integer> domains = new TreeSet<>();
        own.interfaces().stream().filter(one -> one.role() == Interface.Role.HOME)
                .forEach(one -> domains.add(one.domain()));
        config.lma().filter(lma -> lma.device().equals(device)).ifPresent(lma -> {
            for (PrefixPool pool : lma.policy().pools()) {
                // A pool of one prefix has no room for an aggregate: the session's own entry would have the same key.
                if (pool.prefix().prefixLength() < pool.assignedLength()) {
                    domains.forEach(domain -> entities.add(HomeNetwork.builder().domain(domain)
                            .destination(pool.prefix()).noBinding().build()));
                }
            }
            for (int domain : domains) {
                lma.policy().ipv4Pools(domain).forEach(pool -> entities.add(HomeNetwork.builder().domain(domain)
                        .destination(pool.subnet()).noBinding().build()));
            }
        });
    }
}
