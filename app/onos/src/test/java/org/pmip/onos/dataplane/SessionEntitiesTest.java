// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.pipeconf.entity.UplinkKey;
import org.pmip.pipeconf.entity.UplinkSource;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;

class SessionEntitiesTest {

    private static final Ip4Address ANCHOR = Ip4Address.valueOf("192.0.2.1");
    private static final Ip4Address GATEWAY = Ip4Address.valueOf("10.9.0.11");
    private static final Ip4Address TRANSLATOR = Ip4Address.valueOf("198.51.100.7");

    private static BindingCacheEntry.Builder entry(GreMode gre) {
        return BindingCacheEntry.builder().sessionId(5).state(BindingCacheEntry.State.ACTIVE)
                .linkLayerIdentifier(new byte[] {2, 0, 0, 0, 0, 9}).linkLocalAddress(Ip6Address.valueOf("fe80::1"))
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:1::/64")))
                .ipv4Home(Optional.of(new Ipv4Home(Ip4Address.valueOf("10.1.0.7"), 24, Ip4Address.valueOf("10.1.0.1"))))
                .accessTechnology(4).order(1, 1).operator(3).gre(gre, 17, 29).lifetime(100).times(0, 1_000)
                .exchange(new byte[16], new byte[8]);
    }

    private static <T extends PipelineEntity> List<T> those(Class<T> type, BindingCacheEntry entry) {
        return SessionEntities.session(entry, 8).stream().filter(type::isInstance).map(type::cast)
                .collect(Collectors.toList());
    }

    private static Encapsulation encapsulation(BindingCacheEntry entry) {
        Encapsulation down = those(DownlinkSession.class, entry).get(0).encapsulation().orElseThrow();
        assertThat(those(UplinkSource.class, entry)).isNotEmpty()
                .allMatch(source -> source.encapsulation() == down && source.domain() == 3);
        return down;
    }

    @Test
    @Requirement("R5844-3.1.2.2-3")
    void bothFamiliesOfASessionGoThroughItsTunnel() {
        BindingCacheEntry entry = entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).build();
        assertThat(those(UplinkSource.class, entry)).extracting(one -> one.source().toString())
                .containsExactly("2001:db8:1::/64", "10.1.0.7/32");
        assertThat(those(HomeNetwork.class, entry)).extracting(one -> one.destination().toString())
                .containsExactly("2001:db8:1::/64", "10.1.0.7/32");
        assertThat(those(UplinkKey.class, entry)).extracting(UplinkKey::key).containsExactly(29L);
    }

    @Test
    void aSessionThatWaitsForItsEndLetsNothingIn() {
        BindingCacheEntry entry = entry(GreMode.NONE).tunnel(GATEWAY, ANCHOR).state(BindingCacheEntry.State.ENDING)
                .build();
        assertThat(those(UplinkSource.class, entry)).isEmpty();
        assertThat(those(HomeNetwork.class, entry)).hasSize(2);
        assertThat(those(DownlinkSession.class, entry).get(0).encapsulation()).isEmpty();
    }

    @Test
    void formatsWithoutUdp() {
        assertThat(encapsulation(entry(GreMode.NONE).tunnel(GATEWAY, ANCHOR).build())).isEqualTo(Encapsulation.IP);
        assertThat(encapsulation(entry(GreMode.MODE_ONLY).tunnel(GATEWAY, ANCHOR).build()))
                .isEqualTo(Encapsulation.GRE);
        assertThat(encapsulation(entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).build()))
                .isEqualTo(Encapsulation.GRE_KEY);
    }

    @Test
    void formatsInUdp() {
        assertThat(encapsulation(entry(GreMode.NONE).tunnel(GATEWAY, ANCHOR, TRANSLATOR, 40_001).build()))
                .isEqualTo(Encapsulation.UDP);
        assertThat(encapsulation(entry(GreMode.MODE_ONLY).tunnel(GATEWAY, ANCHOR, TRANSLATOR, 40_001).tlvHeader(true)
                .build())).isEqualTo(Encapsulation.UDP_TLV_GRE);
        assertThat(encapsulation(entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR, TRANSLATOR, 40_001).tlvHeader(true)
                .build())).isEqualTo(Encapsulation.UDP_TLV_GRE_KEY);
    }

    @Test
    void aTunnelThroughATranslatorEndsThere() {
        List<PipelineEntity> tunnel = SessionEntities.tunnel(
                entry(GreMode.NONE).tunnel(GATEWAY, ANCHOR, TRANSLATOR, 40_001).build(), 8, 3, 1_500);
        Tunnel in = (Tunnel) tunnel.get(0);
        assertThat(in.outerSource()).isEqualTo(TRANSLATOR);
        assertThat(in.outerDestination()).isEqualTo(ANCHOR);
        assertThat(in.sourcePort()).isEqualTo(40_001);
        TunnelEndpoints out = (TunnelEndpoints) tunnel.get(1);
        assertThat(out.destination()).isEqualTo(TRANSLATOR);
        assertThat(out.destinationPort()).isEqualTo(40_001);
        assertThat(out.sourcePort()).isEqualTo(5_437);
    }

    @Test
    void aTunnelWithoutUdpHasNoPort() {
        List<PipelineEntity> tunnel =
                SessionEntities.tunnel(entry(GreMode.NONE).tunnel(GATEWAY, ANCHOR).build(), 8, 3, 1_500);
        assertThat(((Tunnel) tunnel.get(0)).sourcePort()).isZero();
        assertThat(((TunnelEndpoints) tunnel.get(1)).destination()).isEqualTo(GATEWAY);
    }

    @Test
    void sessionsThatWantTheSameDifferInNothingThatTheSwitchKnows() {
        BindingCacheEntry present = entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).build();
        BindingCacheEntry extended = entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).order(2, 2).lifetime(200)
                .times(500, 2_000).exchange(new byte[16], new byte[] {1}).build();
        assertThat(SessionEntities.same(List.of(present), List.of(extended))).isTrue();
        assertThat(SessionEntities.session(extended, 8)).isEqualTo(SessionEntities.session(present, 8));
        assertThat(SessionEntities.tunnel(extended, 8, 3, 1_500))
                .isEqualTo(SessionEntities.tunnel(present, 8, 3, 1_500));
        List<BindingCacheEntry> others = List.of(
                entry(GreMode.KEYS).tunnel(TRANSLATOR, ANCHOR).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, TRANSLATOR).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR, TRANSLATOR, 5_436).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).sessionId(6).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).state(BindingCacheEntry.State.ENDING).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).operator(4).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).gre(GreMode.KEYS, 18, 29).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).gre(GreMode.KEYS, 17, 30).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR).ipv4Home(Optional.empty()).build(),
                entry(GreMode.KEYS).tunnel(GATEWAY, ANCHOR)
                        .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:2::/64"))).build(),
                entry(GreMode.MODE_ONLY).tunnel(GATEWAY, ANCHOR).build());
        assertThat(others).noneMatch(other -> SessionEntities.same(List.of(present), List.of(other)));
        assertThat(SessionEntities.same(List.of(present), List.of(present, present))).isFalse();
        assertThat(SessionEntities.same(List.of(), List.of())).isTrue();
    }
}
