// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmip.checks.junit.Requirement;

/**
 * All packet vectors on softswitch, by what they show. The requirements are named here and not beside bmv2's tests,
 * which are skipped where there is no bmv2.
 */
class SoftSwitchTest extends TargetTest {

    SoftSwitchTest() {
        super(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Override
    Target target() throws Exception {
        return SoftSwitchTarget.start();
    }

    private void check(String... prefixes) throws Exception {
        int checked = 0;
        for (Vector vector : vectors()) {
            for (String prefix : prefixes) {
                if (vector.name().startsWith(prefix)) {
                    check(vector);
                    checked++;
                }
            }
        }
        assertThat(checked).as("vectors of " + List.of(prefixes)).isPositive();
    }

    @Requirement({"PMIP10-5.6.1-2", "PMIP10-5.6.2-1", "PMIP10-5.6.2-3", "PMIP10-5.6.2-4", "PMIP10-3-4"})
    @Test
    void downlinkPacketsGoThroughTheTunnelOfTheirNode() throws Exception {
        check("ip-in-ip/downlink/", "gre/downlink/", "gre-key/downlink/");
    }

    @Requirement({"PMIP10-5.6.1-1", "PMIP10-5.6.1-4", "PMIP10-6.10.2-1"})
    @Test
    void allEncapsulationsShareOneTunnelBetweenTwoNodes() throws Exception {
        check("ip-in-ip/", "gre/", "gre-key/", "over-ip4/ip-in-ip/", "over-ip4/udp/");
    }

    @Requirement({"R5845-7.1-1", "R5845-7.3.1-1"})
    @Test
    void theGatewayUsesGreOverBothFamilies() throws Exception {
        check("access/over-ip6/gre/", "access/over-ip6/gre-key/", "access/over-ip4/gre/", "access/over-ip4/gre-key/");
    }

    @Requirement({"PMIP10-5.6.2-5", "PMIP10-5.6.1-2", "R5845-5.2-9"})
    @Test
    void uplinkPacketsLeaveTheTunnelAndAreRouted() throws Exception {
        check("ip-in-ip/uplink/", "gre/uplink/", "gre-key/uplink/");
    }

    @Requirement({"R5845-3.1-3", "R5845-5.2-3", "RFC2890-2-1"})
    @Test
    void downlinkPacketsCarryTheKeyOfTheirSession() throws Exception {
        check("gre-key/downlink/");
    }

    @Requirement({"R5845-5.2-8", "RFC2890-2-1"})
    @Test
    void theReceivedKeySelectsTheSession() throws Exception {
        check("gre-key/uplink/", "key/", "overlap/uplink/", "drop/unknown-key", "drop/key-mismatch");
    }

    @Requirement("R5845-3.1-5")
    @Test
    void equalAddressesOfTwoOperatorsAreKeptApart() throws Exception {
        check("overlap/", "drop/inner-source/key-of-another-operator");
    }

    @Requirement("R5845-3.2-4")
    @Test
    void aModeOnlySessionHasNoKeyInEitherDirection() throws Exception {
        check("gre/", "drop/key-unexpected");
    }

    @Requirement({"R5845-7.3.1-2", "R5845-7.4.1-1"})
    @Test
    void greStandsBetweenOuterAndInnerHeader() throws Exception {
        check("gre/", "gre-key/", "over-ip4/gre/", "over-ip4/gre-key/");
    }

    @Requirement({"R5845-7.1-3", "R5845-7.4.1-2", "R5845-7.4.1-3", "R5845-7.2-8", "R5845-7.2-9", "R5845-7.2-11",
        "R5845-7.2-12", "R5844-4.1.4.1-1"})
    @Test
    void tlvStandsBetweenUdpAndGre() throws Exception {
        check("over-ip4/udp-tlv-gre/", "over-ip4/udp-tlv-gre-key/", "translated/");
    }

    @Requirement({"R5845-7.1-5", "R5844-4.1.4.1-1"})
    @Test
    void theFirstFourBitsTellTlvFromIp() throws Exception {
        check("over-ip4/udp/", "over-ip4/udp-tlv-gre", "drop/over-ip4/first-nibble");
    }

    @Requirement("R5845-7.1-7")
    @Test
    void aWrongTlvLengthDiscardsThePacket() throws Exception {
        check("drop/over-ip4/tlv-length/");
    }

    @Requirement("R5845-7.2-10")
    @Test
    void reservedBitsOfTheTlvHeaderAreIgnoredAndSentAsZero() throws Exception {
        check("over-ip4/tlv-reserved-bits", "over-ip4/udp-tlv-gre-key/downlink/");
    }

    @Requirement({"R5845-7.1-4", "R5845-7.4.1-4"})
    @Test
    void afterTheTlvFormatIsAgreedNoOtherPasses() throws Exception {
        check("drop/over-ip4/wrong-encapsulation/", "drop/over-ip4/key-missing");
    }

    @Requirement("R5213-5.6.3-1")
    @Test
    void congestionMarksGoInAndOutOfTunnels() throws Exception {
        check("ecn/");
    }

    @Requirement({"PMIP10-6.10.5-1", "PMIP10-6.10.5-2", "R5845-4.2-15", "PMIP10-3-5"})
    @Test
    void theGatewayDeliversWhatComesFromTheTunnel() throws Exception {
        check("access/over-ip6/ip-in-ip/downlink/", "access/over-ip6/gre/downlink/",
                "access/over-ip6/gre-key/downlink/", "access/over-ip4/");
    }

    @Requirement({"PMIP10-6.10.5-10", "PMIP10-6.10.5-12", "PMIP10-3-6"})
    @Test
    void theGatewayTunnelsWhatItsNodesSend() throws Exception {
        check("access/over-ip6/ip-in-ip/uplink/", "access/over-ip6/gre/uplink/", "access/over-ip6/gre-key/uplink/");
    }

    @Requirement({"R5845-3.1-2", "R5845-4.2-5"})
    @Test
    void uplinkPacketsCarryTheKeyOfTheAnchor() throws Exception {
        check("access/over-ip6/gre-key/uplink/", "access/over-ip4/udp-tlv-gre-key/uplink/");
    }

    @Requirement("R5845-4.2-14")
    @Test
    void theGatewayFindsTheSessionByTheKey() throws Exception {
        check("access/overlap/", "drop/access/unknown-key", "drop/access/key-mismatch");
    }

    @Requirement({"R5845-7.3-4", "R5845-7.3.1-4"})
    @Test
    void theGatewaySendsTheTlvFormat() throws Exception {
        check("access/over-ip4/udp-tlv-gre/uplink/", "access/over-ip4/udp-tlv-gre-key/uplink/");
    }

    @Requirement("PMIP10-6.10.5-3")
    @Test
    void packetsForNoNodeAreDropped() throws Exception {
        check("drop/access/no-node");
    }

    @Requirement({"PMIP10-6.10.5-5", "PMIP10-6.10.5-8", "PMIP10-6.10.3-1", "PMIP10-9-12", "PMIP10-C-1"})
    @Test
    void localRoutingIsPerNode() throws Exception {
        check("access/local-routing/");
    }

    @Requirement({"PMIP10-6.10.5-6", "PMIP10-6.10.5-9", "PMIP10-9-11"})
    @Test
    void withoutLocalRoutingAllGoesToTheAnchor() throws Exception {
        check("access/no-local-routing/");
    }

    @Requirement({"PMIP10-6.10.5-7", "R5213-6.9.1.2-1"})
    @Test
    void nodesWithoutBindingSendNothing() throws Exception {
        check("drop/access/unknown-node/", "drop/access/session-ending");
    }

    @Requirement("PMIP10-6.10.5-11")
    @Test
    void linkLocalSourcesAreNotForwarded() throws Exception {
        check("drop/access/link-local-source", "drop/not-forwardable/link-local-source");
    }

    @Requirement({"L2GRE-7-5", "L2GRE-7-3"})
    @Test
    void wholeFramesTravelUnmodifiedWithTheKeyOfTheirNode() throws Exception {
        check("layer2/", "drop/layer2/key-missing", "drop/layer2/unknown-key");
    }

    @Requirement("PMIP10-5.3.5-4")
    @Test
    void trafficOfAnEndingSessionIsDropped() throws Exception {
        check("drop/session-ending");
    }
}
