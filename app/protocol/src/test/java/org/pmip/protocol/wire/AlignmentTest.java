// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.NatDetection;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.option.UnknownOption;

/** Where options start in a message, and what lies between them. */
class AlignmentTest {

    private static final Ip4Address HOME = Ip4Address.valueOf("10.1.2.3");
    private static final int OPTIONS = 12;

    /** Wherever the option before it ends, the option starts at the next multiple of the factor plus the offset. */
    private static void starts(MobilityOption option, int factor, int offset) {
        for (int before = 0; before < 8; before++) {
            MobilityOption first = UnknownOption.of(200, new byte[before]);
            byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(
                    BindingUpdate.proxyBuilder().option(first).option(option).build());
            int free = OPTIONS + 2 + before;
            int start = free;
            while (start % factor != offset) {
                start++;
            }
            byte[] alone = Octets.of(option);
            assertThat(Octets.hex(Arrays.copyOfRange(octets, free, start)))
                    .as("padding of %d octets before %s", start - free, option).isEqualTo(padding(start - free));
            assertThat(Octets.hex(Arrays.copyOfRange(octets, start, start + alone.length)))
                    .as("%s at %d", option, start).isEqualTo(Octets.hex(alone));
            int end = start + alone.length;
            assertThat(octets.length).isEqualTo((end + 7) / 8 * 8);
            assertThat(Octets.hex(Arrays.copyOfRange(octets, end, octets.length)))
                    .isEqualTo(padding(octets.length - end));
            assertThat(octets[1]).isEqualTo((byte) (octets.length / 8 - 1));
        }
    }

    /** Written out rather than computed, because this is what is under test. */
    private static String padding(int octets) {
        return List.of("", "00", "0100", "010100", "01020000", "0103000000", "010400000000", "01050000000000")
                .get(octets);
    }

    @Test
    @Requirement({"PMIP10-8.3-1", "R5213-8.3-1"})
    void homeNetworkPrefixAt8nPlus4() {
        starts(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:1::/64")), 8, 4);
    }

    @Test
    @Requirement("PMIP10-8.7-1")
    void linkLocalAddressAt8nPlus6() {
        starts(LinkLocalAddress.of(Ip6Address.valueOf("fe80::1")), 8, 6);
    }

    @Test
    @Requirement("PMIP10-8.8-1")
    void timestampAt8nPlus2() {
        starts(Timestamp.ofValue(1), 8, 2);
    }

    @Test
    void alternateCareOfAddressAt8nPlus6() {
        starts(AlternateCareOfAddress.of(Ip6Address.valueOf("2001:db8::1")), 8, 6);
    }

    @Test
    @Requirement("R5845-6.1-2")
    void greKeyAt4n() {
        starts(GreKey.of(7), 4, 0);
        starts(GreKey.modeOnly(), 4, 0);
    }

    @Test
    @Requirement({"R5844-3.3.1-1", "R5844-3.3.2-1", "R5844-3.3.3-1"})
    void ipv4OptionsAt4n() {
        starts(Ipv4HomeAddressRequest.of(24, HOME), 4, 0);
        starts(Ipv4HomeAddressReply.of(0, 24, HOME), 4, 0);
        starts(Ipv4DefaultRouterAddress.of(HOME), 4, 0);
        starts(NatDetection.of(true, 110), 4, 0);
        starts(Ipv4CareOfAddress.of(HOME), 4, 0);
    }

    @Test
    @Requirement("PMIP10-8.5-1")
    void accessTechnologyTypeAnywhere() {
        starts(AccessTechnologyType.of(4), 1, 0);
    }

    @Test
    @Requirement({"R5213-8.4-1", "RFC4283-3-1"})
    void handoffIndicatorAndIdentifierAnywhere() {
        starts(HandoffIndicator.of(4), 1, 0);
        starts(MobileNodeIdentifier.ofNai("mn1@example.net"), 1, 0);
    }

    @Test
    @Requirement("PMIP10-8.6-2")
    void linkLayerIdentifierAtAMultipleOfItsSize() {
        starts(MobileNodeLinkLayerIdentifier.of(new byte[8]), 8, 4);
        starts(MobileNodeLinkLayerIdentifier.of(new byte[16]), 8, 4);
        starts(MobileNodeLinkLayerIdentifier.of(new byte[4]), 4, 0);
        starts(MobileNodeLinkLayerIdentifier.of(new byte[6]), 2, 0);
        starts(MobileNodeLinkLayerIdentifier.of(new byte[2]), 2, 0);
        starts(MobileNodeLinkLayerIdentifier.of(new byte[7]), 1, 0);
        starts(MobileNodeLinkLayerIdentifier.of(new byte[0]), 1, 0);
    }

    @Test
    @Requirement({"RFC6275-6.2.2-1", "PMIP10-8.2-2", "RFC6275-6.1.1-1"})
    void everyMessageIsFilledUpToEightOctets() {
        List<Integer> fillings = new ArrayList<>();
        for (int length = 0; length < 16; length++) {
            BindingAcknowledgement message = BindingAcknowledgement.builder()
                    .option(UnknownOption.of(200, new byte[length])).build();
            byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(message);
            int end = OPTIONS + 2 + length;
            assertThat(octets.length % 8).isZero();
            assertThat(octets[1]).isEqualTo((byte) (octets.length / 8 - 1));
            assertThat(Octets.hex(Arrays.copyOfRange(octets, end, octets.length)))
                    .isEqualTo(padding(octets.length - end));
            fillings.add(octets.length - end);
        }
        assertThat(fillings).containsExactly(2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3);
    }
}
