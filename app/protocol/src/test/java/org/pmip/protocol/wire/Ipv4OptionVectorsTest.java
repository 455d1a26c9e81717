// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.wire.OptionVectorsTest.alsoRead;
import static org.pmip.protocol.wire.OptionVectorsTest.malformed;
import static org.pmip.protocol.wire.OptionVectorsTest.vector;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.NatDetection;

/** The options of RFC 5844 as values and as octets. */
class Ipv4OptionVectorsTest {

    private static final Ip4Address HOME = Ip4Address.valueOf("10.1.2.3");

    @Test
    @Requirement("R5844-3.3.1-1")
    void homeAddressRequest() {
        vector(Ipv4HomeAddressRequest.of(24, HOME), "24 06 60 00 0a010203");
        vector(Ipv4HomeAddressRequest.of(0, Ip4Address.ZERO), "24 06 00 00 00000000");
        vector(Ipv4HomeAddressRequest.of(63, HOME), "24 06 fc 00 0a010203");
        alsoRead("24 06 63 ff 0a010203", Ipv4HomeAddressRequest.of(24, HOME));
        malformed("24 00", "24 05 60 00 0a0102", "24 07 60 00 0a010203 00");
        assertThatThrownBy(() -> Ipv4HomeAddressRequest.of(64, HOME)).hasMessageContaining("prefixLength is 64");
    }

    @Test
    @Requirement("R5844-3.3.2-1")
    void homeAddressReply() {
        vector(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.SUCCESS, 24, HOME), "25 06 00 60 0a010203");
        vector(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.UNSPECIFIED, 0, HOME), "25 06 80 00 0a010203");
        vector(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.PROHIBITED, 32, HOME), "25 06 81 80 0a010203");
        vector(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.INCORRECT, 24, HOME), "25 06 82 60 0a010203");
        vector(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.INVALID, 24, HOME), "25 06 83 60 0a010203");
        vector(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.NO_DYNAMIC_ASSIGNMENT, 0, Ip4Address.ZERO),
                "25 06 84 00 00000000");
        alsoRead("25 06 00 63 0a010203", Ipv4HomeAddressReply.of(0, 24, HOME));
        malformed("25 00", "25 05 00 60 0a0102", "25 08 00 60 0a010203 0000");
    }

    @Test
    @Requirement("R5844-3.3.3-1")
    void defaultRouterAndDhcpSupportMode() {
        vector(Ipv4DefaultRouterAddress.of(Ip4Address.valueOf("10.1.2.1")), "26 06 0000 0a010201");
        alsoRead("26 06 ffff 0a010201", Ipv4DefaultRouterAddress.of(Ip4Address.valueOf("10.1.2.1")));
        malformed("26 04 0a010201", "26 00");
        vector(Ipv4DhcpSupportMode.of(true), "27 02 0001");
        vector(Ipv4DhcpSupportMode.of(false), "27 02 0000");
        alsoRead("27 02 ffff", Ipv4DhcpSupportMode.of(true));
        alsoRead("27 02 fffe", Ipv4DhcpSupportMode.of(false));
        malformed("27 00", "27 01 01", "27 04 00000001");
    }

    @Test
    void careOfAddress() {
        vector(Ipv4CareOfAddress.of(HOME), "20 06 0000 0a010203");
        alsoRead("20 06 ffff 0a010203", Ipv4CareOfAddress.of(HOME));
        malformed("20 00", "20 04 0a010203", "20 07 0000 0a010203 00");
    }

    @Test
    void natDetection() {
        vector(NatDetection.of(true, 110), "1f 06 8000 0000006e");
        vector(NatDetection.of(false, 0xffffffffL), "1f 06 0000 ffffffff");
        alsoRead("1f 06 7fff 0000006e", NatDetection.of(false, 110));
        malformed("1f 00", "1f 04 00000000");
        assertThat(NatDetection.of(true, 110).forced()).isTrue();
        assertThatThrownBy(() -> NatDetection.of(true, 1L << 32)).hasMessageContaining("refreshTime");
    }
}
