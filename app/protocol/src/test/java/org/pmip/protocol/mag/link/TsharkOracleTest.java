// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.wire.Tshark;

/** What goes onto an access link, read by a dissector that others wrote. Names no rows: it may be skipped. */
class TsharkOracleTest {

    private Tshark tshark;

    @BeforeEach
    void find(@TempDir Path folder) {
        tshark = new Tshark(folder);
    }

    private static byte[] dhcpv4(int type) {
        Ipv4Home home = new Ipv4Home(Ip4Address.valueOf("10.1.0.7"), 24, Ip4Address.valueOf("10.1.0.1"));
        Dhcpv4Message asked = Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 7, NeighborDiscoveryTest.NODE)
                .type(type).build();
        return Ipv4UdpFrame.answer(NeighborDiscoveryTest.ROUTER, home.defaultRouter(),
                Dhcpv4Server.answer(asked, Optional.of(home), 3_600, 1_452).orElseThrow()).octets();
    }

    private static byte[] dhcpv6() {
        byte[] solicit = {1, 0, 0, 7};
        return Ipv6Frame.udp(NeighborDiscoveryTest.ROUTER, NeighborDiscoveryTest.NODE,
                Ip6Address.valueOf("2001:db8:ffff::11"), Dhcpv6Relay.SERVER_PORT,
                Ip6Address.valueOf("2001:db8:ffff::d"), Dhcpv6Relay.SERVER_PORT,
                Dhcpv6Relay.forward(solicit, NeighborDiscoveryTest.HOME, NeighborDiscoveryTest.NODE_ADDRESS,
                        new byte[] {42}).orElseThrow()).octets();
    }

    private static byte[] probe() {
        return NeighborSolicitation.probe(NeighborDiscoveryTest.ROUTER, NeighborDiscoveryTest.ROUTER_ADDRESS,
                NeighborDiscoveryTest.NODE, NeighborDiscoveryTest.NODE_ADDRESS).octets();
    }

    @Test
    void nothingIsMalformedAndEveryChecksumIsRight() throws Exception {
        List<byte[]> frames = List.of(NeighborDiscoveryTest.advertisement().octets(),
                RouterSolicitation.frame(NeighborDiscoveryTest.NODE, Ip6Address.ZERO).octets(), probe(),
                dhcpv4(Dhcpv4Message.DISCOVER), dhcpv4(Dhcpv4Message.ASK), dhcpv6(),
                ArpFrame.request(NeighborDiscoveryTest.NODE, NeighborDiscoveryTest.ROUTER,
                        Ip4Address.valueOf("10.1.0.1"), Ip4Address.valueOf("10.1.0.7")).octets());

        assertThat(tshark.run(frames, "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-V"))
                .contains("Router Advertisement", "Router Solicitation", "Neighbor Solicitation", "DHCP: Offer (2)",
                        "DHCPv6",
                        "Address Resolution Protocol (request)")
                .doesNotContain("alformed").doesNotContain("incorrect").doesNotContain("[Expert Info");
    }

    @Test
    void fields() throws Exception {
        assertThat(tshark.fields(List.of(NeighborDiscoveryTest.advertisement().octets()), "icmpv6.nd.ra.flag.m",
                "icmpv6.nd.ra.router_lifetime", "icmpv6.opt.prefix", "icmpv6.opt.prefix.valid_lifetime",
                "icmpv6.opt.mtu")).containsExactly("1|120|2001:db8:a::|3600|1452");
        assertThat(tshark.fields(List.of(dhcpv4(Dhcpv4Message.DISCOVER)), "dhcp.option.dhcp", "dhcp.ip.your",
                "dhcp.option.router", "dhcp.option.subnet_mask", "dhcp.option.interface_mtu"))
                .containsExactly("2|10.1.0.7|10.1.0.1|255.255.255.0|1452");
        assertThat(tshark.fields(List.of(dhcpv6()), "dhcpv6.linkaddr", "dhcpv6.peeraddr", "dhcpv6.hopcount"))
                .containsExactly("2001:db8:a::|fe80::ff:fe00:1|0");
    }
}
