// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.AccessDelivery;
import org.pmip.pipeconf.entity.AccessDestination;
import org.pmip.pipeconf.entity.AccessKey;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.AccessSource;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.NextHop;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.PuntRule;
import org.pmip.pipeconf.entity.Route;
import org.pmip.pipeconf.entity.Station;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;

/**
 * The switch as a gateway: mobile nodes at port 6, untagged or in VLANs 60 and 61, with their anchor behind port 2
 * (IPv6) or behind port 1 (IPv4). The number of a node is in its addresses and keys, and is its session.
 */
final class TestAccess {
    static final PortNumber PORT = PortNumber.portNumber(6);
    static final List<Encapsulation> OF_PACKETS = List.of(Encapsulation.IP, Encapsulation.GRE, Encapsulation.GRE_KEY,
            Encapsulation.UDP, Encapsulation.UDP_TLV_GRE, Encapsulation.UDP_TLV_GRE_KEY);
    private static final String CARE_OF = "2001:db8:0:21::1";
    private static final String ANCHOR = "2001:db8:0:31::1";
    private static final String CARE_OF_4 = "192.0.2.21";
    private static final String ANCHOR_4 = "203.0.113.31";
    private static final int TUNNEL = 0x40;
    private static final int TUNNEL_4 = 0x41;
    private static final int NUMBER_OVER_IP6 = 0x40;
    private static final int NUMBER_OVER_IP4 = 0x50;

    private final List<PipelineEntity> entities = new ArrayList<>();

    private TestAccess() {
        for (int vlan : new int[] {0, 60, 61}) {
            entities.add(NetworkInterface.builder().port(PORT).vlanId(vlan).role(Role.ACCESS).domain(1).build());
        }
        entities.add(Station.builder().port(PORT).mac(TestNetwork.mac(0, 6)).build());
        entities.add(LocalAddress.builder().domain(0).address(IpAddress.valueOf(CARE_OF)).build());
        entities.add(LocalAddress.builder().domain(0).address(IpAddress.valueOf(CARE_OF_4)).build());
        entities.add(Route.builder().domain(0).destination(IpPrefix.valueOf("2001:db8:0:31::/64")).nextHopId(2)
                .build());
        entities.add(PuntRule.builder().role(Role.ACCESS).nextHeader(58).icmpType(133)
                .puntClass(PuntClass.ROUTER_SOLICITATION).build());
        entities.add(PuntRule.builder().role(Role.ACCESS).etherType(0x0800).nextHeader(17).destinationPort(67)
                .puntClass(PuntClass.DHCP).build());
        entities.add(PuntRule.builder().role(Role.ACCESS).etherType(0x0806).puntClass(PuntClass.ARP).build());
        tunnel(TUNNEL, ANCHOR, CARE_OF, 0);
        tunnel(TUNNEL_4, ANCHOR_4, CARE_OF_4, 0);
        tunnel(TUNNEL_4, ANCHOR_4, CARE_OF_4, 5437);
        entities.add(TunnelEndpoints.builder().tunnelId(TUNNEL).source(IpAddress.valueOf(CARE_OF))
                .destination(IpAddress.valueOf(ANCHOR)).build());
        entities.add(TunnelEndpoints.builder().tunnelId(TUNNEL_4).source(IpAddress.valueOf(CARE_OF_4))
                .destination(IpAddress.valueOf(ANCHOR_4)).build());
        int index = 0;
        for (Encapsulation encapsulation : OF_PACKETS) {
            if (!encapsulation.hasUdp()) {
                node(NUMBER_OVER_IP6 + index, 1, 0, TUNNEL, encapsulation, false);
            }
            node(NUMBER_OVER_IP4 + index, 1, 60, TUNNEL_4, encapsulation, false);
            index++;
        }
        node(0x48, 1, 0, TUNNEL, Encapsulation.GRE_KEY, true);
        node(0x49, 1, 61, TUNNEL, Encapsulation.IP, true);
        ending();
        plain();
        overlapping();
    }

