// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.NextHop;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.PuntRule;
import org.pmip.pipeconf.entity.Route;
import org.pmip.pipeconf.entity.Station;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.pipeconf.entity.UplinkKey;
import org.pmip.pipeconf.entity.UplinkSession;
import org.pmip.pipeconf.entity.UplinkSource;

/**
 * An anchor between two gateways (ports 1 and 2, transport) and the networks of operators 1 (port 3, and its VLAN 30)
 * and 2 (port 4); the same switch is a gateway, see {@link TestAccess}. The packet vectors presuppose it.
 */
final class TestNetwork {
    static final String LMA = "2001:db8:0:1::1";
    static final int MAG_1 = 1;
    static final int MAG_2 = 2;
    static final int MAG_3 = 3;
    static final int LOST = 9;
    static final String LMA_4 = "192.0.2.1";

    private final List<PipelineEntity> entities = new ArrayList<>();

    private TestNetwork() {
        for (DropReason reason : DropReason.values()) {
            entities.add(DropCounter.builder().reason(reason).build());
        }
        connect(1, 0, Role.TRANSPORT, 0);
        connect(2, 0, Role.TRANSPORT, 0);
        connect(3, 0, Role.HOME_NETWORK, 1);
        connect(3, 30, Role.HOME_NETWORK, 1);
        connect(4, 0, Role.HOME_NETWORK, 2);
        local(0, LMA);
        local(1, "2001:db8:ffff::1");
        punts();
        nextHop(1, 1, 0);
        nextHop(2, 2, 0);
        nextHop(3, 3, 0);
        nextHop(4, 4, 0);
        nextHop(5, 3, 30);
        route(0, "2001:db8:0:11::/64", 1);
        route(0, "2001:db8:0:12::/64", 2);
        route(1, "::/0", 3);
        route(1, "0.0.0.0/0", 3);
        route(1, "2001:db8:400::/48", 5);
        route(1, "2001:db8:beef::/48", 99);
        route(2, "::/0", 4);
        route(2, "0.0.0.0/0", 4);
        entities.add(Route.builder().domain(1).destination(IpPrefix.valueOf("2001:db8:dead::/48")).unreachable()
                .build());
        tunnel(MAG_1, "2001:db8:0:11::1");
        tunnel(MAG_2, "2001:db8:0:12::1");
        aggregate("2001:db8:100::/40");
        aggregate("10.0.0.0/16");
        session(1, 1, MAG_1, Encapsulation.IP, 0, "2001:db8:100:1::/64");
        session(2, 1, MAG_1, Encapsulation.GRE, 0, "2001:db8:100:2::/64");
        session(3, 1, MAG_1, Encapsulation.GRE_KEY, 0x3, "2001:db8:100:3::/64");
        session(4, 1, MAG_2, Encapsulation.GRE_KEY, 0x4, "2001:db8:100:4::/64");
        session(5, 2, MAG_1, Encapsulation.GRE_KEY, 0x5, "2001:db8:100:3::/64");
        session(7, 1, MAG_1, Encapsulation.GRE_KEY, 0x7, "10.0.0.7/32");
        session(8, 2, MAG_2, Encapsulation.GRE_KEY, 0x8, "10.0.0.7/32");
        session(9, 1, MAG_1, Encapsulation.IP, 0, "10.0.0.9/32");
        session(10, 1, MAG_1, Encapsulation.GRE, 0, "10.0.0.10/32");
        uplink(11, 1, MAG_2, Encapsulation.GRE_KEY, 0, "2001:db8:100:b::/64");
        uplink(12, 1, MAG_2, Encapsulation.GRE_KEY, 0xFFFFFFFFL, "2001:db8:100:c::/64");
        odd();
        overIp4();
        entities.addAll(TestAccess.entities());
        entities.addAll(TestLayer2.entities());
    }

    /* The gateway of the 0x2x and 0x3x nodes, and two behind an address translator, reach the anchor over IPv4. */
    private void overIp4() {
        local(0, LMA_4);
        route(0, "203.0.113.0/24", 1);
        entities.add(PuntRule.builder().etherType(0x0800).nextHeader(17).toLocal(true).destinationPort(5436)
                .puntClass(PuntClass.UDP_SIGNALLING).build());
        tunnel4(MAG_3, "203.0.113.11", 0, 5437);
        tunnel4(MAG_3, "203.0.113.11", 5437, 5437);
        tunnel4(4, "203.0.113.99", 40001, 40001);
        tunnel4(5, "203.0.113.99", 40002, 40002);
        int id = 0x20;
        for (Encapsulation encapsulation : TestAccess.OF_PACKETS) {
            session(id, 1, MAG_3, encapsulation, id, "2001:db8:100:" + Integer.toHexString(id) + "::/64");
            session(id | 0x10, 1, MAG_3, encapsulation, id | 0x10, "10.0.1." + id + "/32");
            id++;
        }
        session(0x26, 1, 4, Encapsulation.UDP_TLV_GRE_KEY, 0x26, "2001:db8:100:26::/64");
        session(0x27, 1, 5, Encapsulation.UDP_TLV_GRE_KEY, 0x27, "2001:db8:100:27::/64");
        downlink(0x28, 1, MAG_1, Encapsulation.UDP, 0, "2001:db8:100:28::/64");
    }

