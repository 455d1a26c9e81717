// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.pmip.pipeconf.PacketInReason;
import org.pmip.pipeconf.PuntClass;

class Icmpv4ErrorTest {

    private static final Ip4Address ROUTER = Ip4Address.valueOf("192.0.2.1");
    private static final IpAddress ANCHOR = Ip4Address.valueOf("198.51.100.1");
    private static final IpAddress ANCHOR_IPV6 = Ip6Address.valueOf("2001:db8::1");
    private static final String CORRESPONDENT = "c0000263";
    private static final String MOBILE = "0a010007";
    private static final String MAG = "c633640b";
    private static final String IPV4 = "00005e005303" + "00005e0053ff" + "0800";

    private static byte[] octets(String hex) {
        byte[] out = new byte[hex.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return out;
    }

    private static String ipv4(String source, String destination, String protocol, String payload) {
        return "4500" + String.format("%04x", 20 + payload.length() / 2) + "0000" + "4000" + "40" + protocol + "0000"
                + source + destination + payload;
    }

    private static Optional<byte[]> told(byte[] frame, PuntClass puntClass, int mtu) {
        return ReportedPacket.in(frame, address -> address.equals(ANCHOR) || address.equals(ANCHOR_IPV6))
                .flatMap(packet -> Icmpv4Error.of(packet, new PacketInReason(puntClass, 1, mtu), ROUTER));
    }

    private static int sum(byte[] octets, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (octets[from + i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        return (sum & 0xffff) + (sum >> 16);
    }

    @Test
    void fragmentationNeededTellsTheSizeThatFits() {
        String big = ipv4(CORRESPONDENT, MOBILE, "11", "ab".repeat(1480));
        byte[] error = told(octets(IPV4 + big), PuntClass.TOO_BIG, 1452).orElseThrow();
        assertThat(error).hasSize(14 + 576);
        assertThat(sum(error, 14, 20)).as("checksum of the header").isEqualTo(0xffff);
        assertThat(sum(error, 34, 556)).as("checksum of the message").isEqualTo(0xffff);
        assertThat(Arrays.copyOfRange(error, 26, 34)).isEqualTo(octets("c0000201" + CORRESPONDENT));
        assertThat(Arrays.copyOfRange(error, 34, 36)).isEqualTo(octets("0304"));
        assertThat(Arrays.copyOfRange(error, 38, 42)).isEqualTo(octets("000005ac"));
        assertThat(Arrays.copyOfRange(error, 42, error.length)).isEqualTo(Arrays.copyOf(octets(big), 548));
    }

    @Test
    void whatCameInATunnelIsJudgedByItsInnerPacket() {
        String inner = ipv4(MOBILE, CORRESPONDENT, "11", "0102030405060708");
        String length = String.format("%04x", inner.length() / 2 + 8);
        for (String[] tunnel : new String[][] {{"04", ""}, {"2f", "00000800"}, {"2f", "2000080000000007"},
            {"11", "153d153d" + "0000" + "0000"}, {"11", "153d153d00000000" + "002f" + length + "2000080000000007"},
            {"11", "153d153d00000000" + "002f" + length + "00000800"}}) {
            byte[] error = told(octets(IPV4 + ipv4(MAG, "c6336401", tunnel[0], tunnel[1] + inner)),
                    PuntClass.HOP_LIMIT, 0).orElseThrow();
            assertThat(Arrays.copyOfRange(error, 30, 36)).isEqualTo(octets(MOBILE + "0b00"));
            assertThat(Arrays.copyOfRange(error, 42, error.length)).isEqualTo(octets(inner));
        }
        byte[] overIpv6 = octets("00005e005303" + "00005e0053ff" + "86dd" + "60000000"
                + String.format("%04x", 8 + inner.length() / 2) + "2f40" + "20010db8000000110000000000000001"
                + "20010db8000000000000000000000001" + "2000080000000007" + inner);
        byte[] error = told(overIpv6, PuntClass.UNREACHABLE, 0).orElseThrow();
        assertThat(Arrays.copyOfRange(error, 30, 36)).isEqualTo(octets(MOBILE + "0301"));
    }

    @Test
    void thereAreSendersThatAreNotTold() {
        for (String packet : new String[] {
            ipv4(CORRESPONDENT, MOBILE, "01", "0301000000000000"),
            ipv4(CORRESPONDENT, MOBILE, "01", "0b00000000000000"),
            ipv4("00000000", MOBILE, "11", "0102030405060708"), ipv4("7f000001", MOBILE, "11", "0102030405060708"),
            ipv4("e0000001", MOBILE, "11", "0102030405060708"),
            ipv4(CORRESPONDENT, "e0000001", "11", "0102030405060708"),
            ipv4(CORRESPONDENT, "ffffffff", "11", "0102030405060708"),
            ipv4(CORRESPONDENT, MOBILE, "11", "0102030405060708").replace("4000" + "40", "0001" + "40")}) {
            assertThat(told(octets(IPV4 + packet), PuntClass.UNREACHABLE, 0)).as(packet).isEmpty();
        }
        assertThat(told(octets(IPV4 + ipv4(CORRESPONDENT, MOBILE, "01", "0800000000000000")),
                PuntClass.UNREACHABLE, 0)).as("of an echo request").isPresent();
    }

    @Test
    void nothingTruncatedDoesHarm() {
        byte[] whole = octets(IPV4 + ipv4(MAG, "c6336401", "2f", "2000080000000007"
                + ipv4(MOBILE, CORRESPONDENT, "11", "0102030405060708")));
        for (int length = 0; length < whole.length; length++) {
            assertThat(told(Arrays.copyOf(whole, length), PuntClass.HOP_LIMIT, 0)).isEmpty();
        }
    }
}
