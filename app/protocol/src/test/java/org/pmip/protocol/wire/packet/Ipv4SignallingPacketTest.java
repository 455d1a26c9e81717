// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Octets;
import org.pmip.protocol.wire.Samples;

/** Mobility Headers in UDP over IPv4, by the figures of RFC 791 and RFC 768. */
class Ipv4SignallingPacketTest {

    private static final Ip4Address MAG = Ip4Address.valueOf("198.51.100.11");
    private static final Ip4Address LMA = Ip4Address.valueOf("198.51.100.1");
    private static final MacAddress FROM = MacAddress.valueOf("02:00:5e:00:00:a1");
    private static final MacAddress TO = MacAddress.valueOf("02:00:5e:00:00:f1");
    private static final String MACS = "02005e0000f1 02005e0000a1";
    /** A Heartbeat request, 8 octets: the shortest message. */
    private static final String MESSAGE = "3b 00 0d 00 0000 0001";
    private static final int IPV4 = 14;
    private static final int UDP = 34;

    private static byte[] request(int sourcePort, byte[] message) {
        return Ipv4SignallingPacket.encode(FROM, TO, MAG, sourcePort, LMA, Ipv4SignallingPacket.PORT, message);
    }

    private static Reason refused(byte[] frame) {
        Throwable thrown = catchThrowable(() -> Ipv4SignallingPacket.decode(frame));
        assertThat(thrown).as(Octets.hex(frame)).isInstanceOf(DecodeException.class);
        assertThat(((DecodeException) thrown).offset()).isBetween(0, frame.length);
        return ((DecodeException) thrown).reason();
    }

    private static byte[] with(byte[] frame, int at, int... octets) {
        byte[] changed = frame.clone();
        for (int i = 0; i < octets.length; i++) {
            changed[at + i] = (byte) octets[i];
        }
        return changed;
    }

    /** Changes a header field and makes the header's checksum right again. */
    private static byte[] header(byte[] frame, int at, int... octets) {
        byte[] changed = with(with(frame, IPV4 + at, octets), IPV4 + 10, 0, 0);
        int sum = 0;
        int end = IPV4 + (changed[IPV4] & 0x0f) * 4;
        for (int i = IPV4; i < Math.min(end, changed.length - 1); i += 2) {
            sum += (changed[i] & 0xff) << 8 | changed[i + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16)) & 0xffff;
        return with(changed, IPV4 + 10, sum >> 8, sum);
    }

    @Test
    @Requirement({"R5844-4.1.3.2-1", "GK07-11.1-1"})
    void answerAsOctets() {
        byte[] frame = Ipv4SignallingPacket.encode(FROM, TO, LMA, MAG, 40_000, Octets.of(MESSAGE));
        assertThat(Octets.hex(Arrays.copyOf(frame, IPV4 + 10))).isEqualTo(Octets.hex(
                Octets.of(MACS, "0800", "45 00 0024 0000 4000 40 11")));
        assertThat(Octets.hex(Arrays.copyOfRange(frame, IPV4 + 12, UDP + 6))).isEqualTo(Octets.hex(
                Octets.of("c6336401 c633640b", "153c 9c40 0010")));
        assertThat(Octets.hex(Arrays.copyOfRange(frame, UDP + 8, frame.length))).isEqualTo(Octets.hex(
                Octets.of(MESSAGE)));
        assertThat(onesComplement(frame, IPV4, UDP, 0)).as("IPv4 header").isEqualTo(0xffff);
        int pseudo = 0xc633 + 0x6401 + 0xc633 + 0x640b + 17 + 16;
        assertThat(onesComplement(frame, UDP, frame.length, pseudo)).as("UDP").isEqualTo(0xffff);
        assertThat(frame[UDP + 6] | frame[UDP + 7]).as("a checksum is there").isNotZero();
    }

    private static int onesComplement(byte[] octets, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i += 2) {
            sum += (octets[i] & 0xff) << 8 | octets[i + 1] & 0xff;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum;
    }

    @Test
    @Requirement({"R5844-4.1.3.1-1", "GK07-11.1-1"})
    void requestWhoseMobilityHeaderChecksumDoesNotCount() throws DecodeException {
        byte[] message = Samples.proxyBindingUpdateOctets();
        message[4] ^= 0x55;
        Ipv4SignallingPacket packet = Ipv4SignallingPacket.decode(request(40_000, message));
        assertThat(packet.source()).isEqualTo(MAG);
        assertThat(packet.destination()).isEqualTo(LMA);
        assertThat(packet.sourcePort()).isEqualTo(40_000);
        assertThat(packet.mobilityHeader()).isEqualTo(message);
        assertThat(MobilityHeaderCodec.decodeWithoutChecksum(packet.mobilityHeader()))
                .isEqualTo(Samples.proxyBindingUpdate()).isInstanceOf(BindingUpdate.class);
    }

