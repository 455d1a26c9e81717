// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pmip.checks.junit.Requirement;

/** The numbers of the status values, and on which side of acceptance they are. */
class StatusTest {

    private static void accepting(int value, String name) {
        assertThat(Status.name(value)).isEqualTo(name);
        assertThat(Status.accepts(value)).as(name).isTrue();
    }

    private static void rejecting(int value, String name) {
        assertThat(Status.name(value)).isEqualTo(name);
        assertThat(Status.accepts(value)).as(name).isFalse();
    }

    @Test
    @Requirement("PMIP10-8.9-11")
    void mobileIpv6() {
        accepting(0, "ACCEPTED");
        accepting(1, "PREFIX_DISCOVERY_NECESSARY");
        rejecting(128, "REASON_UNSPECIFIED");
        rejecting(129, "ADMINISTRATIVELY_PROHIBITED");
        rejecting(130, "INSUFFICIENT_RESOURCES");
        rejecting(131, "HOME_REGISTRATION_NOT_SUPPORTED");
        rejecting(132, "NOT_HOME_SUBNET");
        rejecting(133, "NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE");
        rejecting(134, "DUPLICATE_ADDRESS_DETECTION_FAILED");
        rejecting(135, "SEQUENCE_NUMBER_OUT_OF_WINDOW");
    }

    @Test
    @Requirement({"PMIP10-8.9-1", "PMIP10-8.9-2", "PMIP10-8.9-3", "PMIP10-8.9-4", "PMIP10-8.9-5", "PMIP10-8.9-6",
        "PMIP10-8.9-7", "PMIP10-8.9-8", "PMIP10-8.9-9", "PMIP10-8.9-10", "PMIP10-10-2"})
    void proxyMobileIpv6() {
        rejecting(152, "PROXY_REG_NOT_ENABLED");
        rejecting(153, "NOT_LMA_FOR_THIS_MOBILE_NODE");
        rejecting(154, "MAG_NOT_AUTHORIZED_FOR_PROXY_REG");
        rejecting(155, "NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX");
        rejecting(156, "TIMESTAMP_MISMATCH");
        rejecting(157, "TIMESTAMP_LOWER_THAN_PREV_ACCEPTED");
        rejecting(158, "MISSING_HOME_NETWORK_PREFIX_OPTION");
        rejecting(159, "BCE_PBU_PREFIX_SET_DO_NOT_MATCH");
        rejecting(160, "MISSING_MN_IDENTIFIER_OPTION");
        rejecting(161, "MISSING_HANDOFF_INDICATOR_OPTION");
        rejecting(162, "MISSING_ACCESS_TECH_TYPE_OPTION");
    }

    @Test
    @Requirement({"GK07-6.4-1", "GK07-6.4-2", "GK07-6.4-3"})
    void greKey() {
        accepting(2, "GRE_KEY_OPTION_NOT_REQUIRED");
        accepting(3, "GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED");
        rejecting(163, "GRE_KEY_OPTION_REQUIRED");
    }

    @Test
    @Requirement("R5844-3.3.5-1")
    void ipv4() {
        rejecting(170, "NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE");
        rejecting(171, "NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS");
        rejecting(172, "NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE");
        rejecting(173, "MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED");
    }

    @Test
    @Requirement("PMIP10-8.2-5")
    void everyValueBelow128AcceptsAndNoOther() {
        for (int value = 0; value < 256; value++) {
            BindingAcknowledgement message = BindingAcknowledgement.builder().status(value).build();
            byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(message);
            assertThat(octets[6] & 0xff).isEqualTo(value);
            assertThat(Status.accepts(message.status())).isEqualTo(value < 128);
        }
        assertThat(Status.name(99)).isEqualTo("status 99");
    }
}
