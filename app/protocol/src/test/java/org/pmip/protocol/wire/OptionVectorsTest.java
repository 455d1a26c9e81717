// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MalformedOption;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.option.UnknownOption;

/** Each option of PMIPv6 as a value and as the octets of its figure, both ways. */
class OptionVectorsTest {

    /** The octets are those of the value, and the value is that of the octets. */
    static void vector(MobilityOption value, String hex) {
        assertThat(Octets.hex(Octets.of(value))).isEqualTo(hex.replace(" ", ""));
        MobilityOption read = Octets.option(hex);
        assertThat(read).isEqualTo(value).hasSameHashCodeAs(value).hasToString(value.toString());
        assertThat(read).hasSameClassAs(value);
    }

    /** Octets that differ from those of the value in what a receiver disregards. */
    static void alsoRead(String hex, MobilityOption value) {
        assertThat(Octets.option(hex)).isEqualTo(value);
    }

    /** An option whose length its type does not have is kept as it is and takes no part. */
    static void malformed(String... vectors) {
        for (String hex : vectors) {
            MobilityOption read = Octets.option(hex);
            assertThat(read).as(hex).isInstanceOf(MalformedOption.class);
            assertThat(((MalformedOption) read).reason()).isNotBlank();
            assertThat(read.toString()).contains("malformed", ((MalformedOption) read).reason());
            assertThat(Octets.hex(Octets.of(read))).isEqualTo(hex.replace(" ", ""));
        }
    }