    @Test
    @Requirement("R5844-4.1.3.1-1")
    void theUdpChecksumProtectsIt() throws DecodeException {
        byte[] frame = request(5_436, Octets.of(MESSAGE));
        assertThat(refused(with(frame, frame.length - 1, 2))).isEqualTo(Reason.CHECKSUM);
        assertThat(refused(with(frame, IPV4 + 8, 63))).as("IPv4 header").isEqualTo(Reason.CHECKSUM);
        byte[] without = with(frame, UDP + 6, 0, 0);
        assertThat(Ipv4SignallingPacket.decode(without)).isEqualTo(Ipv4SignallingPacket.decode(frame));
    }

    @Test
    void tagsOptionsAndPaddingAreSkipped() throws DecodeException {
        byte[] plain = request(5_436, Octets.of(MESSAGE));
        Ipv4SignallingPacket expected = Ipv4SignallingPacket.decode(plain);
        String inner = Octets.hex(Arrays.copyOfRange(plain, 12, plain.length));
        assertThat(Ipv4SignallingPacket.decode(Octets.of(MACS, "88a8 0007 8100 0064", inner))).isEqualTo(expected);
        assertThat(Ipv4SignallingPacket.decode(Arrays.copyOf(plain, 60))).isEqualTo(expected);
        byte[] options = Octets.of(MACS, "0800 46 00 0028 0000 4000 40 11 0000 c633640b c6336401 01010101",
                Octets.hex(Arrays.copyOfRange(plain, UDP, plain.length)));
        assertThat(Ipv4SignallingPacket.decode(header(options, 0, 0x46))).isEqualTo(expected);
    }

    @Test
    void whatIsNoSuchPacketIsRefused() {
        byte[] frame = request(5_436, Octets.of(MESSAGE));
        assertThat(refused(with(frame, 12, 0x86, 0xdd))).isEqualTo(Reason.PACKET);
        assertThat(refused(with(frame, IPV4, 0x65))).isEqualTo(Reason.PACKET);
        assertThat(refused(header(frame, 0, 0x44))).isEqualTo(Reason.PACKET);
        assertThat(refused(header(frame, 2, 0, 19))).isEqualTo(Reason.PACKET);
        assertThat(refused(header(frame, 2, 0, 200))).isEqualTo(Reason.TRUNCATED);
        assertThat(refused(header(frame, 6, 0x20, 0))).as("more fragments").isEqualTo(Reason.PACKET);
        assertThat(refused(header(frame, 6, 0, 1))).as("a later fragment").isEqualTo(Reason.PACKET);
        assertThat(refused(header(frame, 9, 6))).as("TCP").isEqualTo(Reason.PACKET);
        byte[] unprotected = with(frame, UDP + 6, 0, 0);
        assertThat(refused(with(unprotected, UDP + 2, 0x15, 0x3d))).as("port 5437").isEqualTo(Reason.PACKET);
        assertThat(refused(with(frame, UDP + 4, 0, 7))).isEqualTo(Reason.TRUNCATED);
        assertThat(refused(with(frame, UDP + 4, 0, 17))).isEqualTo(Reason.TRUNCATED);
        for (int length = 0; length < frame.length; length++) {
            assertThat(refused(Arrays.copyOf(frame, length))).isIn(Reason.TRUNCATED, Reason.PACKET);
        }
    }

    @Property(tries = 300)
    void bothWays(@ForAll @Size(max = 300) byte[] message, @ForAll short port) throws DecodeException {
        Ipv4SignallingPacket packet = Ipv4SignallingPacket.decode(request(port & 0xffff, message));
        assertThat(packet.mobilityHeader()).isEqualTo(message);
        assertThat(packet.sourcePort()).isEqualTo(port & 0xffff);
    }

    @Property(tries = 2_000)
    void anyOctetsAreReadOrRefused(@ForAll @Size(max = 80) byte[] tail) {
        byte[] frame = Octets.of(MACS, "0800", Octets.hex(tail));
        Throwable thrown = catchThrowable(() -> Ipv4SignallingPacket.decode(frame));
        assertThat(thrown == null || thrown instanceof DecodeException).isTrue();
    }
}
