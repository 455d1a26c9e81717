// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests and replies are frames that scapy has made. */
class EchoTest {

    private static final String IPV6 = "02000000000202000000000186dd62e00000000d3a3c"
            + "20010db800000000000000000000000920010db80000000100000000000000018000e05e0007000368656c6c6f";
    private static final String IPV6_REPLY = "00000000000000000000000086dd62e00000000d3a40"
            + "20010db800000001000000000000000120010db80000000000000000000000098100df5e0007000368656c6c6f";
    private static final String IPV4 = "020000000002020000000001080046100025004d00003c01656cc0000209c000020194040000"
            + "0800b4230007000368656c6c6f";
    private static final String IPV4_REPLY = "000000000000000000000000080045100021000040004001b6c1c0000201c0000209"
            + "0000bc230007000368656c6c6f";

    private static byte[] octets(String hex) {
        byte[] number = new BigInteger("01" + hex, 16).toByteArray();
        return Arrays.copyOfRange(number, 1, number.length);
    }

    @Test
    void answersBothFamilies() {
        assertThat(Echo.reply(octets(IPV6)).orElseThrow()).isEqualTo(octets(IPV6_REPLY));
        assertThat(Echo.reply(octets(IPV4)).orElseThrow()).isEqualTo(octets(IPV4_REPLY));
    }

    @Test
    void whatFollowsThePacketInItsFrameIsNoPartOfIt() {
        byte[] padded = Arrays.copyOf(octets(IPV6), octets(IPV6).length + 9);
        assertThat(Echo.reply(padded).orElseThrow()).isEqualTo(octets(IPV6_REPLY));
    }

    @Test
    void aFrameThatEndsTooSoonIsNotAnswered() {
        for (String request : new String[] {IPV6, IPV4}) {
            byte[] whole = octets(request);
            for (int length = 0; length < whole.length; length++) {
                assertThat(Echo.reply(Arrays.copyOf(whole, length))).as("%d octets", length).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"54, 129, a reply", "55, 1, another code", "58, 9, a wrong checksum", "12, 8, another EtherType",
        "20, 17, another protocol", "19, 7, too short for ICMP"})
    void whatIsNoSoundRequestIsNotAnswered(int at, int value, String what) {
        byte[] frame = octets(IPV6);
        frame[at] = (byte) value;
        assertThat(Echo.reply(frame)).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"38, 0, a reply", "39, 1, another code", "42, 9, a wrong checksum", "20, 32, more fragments",
        "21, 1, a later fragment", "14, 68, a header too short", "23, 17, another protocol",
        "17, 30, too short for ICMP"})
    void whatIsNoSoundRequestOfIpv4IsNotAnswered(int at, int value, String what) {
        byte[] frame = octets(IPV4);
        frame[at] = (byte) value;
        assertThat(Echo.reply(frame)).as(what).isEmpty();
    }
}
