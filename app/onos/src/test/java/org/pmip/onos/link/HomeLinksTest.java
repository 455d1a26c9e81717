// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.OutboundPacket;
import org.pmip.checks.junit.Requirement;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.link.ArpFrame;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.Dhcpv6Relay;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.NeighborAdvertisement;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.protocol.mag.link.RouterSolicitation;

import static org.assertj.core.api.Assertions.assertThat;

class HomeLinksTest extends OnLinks {

    @Test
    @Requirement({"PMIP10-6.7-2", "PMIP10-6.9.1.1-1"})
    void attachesByRouterSolicitationAndAdvertisesOnlyOnceTheBindingIsInForce() throws Exception {
        solicit(link);
        assertThat(gateway.attached).containsExactly(place(link));
        assertThat(sent).as("before the binding").isEmpty();
        gateway.session(place(link), State.REGISTERING, FakeGateway.ipv6(), now);
        solicit(link);
        assertThat(sent).as("while it is asked for").isEmpty();

        links.advertise(active(link));
        Ipv6Frame packet = packet(link);
        assertThat(packet.destinationMac()).isEqualTo(NODE);
        assertThat(packet.destination()).isEqualTo(NODE_LINK_LOCAL);
        assertThat(packet.source()).isEqualTo(ROUTER_LINK_LOCAL);
        assertThat(packet.sourceMac()).isEqualTo(ROUTER);
        RouterAdvertisement advertisement = RouterAdvertisement.decode(packet);
        assertThat(advertisement.prefixes()).singleElement().satisfies(prefix -> {
            assertThat(prefix.prefix()).isEqualTo(FakeGateway.HOME);
            assertThat(prefix.valid()).isEqualTo(FakeGateway.LIFETIME_SECONDS);
        });

        solicit(link);
        assertThat(RouterAdvertisement.decode(packet(link))).isEqualTo(advertisement);
    }

    @Test
    @Requirement({"PMIP10-6.3-1", "PMIP10-6.9.3-1"})
    void repeatsAdvertisementsToTheNodeAloneWhileTheyLast() throws Exception {
        links.advertise(active(tagged));
        byte[] first = frame(tagged);
        assertThat(ByteBuffer.wrap(first).getInt(12)).as("the tag").isEqualTo(0x8100003c);
        for (int i = 0; i < 3; i++) {
            now += ROUTER_LIFETIME * 1_000L / 3 - 1;
            links.tick();
            sent.removeIf(packet -> !isAdvertisement(packet));
            assertThat(sent).as("not yet").isEmpty();
            now += 1;
            links.tick();
            sent.removeIf(packet -> !isAdvertisement(packet));
            Ipv6Frame packet = packet(tagged);
            assertThat(packet.destinationMac()).isEqualTo(NODE);
            assertThat(RouterAdvertisement.decode(packet).prefixes().get(0).valid())
                    .isEqualTo(FakeGateway.LIFETIME_SECONDS - (i + 1) * ROUTER_LIFETIME / 3);
        }
        links.removed(gateway.sessions.get(0));
        now += ROUTER_LIFETIME * 1_000L;
        gateway.sessions.clear();
        links.tick();
        assertThat(sent).isEmpty();
    }

    @Test
    void takesOverAdvertisementsOfAnotherNodeOfTheCluster() throws Exception {
        mastered.clear();
        NodeSession session = active(link);
        now += 10_000;
        links.tick();
        assertThat(sent).as("another is the master").isEmpty();
        mastered.add(MAG1);
        now += 10_000;
        links.tick();
        assertThat(RouterAdvertisement.decode(packet(link)).prefixes()).hasSize(1);
        mastered.clear();
        now += ROUTER_LIFETIME * 1_000L;
        links.tick();
        assertThat(sent).as("another is the master again").isEmpty();
        assertThat(session.binding()).isPresent();
    }

