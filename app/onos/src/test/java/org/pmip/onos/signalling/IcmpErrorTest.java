// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.pipeconf.PacketInReason;
import org.pmip.pipeconf.PuntClass;

import static org.assertj.core.api.Assertions.assertThat;

class IcmpErrorTest {

    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address ROUTER = Ip6Address.valueOf("2001:db8:ff::1");
    private static final String CORRESPONDENT = "20010db800ff00000000000000000100";
    private static final String MOBILE = "20010db8010100000000000000000001";
    private static final String MAG = "20010db8000000110000000000000001";
    private static final String ETHERNET = "00005e005303" + "00005e0053ff" + "86dd";

    private static byte[] octets(String hex) {
        byte[] out = new byte[hex.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return out;
    }

    private static String ipv6(String source, String destination, String next, String payload) {
        return "60000000" + String.format("%04x", payload.length() / 2) + next + "40" + source + destination + payload;
    }

    private static PacketInReason reason(PuntClass puntClass, int mtu) {
        return new PacketInReason(puntClass, 1, mtu);
    }

    private static Optional<byte[]> told(byte[] frame, PacketInReason reason) {
        return ReportedPacket.in(frame, ANCHOR::equals).flatMap(packet -> IcmpError.of(packet, reason, ROUTER));
    }

    @Test
    void packetTooBigTellsTheSizeThatFits() {
        String big = ipv6(CORRESPONDENT, MOBILE, "11", "ab".repeat(1460));
        byte[] error = told(octets(ETHERNET + big), reason(PuntClass.TOO_BIG, 1452))
                .orElseThrow();
        assertThat(error).hasSize(14 + 1280);
        byte[] expected = octets("6000000004d83a40" + "20010db800ff00000000000000000001" + CORRESPONDENT + "0200");
        assertThat(Arrays.copyOfRange(error, 14, 56)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(error, 58, 62)).isEqualTo(octets("000005ac"));
        assertThat(Arrays.copyOfRange(error, 62, error.length)).isEqualTo(Arrays.copyOf(octets(big), 1232));
        assertThat(Icmpv6Checksum.of(error, 14, 1280)).isZero();
    }

    @Test
    void whatCameInATunnelIsJudgedByItsInnerPacket() {
        String inner = ipv6(MOBILE, CORRESPONDENT, "11", "0102030405060708");
        for (String[] tunnel : new String[][] {{"29", ""}, {"2f", "000086dd"}, {"2f", "200086dd00000007"}}) {
            byte[] frame = octets(ETHERNET + ipv6(MAG, "20010db8000000010000000000000001", tunnel[0],
                    tunnel[1] + inner));
            byte[] error = told(frame, reason(PuntClass.HOP_LIMIT, 0)).orElseThrow();
            assertThat(Arrays.copyOfRange(error, 38, 54)).isEqualTo(octets(MOBILE));
            assertThat(Arrays.copyOfRange(error, 54, 56)).isEqualTo(octets("0300"));
            assertThat(Arrays.copyOfRange(error, 62, error.length)).isEqualTo(octets(inner));
        }
    }

    @Test
    void thereAreSendersThatAreNotTold() {
        assertThat(told(octets(ETHERNET + ipv6(CORRESPONDENT, MOBILE, "3a", "0100000000000000")),
                reason(PuntClass.UNREACHABLE, 0))).as("of an error").isEmpty();
        assertThat(told(octets(ETHERNET + ipv6(CORRESPONDENT, MOBILE, "3a", "8000000000000000")),
                reason(PuntClass.UNREACHABLE, 0))).as("of an echo request").isPresent();
        assertThat(told(octets(ETHERNET + ipv6("0".repeat(32), MOBILE, "11", "")),
                reason(PuntClass.UNREACHABLE, 0))).as("unspecified").isEmpty();
        assertThat(told(octets(ETHERNET + ipv6(CORRESPONDENT, "ff0e" + "0".repeat(28), "11", "")),
                reason(PuntClass.UNREACHABLE, 0))).as("to a group").isEmpty();
    }

    @Test
    void nothingTruncatedDoesHarm() {
        byte[] whole = octets(ETHERNET + ipv6(MAG, "20010db8000000010000000000000001", "2f",
                "200086dd00000007" + ipv6(MOBILE, CORRESPONDENT, "11", "01")));
        for (int length = 0; length < whole.length - 1; length++) {
            assertThat(told(Arrays.copyOf(whole, length), reason(PuntClass.HOP_LIMIT, 0)))
                    .isEmpty();
        }
    }
}
