// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.wire.DecodeException;

/** RFC 2131 as the server for one address, and the relay of RFC 8415 with the prefix as its link. */
class DhcpTest {

    private static final MacAddress NODE = MacAddress.valueOf("02:00:00:00:00:01");
    private static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:52:13");
    private static final Ip4Address ADDRESS = Ip4Address.valueOf("10.1.0.7");
    private static final Ip4Address SERVER = Ip4Address.valueOf("10.1.0.1");
    private static final Ip4Address OTHER = Ip4Address.valueOf("10.9.9.9");
    private static final Ipv4Home HOME = new Ipv4Home(ADDRESS, 24, SERVER);
    private static final Ip6Prefix PREFIX = Ip6Prefix.valueOf("2001:db8:a::/64");
    private static final Ip6Address PEER = Ip6Address.valueOf("fe80::ff:fe00:1");

    private static Dhcpv4Message.Builder asks(int type) {
        return Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 0x12345678, NODE).type(type);
    }

    /** Through octets both ways. */
    private static Optional<Dhcpv4Message> answer(Dhcpv4Message.Builder asked) throws DecodeException {
        Optional<Dhcpv4Message> said = Dhcpv4Server.answer(Dhcpv4Message.decode(asked.build().octets()),
                Optional.of(HOME), 3_600, 1_452);
        return said.isEmpty() ? said : Optional.of(Dhcpv4Message.decode(said.get().octets()));
    }

    @Test
    void aClientThatLooksForAServerIsOfferedTheHomeAddress() throws DecodeException {
        Dhcpv4Message offer = answer(asks(Dhcpv4Message.DISCOVER)
                .option(Dhcpv4Message.CLIENT_IDENTIFIER, new byte[] {1, 2, 3})).orElseThrow();

        assertThat(offer.op()).isEqualTo(Dhcpv4Message.REPLY);
        assertThat(offer.type()).isEqualTo(Dhcpv4Message.OFFER);
        assertThat(offer.transaction()).isEqualTo(0x12345678);
        assertThat(offer.hardware()).isEqualTo(NODE);
        assertThat(offer.yours()).isEqualTo(ADDRESS);
        assertThat(offer.address(Dhcpv4Message.SUBNET_MASK)).contains(Ip4Address.valueOf("255.255.255.0"));
        assertThat(offer.address(Dhcpv4Message.ROUTER)).contains(SERVER);
        assertThat(offer.address(Dhcpv4Message.SERVER_IDENTIFIER)).contains(SERVER);
        assertThat(offer.option(Dhcpv4Message.LEASE_TIME)).contains(new byte[] {0, 0, 0x0e, 0x10});
        assertThat(offer.option(Dhcpv4Message.MTU)).contains(new byte[] {5, (byte) 0xac});
        assertThat(offer.option(Dhcpv4Message.CLIENT_IDENTIFIER)).contains(new byte[] {1, 2, 3});
    }

    @Test
    void theOfferIsAcknowledged() throws DecodeException {
        Dhcpv4Message ack = answer(asks(Dhcpv4Message.ASK)
                .option(Dhcpv4Message.SERVER_IDENTIFIER, SERVER.toOctets())
                .option(Dhcpv4Message.REQUESTED_ADDRESS, ADDRESS.toOctets())).orElseThrow();

        assertThat(ack.type()).isEqualTo(Dhcpv4Message.ACK);
        assertThat(ack.yours()).isEqualTo(ADDRESS);
    }

    @Test
    void anOfferOfAnotherServerIsNoneOfItsBusiness() throws DecodeException {
        assertThat(answer(asks(Dhcpv4Message.ASK).option(Dhcpv4Message.SERVER_IDENTIFIER, OTHER.toOctets())
                .option(Dhcpv4Message.REQUESTED_ADDRESS, OTHER.toOctets()))).isEmpty();
    }

    @Test
    void aNodeThatRenewsAfterAHandoffKeepsItsAddress() throws DecodeException {
        Dhcpv4Message ack = answer(asks(Dhcpv4Message.ASK)
                .addresses(ADDRESS, Ip4Address.ZERO, Ip4Address.ZERO)).orElseThrow();

        assertThat(ack.type()).isEqualTo(Dhcpv4Message.ACK);
        assertThat(ack.yours()).isEqualTo(ADDRESS);
    }

    @Test
    void anAddressFromElsewhereIsRefused() throws DecodeException {
        Dhcpv4Message nak = answer(asks(Dhcpv4Message.ASK)
                .option(Dhcpv4Message.REQUESTED_ADDRESS, OTHER.toOctets())).orElseThrow();

        assertThat(nak.type()).isEqualTo(Dhcpv4Message.NAK);
        assertThat(nak.yours()).isEqualTo(Ip4Address.ZERO);
        assertThat(nak.option(Dhcpv4Message.LEASE_TIME)).isEmpty();
    }

    @Test
    void aNodeWithAnAddressMayAskForTheRest() throws DecodeException {
        Dhcpv4Message ack = answer(asks(Dhcpv4Message.INFORM)
                .addresses(ADDRESS, Ip4Address.ZERO, Ip4Address.ZERO)).orElseThrow();

        assertThat(ack.yours()).isEqualTo(Ip4Address.ZERO);
        assertThat(ack.address(Dhcpv4Message.ROUTER)).contains(SERVER);
        assertThat(ack.option(Dhcpv4Message.LEASE_TIME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Dhcpv4Message.RELEASE, Dhcpv4Message.DECLINE, Dhcpv4Message.OFFER, 0, 99})
    void everythingElseIsNotAnswered(int type) throws DecodeException {
        assertThat(answer(asks(type))).isEmpty();
    }

    @Test
    void beforeTheAnchorHasAssignedAnAddressTheNodeWaits() {
        assertThat(Dhcpv4Server.answer(asks(Dhcpv4Message.DISCOVER).build(), Optional.empty(), 1, 1_500)).isEmpty();
        assertThat(Dhcpv4Server.answer(Dhcpv4Message.builder(Dhcpv4Message.REPLY, 1, NODE)
                .type(Dhcpv4Message.DISCOVER).build(), Optional.of(HOME), 1, 1_500)).isEmpty();
    }

    @Test
    void anAnswerGoesWhereTheClientCanTakeIt() throws DecodeException {
        Dhcpv4Message offer = answer(asks(Dhcpv4Message.DISCOVER)).orElseThrow();
        Ipv4UdpFrame unicast = Ipv4UdpFrame.decode(Ipv4UdpFrame.answer(ROUTER, SERVER, offer).octets());
        assertThat(unicast.destinationMac()).isEqualTo(NODE);
        assertThat(unicast.destination()).isEqualTo(ADDRESS);
        assertThat(unicast.destinationPort()).isEqualTo(68);
        assertThat(unicast.sourcePort()).isEqualTo(67);
        assertThat(Dhcpv4Message.decode(unicast.data())).isEqualTo(offer);

        Dhcpv4Message broadcast =
                answer(asks(Dhcpv4Message.DISCOVER).flags(Dhcpv4Message.BROADCAST)).orElseThrow();
        assertThat(Ipv4UdpFrame.answer(ROUTER, SERVER, broadcast).destinationMac()).isEqualTo(MacAddress.BROADCAST);
        assertThat(Ipv4UdpFrame.answer(ROUTER, SERVER, broadcast).destination())
                .isEqualTo(Ip4Address.valueOf("255.255.255.255"));
        Dhcpv4Message renewed = answer(asks(Dhcpv4Message.ASK)
                .addresses(ADDRESS, Ip4Address.ZERO, Ip4Address.ZERO)).orElseThrow();
        assertThat(Ipv4UdpFrame.answer(ROUTER, SERVER, renewed).destination()).isEqualTo(ADDRESS);
    }

    @Property(tries = 300)
    void optionsOfAnyLengthAreReadAsTheyWereWritten(@ForAll @Size(max = 600) byte[] value) throws DecodeException {
        Dhcpv4Message message = asks(Dhcpv4Message.DISCOVER).option(43, value).build();

        assertThat(Dhcpv4Message.decode(message.octets())).isEqualTo(message);
        assertThat(Dhcpv4Message.decode(message.octets()).option(43)).contains(value);
    }

    @Property(tries = 2_000)
    void noOctetsMakeTheDecodersFailOtherwiseThanTheySay(@ForAll @Size(max = 120) byte[] noise) {
        byte[] dhcp = asks(Dhcpv4Message.DISCOVER).build().octets();
        System.arraycopy(noise, 0, dhcp, 240, Math.min(noise.length, dhcp.length - 240));
        survives(() -> Dhcpv4Message.decode(dhcp));
        survives(() -> Dhcpv4Message.decode(noise));
        survives(() -> Dhcpv6Relay.decode(noise));
        survives(() -> Ipv4UdpFrame.decode(noise));
        survives(() -> Ipv6Frame.decode(noise));
        survives(() -> ArpFrame.decode(noise));
        byte[] arp = ArpFrame.request(NODE, ROUTER, SERVER, ADDRESS).octets();
        System.arraycopy(noise, 0, arp, 12, Math.min(noise.length, arp.length - 12));
        survives(() -> ArpFrame.decode(arp));
        Ipv6Frame frame = Ipv6Frame.icmpv6(ROUTER, NODE, PEER, PEER, Arrays.copyOf(noise, noise.length + 4));
        survives(() -> RouterAdvertisement.decode(frame));
        survives(() -> RouterSolicitation.decode(frame));
        survives(() -> NeighborSolicitation.decode(frame));
        survives(() -> NeighborAdvertisement.decode(frame));
    }

    private interface Decoding {
        Object run() throws DecodeException;
    }

    private static void survives(Decoding decoding) {
        try {
            assertThat(decoding.run()).isNotNull();
        } catch (DecodeException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @Test
    @Requirement({"PMIP10-6.11-1", "PMIP10-6.11-4", "PMIP10-6.11-6"})
    void aRelayedMessageHasAnAddressOfTheHomePrefixAsItsLinkWhereverTheNodeIs() {
        byte[] solicit = {1, 0, 0, 7, 0, 1, 0, 0};
        byte[] relayed = Dhcpv6Relay.forward(solicit, PREFIX, PEER, new byte[] {42}).orElseThrow();
        ByteBuffer in = ByteBuffer.wrap(relayed);

        assertThat(relayed[0]).isEqualTo((byte) 12);
        assertThat(relayed[1]).isZero();
        assertThat(PREFIX.contains(Ip6Address.valueOf(Arrays.copyOfRange(relayed, 2, 18)))).isTrue();
        assertThat(Ip6Address.valueOf(Arrays.copyOfRange(relayed, 18, 34))).isEqualTo(PEER);
        assertThat(in.getShort(34)).isEqualTo((short) 18);
        assertThat(in.getShort(39)).isEqualTo((short) 9);
        assertThat(Arrays.copyOfRange(relayed, 43, relayed.length)).isEqualTo(solicit);
    }

    @Test
    @Requirement("PMIP10-6.11-1")
    void theServersAnswerFindsBack() throws DecodeException {
        byte[] answer = Dhcpv6Relay.forward(new byte[] {1, 2, 3, 4}, PREFIX, PEER, new byte[] {42}).orElseThrow();
        answer[0] = 13;
        Dhcpv6Relay reply = Dhcpv6Relay.decode(answer);

        assertThat(reply.peer()).isEqualTo(PEER);
        assertThat(reply.interfaceId()).containsExactly(42);
        assertThat(reply.message()).containsExactly(1, 2, 3, 4);
        assertThat(PREFIX.contains(reply.linkAddress())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 10, 13})
    void whatServersSayIsNotForwardedToServers(int type) {
        assertThat(Dhcpv6Relay.forward(new byte[] {(byte) type, 0, 0, 1}, PREFIX, PEER, new byte[0])).isEmpty();
    }

    @Test
    void aMessageIsNotRelayedForEver() {
        byte[] relayed = {12, 7, 0, 0};
        assertThat(Dhcpv6Relay.forward(relayed, PREFIX, PEER, new byte[0])).get()
                .satisfies(octets -> assertThat(octets[1]).isEqualTo((byte) 8));
        relayed[1] = 8;
        assertThat(Dhcpv6Relay.forward(relayed, PREFIX, PEER, new byte[0])).isEmpty();
    }

    @Test
    void aReplyWithoutAMessageIsNone() {
        byte[] reply = new byte[34];
        reply[0] = 13;

        assertThatThrownBy(() -> Dhcpv6Relay.decode(reply)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("Relay Message");
    }

    @Test
    void relayedMessagesGoInUdpWithAChecksum() throws DecodeException {
        Ipv6Frame frame = Ipv6Frame.decode(Ipv6Frame.udp(ROUTER, NODE, PEER, Dhcpv6Relay.SERVER_PORT,
                Dhcpv6Relay.ALL_AGENTS, Dhcpv6Relay.SERVER_PORT, new byte[] {1, 2, 3}).octets());

        assertThat(frame.destinationPort()).isEqualTo(547);
        assertThat(frame.data()).containsExactly(1, 2, 3);
        assertThat(frame.payload()[6] != 0 || frame.payload()[7] != 0).isTrue();
    }

    private static Optional<Dhcpv4Message> relayed(Dhcpv4Message asked, Ip4Address own, String subscriber) {
        return Dhcpv4Relay.forward(asked, HOME, own, new byte[] {42, 43}, subscriber.getBytes(UTF_8));
    }

    @Test
    void whereTheServerIsElsewhereItKnowsTheSubnetByTheDefaultRouter() throws DecodeException {
        Dhcpv4Message asked = asks(Dhcpv4Message.DISCOVER).option(55, new byte[] {1, 3}).build();
        Dhcpv4Message relayed = Dhcpv4Message.decode(relayed(asked, SERVER, "mn").orElseThrow().octets());

        assertThat(relayed.relay()).isEqualTo(SERVER);
        assertThat(relayed.hops()).isEqualTo(1);
        assertThat(relayed.option(55)).contains(new byte[] {1, 3});
        assertThat(relayed.address(Dhcpv4Message.REQUESTED_ADDRESS)).as("what the anchor assigned").contains(ADDRESS);
        ByteBuffer information = ByteBuffer.allocate(14).put(new byte[] {1, 2, 42, 43, 11, 4}).put(SERVER.toOctets())
                .put(new byte[] {6, 2, 'm', 'n'});
        assertThat(relayed.option(82)).contains(information.array());
        assertThat(Dhcpv4Relay.circuit(relayed)).contains(new byte[] {42, 43});
        assertThat(relayed(asks(Dhcpv4Message.ASK).build(), SERVER, "mn").orElseThrow()
                .option(Dhcpv4Message.REQUESTED_ADDRESS)).as("not of who knows what it wants").isEmpty();
    }

    /** RFC 1542 sections 4.1.1 and 4.1.2. */
    @Property(tries = 300)
    void ofWhatItPassesOnTheRelayChangesHopsAndItsOwnAddressOnly(@ForAll @Size(236) byte[] header,
            @ForAll @Size(max = 60) byte[] first, @ForAll @Size(max = 60) byte[] second) throws DecodeException {
        byte[] octets = message(header.clone(), first, second);
        Dhcpv4Message message = Dhcpv4Message.decode(octets);
        assertThat(message.octets()).isEqualTo(octets);

        octets[0] = Dhcpv4Message.REQUEST;
        octets[3] = 15;
        Arrays.fill(octets, 24, 28, (byte) 0);
        byte[] relayed = relayed(Dhcpv4Message.decode(octets), SERVER, "mn").orElseThrow().octets();
        byte[] expected = octets.clone();
        expected[3] = 16;
        System.arraycopy(SERVER.toOctets(), 0, expected, 24, 4);
        int end = 240 + 2 + second.length + 3 + 2 + first.length;
        assertThat(Arrays.copyOf(relayed, end)).isEqualTo(Arrays.copyOf(expected, end));
        assertThat(relayed[end]).as("comes last").isEqualTo((byte) Dhcpv4Message.AGENT_INFORMATION);
        assertThat(relayed[end + 2 + relayed[end + 1]]).as("the end").isEqualTo((byte) 255);

        octets[0] = Dhcpv4Message.REPLY;
        System.arraycopy(SERVER.toOctets(), 0, octets, 24, 4);
        System.arraycopy(ADDRESS.toOctets(), 0, octets, 16, 4);
        assertThat(Dhcpv4Relay.back(Dhcpv4Message.decode(octets), HOME, SERVER).orElseThrow().octets())
                .as("the server's file and next server too").isEqualTo(octets);
    }

    /** Any header, and options in an order that is not that of their numbers. */
    private static byte[] message(byte[] header, byte[] first, byte[] second) {
        header[1] = 1;
        header[2] = 6;
        int length = Math.max(300, 240 + 2 + first.length + 3 + 2 + second.length + 1);
        return ByteBuffer.allocate(length).put(header).putInt(0x63825363)
                .put((byte) 90).put((byte) first.length).put(first)
                .put(new byte[] {53, 1, Dhcpv4Message.ASK})
                .put((byte) 43).put((byte) second.length).put(second).put((byte) 255).array();
    }

    @Test
    void aPlaceWhoseNameIsTooLongIsRefusedByName() {
        assertThatThrownBy(() -> Dhcpv4Relay.forward(asks(Dhcpv4Message.DISCOVER).build(), HOME, SERVER,
                new byte[101], new byte[0])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circuit").hasMessageContaining("101");
    }

    @Test
    void whoIsAnsweredAtTheGatewayTellsTheSubnetByLinkSelection() {
        Dhcpv4Message relayed = relayed(asks(Dhcpv4Message.DISCOVER).build(), OTHER, "m".repeat(253)).orElseThrow();

        assertThat(relayed.relay()).isEqualTo(OTHER);
        ByteBuffer information = ByteBuffer.allocate(16).put(new byte[] {1, 2, 42, 43, 11, 4}).put(SERVER.toOctets())
                .put(new byte[] {5, 4}).put(SERVER.toOctets());
        assertThat(relayed.option(82)).as("without the name that is too long").contains(information.array());
    }

    @Test
    void whatHasBeenRelayedOrIsNoQuestionIsNotRelayed() {
        assertThat(relayed(asks(Dhcpv4Message.DISCOVER).hops(16).build(), SERVER, "mn")).isEmpty();
        assertThat(relayed(asks(Dhcpv4Message.DISCOVER).option(82, new byte[] {1, 1, 7}).build(), SERVER, "mn"))
                .isEmpty();
        assertThat(relayed(asks(Dhcpv4Message.DISCOVER).addresses(Ip4Address.ZERO, Ip4Address.ZERO, OTHER).build(),
                SERVER, "mn")).isEmpty();
        assertThat(relayed(Dhcpv4Message.builder(Dhcpv4Message.REPLY, 7, NODE).build(), SERVER, "mn")).isEmpty();
    }

    @Test
    void theServerElsewhereMayGiveTheNodesAddressOnly() {
        Dhcpv4Message.Builder offer = Dhcpv4Message.builder(Dhcpv4Message.REPLY, 7, NODE).type(Dhcpv4Message.OFFER)
                .option(82, new byte[] {6, 1, 7, 1, 1, 42});
        Dhcpv4Message good = offer.addresses(Ip4Address.ZERO, ADDRESS, SERVER).build();

        assertThat(Dhcpv4Relay.circuit(good)).contains(new byte[] {42});
        assertThat(Dhcpv4Relay.back(good, HOME, SERVER).orElseThrow().option(82)).as("is the relay's").isEmpty();
        assertThat(Dhcpv4Relay.back(good, HOME, OTHER)).isEmpty();
        assertThat(Dhcpv4Relay.back(offer.addresses(Ip4Address.ZERO, OTHER, SERVER).build(), HOME, SERVER)).isEmpty();
        assertThat(Dhcpv4Relay.back(offer.addresses(Ip4Address.ZERO, ADDRESS, OTHER).build(), HOME, SERVER)).isEmpty();
        assertThat(Dhcpv4Relay.back(asks(Dhcpv4Message.DISCOVER).build(), HOME, SERVER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0102ff", "0201"})
    void brokenAgentInformationNamesNoPlace(String hex) {
        byte[] value = new byte[hex.length() / 2];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertThat(Dhcpv4Relay.circuit(asks(Dhcpv4Message.DISCOVER).option(82, value).build())).isEmpty();
    }

    @Test
    void theGatewayAnswersForEveryAddressButTheNodesOwn() throws DecodeException {
        ArpFrame asked = ArpFrame.decode(
                ArpFrame.request(MacAddress.BROADCAST, NODE, ADDRESS, SERVER).octets());
        ArpFrame answer = ArpFrame.decode(asked.answer(ROUTER, Optional.of(HOME)).orElseThrow().octets());
        assertThat(answer.isRequest()).isFalse();
        assertThat(answer.sender()).isEqualTo(ROUTER);
        assertThat(answer.senderAddress()).isEqualTo(SERVER);
        assertThat(answer.targetAddress()).isEqualTo(ADDRESS);

        ArpFrame test = ArpFrame.request(MacAddress.BROADCAST, NODE, Ip4Address.ZERO, ADDRESS);
        assertThat(test.answer(ROUTER, Optional.of(HOME))).isEmpty();
        assertThat(ArpFrame.request(MacAddress.BROADCAST, NODE, OTHER, OTHER).answer(ROUTER, Optional.of(HOME)))
                .as("an announcement").isEmpty();
        assertThat(asked.answer(ROUTER, Optional.empty())).isEmpty();
        assertThat(answer.answer(ROUTER, Optional.of(HOME))).isEmpty();
    }
}