    @Test
    @Requirement("RFC4283-3-1")
    void mobileNodeIdentifier() {
        vector(MobileNodeIdentifier.ofNai("mn1@example.net"), "08 10 01 6d6e31406578616d706c652e6e6574");
        vector(MobileNodeIdentifier.of(1, new byte[0]), "08 01 01");
        vector(MobileNodeIdentifier.of(2, Octets.of("20010db8 00000000 00000000 00000001")),
                "08 11 02 20010db8 00000000 00000000 00000001");
        vector(MobileNodeIdentifier.of(255, Octets.of("00ff")), "08 03 ff 00ff");
        vector(MobileNodeIdentifier.of(1, new byte[254]), "08 ff 01" + "00".repeat(254));
        malformed("08 00");
        assertThat(MobileNodeIdentifier.ofNai("mn1@example.net").identifier())
                .isEqualTo("mn1@example.net".getBytes(US_ASCII));
        assertThatThrownBy(() -> MobileNodeIdentifier.of(1, new byte[255]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("identifier length is 255")
                .hasMessageContaining("0 to 254");
    }

    @Test
    void mobileNodeIdentifierOfAnAttackerForgesNoLineOfALog() {
        assertThat(MobileNodeIdentifier.ofNai("mn1@example.net")).hasToString("MN-ID=mn1@example.net");
        assertThat(MobileNodeIdentifier.ofNai("a\nb")).hasToString("MN-ID=1:610a62");
        assertThat(MobileNodeIdentifier.of(1, Octets.of("61ff"))).hasToString("MN-ID=1:61ff");
    }

    @Test
    @Requirement({"R5213-8.3-1", "PMIP10-8-1"})
    void homeNetworkPrefix() {
        HomeNetworkPrefix prefix = HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:1:2::/64"));
        vector(prefix, "16 12 00 40 20010db8 00010002 00000000 00000000");
        vector(HomeNetworkPrefix.allZero(), "16 12 00 00 00000000 00000000 00000000 00000000");
        vector(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8::1/128")),
                "16 12 00 80 20010db8 00000000 00000000 00000001");
        alsoRead("16 12 ff 40 20010db8 00010002 00000000 00000000", prefix);
        malformed("16 11 00 40 20010db8 00010002 00000000 000000",
                "16 13 00 40 20010db8 00010002 00000000 00000000 00", "16 00",
                "16 12 00 81 20010db8 00010002 00000000 00000000");
    }

    @Test
    void homeNetworkPrefixKeepsTheOctetsThatCame() {
        HomeNetworkPrefix read =
                (HomeNetworkPrefix) Octets.option("16 12 00 40 20010db8 00010002 00000000 00000005");
        assertThat(read.address()).isEqualTo(Ip6Address.valueOf("2001:db8:1:2::5"));
        assertThat(read.prefix()).isEqualTo(Ip6Prefix.valueOf("2001:db8:1:2::/64"));
        assertThat(Octets.hex(Octets.of(read))).isEqualTo("1612004020010db8000100020000000000000005");
        assertThat(read.isAllZero()).isFalse();
        assertThat(HomeNetworkPrefix.allZero().isAllZero()).isTrue();
        assertThat(((HomeNetworkPrefix) Octets.option("16 12 00 40" + "00".repeat(16))).isAllZero()).isTrue();
    }

    @Test
    @Requirement({"R5213-8.4-1", "PMIP10-8-1"})
    void handoffIndicator() {
        vector(HandoffIndicator.of(HandoffIndicator.NEW_INTERFACE), "17 02 00 01");
        vector(HandoffIndicator.of(HandoffIndicator.BETWEEN_INTERFACES), "17 02 00 02");
        vector(HandoffIndicator.of(HandoffIndicator.BETWEEN_GATEWAYS), "17 02 00 03");
        vector(HandoffIndicator.of(HandoffIndicator.UNKNOWN), "17 02 00 04");
        vector(HandoffIndicator.of(HandoffIndicator.UNCHANGED), "17 02 00 05");
        vector(HandoffIndicator.of(0), "17 02 00 00");
        vector(HandoffIndicator.of(255), "17 02 00 ff");
        alsoRead("17 02 a5 03", HandoffIndicator.of(3));
        malformed("17 00", "17 01 00", "17 03 00 01 00");
    }

    @Test
    @Requirement({"PMIP10-8.5-2", "PMIP10-8.5-3", "PMIP10-8.5-4", "PMIP10-8.5-5"})
    void accessTechnologyType() {
        vector(AccessTechnologyType.of(0), "18 02 00 00");
        vector(AccessTechnologyType.of(AccessTechnologyType.VIRTUAL), "18 02 00 01");
        vector(AccessTechnologyType.of(AccessTechnologyType.PPP), "18 02 00 02");
        vector(AccessTechnologyType.of(AccessTechnologyType.ETHERNET), "18 02 00 03");
        vector(AccessTechnologyType.of(AccessTechnologyType.WLAN), "18 02 00 04");
        vector(AccessTechnologyType.of(AccessTechnologyType.WIMAX), "18 02 00 05");
        vector(AccessTechnologyType.of(200), "18 02 00 c8");
        alsoRead("18 02 ff 04", AccessTechnologyType.of(4));
        malformed("18 00", "18 01 04", "18 04 00 04 00 00");
    }

    @Test
    @Requirement({"PMIP10-8.6-1", "PMIP10-8.6-3", "PMIP10-8.6-4", "PMIP10-8.6-5", "R5213-8.6-1"})
    void mobileNodeLinkLayerIdentifier() {
        MobilityOption mac = MobileNodeLinkLayerIdentifier.of(Octets.of("02005e100001"));
        vector(mac, "19 08 0000 02005e100001");
        vector(MobileNodeLinkLayerIdentifier.of(Octets.of("02005efffe100001")), "19 0a 0000 02005efffe100001");
        vector(MobileNodeLinkLayerIdentifier.of(new byte[0]), "19 02 0000");
        vector(MobileNodeLinkLayerIdentifier.of(new byte[6]), "19 08 0000 000000000000");
        vector(MobileNodeLinkLayerIdentifier.of(new byte[253]), "19 ff 0000" + "00".repeat(253));
        alsoRead("19 08 ffff 02005e100001", mac);
        malformed("19 00", "19 01 00");
    }

    @Test
    @Requirement({"PMIP10-8.7-2", "PMIP10-8.7-3"})
    void linkLocalAddress() {
        vector(LinkLocalAddress.of(Ip6Address.valueOf("fe80::1")), "1a 10 fe800000 00000000 00000000 00000001");
        vector(LinkLocalAddress.of(Ip6Address.ZERO), "1a 10" + "00".repeat(16));
        malformed("1a 00", "1a 0f" + "00".repeat(15), "1a 11" + "00".repeat(17));
    }

    @Test
    @Requirement({"PMIP10-8.8-2", "PMIP10-8.8-3", "PMIP10-8.8-4"})
    void timestamp() {
        vector(Timestamp.of(Instant.ofEpochSecond(0x67400000L, 500_000_000)), "1b 08 000067400000 8000");
        vector(Timestamp.of(Instant.EPOCH), "1b 08 000000000000 0000");
        vector(Timestamp.ofValue(-1), "1b 08 ffffffffffff ffff");
        malformed("1b 00", "1b 07 00000000000000", "1b 09 000000000000000000");
    }

    @Test
    @Requirement("PMIP10-8.8-4")
    void timestampIsAFixedPointNumberFrom1970() {
        assertThat(Timestamp.of(Instant.parse("1970-01-01T00:00:01Z")).value()).isEqualTo(0x1_0000L);
        assertThat(Timestamp.of(Instant.ofEpochSecond(0, 15_259)).value()).isEqualTo(1);
        assertThat(Timestamp.of(Instant.ofEpochSecond(0, 15_258)).value()).isZero();
        assertThat(Timestamp.of(Instant.ofEpochSecond(0, 999_999_999)).value()).isEqualTo(0xffffL);
        assertThat(Timestamp.ofValue(0x67400000_4000L).toInstant())
                .isEqualTo(Instant.ofEpochSecond(0x67400000L, 250_000_000));
        assertThat(Timestamp.ofValue(-1).toInstant().getEpochSecond()).isEqualTo(0xffff_ffff_ffffL);
        assertThatThrownBy(() -> Timestamp.of(Instant.ofEpochSecond(-1))).hasMessageContaining("1970");
        assertThatThrownBy(() -> Timestamp.of(Instant.ofEpochSecond(1L << 48)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement({"R5845-6.1-3", "R5845-6.1-4", "R5845-6.1-5", "R5845-6.1-6", "R5845-6.1-7", "GK07-6.1-1"})
    void greKey() {
        vector(GreKey.modeOnly(), "21 02 0000");
        vector(GreKey.of(0x11223344L), "21 06 0000 11223344");
        vector(GreKey.of(0), "21 06 0000 00000000");
        vector(GreKey.of(0xffffffffL), "21 06 0000 ffffffff");
        alsoRead("21 02 ffff", GreKey.modeOnly());
        alsoRead("21 06 a55a 11223344", GreKey.of(0x11223344L));
        malformed("21 00", "21 01 00", "21 03 0000 00", "21 04 0000 0000", "21 05 0000 000000",
                "21 07 0000 11223344 00", "21 08 0000 11223344 0000");
        assertThatThrownBy(() -> GreKey.of(1L << 32)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key is 4294967296");
        assertThatThrownBy(() -> GreKey.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GreKey.modeOnly().key()).isInstanceOf(IllegalStateException.class);
        assertThat(GreKey.of(0)).isNotEqualTo(GreKey.modeOnly());
    }

    @Test
    void alternateCareOfAddress() {
        vector(AlternateCareOfAddress.of(Ip6Address.valueOf("2001:db8:a::7")),
                "03 10 20010db8 000a0000 00000000 00000007");
        malformed("03 00", "03 0f" + "00".repeat(15), "03 12" + "00".repeat(18));
    }

    @Test
    @Requirement("RFC6275-6.2.1-1")
    void unknownOption() {
        vector(UnknownOption.of(127, Octets.of("010203")), "7f 03 010203");
        vector(UnknownOption.of(255, new byte[0]), "ff 00");
        vector(UnknownOption.of(2, new byte[255]), "02 ff" + "00".repeat(255));
        assertThatThrownBy(() -> UnknownOption.of(1, new byte[0])).hasMessageContaining("type is 1: use 2 to 255");
    }
}
