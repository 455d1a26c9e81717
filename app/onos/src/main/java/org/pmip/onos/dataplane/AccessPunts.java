// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.List;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.PuntRule;

/** What the controller of a gateway must see of its access links, each class within its rate. A pure function. */
final class AccessPunts {

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int LAYER2_UPDATE_LENGTH = 6;
    private static final int HOP_BY_HOP = 0;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int NEIGHBOR_SOLICITATION = 135;
    private static final int NEIGHBOR_ADVERTISEMENT = 136;
    private static final int DHCPV4_SERVER = 67;
    private static final int DHCPV6_SERVER = 547;

    private AccessPunts() {
    }

    static List<PipelineEntity> all() {
        return List.of(
                access(ETHERTYPE_IPV6).nextHeader(ICMPV6).icmpType(ROUTER_SOLICITATION)
                        .puntClass(PuntClass.ROUTER_SOLICITATION).build(),
                access(ETHERTYPE_IPV6).nextHeader(ICMPV6).icmpType(NEIGHBOR_SOLICITATION)
                        .puntClass(PuntClass.NEIGHBOUR_DISCOVERY).build(),
                access(ETHERTYPE_IPV6).nextHeader(ICMPV6).icmpType(NEIGHBOR_ADVERTISEMENT)
                        .puntClass(PuntClass.NEIGHBOUR_DISCOVERY).build(),
                // Multicast Listener Reports: hosts send them whenever their link has come up.
                access(ETHERTYPE_IPV6).nextHeader(HOP_BY_HOP).puntClass(PuntClass.OTHER).build(),
                // The Layer 2 Update frame, an XID of 6 octets, with which access points announce a new station.
                access(LAYER2_UPDATE_LENGTH).puntClass(PuntClass.OTHER).build(),
                access(ETHERTYPE_IPV6).nextHeader(UDP).destinationPort(DHCPV6_SERVER).puntClass(PuntClass.DHCP)
                        .build(),
                access(ETHERTYPE_IPV4).nextHeader(UDP).destinationPort(DHCPV4_SERVER).puntClass(PuntClass.DHCP)
                        .build(),
                access(ETHERTYPE_ARP).puntClass(PuntClass.ARP).build(),
                // What DHCPv6 servers answer to the relay agent.
                PuntRule.builder().role(Role.TRANSPORT).etherType(ETHERTYPE_IPV6).nextHeader(UDP).toLocal(true)
                        .destinationPort(DHCPV6_SERVER).puntClass(PuntClass.DHCP).build());
    }

    /** What DHCP servers answer to the relay agent: to the node's default router, or to the gateway. */
    static PipelineEntity dhcpv4Answers() {
        return PuntRule.builder().role(Role.TRANSPORT).etherType(ETHERTYPE_IPV4).nextHeader(UDP)
                .destinationPort(DHCPV4_SERVER).puntClass(PuntClass.DHCP).build();
    }

    private static PuntRule.Builder access(int etherType) {
        return PuntRule.builder().role(Role.ACCESS).etherType(etherType);
    }
}