    private void tunnel4(int id, String peer, int sourcePort, int destinationPort) {
        entities.add(Tunnel.builder().outerSource(IpAddress.valueOf(peer)).outerDestination(IpAddress.valueOf(LMA_4))
                .sourcePort(sourcePort).tunnelId(id).domain(1).build());
        if (sourcePort != 0) {
            entities.add(TunnelEndpoints.builder().tunnelId(id).source(IpAddress.valueOf(LMA_4))
                    .destination(IpAddress.valueOf(peer)).destinationPort(destinationPort).build());
        }
    }

    static List<PipelineEntity> entities() {
        return List.copyOf(new TestNetwork().entities);
    }

    private void punts() {
        entities.add(PuntRule.builder().nextHeader(135).toLocal(true).puntClass(PuntClass.MOBILITY_SIGNALLING).build());
        entities.add(PuntRule.builder().etherType(0x86DD).nextHeader(58).icmpType(135)
                .puntClass(PuntClass.NEIGHBOUR_DISCOVERY).build());
        entities.add(PuntRule.builder().etherType(0x86DD).nextHeader(58).icmpType(128).toLocal(true)
                .puntClass(PuntClass.ICMP).build());
        for (int error = 1; error <= 4; error++) {
            entities.add(PuntRule.builder().role(Role.TRANSPORT).etherType(0x86DD).nextHeader(58).icmpType(error)
                    .toLocal(true).puntClass(PuntClass.ICMP).build());
        }
        entities.add(PuntRule.builder().etherType(0x0800).nextHeader(1).toLocal(true).puntClass(PuntClass.ICMP)
                .build());
    }

    private void connect(int port, int vlan, Role role, int domain) {
        entities.add(NetworkInterface.builder().port(PortNumber.portNumber(port)).vlanId(vlan).role(role)
                .domain(domain).build());
        if (vlan == 0) {
            entities.add(Station.builder().port(PortNumber.portNumber(port)).mac(mac(0, port)).build());
        }
    }

    private void local(int domain, String address) {
        entities.add(LocalAddress.builder().domain(domain).address(IpAddress.valueOf(address)).build());
    }

    private void nextHop(int id, int port, int vlan) {
        entities.add(NextHop.builder().nextHopId(id).port(PortNumber.portNumber(port)).vlanId(vlan)
                .sourceMac(mac(0, port)).destinationMac(mac(1, port)).build());
    }

    private void route(int domain, String prefix, int nextHop) {
        entities.add(Route.builder().domain(domain).destination(IpPrefix.valueOf(prefix)).nextHopId(nextHop).build());
    }

    private void aggregate(String prefix) {
        entities.add(HomeNetwork.builder().domain(1).destination(IpPrefix.valueOf(prefix)).noBinding().build());
    }

    private void tunnel(int id, String peer) {
        entities.add(Tunnel.builder().outerSource(IpAddress.valueOf(peer)).outerDestination(IpAddress.valueOf(LMA))
                .tunnelId(id).domain(1).build());
        entities.add(TunnelEndpoints.builder().tunnelId(id).source(IpAddress.valueOf(LMA))
                .destination(IpAddress.valueOf(peer)).build());
    }

    private void session(int id, int domain, int mag, Encapsulation encapsulation, int key, String prefix) {
        uplink(id, domain, mag, encapsulation, encapsulation.hasKey() ? 0x1000 | key : 0, prefix);
        downlink(id, domain, mag, encapsulation, encapsulation.hasKey() ? 0x2000 | key : 0, prefix);
    }

    private void uplink(int id, int domain, int mag, Encapsulation encapsulation, long key, String prefix) {
        if (encapsulation.hasKey()) {
            String local = mag < MAG_3 ? LMA : LMA_4;
            entities.add(UplinkKey.builder().localAddress(IpAddress.valueOf(local)).key(key).domain(domain).build());
        }
        entities.add(UplinkSource.builder().domain(domain).source(IpPrefix.valueOf(prefix)).sessionId(id)
                .tunnelId(mag).encapsulation(encapsulation).key(key).build());
        entities.add(UplinkSession.builder().sessionId(id).build());
    }

    private void downlink(int id, int domain, int mag, Encapsulation encapsulation, long key, String prefix) {
        entities.add(HomeNetwork.builder().domain(domain).destination(IpPrefix.valueOf(prefix)).sessionId(id).build());
        entities.add(DownlinkSession.builder().sessionId(id).encapsulation(encapsulation).tunnelId(mag).key(key)
                .build());
    }

    /* Sessions in states that the application would leave soon, or would never make. */
    private void odd() {
        entities.add(HomeNetwork.builder().domain(1).destination(IpPrefix.valueOf("2001:db8:100:6::/64")).sessionId(6)
                .build());
        entities.add(DownlinkSession.builder().sessionId(6).discard().build());
        entities.add(HomeNetwork.builder().domain(1).destination(IpPrefix.valueOf("2001:db8:100:d::/64")).sessionId(13)
                .build());
        entities.add(UplinkSource.builder().domain(1).source(IpPrefix.valueOf("2001:db8:100:d::/64")).sessionId(13)
                .tunnelId(MAG_1).encapsulation(Encapsulation.IP).build());
        downlink(14, 1, LOST, Encapsulation.IP, 0, "2001:db8:100:e::/64");
        downlink(15, 1, MAG_1, Encapsulation.IP, 0, "2001:db8:300:1::/64");
        uplink(16, 1, MAG_2, Encapsulation.GRE_KEY, 0x100E, "2001:db8:300:2::/64");
    }

    static MacAddress mac(int side, int port) {
        return MacAddress.valueOf(0x00005e005300L | side << 4 | port);
    }
}
