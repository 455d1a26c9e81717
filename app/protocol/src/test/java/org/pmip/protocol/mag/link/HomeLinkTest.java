// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.TunnelFormat;
import org.pmip.protocol.wire.DecodeException;

/** Sections 6.4, 6.7, 6.9.1.4 and 6.9.3: what a node is told of its home link. */
class HomeLinkTest {

    private static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:a::/64");

    private final HomeLink link = new HomeLink(true, false, 90, OptionalLong.empty(), 1_500);

    private static Binding binding(TunnelFormat format, GreMode gre) {
        return Binding.builder().prefixes(List.of(HOME)).tunnel(format).gre(gre, 1, 2).lifetime(900, 10_000).build();
    }

    @ParameterizedTest
    @CsvSource({"IPV6,NONE,1460", "GRE_IPV6,MODE_ONLY,1456", "GRE_IPV6,KEYS,1452", "IPV4,NONE,1480",
        "IPV4_UDP,NONE,1472", "GRE_IPV4,MODE_ONLY,1476", "GRE_IPV4,KEYS,1472", "GRE_IPV4_UDP_TLV,MODE_ONLY,1464",
        "GRE_IPV4_UDP_TLV,KEYS,1460"})
    void theMtuFitsTheTunnel(TunnelFormat format, GreMode gre, int mtu) {
        assertThat(link.advertisement(binding(format, gre), 10_000).mtu()).hasValue(mtu);
    }

    @Test
    void itIsNeverBelowTheLeastOfIpv6() {
        HomeLink narrow = new HomeLink(true, false, 90, OptionalLong.empty(), 1_300);

        assertThat(narrow.mtu(binding(TunnelFormat.IPV6, GreMode.NONE))).isEqualTo(1_280);
    }

    @Test
    @Requirement({"PMIP10-6.7-3", "PMIP10-6.7-4", "PMIP10-6.7-1"})
    void thePrefixLivesAsLongAsTheBinding() {
        RouterAdvertisement told = link.advertisement(binding(TunnelFormat.IPV6, GreMode.NONE), 610_000);

        assertThat(told.prefixes()).containsExactly(PrefixInformation.of(HOME, true, 3_000));
    }

    @Test
    @Requirement({"PMIP10-6.7-3", "PMIP10-6.7-4"})
    void orShorterIfTheProfileSaysSo() {
        HomeLink brief = new HomeLink(true, false, 90, OptionalLong.of(300), 1_500);
        assertThat(brief.advertisement(binding(TunnelFormat.IPV6, GreMode.NONE), 610_000).prefixes())
                .containsExactly(PrefixInformation.of(HOME, true, 300));

        HomeLink endless = new HomeLink(true, false, 90, OptionalLong.of(1_000_000), 1_500);
        assertThat(endless.advertisement(binding(TunnelFormat.IPV6, GreMode.NONE), 610_000).prefixes())
                .containsExactly(PrefixInformation.of(HOME, true, 3_000));
    }

    @Test
    @Requirement("PMIP10-6.9.3-1")
    void theRouterLifetimeIsLowAndEndsWithTheBinding() {
        Binding binding = binding(TunnelFormat.IPV6, GreMode.NONE);

        assertThat(link.advertisement(binding, 10_000).routerLifetime()).isEqualTo(90);
        assertThat(link.advertisement(binding, binding.endsAt() - 5_000).routerLifetime()).isEqualTo(5);
        assertThat(link.advertisement(binding, binding.endsAt() + 5_000).routerLifetime()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true", "true,true"})
    @Requirement({"PMIP10-6.4-1", "PMIP10-6.4-2", "PMIP10-7.1-2"})
    void theFlagsSayHowAddressesAreHad(boolean stateless, boolean stateful) {
        RouterAdvertisement told = new HomeLink(stateless, stateful, 90, OptionalLong.empty(), 1_500)
                .advertisement(binding(TunnelFormat.IPV6, GreMode.NONE), 10_000);

        assertThat(told.managed()).isEqualTo(stateful);
        assertThat(told.other()).isEqualTo(stateful);
        assertThat(told.prefixes()).allMatch(prefix -> prefix.autonomous() == stateless);
    }

    @Test
    @Requirement("PMIP10-6.9.3-2")
    void theRouterOfThePreviousLinkCanBeFlushed() throws DecodeException {
        Ip6Address previous = Ip6Address.valueOf("fe80::11");
        MacAddress node = MacAddress.valueOf("02:00:00:00:00:01");
        Ipv6Frame frame = link.withdrawal(List.of(), false)
                .frame(MacAddress.valueOf("02:00:00:00:00:0b"), previous, node, Ip6Address.valueOf("fe80::1"));

        assertThat(frame.source()).isEqualTo(previous);
        assertThat(RouterAdvertisement.decode(Ipv6Frame.decode(frame.octets())).routerLifetime()).isZero();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.4-7", "PMIP10-6.12-1"})
    void aWithdrawnPrefixHasNoLifetime() {
        RouterAdvertisement told = link.withdrawal(List.of(HOME), false);

        assertThat(told.prefixes()).containsExactly(PrefixInformation.of(HOME, true, 0));
        assertThat(told.routerLifetime()).isZero();
        assertThat(told.mtu()).isEqualTo(OptionalInt.empty());
        assertThat(link.withdrawal(List.of(HOME), true).routerLifetime()).isEqualTo(90);
    }
}
