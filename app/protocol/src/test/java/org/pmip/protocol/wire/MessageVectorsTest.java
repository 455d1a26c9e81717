// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MalformedOption;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.UnknownOption;

/** Whole messages as values and as octets, both ways. */
class MessageVectorsTest {

    private static void vector(MobilityMessage value, Ip6Address from, Ip6Address to, byte[] octets)
            throws DecodeException {
        assertThat(Octets.hex(MobilityHeaderCodec.encode(value, from, to))).isEqualTo(Octets.hex(octets));
        MobilityMessage read = MobilityHeaderCodec.decode(octets, from, to);
        assertThat(read).isEqualTo(value).hasSameHashCodeAs(value).hasSameClassAs(value)
                .hasToString(value.toString());
    }

    @Test
    @Requirement({"RFC6275-6.1.1-1", "RFC6275-6.1.1-2", "R5213-8.1-1", "R5845-6.2-1", "PMIP10-8-1"})
    void proxyBindingUpdate() throws DecodeException {
        vector(Samples.proxyBindingUpdate(), Octets.MAG, Octets.LMA, Samples.proxyBindingUpdateOctets());
        assertThat(Samples.proxyBindingUpdate().proxy()).isTrue();
        assertThat(Samples.proxyBindingUpdate().toString())
                .contains("PBU", "seq=4660", "flags=AHPT", "3600s", "mn1@example.net", "0x11223344");
    }

    @Test
    @Requirement({"RFC6275-6.1.1-2", "R5213-8.2-1", "R5845-6.3-1", "PMIP10-8-1"})
    void proxyBindingAcknowledgement() throws DecodeException {
        vector(Samples.proxyBindingAcknowledgement(), Octets.LMA, Octets.MAG,
                Samples.proxyBindingAcknowledgementOctets());
        assertThat(Samples.proxyBindingAcknowledgement().toString())
                .contains("PBA", "ACCEPTED", "flags=PT", "3600s", "0x55667788");
    }

    @Test
    void messagesWithoutOptions() throws DecodeException {
        vector(BindingUpdate.builder().flags(BindingUpdate.A).sequence(1).build(), Octets.MAG, Octets.LMA,
                Samples.bareUpdateOctets());
        vector(BindingAcknowledgement.builder().status(135).proxy(true).sequence(65535).build(),
                Octets.LMA, Octets.MAG, Samples.bareAcknowledgementOctets());
    }

    @Test
    void bindingError() throws DecodeException {
        vector(BindingError.of(BindingError.UNRECOGNIZED_MH_TYPE, Ip6Address.valueOf("2001:db8:1:2::1")),
                Octets.LMA, Octets.MAG, Samples.bindingErrorOctets());
    }

    @Test
    void unknownTypeIsKept() throws DecodeException {
        MobilityMessage read = MobilityHeaderCodec.decode(Samples.unknownOctets(), Octets.MAG, Octets.LMA);
        assertThat(read).isInstanceOf(UnknownMobilityMessage.class);
        assertThat(read.type()).isEqualTo(13);
        assertThat(((UnknownMobilityMessage) read).body()).isEqualTo(Octets.of("0001"));
        assertThat(read.options()).isEmpty();
        assertThat(MobilityHeaderCodec.encode(read, Octets.MAG, Octets.LMA)).isEqualTo(Samples.unknownOctets());
        assertThat(read).hasToString("MH type 13, 2 octets");
    }

    @Test
    @Requirement({"R5213-8.1-1", "R5845-6.2-1"})
    void everyFlagOfAnUpdateHasItsBit() throws DecodeException {
        String letters = "AHLKMRPFT";
        for (int i = 0; i < letters.length(); i++) {
            byte[] octets = Octets.of("3b 01 05 00 0000", "0001",
                    String.format("%04x", 0x8000 >> i), "0000", "01020000");
            BindingUpdate read = (BindingUpdate) MobilityHeaderCodec.decodeWithoutChecksum(octets);
            assertThat(read.toString()).contains("flags=" + letters.charAt(i) + " ");
            assertThat(MobilityHeaderCodec.encodeWithoutChecksum(read)).isEqualTo(octets);
        }
        assertThat(List.of(BindingUpdate.A, BindingUpdate.P, BindingUpdate.F, BindingUpdate.T))
                .containsExactly(0x8000, 0x0200, 0x0100, 0x0080);
    }

    @Test
    @Requirement({"R5213-8.2-1", "R5845-6.3-1"})
    void everyFlagOfAnAcknowledgementHasItsBit() throws DecodeException {
        String letters = "KRPT";
        for (int i = 0; i < letters.length(); i++) {
            byte[] octets = Octets.of("3b 01 06 00 0000", "00",
                    String.format("%02x", 0x80 >> i), "00010000", "01020000");
            BindingAcknowledgement read =
                    (BindingAcknowledgement) MobilityHeaderCodec.decodeWithoutChecksum(octets);
            assertThat(read.toString()).contains("flags=" + letters.charAt(i) + " ");
            assertThat(MobilityHeaderCodec.encodeWithoutChecksum(read)).isEqualTo(octets);
        }
    }

