// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.Layer2Copy;
import org.pmip.pipeconf.entity.Layer2Destination;
import org.pmip.pipeconf.entity.Layer2Station;
import org.pmip.pipeconf.entity.Layer2Tunnel;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Route;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;

/**
 * The switch as a home agent that bridges nodes 0x70 (over IPv4) and 0x71 (over IPv6) onto VLAN 50 of port 5, and as
 * the proxy agent of node 0x72 in VLAN 60 of port 6. Keys are 0x5000 up and 0x6000 down with the node's number.
 */
final class TestLayer2 {
    private static final PortNumber LINK = PortNumber.portNumber(5);
    private static final int VLAN = 50;
    private static final int GROUP = 1;
    private static final int[] HOME_NODES = {0x70, 0x71};
    private static final int PROXY_NODE = 0x72;

    private final List<PipelineEntity> entities = new ArrayList<>();

    private TestLayer2() {
        entities.add(NetworkInterface.builder().port(LINK).vlanId(VLAN).role(Role.BRIDGED).domain(1).build());
        entities.add(Route.builder().domain(0).destination(IpPrefix.valueOf("2001:db8:0:41::/64")).nextHopId(2)
                .build());
        peer(0x70, "192.0.2.41", "203.0.113.41", false);
        peer(0x71, "2001:db8:0:51::1", "2001:db8:0:41::1", false);
        peer(PROXY_NODE, "192.0.2.51", "203.0.113.51", true);
        home(0x70, "192.0.2.41", "203.0.113.41", 1);
        home(0x71, "2001:db8:0:51::1", "2001:db8:0:41::1", 2);
        for (String group : new String[] {"ff:ff:ff:ff:ff:ff", "33:33:00:00:00:01"}) {
            entities.add(Layer2Destination.builder().port(LINK).vlanId(VLAN).mac(MacAddress.valueOf(group))
                    .flood(GROUP).build());
        }
        entities.add(AccessNode.builder().port(TestAccess.PORT).vlanId(60).mac(TestAccess.mac(PROXY_NODE))
                .sessionId(PROXY_NODE).layer2().build());
        entities.add(AccessUplink.builder().sessionId(PROXY_NODE).encapsulation(Encapsulation.ETHERNET_GRE_KEY)
                .tunnelId(PROXY_NODE).key(0x5000 | PROXY_NODE).build());
        entities.add(Layer2Tunnel.builder().localAddress(IpAddress.valueOf("192.0.2.51")).key(0x6000 | PROXY_NODE)
                .sessionId(PROXY_NODE).tunnelId(PROXY_NODE).port(TestAccess.PORT).build());
        // Sessions of frames and of packets do not mix.
        entities.add(Layer2Destination.builder().port(LINK).vlanId(VLAN).mac(TestAccess.mac(0x7F)).sessionId(3)
                .build());
        entities.add(HomeNetwork.builder().domain(1).destination(IpPrefix.valueOf("2001:db8:100:70::/64"))
                .sessionId(0x70).build());
    }

    static List<PipelineEntity> entities() {
        return List.copyOf(new TestLayer2().entities);
    }

    static void groups(P4Client client) {
        client.group(GROUP, Map.of(1, HOME_NODES[0], 2, HOME_NODES[1]));
    }

    private void peer(int number, String local, String peer, boolean proxy) {
        IpAddress here = IpAddress.valueOf(local);
        IpAddress there = IpAddress.valueOf(peer);
        entities.add(LocalAddress.builder().domain(0).address(here).build());
        Tunnel.Builder tunnel = Tunnel.builder().outerSource(there).outerDestination(here).tunnelId(number).domain(1);
        entities.add((proxy ? tunnel.toAccess() : tunnel).build());
        entities.add(TunnelEndpoints.builder().tunnelId(number).source(here).destination(there).build());
    }

    private void home(int number, String local, String peer, int port) {
        entities.add(Layer2Tunnel.builder().localAddress(IpAddress.valueOf(local)).key(0x5000 | number)
                .sessionId(number).tunnelId(number).port(LINK).checkStation(true).build());
        entities.add(Layer2Station.builder().sessionId(number).mac(TestAccess.mac(number)).build());
        entities.add(Layer2Destination.builder().port(LINK).vlanId(VLAN).mac(TestAccess.mac(number))
                .sessionId(number).build());
        entities.add(DownlinkSession.builder().sessionId(number).encapsulation(Encapsulation.ETHERNET_GRE_KEY)
                .tunnelId(number).key(0x6000 | number).build());
        entities.add(Layer2Copy.builder().instance(number).source(IpAddress.valueOf(local))
                .destination(IpAddress.valueOf(peer)).key(0x6000 | number).sourceMac(TestNetwork.mac(0, port))
                .destinationMac(TestNetwork.mac(1, port)).build());
    }
}
