// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.packet.InternetChecksum;

/** RFC 4861 sections 4, 6.1 and 7.1: what is sent and what is taken on an access link. */
class NeighborDiscoveryTest {

    static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:52:13");
    static final MacAddress NODE = MacAddress.valueOf("02:00:00:00:00:01");
    static final Ip6Address ROUTER_ADDRESS = Ip6Address.valueOf("fe80::200:5eff:fe00:5213");
    static final Ip6Address NODE_ADDRESS = Ip6Address.valueOf("fe80::ff:fe00:1");
    static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:a::/64");
    private static final int PAYLOAD = 54;

    static Ipv6Frame advertisement() {
        return new RouterAdvertisement(true, false, 120, OptionalInt.of(1452),
                List.of(PrefixInformation.of(HOME, true, 3_600)))
                .frame(ROUTER, ROUTER_ADDRESS, NODE, NODE_ADDRESS);
    }

    private static Ipv6Frame again(Ipv6Frame frame) throws DecodeException {
        return Ipv6Frame.decode(frame.octets());
    }

    @Test
    @Requirement({"PMIP10-2.2-6", "PMIP10-6.7-1", "PMIP10-6.2-5", "PMIP10-6.4-1"})
    void anAdvertisementOctetForOctet() {
        byte[] expected = hex("02000000000100005e00521386dd"
                + "600000000040" + "3aff" + "fe8000000000000002005efffe005213" + "fe80000000000000000000fffe000001"
                + "8600" + "0000" + "4080" + "0078" + "00000000" + "00000000"
                + "010100005e005213" + "05010000000005ac"
                + "030440c0" + "00000e10" + "00000e10" + "00000000" + "20010db8000a00000000000000000000");
        byte[] actual = advertisement().octets();
        actual[PAYLOAD + 2] = 0;
        actual[PAYLOAD + 3] = 0;

        assertThat(actual).isEqualTo(expected);
    }

    @Test
    @Requirement({"PMIP10-2.2-6", "PMIP10-6.4-1"})
    void anAdvertisementIsReadAsItWasMade() throws DecodeException {
        RouterAdvertisement read = RouterAdvertisement.decode(again(advertisement()));

        assertThat(read).isEqualTo(new RouterAdvertisement(true, false, 120, OptionalInt.of(1452),
                List.of(PrefixInformation.of(HOME, true, 3_600))));
        assertThat(read.prefixes()).singleElement().satisfies(prefix -> {
            assertThat(prefix.prefix()).isEqualTo(HOME);
            assertThat(prefix.valid()).isEqualTo(3_600);
            assertThat(prefix.preferred()).isEqualTo(3_600);
        });
    }

    @Test
    @Requirement("PMIP10-6.9.2-1")
    void aSolicitationMayHaveNoSourceAddress() throws DecodeException {
        RouterSolicitation unspecified =
                RouterSolicitation.decode(again(RouterSolicitation.frame(NODE, Ip6Address.ZERO)));
        assertThat(unspecified.source()).isEqualTo(Ip6Address.ZERO);
        assertThat(unspecified.linkLayer()).isEmpty();

        RouterSolicitation linkLocal = RouterSolicitation.decode(again(RouterSolicitation.frame(NODE, NODE_ADDRESS)));
        assertThat(linkLocal.source()).isEqualTo(NODE_ADDRESS);
        assertThat(linkLocal.linkLayer()).contains(NODE);
    }

    @Test
    void theGatewayAnswersForItsAddress() throws DecodeException {
        NeighborSolicitation asked = NeighborSolicitation.decode(
                again(NeighborSolicitation.multicast(NODE, NODE_ADDRESS, ROUTER_ADDRESS)));
        assertThat(asked.target()).isEqualTo(ROUTER_ADDRESS);
        assertThat(asked.linkLayer()).contains(NODE);
        Ipv6Frame frame = again(NeighborAdvertisement.answer(ROUTER, true, asked, NODE));
        NeighborAdvertisement answer = NeighborAdvertisement.decode(frame);

        assertThat(frame.destination()).isEqualTo(NODE_ADDRESS);
        assertThat(frame.destinationMac()).isEqualTo(NODE);
        assertThat(answer.router()).isTrue();
        assertThat(answer.solicited()).isTrue();
        assertThat(answer.linkLayer()).contains(ROUTER);
    }

