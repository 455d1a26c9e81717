// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.Octets;
import org.pmip.protocol.wire.packet.TunnelError.Carried;
import org.pmip.protocol.wire.packet.TunnelError.Kind;

/** ICMP errors about tunnel packets, by the figures of RFC 4443 section 3, RFC 792, RFC 1191 and RFC 4884. */
class TunnelErrorTest {

    private static final String MACS = "00005e005301 00005e0053fe ";
    private static final String ROUTER = "20010db8 00ff0000 00000000 00000001";
    private static final String LMA = "20010db8 00000001 00000000 00000001";
    private static final String MAG = "20010db8 00000011 00000000 00000001";
    private static final String ROUTER_4 = "cb0071fe";
    private static final String LMA_4 = "c6336401";
    private static final String MAG_4 = "cb00710b";
    /** An inner packet of 1452 octets, of which the header and 8 more are there. */
    private static final String INNER = "60000000 0584 11 40 20010db8 ffff0000 00000000 00000001 "
            + "20010db8 01000700 00000000 00000001 1389138905840000";
    private static final int INNER_OCTETS = 48;

    private static byte[] frame6(String icmp, String quoted) {
        byte[] message = Octets.of(icmp, quoted);
        byte[] frame = Octets.of(MACS, "86dd", "60000000", String.format("%04x", message.length), "3a 3f", ROUTER, LMA);
        byte[] whole = Arrays.copyOf(frame, frame.length + message.length);
        System.arraycopy(message, 0, whole, frame.length, message.length);
        return checked6(whole);
    }

    private static byte[] checked6(byte[] frame) {
        frame[56] = 0;
        frame[57] = 0;
        int sum = ~InternetChecksum.withPseudoHeader(Arrays.copyOfRange(frame, 22, 38),
                Arrays.copyOfRange(frame, 38, 54), 58, frame, 54, frame.length - 54);
        frame[56] = (byte) (sum >> 8);
        frame[57] = (byte) sum;
        return frame;
    }

    private static byte[] frame4(String icmp, String quoted) {
        byte[] message = Octets.of(icmp, quoted);
        byte[] frame = Octets.of(MACS, "0800", "4500", String.format("%04x", 20 + message.length),
                "0001 0000 3f 01 0000", ROUTER_4, LMA_4);
        byte[] whole = Arrays.copyOf(frame, frame.length + message.length);
        System.arraycopy(message, 0, whole, frame.length, message.length);
        sum4(whole, 14, 24, 20);
        sum4(whole, 34, 36, message.length);
        return whole;
    }

    private static void sum4(byte[] frame, int from, int at, int length) {
        int sum = ~InternetChecksum.fold(InternetChecksum.sum(frame, from, length));
        frame[at] = (byte) (sum >> 8);
        frame[at + 1] = (byte) sum;
    }

    private static String ipv6(int payload, String next) {
        return "60000000" + String.format("%04x", payload) + next + "01" + LMA + MAG;
    }

    private static String ipv4(int length, String protocol) {
        return "4500" + String.format("%04x", length) + "0000 4000 01" + protocol + "0000" + LMA_4 + MAG_4;
    }

    private static Reason refused(byte[] frame) {
        Throwable thrown = catchThrowable(() -> TunnelError.decode(frame));
        assertThat(thrown).as(Octets.hex(frame)).isInstanceOf(DecodeException.class);
        assertThat(((DecodeException) thrown).offset()).isBetween(0, frame.length);
        return ((DecodeException) thrown).reason();
    }

    @Test
    void packetTooBigOfAKeyedTunnel() throws Exception {
        TunnelError error = TunnelError.decode(frame6("02 00 0000 00000578",
                ipv6(1_460, "2f") + "2000 86dd 00000007" + INNER));
        assertThat(error.kind()).isEqualTo(Kind.TOO_BIG);
        assertThat(error.mtu()).isEqualTo(1_400);
        assertThat(error.length()).isEqualTo(1_500);
        assertThat(error.reporter()).isEqualTo(IpAddress.valueOf("2001:db8:ff::1"));
        assertThat(error.near()).isEqualTo(IpAddress.valueOf("2001:db8:0:1::1"));
        assertThat(error.far()).isEqualTo(IpAddress.valueOf("2001:db8:0:11::1"));
        assertThat(error.carried()).isEqualTo(Carried.GRE_KEY);
        assertThat(error.key()).isEqualTo(OptionalLong.of(7));
        assertThat(error.farPort()).isZero();
        assertThat(error.inner()).hasValueSatisfying(inner -> assertThat(inner).isEqualTo(Octets.of(INNER)));
        assertThat(error).hasToString("2001:db8:ff::1: TOO_BIG code 0 MTU 1400 for GRE_KEY of 1500 octets, "
                + "2001:db8:0:1::1 -> 2001:db8:0:11::1 key 7");
    }