    @Test
    void takesOverNothingBeforeTheSwitchHasBeenComparedUnlessThatNeverSucceeds() {
        gateway.compared = false;
        active(link);
        for (long waited = 0; waited < HomeLinks.COMPARISON_MILLIS; waited += 5_000) {
            now += 5_000;
            links.tick();
            assertThat(sent).as("the former master may not have written what it stored").isEmpty();
        }
        now += 5_000;
        links.tick();
        assertThat(sent).as("other entries may be refused for ever").hasSize(1);
        sent.clear();

        start();
        mastered.clear();
        now += 100_000;
        links.tick();
        mastered.add(MAG1);
        now += 5_000;
        links.tick();
        assertThat(sent).isEmpty();
        gateway.compared = true;
        now += 5_000;
        links.tick();
        assertThat(sent).hasSize(1);
    }

    @Test
    @Requirement("PMIP10-6.12-1")
    void withdrawsWithLifetimeZero() throws Exception {
        links.withdraw(active(link), List.of(FakeGateway.HOME), false);
        RouterAdvertisement last = RouterAdvertisement.decode(packet(link));
        assertThat(last.routerLifetime()).isZero();
        assertThat(last.prefixes().get(0).valid()).isZero();
    }

    @Test
    void isTheSameRouterEverywhereAndTheAnchorsWordOnItsAddressCounts() throws Exception {
        Ip6Address named = Ip6Address.valueOf("fe80::77");
        links.advertise(gateway.session(place(link), State.ACTIVE, FakeGateway.ipv6().linkLocal(named), now));
        Ipv6Frame here = packet(link);
        links.advertise(gateway.session(place(elsewhere), State.ACTIVE, FakeGateway.ipv6().linkLocal(named), now));
        Ipv6Frame there = packet(elsewhere);
        assertThat(there.octets()).isEqualTo(here.octets());
        assertThat(here.source()).isEqualTo(named);
    }

