// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Octets;
import org.pmip.protocol.wire.Specimens;

/** The checksum of a message with a Home Address option is made with the home address (RFC 6275 section 6.1.1). */
class HomeAddressChecksumTest {

    private static final Ip6Address HOME = Ip6Address.valueOf("2001:db8:1:2::5");

    @Test
    void withTheOption() throws DecodeException {
        String message = Octets.hex(MobilityHeaderCodec.encode(Specimens.withUnknownOption(), HOME, Octets.LMA));
        SignallingPacket packet = SignallingPacket.decode(Octets.of("02000000000f 02000000000a 86dd 60000000",
                String.format("%04x", message.length() / 2 + 24), "3c 40", Octets.hex(Octets.MAG.toOctets()),
                Octets.hex(Octets.LMA.toOctets()), "87 02 0102 0000 c910", Octets.hex(HOME.toOctets()), message));
        assertThat(packet.homeAddress()).contains(HOME);
        assertThat(packet.source()).isEqualTo(Octets.MAG);
        assertThat(packet.checksumSource()).isEqualTo(HOME);
        assertThat(MobilityHeaderCodec.decode(packet.mobilityHeader(), packet.checksumSource(),
                packet.destination())).isEqualTo(Specimens.withUnknownOption());
        assertThatThrownBy(() -> MobilityHeaderCodec.decode(packet.mobilityHeader(), packet.source(),
                packet.destination())).isInstanceOfSatisfying(DecodeException.class,
                    e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.CHECKSUM));
    }

    @Test
    void withoutTheOption() throws DecodeException {
        byte[] message = MobilityHeaderCodec.encode(Specimens.error(), Octets.MAG, Octets.LMA);
        SignallingPacket packet = SignallingPacket.decode(SignallingPacket.encode(
                MacAddress.ZERO, MacAddress.ZERO, Octets.MAG, Octets.LMA, message));
        assertThat(packet.homeAddress()).isEmpty();
        assertThat(packet.checksumSource()).isEqualTo(Octets.MAG);
    }
}
