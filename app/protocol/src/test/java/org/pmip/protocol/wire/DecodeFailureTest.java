// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.DecodeException.Reason;

/** What is no message is refused with a reason and an offset, and in no other way. */
class DecodeFailureTest {

    private static DecodeException refused(byte[] octets) {
        Throwable thrown = catchThrowable(() -> MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.LMA));
        return failure(thrown, octets);
    }

    private static DecodeException refusedWithoutChecksum(byte[] octets) {
        Throwable thrown = catchThrowable(() -> MobilityHeaderCodec.decodeWithoutChecksum(octets));
        return failure(thrown, octets);
    }

    private static DecodeException failure(Throwable thrown, byte[] octets) {
        assertThat(thrown).as(Octets.hex(octets)).isInstanceOf(DecodeException.class);
        DecodeException failure = (DecodeException) thrown;
        assertThat(failure.offset()).isBetween(0, octets.length);
        assertThat(failure.getMessage()).contains(failure.reason() + " at octet " + failure.offset());
        return failure;
    }

    /** Cuts every sample at every octet. */
    @TestFactory
    java.util.stream.Stream<DynamicTest> truncationAtEveryOctet() {
        return Samples.valid().entrySet().stream().map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
            byte[] octets = sample.getValue();
            for (int length = 0; length < octets.length; length++) {
                byte[] cut = Arrays.copyOf(octets, length);
                assertThat(refused(cut).reason()).isEqualTo(Reason.TRUNCATED);
                DecodeException failure = refusedWithoutChecksum(cut);
                assertThat(failure.reason()).isEqualTo(Reason.TRUNCATED);
                assertThat(failure.offset()).isEqualTo(length);
            }
        }));
    }

    /** Cuts a message with its Header Len, so that the cut goes through an option or the fixed part. */
    @Test
    void truncationThatHeaderLenKnowsOf() {
        byte[] octets = Samples.proxyBindingUpdateOctets();
        Map<Integer, String> expected = Map.of(
                8, "HEADER_LENGTH at octet 1",
                16, "OPTION_LENGTH at octet 13",
                24, "OPTION_LENGTH at octet 13",
                32, "OPTION_LENGTH at octet 31",
                40, "OPTION_LENGTH at octet 37",
                48, "OPTION_LENGTH at octet 37",
                72, "OPTION_LENGTH at octet 67",
                80, "OPTION_LENGTH at octet 77");
        expected.forEach((length, where) -> {
            byte[] cut = Arrays.copyOf(octets, length);
            cut[1] = (byte) (length / 8 - 1);
            assertThat(refusedWithoutChecksum(cut)).hasMessageContaining(where);
        });
    }

    @Test
    void anOptionTypeAsLastOctetHasNoLength() {
        byte[] octets = Octets.of("3b 01 05 00 0000", "0001 c200 0001", "00 00 00 17");
        DecodeException failure = refusedWithoutChecksum(octets);
        assertThat(failure.reason()).isEqualTo(Reason.OPTION_LENGTH);
        assertThat(failure.offset()).isEqualTo(15);
        assertThat(failure).hasMessageContaining("option 23 has no length");
    }

    @Test
    void paddingThatReachesPastTheEndIsRefusedToo() {
        DecodeException failure =
                refusedWithoutChecksum(Octets.of("3b 01 05 00 0000", "0001 c200 0001", "01 03 0000"));
        assertThat(failure.reason()).isEqualTo(Reason.OPTION_LENGTH);
        assertThat(failure.offset()).isEqualTo(13);
    }

    /** Any single bit that changes makes the checksum wrong, unless the length or the bit is that of another check. */
    @Test
    @Requirement({"RFC6275-9.2-1", "RFC6275-6.1.1-2", "PMIP10-6.9.1.2-2"})
    void aChangedBitDoesNotFitTheChecksum() {
        for (byte[] octets : Samples.valid().values()) {
            for (int bit = 0; bit < octets.length * 8; bit++) {
                byte[] changed = octets.clone();
                changed[bit / 8] ^= (byte) (0x80 >> bit % 8);
                assertThat(refused(changed).reason()).isIn(Reason.CHECKSUM, Reason.TRUNCATED);
                if (bit / 8 != 1) {
                    assertThat(refused(changed).reason()).isEqualTo(Reason.CHECKSUM);
                    assertThat(refused(changed).offset()).isEqualTo(4);
                }
            }
        }
    }

    @Test
    @Requirement("RFC6275-6.1.1-2")
    void theChecksumCoversTheAddresses() throws DecodeException {
        byte[] octets = Samples.proxyBindingUpdateOctets();
        Throwable thrown = catchThrowable(() -> MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.MAG));
        assertThat(failure(thrown, octets).reason()).isEqualTo(Reason.CHECKSUM);
        // The sum does not tell source and destination apart: an exchange of the two fits.
        assertThat(MobilityHeaderCodec.decode(octets, Octets.LMA, Octets.MAG))
                .isEqualTo(Samples.proxyBindingUpdate());
    }

    /** The all-ones sum is 0x0000 in the field, as scapy makes it, and 0xffff is the same number. */
    @Test
    @Requirement("RFC6275-6.1.1-2")
    void bothZerosOfOnesComplementFit() throws DecodeException {
        BindingUpdate message = null;
        byte[] octets = null;
        for (int sequence = 0; sequence <= 0xffff && message == null; sequence++) {
            BindingUpdate candidate = BindingUpdate.proxyBuilder().sequence(sequence).build();
            octets = MobilityHeaderCodec.encode(candidate, Octets.MAG, Octets.LMA);
            message = octets[4] == 0 && octets[5] == 0 ? candidate : null;
        }
        assertThat(MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.LMA)).isEqualTo(message);
        octets[4] = (byte) 0xff;
        octets[5] = (byte) 0xff;
        assertThat(MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.LMA)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "06", "07"})
    @Requirement({"RFC6275-9.2-3", "PMIP10-6.9.1.2-2"})
    void payloadProtoIsNoNextHeader(String type) {
        DecodeException failure = refusedWithoutChecksum(Octets.of("3a 02", type, "00 0000" + "00".repeat(18)));
        assertThat(failure.reason()).isEqualTo(Reason.PAYLOAD_PROTO);
        assertThat(failure.offset()).isZero();
        assertThat(failure).hasMessageContaining("58 instead of 59");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3b 00 05 00 0000 0001", "3b 00 06 00 0000 0001", "3b 00 07 00 0000 0200",
        "3b 01 07 00 0000 0200 0000 0000 0000 0000"})
    @Requirement({"RFC6275-9.2-3", "PMIP10-6.9.1.2-2"})
    void headerLenTooSmallForTheType(String hex) {
        DecodeException failure = refusedWithoutChecksum(Octets.of(hex));
        assertThat(failure.reason()).isEqualTo(Reason.HEADER_LENGTH);
        assertThat(failure.offset()).isEqualTo(1);
    }

    /** RFC 6275 section 9.2 has this order, and only what has a right checksum may be answered. */
    @Test
    @Requirement({"RFC6275-9.2-1", "RFC6275-9.2-3"})
    void theChecksumComesFirstThenTheTypeThenTheRest() throws DecodeException {
        assertThat(refused(Octets.of("3a 00 05 00 ffff 0001")).reason()).isEqualTo(Reason.CHECKSUM);
        assertThat(refused(Octets.of("3a 00 63 00 ffff 0001")).reason()).isEqualTo(Reason.CHECKSUM);
        assertThat(MobilityHeaderCodec.decodeWithoutChecksum(Octets.of("3a 00 63 00 0000 0001")).type())
                .isEqualTo(99);
        assertThat(refusedWithoutChecksum(Octets.of("3a 00 05 00 0000 0001")).reason())
                .isEqualTo(Reason.PAYLOAD_PROTO);
    }
}