    @ParameterizedTest
    @CsvSource({"2f, 000086dd, GRE", "2f, 200086ddfffffffe, GRE_KEY", "29, '', PACKET"})
    void formatsOverIpv6(String protocol, String between, Carried carried) throws Exception {
        TunnelError error = TunnelError.decode(frame6("01 03 0000 00000000",
                ipv6(1_452 + between.length() / 2, protocol) + between + INNER));
        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(error.code()).isEqualTo(3);
        assertThat(error.carried()).isEqualTo(carried);
        assertThat(error.key()).isEqualTo(carried == Carried.GRE_KEY ? OptionalLong.of(0xffff_fffeL)
                : OptionalLong.empty());
        assertThat(error.inner().orElseThrow()).hasSize(INNER_OCTETS);
    }

    @ParameterizedTest
    @CsvSource({"2f, 000086dd, GRE", "2f, 200086dd00000007, GRE_KEY", "29, '', PACKET",
            "11, 153d153d05b40000, UDP_PACKET", "11, 153d9c4005bc0000002f05b0000086dd, UDP_TLV_GRE",
            "11, 153d153d05c00000002f05b4200086dd00000007, UDP_TLV_GRE_KEY"})
    void formatsOverIpv4(String protocol, String between, Carried carried) throws Exception {
        TunnelError error = TunnelError.decode(frame4("03 04 0000 0000 0540",
                ipv4(20 + between.length() / 2 + 1_452, protocol) + between + INNER));
        assertThat(error.kind()).isEqualTo(Kind.TOO_BIG);
        assertThat(error.mtu()).isEqualTo(0x540);
        assertThat(error.carried()).isEqualTo(carried);
        assertThat(error.farPort()).isEqualTo(!protocol.equals("11") ? 0 : carried == Carried.UDP_TLV_GRE ? 40_000
                : 5_437);
        assertThat(error.inner().orElseThrow()).isEqualTo(Octets.of(INNER));
    }

    @ParameterizedTest
    @CsvSource({"2f, 200086dd00000007, GRE_KEY", "2f, 000086dd60000000, GRE", "29, 6000000005841140, PACKET",
            "11, 153d153d05c00000, UDP"})
    void oldRoutersQuoteEightOctets(String protocol, String quoted, Carried carried) throws Exception {
        TunnelError error = TunnelError.decode(frame4("0b 00 0000 00000000", ipv4(1_400, protocol) + quoted));
        assertThat(error.kind()).isEqualTo(Kind.TIME_EXCEEDED);
        assertThat(error.mtu()).isZero();
        assertThat(error.carried()).isEqualTo(carried);
        assertThat(error.inner()).isEmpty();
    }

    @Test
    void whatFollowsAnExtendedMessageIsNoPartOfThePacket() throws Exception {
        String quoted = ipv6(1_460, "2f") + "2000 86dd 00000007" + INNER;
        String filled = quoted + "00".repeat(128 - 40 - 8 - INNER_OCTETS) + "2000 0000 0008 0101 00064140";
        TunnelError error = TunnelError.decode(frame6("03 00 0000 10000000", filled));
        assertThat(error.inner().orElseThrow()).hasSize(128 - 48);
        TunnelError whole = TunnelError.decode(frame6("03 00 0000 00000000", filled));
        assertThat(whole.inner().orElseThrow()).as("without a length all of it").hasSize(128 - 48 + 12);
    }

    @Test
    void aTunnelPacketMayBeShorterThanTheMessage() throws Exception {
        String inner = "4500 001c 0000 4000 40 11 0000 0a010009 c0000201 0001 0002 0008 0000";
        TunnelError error = TunnelError.decode(frame4("03 01 0000 00000000",
                ipv4(20 + 8 + 28, "2f") + "2000 0800 00000001" + inner + "ffffffff"));
        assertThat(error.inner().orElseThrow()).isEqualTo(Octets.of(inner));
    }

    @Test
    void theFrameMayBeTaggedAndPadded() throws Exception {
        byte[] plain = frame4("03 01 0000 00000000", ipv4(1_400, "2f") + "000086dd60000000");
        byte[] tagged = new byte[plain.length + 4 + 10];
        System.arraycopy(plain, 0, tagged, 0, 12);
        System.arraycopy(Octets.of("8100 0007"), 0, tagged, 12, 4);
        System.arraycopy(plain, 12, tagged, 16, plain.length - 12);
        assertThat(TunnelError.decode(tagged)).hasToString(TunnelError.decode(plain).toString());
    }

