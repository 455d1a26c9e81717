// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.AccessDelivery;
import org.pmip.pipeconf.entity.AccessDestination;
import org.pmip.pipeconf.entity.AccessKey;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.AccessSource;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.TunnelFormat;

class AccessEntitiesTest {

    private static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    private static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:53:fe");
    private static final int VLAN = 60;
    private static final int DOMAIN = 3;
    private static final long TUNNEL = 8;

    private static BindingUpdateListEntry.Builder entry(TunnelFormat format, GreMode gre) {
        boolean ipv6 = format == TunnelFormat.IPV6 || format == TunnelFormat.GRE_IPV6;
        BindingUpdateListEntry.Builder entry = BindingUpdateListEntry.builder().sessionId(5)
                .attachment(Attachment.of("mag1", "2/60", NODE.toBytes(), 4));
        if (ipv6) {
            entry.tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8:0:1::1")),
                    Ip6Address.valueOf("2001:db8:0:11::1"));
        } else {
            entry.tunnel(Anchor.overIpv4("lma", Ip4Address.valueOf("198.51.100.1"), false, false),
                    Ip4Address.valueOf("198.51.100.11"));
        }
        return entry.state(BindingUpdateListEntry.State.ACTIVE).forwards(true).binding(Optional.of(Binding.builder()
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:100:7::/64")))
                .ipv4(Optional.of(new Ipv4Home(Ip4Address.valueOf("10.1.0.9"), 16, Ip4Address.valueOf("10.1.0.1"))),
                        true)
                .tunnel(format).gre(gre, 17, 29).lifetime(100, 0).build()));
    }

    private static List<PipelineEntity> session(BindingUpdateListEntry entry, boolean localRouting) {
        return AccessEntities.session(entry,
                new AccessEntities.Attached(2, VLAN, NODE, ROUTER, DOMAIN, localRouting), TUNNEL);
    }

    private static <T extends PipelineEntity> List<T> those(Class<T> type, List<PipelineEntity> entities) {
        return entities.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
    }

    static Stream<Arguments> formats() {
        return Stream.of(Arguments.of(TunnelFormat.IPV6, GreMode.NONE, Encapsulation.IP),
                Arguments.of(TunnelFormat.GRE_IPV6, GreMode.MODE_ONLY, Encapsulation.GRE),
                Arguments.of(TunnelFormat.GRE_IPV6, GreMode.KEYS, Encapsulation.GRE_KEY),
                Arguments.of(TunnelFormat.IPV4, GreMode.NONE, Encapsulation.IP),
                Arguments.of(TunnelFormat.GRE_IPV4, GreMode.MODE_ONLY, Encapsulation.GRE),
                Arguments.of(TunnelFormat.GRE_IPV4, GreMode.KEYS, Encapsulation.GRE_KEY),
                Arguments.of(TunnelFormat.IPV4_UDP, GreMode.NONE, Encapsulation.UDP),
                Arguments.of(TunnelFormat.GRE_IPV4_UDP_TLV, GreMode.MODE_ONLY, Encapsulation.UDP_TLV_GRE),
                Arguments.of(TunnelFormat.GRE_IPV4_UDP_TLV, GreMode.KEYS, Encapsulation.UDP_TLV_GRE_KEY));
    }

    @ParameterizedTest
    @MethodSource("formats")
    @Requirement({"PMIP10-6.10.2-2", "PMIP10-6.10.4-1", "PMIP10-C-2"})
    void everyFormatGoesBothWays(TunnelFormat format, GreMode gre, Encapsulation encapsulation) {
        BindingUpdateListEntry entry = entry(format, gre).build();
        List<PipelineEntity> session = session(entry, false);
        long up = gre == GreMode.KEYS ? 29 : 0;
        long down = gre == GreMode.KEYS ? 17 : 0;
        AccessUplink.Builder uplink = AccessUplink.builder().sessionId(5).encapsulation(encapsulation)
                .tunnelId(TUNNEL);
        assertThat(those(AccessUplink.class, session)).containsExactly(
                (gre == GreMode.KEYS ? uplink.key(up) : uplink).build());
        assertThat(those(AccessDestination.class, session)).hasSize(2).allSatisfy(one ->
                assertThat(one).isEqualTo(AccessDestination.builder().domain(DOMAIN).destination(one.destination())
                        .sessionId(5).tunnelId(TUNNEL).encapsulation(encapsulation).key(down).build()));
        assertThat(those(AccessKey.class, session)).hasSize(gre == GreMode.KEYS ? 1 : 0)
                .allMatch(one -> one.key() == down && one.localAddress().equals(entry.careOf()));
        assertThat(AccessEntities.tunnel(entry, TUNNEL, DOMAIN, 1_500)).containsExactly(
                Tunnel.builder().outerSource(entry.anchor().address()).outerDestination(entry.careOf())
                        .sourcePort(encapsulation.hasUdp() ? 5437 : 0).tunnelId(TUNNEL).domain(DOMAIN).toAccess()
                        .build(),
                ends(entry, encapsulation));
    }

    private static PipelineEntity ends(BindingUpdateListEntry entry, Encapsulation encapsulation) {
        TunnelEndpoints.Builder ends = TunnelEndpoints.builder().tunnelId(TUNNEL).source(entry.careOf())
                .destination(entry.anchor().address()).hopLimit(64).mtu(1_500);
        return (encapsulation.hasUdp() ? ends.destinationPort(5437) : ends).build();
    }

    @Test
    void theNodeIsLetInLastAndMaySendFromItsOwnAddressesOnly() {
        List<PipelineEntity> session = session(entry(TunnelFormat.IPV6, GreMode.NONE).build(), true);
        assertThat(session.get(session.size() - 1)).isEqualTo(AccessNode.builder()
                .port(org.onosproject.net.PortNumber.portNumber(2)).vlanId(VLAN).mac(NODE).sessionId(5)
                .domain(DOMAIN).localRouting(true).build());
        assertThat(those(AccessSource.class, session)).extracting(one -> one.source().toString())
                .containsExactly("2001:db8:100:7::/64", "10.1.0.9/32");
        assertThat(those(AccessDelivery.class, session)).singleElement().isEqualTo(AccessDelivery.builder()
                .sessionId(5).port(org.onosproject.net.PortNumber.portNumber(2)).vlanId(VLAN).sourceMac(ROUTER)
                .destinationMac(NODE).build());
    }

    @Test
    void nothingIsWrittenWithoutABinding() {
        BindingUpdateListEntry entry = entry(TunnelFormat.IPV6, GreMode.NONE).binding(Optional.empty()).build();
        assertThatThrownBy(() -> session(entry, false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no binding");
    }
}