    @Test
    void answersNeighbourSolicitationsForTheRouterOnly() throws Exception {
        links.advertise(active(link));
        sent.clear();
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborSolicitation.multicast(NODE, NODE_LINK_LOCAL, ROUTER_LINK_LOCAL).octets());
        NeighborAdvertisement answer = NeighborAdvertisement.decode(packet(link));
        assertThat(answer.router() && answer.solicited()).isTrue();
        assertThat(answer.linkLayer()).contains(ROUTER);
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY, NeighborSolicitation.multicast(NODE, Ip6Address.ZERO,
                Ip6Address.valueOf("2001:db8:100:7::5")).octets());
        assertThat(sent).as("the node tests an address of its own prefix").isEmpty();
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborSolicitation.multicast(NODE, Ip6Address.ZERO, ROUTER_LINK_LOCAL).octets());
        assertThat(NeighborAdvertisement.decode(packet(link)).solicited()).as("the router's address is taken")
                .isFalse();
    }

    @Test
    @Requirement("PMIP10-6.8-1")
    void learnsTheLinkLocalAddressThatANodeTests() {
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborSolicitation.multicast(NODE, Ip6Address.ZERO, NODE_LINK_LOCAL).octets());
        assertThat(gateway.attached).containsExactly(place(link));
        gateway.session(link.attachment(NODE, WIFI), State.ACTIVE, FakeGateway.ipv6(), now);
        solicit(link);
        assertThat(gateway.attached).as("told again, because the session does not have it yet").hasSize(2);
    }

    @Test
    void answersWhatWasAskedBeforeTheBinding() throws Exception {
        Dhcpv4Message discover = Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 77, NODE)
                .type(Dhcpv4Message.DISCOVER).build();
        hear(link, PuntClass.DHCP, new Ipv4UdpFrame(NODE, MacAddress.BROADCAST, Ip4Address.ZERO, 68,
                Ip4Address.valueOf("255.255.255.255"), 67, discover.octets()).octets());
        assertThat(gateway.attached).containsExactly(link.attachment(NODE, WIFI));
        assertThat(sent).isEmpty();
        links.advertise(gateway.session(link.attachment(NODE, WIFI), State.ACTIVE, FakeGateway.ipv4(), now));
        assertThat(sent.remove(0).data().array()).as("announced").isEqualTo(ArpFrame.request(NODE, ROUTER,
                FakeGateway.HOME4.defaultRouter(), FakeGateway.HOME4.defaultRouter()).octets());
        Ipv4UdpFrame answer = Ipv4UdpFrame.decode(frame(link));
        Dhcpv4Message offer = Dhcpv4Message.decode(answer.data());
        assertThat(offer.type()).isEqualTo(Dhcpv4Message.OFFER);
        assertThat(offer.yours()).isEqualTo(FakeGateway.HOME4.address());
        assertThat(answer.source()).isEqualTo(FakeGateway.HOME4.defaultRouter());
        assertThat(offer.option(Dhcpv4Message.LEASE_TIME).map(value -> ByteBuffer.wrap(value).getInt()))
                .as("tied to the binding").contains(FakeGateway.LIFETIME_SECONDS);

        hear(link, PuntClass.ARP, ArpFrame.request(MacAddress.BROADCAST, NODE, FakeGateway.HOME4.address(),
                FakeGateway.HOME4.defaultRouter()).octets());
        assertThat(ArpFrame.decode(frame(link)).sender()).isEqualTo(ROUTER);
    }

    @Test
    @Requirement({"PMIP10-6.11-1", "PMIP10-6.11-4", "PMIP10-6.11-5", "PMIP10-6.11-6", "PMIP10-6.11-8"})
    void relaysDhcpv6ToTheSameServersWithAnAddressOfTheHomeNetwork() throws Exception {
        byte[] solicit = {1, 0, 0, 9};
        Ipv6Frame question = Ipv6Frame.udp(NODE, MacAddress.valueOf("33:33:00:01:00:02"), NODE_LINK_LOCAL, 546,
                Dhcpv6Relay.ALL_AGENTS, 547, solicit);
        for (AccessLink where : List.of(link, tagged)) {
            active(where);
            hear(where, PuntClass.DHCP, question.octets());
            assertThat(sent).hasSize(1);
            OutboundPacket relayed = sent.remove(0);
            assertThat(((OutputInstruction) relayed.treatment().allInstructions().get(0)).port())
                    .as("routed by the switch").isEqualTo(PortNumber.TABLE);
            Ipv6Frame forward = Ipv6Frame.decode(relayed.data().array());
            assertThat(forward.source()).isEqualTo(CARE_OF);
            assertThat(forward.destination()).isEqualTo(SERVER);
            byte[] octets = forward.data();
            assertThat(Ip6Address.valueOf(java.util.Arrays.copyOfRange(octets, 2, 18)))
                    .as("link-address").isEqualTo(FakeGateway.HOME.address());

            octets[0] = 13;
            byte[] reply = Ipv6Frame.udp(ROUTER, ROUTER, SERVER, 547, CARE_OF, 547, octets).octets();
            hear(new AccessLink("mag1", new ConnectPoint(MAG1, PortNumber.portNumber(1)), 0), PuntClass.DHCP, reply);
            Ipv6Frame answer = Ipv6Frame.decode(untagged(frame(where), where));
            assertThat(answer.destinationMac()).isEqualTo(NODE);
            assertThat(answer.destination()).isEqualTo(NODE_LINK_LOCAL);
            assertThat(answer.destinationPort()).isEqualTo(546);
            assertThat(answer.data()).isEqualTo(solicit);
        }
        hear(link, PuntClass.DHCP, Ipv6Frame.udp(NODE, ROUTER, SERVER, 547, CARE_OF, 547, new byte[40]).octets());
        assertThat(sent).as("a node that plays the server").isEmpty();
    }

    private static byte[] untagged(byte[] frame, AccessLink where) {
        if (where.vlan() == 0) {
            return frame;
        }
        return ByteBuffer.allocate(frame.length - 4).put(frame, 0, 12).put(frame, 16, frame.length - 16).array();
    }

    @Test
    void forgetsQuestionsOfWhichTheClientMustHaveGivenUp() {
        hear(link, PuntClass.ARP, ArpFrame.request(MacAddress.BROADCAST, NODE, FakeGateway.HOME4.address(),
                FakeGateway.HOME4.defaultRouter()).octets());
        now += 5_000;
        links.advertise(gateway.session(link.attachment(NODE, WIFI), State.ACTIVE, FakeGateway.ipv4(), now));
        assertThat(sent).as("the announcement alone").hasSize(1);
    }

    @Test
    void answersWhatWasAskedWhileTheBindingWasNotKnownYet() throws Exception {
        hear(link, PuntClass.ARP, ArpFrame.request(MacAddress.BROADCAST, NODE, FakeGateway.HOME4.address(),
                FakeGateway.HOME4.defaultRouter()).octets());
        links.tick();
        assertThat(sent).isEmpty();
        gateway.session(link.attachment(NODE, WIFI), State.ACTIVE, FakeGateway.ipv4(), now);
        links.tick();
        assertThat(ArpFrame.decode(frame(link)).sender()).isEqualTo(ROUTER);
        links.tick();
        assertThat(sent).as("once is enough").isEmpty();
    }

    @Test
    void leasesNoAddressOnBehalfOfAnotherInterface() {
        gateway.session(link.attachment(NODE, WIFI), State.ACTIVE, FakeGateway.ipv4(), now);
        Dhcpv4Message discover = Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 77, ROUTER)
                .type(Dhcpv4Message.DISCOVER).build();
        hear(link, PuntClass.DHCP, new Ipv4UdpFrame(NODE, MacAddress.BROADCAST, Ip4Address.ZERO, 68,
                Ip4Address.valueOf("255.255.255.255"), 67, discover.octets()).octets());
        assertThat(sent).isEmpty();
        assertThat(counted).containsExactly("DHCP for another interface");
    }

    private long missing() {
        return gateway.told.stream().filter("entries are missing at 2"::equals).count();
    }

    @Test
    void frameAfterFrameThatTheSwitchRefusesOfASessionThatStandsShowsThatItLacksEntries() {
        byte[] data = Ipv6Frame.udp(NODE, ROUTER, Ip6Address.valueOf("2001:db8:100:7::5"), 1, SERVER, 2, new byte[8])
                .octets();
        active(link);
        hear(link, PuntClass.STATION, data);
        now += 999;
        hear(link, PuntClass.STATION, data);
        assertThat(missing()).as("it was on its way when the entries were written").isZero();
        now += 1;
        solicit(link);
        assertThat(missing()).as("the switch sends that of everybody").isZero();
        hear(link, PuntClass.STATION, data);
        assertThat(missing()).isEqualTo(1);
        hear(link, PuntClass.STATION, data);
        now += 60_000;
        hear(link, PuntClass.STATION, data);
        assertThat(missing()).as("two that have nothing to do with each other").isEqualTo(1);
        now += 1_000;
        hear(link, PuntClass.STATION, data);
        assertThat(missing()).isEqualTo(2);
        gateway.session(place(link), State.REGISTERING, FakeGateway.ipv6(), now);
        for (int i = 0; i < 3; i++) {
            now += 1_000;
            hear(link, PuntClass.STATION, data);
        }
        assertThat(missing()).as("it has none yet").isEqualTo(2);
    }

    @Test
    void attachesByTrafficOnceAndNotWhereTheNodeHasJustLeft() {
        byte[] data = Ipv6Frame.udp(NODE, ROUTER, Ip6Address.valueOf("2001:db8:100:7::5"), 1, SERVER, 2, new byte[8])
                .octets();
        for (int i = 0; i < 10; i++) {
            hear(link, PuntClass.STATION, data);
            now++;
        }
        assertThat(gateway.attached).containsExactly(link.attachment(NODE, WIFI));
        now += 1_000;
        hear(link, PuntClass.STATION, data);
        assertThat(gateway.attached).as("still without a session").hasSize(2);
        gateway.session(place(link), State.SUPERSEDED, FakeGateway.ipv6(), now);
        now += 1_000;
        hear(link, PuntClass.STATION, data);
        assertThat(gateway.attached).as("a late frame").hasSize(2);
        solicit(link);
        assertThat(gateway.attached).as("it asks, so it is back").hasSize(3);
        now += 1_000;
        hear(link, PuntClass.OTHER, ByteBuffer.allocate(60).put(MacAddress.BROADCAST.toBytes()).put(NODE.toBytes())
                .put(new byte[] {0, 6, 0, 1, (byte) 0xaf, (byte) 0x81, 1, 0}).array());
        assertThat(gateway.attached).as("an access point says so").hasSize(4);
    }

    @Test
    void tellsOfWhoHasCertainlyJustComeAndOfNobodyElse() {
        active(link);
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborSolicitation.multicast(NODE, NODE_LINK_LOCAL, ROUTER_LINK_LOCAL).octets());
        hear(link, PuntClass.ARP, ArpFrame.request(MacAddress.BROADCAST, NODE, FakeGateway.HOME4.address(),
                FakeGateway.HOME4.defaultRouter()).octets());
        dhcp(FakeGateway.HOME4.address());
        assertThat(gateway.told).as("as everybody does now and then").isEmpty();

        solicit(link);
        dhcp(Ip4Address.ZERO);
        assertThat(gateway.told).as("once for all that it says").containsExactly("came again to 2");
        now += 1_000;
        dhcp(Ip4Address.ZERO);
        now += 1_000;
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborSolicitation.multicast(NODE, Ip6Address.ZERO, NODE_LINK_LOCAL).octets());
        now += 1_000;
        links.hostCame(link.port(), 0, NODE);
        assertThat(gateway.told).hasSize(4).containsOnly("came again to 2");
        assertThat(gateway.attached).isEmpty();
    }

    private void dhcp(Ip4Address client) {
        Dhcpv4Message asked = Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 77, NODE)
                .addresses(client, Ip4Address.ZERO, Ip4Address.ZERO).type(Dhcpv4Message.ASK).build();
        hear(link, PuntClass.DHCP, new Ipv4UdpFrame(NODE, MacAddress.BROADCAST, client, 68,
                Ip4Address.valueOf("255.255.255.255"), 67, asked.octets()).octets());
    }

    @Test
    void leavesStrangersAndOtherPortsAlone() {
        MacAddress stranger = MacAddress.valueOf("00:00:5e:00:53:66");
        assertThat(hear(link, PuntClass.ROUTER_SOLICITATION,
                RouterSolicitation.frame(stranger, Ip6Address.ZERO).octets())).isTrue();
        assertThat(counted).containsExactly("unknown interface on an access link");
        AccessLink transport = new AccessLink("mag1", new ConnectPoint(MAG1, PortNumber.portNumber(1)), 0);
        assertThat(hear(transport, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborSolicitation.multicast(NODE, NODE_LINK_LOCAL, ROUTER_LINK_LOCAL).octets()))
                .as("left to others").isFalse();
        assertThat(hear(link, PuntClass.TOO_BIG, new byte[60])).isFalse();
        assertThat(hear(link, PuntClass.NEIGHBOUR_DISCOVERY, new byte[60])).isTrue();
        assertThat(gateway.attached).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    @Requirement("PMIP10-2.2-2")
    void tellsThatEverybodyLeavesWhenThePortGoesDown() {
        links.portDown(link.port());
        assertThat(gateway.detached).hasSize(2).allSatisfy(one -> assertThat(one.identified()).isFalse())
                .extracting(Attachment::link).containsExactlyInAnyOrder("2", "2/60");
    }
}