    @Test
    void otherThingsAreRefused() {
        String quoted = ipv6(1_460, "2f") + "2000 86dd 00000007" + INNER;
        assertThat(refused(frame6("81 00 0000 00000000", quoted))).as("echo reply").isEqualTo(Reason.PACKET);
        assertThat(refused(frame4("05 01 0000 00000000", ipv4(1_400, "2f") + "000086dd60000000")))
                .as("redirect").isEqualTo(Reason.PACKET);
        assertThat(refused(frame6("02 00 0000 00000578", ipv6(1_460, "87") + "3b 00 05 00 0000 0000")))
                .as("about signalling").isEqualTo(Reason.PACKET);
        assertThat(refused(frame6("02 00 0000 00000578", ipv6(1_460, "2f") + "a000 86dd 00000000 00000007" + INNER)))
                .as("GRE with a checksum").isEqualTo(Reason.PACKET);
        assertThat(refused(frame6("02 00 0000 00000578", ipv6(1_460, "11") + "153d153d05b40000" + INNER)))
                .as("UDP over IPv6").isEqualTo(Reason.PACKET);
        assertThat(refused(frame4("03 04 0000 00000540", ipv4(1_400, "11") + "1234153d05b40000")))
                .as("from another port").isEqualTo(Reason.PACKET);
        assertThat(refused(frame4("03 04 0000 00000540", "4500 0578 0001 2000 01 2f 0000" + LMA_4 + MAG_4
                + "000086dd60000000"))).as("a fragment").isEqualTo(Reason.PACKET);
        byte[] damaged = frame6("02 00 0000 00000578", quoted);
        damaged[61]++;
        assertThat(refused(damaged)).isEqualTo(Reason.CHECKSUM);
        byte[] damaged4 = frame4("03 04 0000 00000540", ipv4(1_400, "2f") + "000086dd60000000");
        damaged4[41]++;
        assertThat(refused(damaged4)).isEqualTo(Reason.CHECKSUM);
        damaged4[41]--;
        damaged4[22]++;
        assertThat(refused(damaged4)).as("of the header").isEqualTo(Reason.CHECKSUM);
    }

    @Property
    void nothingTruncatedIsTakenForMore(@ForAll @IntRange(max = 57) int cut) {
        // 14 of Ethernet, 20 of IPv4, 8 of ICMP, 20 and 8 of the quotation.
        byte[] whole = frame4("03 04 0000 00000540", ipv4(1_400, "2f") + "200086dd00000007");
        byte[] message = Arrays.copyOfRange(whole, 34, 34 + Math.max(8, cut - 22));
        byte[] cutOff = Arrays.copyOf(whole, 34 + message.length);
        cutOff[16] = (byte) (20 + message.length >> 8);
        cutOff[17] = (byte) (20 + message.length);
        Arrays.fill(cutOff, 24, 26, (byte) 0);
        Arrays.fill(cutOff, 36, 38, (byte) 0);
        sum4(cutOff, 14, 24, 20);
        sum4(cutOff, 34, 36, message.length);
        assertThat(refused(cutOff)).isEqualTo(Reason.TRUNCATED);
        assertThat(refused(Arrays.copyOf(whole, cut))).isEqualTo(Reason.TRUNCATED);
    }

    /** Whatever it is, it is refused or makes sense: the inner packet ends with the frame and has a whole header. */
    @Property(tries = 3_000)
    void anyOctetsBehindASoundHeader(@ForAll boolean ipv6, @ForAll @IntRange(max = 14) int type,
                                     @ForAll @Size(max = 160) byte[] quoted, @ForAll boolean tunnel) {
        String text = Octets.hex(quoted);
        String head = !tunnel ? "" : ipv6 ? ipv6(1_460, "2f") : ipv4(1_400, "11") + "153d153d";
        String icmp = String.format("%02x", type) + "04 0000 00000540";
        byte[] frame = ipv6 ? frame6(icmp, head + text) : frame4(icmp, head + text);
        try {
            TunnelError error = TunnelError.decode(frame);
            assertThat(error.kind()).isNotNull();
            assertThat(error.carried()).isNotNull();
            assertThat(error.length()).isBetween(20, 65_575);
            assertThat(error.mtu()).isBetween(0, 65_535);
            error.inner().ifPresent(inner -> assertThat(inner.length).isBetween(20, frame.length));
        } catch (DecodeException e) {
            assertThat(e.offset()).isBetween(0, frame.length);
        }
    }

    @Property(tries = 2_000)
    void anyOctets(@ForAll @Size(max = 120) byte[] frame) {
        refused(frame);
    }
}