    static List<PipelineEntity> entities() {
        return List.copyOf(new TestAccess().entities);
    }

    private void tunnel(int id, String peer, String local, int sourcePort) {
        entities.add(Tunnel.builder().outerSource(IpAddress.valueOf(peer)).outerDestination(IpAddress.valueOf(local))
                .sourcePort(sourcePort).tunnelId(id).domain(1).toAccess().build());
    }

    private void node(int number, int domain, int vlan, int tunnel, Encapsulation encapsulation, boolean local) {
        List<IpPrefix> prefixes = List.of(
                IpPrefix.valueOf("2001:db8:200:" + Integer.toHexString(number) + "::/64"),
                IpPrefix.valueOf("10.0.2." + number + "/32"));
        attach(number, domain, vlan, local, prefixes);
        agree(number, domain, tunnel, encapsulation, prefixes);
    }

    private void attach(int number, int domain, int vlan, boolean local, List<IpPrefix> prefixes) {
        entities.add(AccessNode.builder().port(PORT).vlanId(vlan).mac(mac(number)).sessionId(number).domain(domain)
                .localRouting(local).build());
        entities.add(AccessDelivery.builder().sessionId(number).port(PORT).vlanId(vlan)
                .sourceMac(TestNetwork.mac(0, 6)).destinationMac(mac(number)).build());
        prefixes.forEach(prefix ->
                entities.add(AccessSource.builder().sessionId(number).source(prefix).build()));
    }

    private void agree(int number, int domain, int tunnel, Encapsulation encapsulation, List<IpPrefix> prefixes) {
        boolean keyed = encapsulation.hasKey();
        entities.add(AccessUplink.builder().sessionId(number).encapsulation(encapsulation).tunnelId(tunnel)
                .key(keyed ? 0x3000 | number : 0).build());
        if (keyed) {
            entities.add(AccessKey.builder().localAddress(IpAddress.valueOf(tunnel == TUNNEL ? CARE_OF : CARE_OF_4))
                    .key(0x4000 | number).domain(domain).build());
        }
        prefixes.forEach(prefix -> entities.add(AccessDestination.builder().domain(domain).destination(prefix)
                .sessionId(number).tunnelId(tunnel).encapsulation(encapsulation).key(keyed ? 0x4000 | number : 0)
                .build()));
    }

    private void ending() {
        attach(0x4A, 1, 0, false, List.of(IpPrefix.valueOf("2001:db8:200:4a::/64")));
        entities.add(AccessUplink.builder().sessionId(0x4A).discard().build());
    }

    /* A node without the mobility service: packets of it and for it go through the transport network as they are. */
    private void plain() {
        IpPrefix visited = IpPrefix.valueOf("2001:db8:900:4b::/64");
        entities.add(AccessNode.builder().port(PORT).vlanId(60).mac(mac(0x4B)).sessionId(0x4B).domain(0).build());
        entities.add(AccessSource.builder().sessionId(0x4B).source(visited).build());
        entities.add(AccessUplink.builder().sessionId(0x4B).plain().build());
        entities.add(NextHop.builder().nextHopId(0x4B).port(PORT).vlanId(60).sourceMac(TestNetwork.mac(0, 6))
                .destinationMac(mac(0x4B)).build());
        entities.add(Route.builder().domain(0).destination(visited).nextHopId(0x4B).build());
    }

    /* Nodes of operators 1 and 2 with one IPv4 address. */
    private void overlapping() {
        List<IpPrefix> address = List.of(IpPrefix.valueOf("10.0.2.200/32"));
        for (int operator = 1; operator <= 2; operator++) {
            int number = 0x60 + operator;
            attach(number, operator, 60, false, address);
            agree(number, operator, TUNNEL, Encapsulation.GRE_KEY, address);
        }
    }

    static MacAddress mac(int number) {
        return MacAddress.valueOf(0x00005e005400L | number);
    }
}