    @Test
    @Requirement("PMIP10-6.8-1")
    void duplicateAddressDetectionShowsTheNodesAddressAndIsAnsweredToAll() throws DecodeException {
        NeighborSolicitation tested = NeighborSolicitation.decode(
                again(NeighborSolicitation.multicast(NODE, Ip6Address.ZERO, NODE_ADDRESS)));
        assertThat(tested.testsAddress()).isTrue();
        assertThat(tested.target()).isEqualTo(NODE_ADDRESS);
        Ipv6Frame frame = again(NeighborAdvertisement.answer(ROUTER, true, tested, NODE));

        assertThat(frame.destination()).isEqualTo(RouterAdvertisement.ALL_NODES);
        assertThat(frame.destinationMac()).isEqualTo(MacAddress.valueOf("33:33:00:00:00:01"));
        assertThat(NeighborAdvertisement.decode(frame).solicited()).isFalse();
    }

    @Test
    @Requirement("PMIP10-6.13-5")
    void aProbeGoesToTheNodeAlone() throws DecodeException {
        Ipv6Frame frame = again(NeighborSolicitation.probe(ROUTER, ROUTER_ADDRESS, NODE, NODE_ADDRESS));

        assertThat(frame.destination()).isEqualTo(NODE_ADDRESS);
        assertThat(frame.destinationMac()).isEqualTo(NODE);
        assertThat(frame.hopLimit()).isEqualTo(255);
        assertThat(NeighborSolicitation.decode(frame).target()).isEqualTo(NODE_ADDRESS);
    }

    @Test
    void theSolicitedNodeGroup() {
        assertThat(NeighborSolicitation.solicitedNode(Ip6Address.valueOf("4037::1:800:200e:8c6c")))
                .isEqualTo(Ip6Address.valueOf("ff02::1:ff0e:8c6c"));
    }

    /** Octet of the frame, value, reason; the checksum is made right again. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("forwarded", 21, 254, Reason.PACKET),
                Arguments.of("code", PAYLOAD + 1, 1, Reason.PACKET),
                Arguments.of("option without length", PAYLOAD + 17, 0, Reason.OPTION_LENGTH),
                Arguments.of("option past the end", PAYLOAD + 33, 5, Reason.OPTION_LENGTH),
                Arguments.of("another type", PAYLOAD, 137, Reason.PACKET),
                Arguments.of("source not link-local", 22, 0x20, Reason.PACKET));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatIsNotValidIsDiscarded(String name, int at, int value, Reason reason) {
        byte[] octets = advertisement().octets();
        octets[at] = (byte) value;
        mend(octets);

        assertThatThrownBy(() -> RouterAdvertisement.decode(Ipv6Frame.decode(octets)))
                .isInstanceOfSatisfying(DecodeException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aWrongChecksumIsDiscarded() {
        byte[] octets = advertisement().octets();
        octets[PAYLOAD + 5] ^= 1;

        assertThatThrownBy(() -> Ipv6Frame.decode(octets))
                .isInstanceOfSatisfying(DecodeException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CHECKSUM));
    }

    @Test
    void aTagAndPaddingAreNoHindrance() throws DecodeException {
        byte[] octets = advertisement().octets();
        byte[] tagged = new byte[octets.length + 10];
        System.arraycopy(octets, 0, tagged, 0, 12);
        tagged[12] = (byte) 0x81;
        tagged[15] = 7;
        System.arraycopy(octets, 12, tagged, 16, octets.length - 12);

        assertThat(RouterAdvertisement.decode(Ipv6Frame.decode(tagged)).prefixes()).hasSize(1);
    }

    @Test
    void everyTruncationIsAFailureAndNothingElse() {
        byte[] octets = advertisement().octets();
        for (int length = 0; length < octets.length; length++) {
            byte[] part = Arrays.copyOf(octets, length);
            assertThatThrownBy(() -> Ipv6Frame.decode(part)).isInstanceOf(DecodeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 9_001})
    void aRouterLifetimeOutsideTheRangeIsRefused(int lifetime) {
        assertThatThrownBy(() -> new RouterAdvertisement(false, false, lifetime, OptionalInt.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0 to 9000");
    }

    @Test
    void anMtuBelowTheLeastIsRefused() {
        assertThatThrownBy(() -> new RouterAdvertisement(false, false, 0, OptionalInt.of(1_279), List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1280");
    }

    private static void mend(byte[] octets) {
        octets[PAYLOAD + 2] = 0;
        octets[PAYLOAD + 3] = 0;
        int sum = ~InternetChecksum.withPseudoHeader(Arrays.copyOfRange(octets, 22, 38),
                Arrays.copyOfRange(octets, 38, PAYLOAD), 58, octets, PAYLOAD, octets.length - PAYLOAD);
        octets[PAYLOAD + 2] = (byte) (sum >> 8);
        octets[PAYLOAD + 3] = (byte) sum;
    }

    static byte[] hex(String text) {
        byte[] octets = new byte[text.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16);
        }
        return octets;
    }
}
