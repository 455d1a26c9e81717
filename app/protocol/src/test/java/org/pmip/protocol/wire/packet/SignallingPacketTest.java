// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Octets;
import org.pmip.protocol.wire.Samples;

/** Frames made by hand from the figures of Ethernet and IPv6, with and without what may stand before the message. */
class SignallingPacketTest {

    private static final String MACS = "02005e0000f1 02005e0000a1";
    private static final String ADDRESSES = "20010db8000a00000000000000000001 20010db8000f00000000000000000001";
    private static final String HOP_BY_HOP = "01 04 00000000";
    private static final String HOME_ADDRESS_OPTION = "01 02 0000 c9 10 20010db8000100020000000000000009";

    private static String hex(byte[] octets) {
        return Octets.hex(octets);
    }

    /** A frame whose IPv6 packet has a first next header and a payload. */
    private static byte[] frame(String tags, String nextHeader, String payload) {
        int length = payload.replace(" ", "").length() / 2;
        return Octets.of(MACS, tags, "86dd 60000000", String.format("%04x", length), nextHeader, "40", ADDRESSES,
                payload);
    }

    private static String message() {
        return hex(Samples.proxyBindingUpdateOctets());
    }

    private static DecodeException refused(byte[] frame) {
        Throwable thrown = catchThrowable(() -> SignallingPacket.decode(frame));
        assertThat(thrown).as(hex(frame)).isInstanceOf(DecodeException.class);
        DecodeException failure = (DecodeException) thrown;
        assertThat(failure.offset()).isBetween(0, frame.length);
        return failure;
    }

    @Test
    @Requirement("RFC6275-6.1.1-1")
    void frameBothWays() throws DecodeException {
        byte[] frame = frame("", "87", message());
        assertThat(hex(SignallingPacket.encode(MacAddress.valueOf("02:00:5e:00:00:a1"),
                MacAddress.valueOf("02:00:5e:00:00:f1"), Octets.MAG, Octets.LMA,
                Samples.proxyBindingUpdateOctets()))).isEqualTo(hex(frame));
        SignallingPacket packet = SignallingPacket.decode(frame);
        assertThat(packet.source()).isEqualTo(Octets.MAG);
        assertThat(packet.destination()).isEqualTo(Octets.LMA);
        assertThat(packet.homeAddress()).isEmpty();
        assertThat(hex(packet.mobilityHeader())).isEqualTo(message());
        assertThat(MobilityHeaderCodec.decode(packet.mobilityHeader(), packet.source(), packet.destination()))
                .isEqualTo(Samples.proxyBindingUpdate());
        assertThat(packet).isEqualTo(SignallingPacket.decode(frame)).hasToString(
                "2001:db8:a::1 -> 2001:db8:f::1 MH of 88 octets");
        packet.mobilityHeader()[0] = 0;
        assertThat(packet).isEqualTo(SignallingPacket.decode(frame)).hasSameHashCodeAs(SignallingPacket.decode(frame));
    }

    @Test
    void tagsDoNotCount() throws DecodeException {
        SignallingPacket plain = SignallingPacket.decode(frame("", "87", message()));
        assertThat(SignallingPacket.decode(frame("8100 0064", "87", message()))).isEqualTo(plain);
        assertThat(SignallingPacket.decode(frame("88a8 0064 8100 0065", "87", message()))).isEqualTo(plain);
    }

    @Test
    void ethernetPaddingIsNotPartOfTheMessage() throws DecodeException {
        byte[] frame = frame("", "87", hex(Samples.unknownOctets()));
        SignallingPacket packet = SignallingPacket.decode(Arrays.copyOf(frame, frame.length + 7));
        assertThat(packet).isEqualTo(SignallingPacket.decode(frame));
        assertThat(packet.mobilityHeader()).isEqualTo(Samples.unknownOctets());
    }