    @Test
    @Requirement({"R5845-6.2-1", "R5845-6.3-1", "RFC6275-6.1.1-1"})
    void reservedBitsDoNotCountAndAreSentAsZero() throws DecodeException {
        MobilityMessage update = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 01 05 ff 0000", "0001 c27f 0001", "01020000"));
        assertThat(update).isEqualTo(BindingUpdate.proxyBuilder().sequence(1).lifetime(1).build());
        assertThat(Octets.hex(MobilityHeaderCodec.encodeWithoutChecksum(update)))
                .isEqualTo("3b01050000000001c200000101020000");
        MobilityMessage answer = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 01 06 ff 0000", "00 2f 0001 0001", "01020000"));
        assertThat(answer)
                .isEqualTo(BindingAcknowledgement.builder().proxy(true).sequence(1).lifetime(1).build());
        MobilityMessage error = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 02 07 00 0000", "01 ff", "00".repeat(16)));
        assertThat(error).isEqualTo(BindingError.of(BindingError.UNKNOWN_BINDING, Ip6Address.ZERO));
    }

    @Test
    @Requirement({"RFC6275-6.2.1-1", "PMIP10-8.2-3"})
    void unknownOptionOfAnAnswerIsSkippedAndTheNextOnesCount() throws DecodeException {
        MobilityMessage read = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 03 06 00 0000", "00 20 0001 0001", "c8 02 beef", "21 06 0000 00000007", "17 02 00 01",
                        "01 02 0000"));
        assertThat(read.options()).containsExactly(UnknownOption.of(200, Octets.of("beef")), GreKey.of(7),
                HandoffIndicator.of(1));
        assertThat(read.first(GreKey.class)).contains(GreKey.of(7));
    }

    @Test
    @Requirement({"R5213-8.1-2", "RFC6275-6.2.1-1"})
    void optionsOfARequestComeInAnyOrderAndTheFirstOfASortCounts() throws DecodeException {
        MobilityMessage read = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 0a 05 00 0000", "0001 c200 0001", "c8 03 010203", "18 02 00 04", "17 02 00 01",
                        "17 02 00 05", "08 02 01 61", "01 01 00", "16 12 00 40 20010db8 0001" + "00".repeat(10),
                        "16 12 00 40 20010db8 0002" + "00".repeat(10), "08 02 01 62", "01 06 000000000000"));
        assertThat(read.first(HandoffIndicator.class)).contains(HandoffIndicator.of(1));
        assertThat(read.first(MobileNodeIdentifier.class)).contains(MobileNodeIdentifier.ofNai("a"));
        assertThat(read.all(HomeNetworkPrefix.class)).containsExactly(
                HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:1::/64")),
                HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:2::/64")));
        assertThat(read.first(GreKey.class)).isEmpty();
    }

    @Test
    @Requirement({"RFC6275-6.2.2-1"})
    void paddingIsNoOptionAndItsContentDoesNotCount() throws DecodeException {
        MobilityMessage read = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 02 05 00 0000", "0001 c200 0001", "00", "17 02 00 01", "00 00 00", "01 02 ffff"));
        assertThat(read.options()).containsExactly(HandoffIndicator.of(1));
    }

    @Test
    @Requirement("R5845-6.1-4")
    void malformedOptionCountsAsAbsent() throws DecodeException {
        MobilityMessage read = MobilityHeaderCodec.decodeWithoutChecksum(
                Octets.of("3b 02 05 00 0000", "0001 c200 0001", "21 04 0000 0001", "17 02 00 01", "01 00"));
        assertThat(read.first(GreKey.class)).isEmpty();
        assertThat(read.first(HandoffIndicator.class)).contains(HandoffIndicator.of(1));
        assertThat(read.all(MalformedOption.class)).singleElement()
                .satisfies(option -> assertThat(option.type()).isEqualTo(GreKey.TYPE))
                .satisfies(option -> assertThat(option.reason()).contains("4 instead of 2 or 6"));
    }

    @Test
    @Requirement("RFC6275-6.2.5-1")
    void alternateCareOfAddressReplacesTheSource() throws DecodeException {
        byte[] octets = Octets.of("3b 04 05 00 0000", "0001 c200 0001", "01 00",
                "03 10 20010db8 000a0000 00000000 00000007", "0100", "0102 0000", "01 00");
        BindingUpdate read = (BindingUpdate) MobilityHeaderCodec.decodeWithoutChecksum(octets);
        assertThat(read.options())
                .containsExactly(AlternateCareOfAddress.of(Ip6Address.valueOf("2001:db8:a::7")));
        Request request = new Request(read, Octets.MAG, Octets.LMA, octets, new Moment(0, Instant.EPOCH));
        assertThat(request.proxyCoa()).isEqualTo(Ip6Address.valueOf("2001:db8:a::7"));
        assertThat(new Request(BindingUpdate.proxyBuilder().build(), Octets.MAG, Octets.LMA, octets,
                new Moment(0, Instant.EPOCH)).proxyCoa()).isEqualTo(Octets.MAG);
    }

    @Test
    void octetsAfterTheMessageAreIgnored() throws DecodeException {
        byte[] longer = Arrays.copyOf(Samples.proxyBindingUpdateOctets(), 88 + 5);
        longer[90] = 7;
        assertThat(MobilityHeaderCodec.decode(longer, Octets.MAG, Octets.LMA))
                .isEqualTo(Samples.proxyBindingUpdate());
    }

    @Test
    void withoutChecksumTheFieldIsZeroAndDoesNotCount() throws DecodeException {
        byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(Samples.proxyBindingUpdate());
        byte[] expected = Samples.proxyBindingUpdateOctets();
        expected[4] = 0;
        expected[5] = 0;
        assertThat(octets).isEqualTo(expected);
        octets[4] = 0x55;
        assertThat(MobilityHeaderCodec.decodeWithoutChecksum(octets)).isEqualTo(Samples.proxyBindingUpdate());
    }
}
