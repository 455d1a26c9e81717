// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;

/** ALL_ZERO and NON_ZERO, the two kinds of value that requests are told apart by. */
@Requirement("R5213-2.2-1")
class AllZeroTest {

    @Test
    void prefix() {
        assertThat(HomeNetworkPrefix.allZero().isAllZero()).isTrue();
        assertThat(read("16 12 00 40 00000000 00000000 00000000 00000000")).isInstanceOfSatisfying(
                HomeNetworkPrefix.class, option -> assertThat(option.isAllZero()).isTrue());
        assertThat(read("16 12 00 80 00000000 00000000 00000000 00000001")).isInstanceOfSatisfying(
                HomeNetworkPrefix.class, option -> assertThat(option.isAllZero()).isFalse());
        assertThat(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8::/32")).isAllZero()).isFalse();
    }

    @Test
    void linkLayerIdentifier() {
        assertThat(MobileNodeLinkLayerIdentifier.of(Octets.of("00 00 00 00 00 00")).isAllZero()).isTrue();
        assertThat(MobileNodeLinkLayerIdentifier.of(new byte[0]).isAllZero()).isTrue();
        assertThat(MobileNodeLinkLayerIdentifier.of(Octets.of("00 00 00 00 00 80")).isAllZero()).isFalse();
    }

    @Test
    void linkLocalAddress() {
        assertThat(LinkLocalAddress.of(Ip6Address.ZERO).isAllZero()).isTrue();
        assertThat(LinkLocalAddress.of(Ip6Address.valueOf("fe80::1")).isAllZero()).isFalse();
    }

    private static Object read(String hex) {
        return Octets.option(hex);
    }
}