    @Test
    void extensionHeadersAreSkipped() throws DecodeException {
        SignallingPacket plain = SignallingPacket.decode(frame("", "87", message()));
        assertThat(SignallingPacket.decode(frame("", "00", "87 00" + HOP_BY_HOP + message()))).isEqualTo(plain);
        assertThat(SignallingPacket.decode(frame("", "00", "3c 00" + HOP_BY_HOP + "87 00 000000000000" + message())))
                .isEqualTo(plain);
        String usedRouting = "87 02 02 00 00000000 20010db8000100020000000000000009";
        assertThat(SignallingPacket.decode(frame("", "2b", usedRouting + message()))).isEqualTo(plain);
    }

    @Test
    void homeAddressOptionIsFound() throws DecodeException {
        SignallingPacket packet =
                SignallingPacket.decode(frame("", "3c", "87 02" + HOME_ADDRESS_OPTION + message()));
        assertThat(packet.homeAddress()).contains(Ip6Address.valueOf("2001:db8:1:2::9"));
        assertThat(packet.source()).isEqualTo(Octets.MAG);
        assertThat(hex(packet.mobilityHeader())).isEqualTo(message());
        assertThat(packet).isNotEqualTo(SignallingPacket.decode(frame("", "87", message())));
    }

    @Test
    void whatIsNoSignallingIsRefused() {
        assertThat(refused(Octets.of(MACS, "0800 45", "00".repeat(60)))).hasMessageContaining("EtherType is 0x0800");
        byte[] version = frame("", "87", message());
        version[14] = 0x45;
        assertThat(refused(version)).hasMessageContaining("version is not 6").hasMessageContaining("octet 14");
        assertThat(refused(frame("", "11", message()))).hasMessageContaining("next header 17");
        assertThat(refused(frame("", "3b", message())).reason()).isEqualTo(Reason.PACKET);
        assertThat(refused(frame("", "2c", "87 00 0001 00000001" + message())))
                .hasMessageContaining("fragment").hasMessageContaining("octet 54");
        assertThat(refused(frame("", "2b", "87 02 02 01 00000000" + "00".repeat(16) + message())))
                .hasMessageContaining("segments left").hasMessageContaining("octet 57");
    }

    @Test
    void extensionHeadersThatReachPastTheEndAreRefused() {
        assertThat(refused(frame("", "00", "87 05" + HOP_BY_HOP)).reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(refused(frame("", "00", "87 00 01")).reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(refused(frame("", "00", "")).reason()).isEqualTo(Reason.TRUNCATED);
        DecodeException option = refused(frame("", "3c", "87 00 c9 10 00000000" + message()));
        assertThat(option.reason()).isEqualTo(Reason.OPTION_LENGTH);
        assertThat(option.offset()).isEqualTo(56);
        assertThat(refused(frame("", "3c", "87 00 01 03 000000 c9" + message())).offset()).isEqualTo(61);
    }

    /** Cuts a tagged frame with two extension headers at every octet. */
    @Test
    void truncationAtEveryOctet() {
        byte[] frame = frame("8100 0064", "00",
                "3c 00" + HOP_BY_HOP + "87 02" + HOME_ADDRESS_OPTION + message());
        for (int length = 0; length < frame.length; length++) {
            DecodeException failure = refused(Arrays.copyOf(frame, length));
            assertThat(failure.reason()).isEqualTo(Reason.TRUNCATED);
            assertThat(failure.offset()).isEqualTo(length);
        }
    }

    /** Cuts it together with the IPv6 payload length. */
    @Test
    void truncationThatThePayloadLengthKnowsOf() throws DecodeException {
        byte[] frame = frame("", "00", "3c 00" + HOP_BY_HOP + "87 02" + HOME_ADDRESS_OPTION + message());
        int before = 14 + 40;
        for (int length = before; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            cut[18] = 0;
            cut[19] = (byte) (length - before);
            if (length < before + 8 + 24) {
                assertThat(refused(cut).reason()).isEqualTo(Reason.TRUNCATED);
                continue;
            }
            SignallingPacket packet = SignallingPacket.decode(cut);
            assertThat(packet.mobilityHeader()).hasSize(length - before - 32);
            assertThat(catchThrowable(() -> MobilityHeaderCodec.decode(packet.mobilityHeader(), packet.source(),
                    packet.destination()))).isInstanceOf(DecodeException.class);
        }
    }
}
