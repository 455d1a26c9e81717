// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.HomeLink;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;

/** DHCP for IPv4 home addresses: two gateways and a scripted server elsewhere. */
class Dhcpv4AgentTest {

    private static final int ETHERNET = 3;
    private static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    private static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:52:13");
    private static final Ip4Address SERVER = Ip4Address.valueOf("192.0.2.67");
    private static final Ip4Address CARE_OF = Ip4Address.valueOf("203.0.113.11");
    private static final Ip4Address HOME = FakeGateway.HOME4.address();
    private static final Ip4Address DEFAULT_ROUTER = FakeGateway.HOME4.defaultRouter();
    private static final DeviceId MAG1 = DeviceId.deviceId("device:mag1");
    private static final DeviceId MAG2 = DeviceId.deviceId("device:mag2");

    private final FakeGateway gateway = new FakeGateway();
    private final List<OutboundPacket> sent = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final AccessLink link = new AccessLink("mag1", new ConnectPoint(MAG1, PortNumber.portNumber(2)), 60);
    private final AccessLink elsewhere = new AccessLink("mag2", new ConnectPoint(MAG2, PortNumber.portNumber(3)), 0);
    private long now = 1_000_000;
    private HomeLinks links;

    @BeforeEach
    void start() {
        links(false, true);
    }

    private void links(boolean answeredAtGateway, boolean relays) {
        gateway.profiles.put(NODE, "mn1@example.net");
        NodeSettings settings = new NodeSettings(new HomeLink(true, false, 90, OptionalLong.empty(), 1_500), 90, 600);
        Optional<DhcpRelaying> to = Optional.of(new DhcpRelaying(List.of(SERVER), CARE_OF, answeredAtGateway))
                .filter(one -> relays);
        links = new HomeLinks(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        }, device -> false, gateway, List.of(links("mag1", MAG1, link, settings, to),
                links("mag2", MAG2, elsewhere, settings, to)), () -> now, OnLinks.unlessPunted(counted));
    }

    private static GatewayLinks links(String name, DeviceId device, AccessLink link, NodeSettings settings,
                                      Optional<DhcpRelaying> to) {
        return GatewayLinks.builder(name, device).links(List.of(link), ETHERNET)
                .router(ROUTER, Ip6Address.valueOf("fe80::1")).settings(node -> settings).dhcpv4(to).build();
    }

    private void hear(ConnectPoint port, byte[] frame) {
        links.process(new DefaultPacketContext(now, new DefaultInboundPacket(port, null, ByteBuffer.wrap(frame),
                Optional.of((long) PuntClass.DHCP.code())), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        });
    }

    private void says(AccessLink where, Dhcpv4Message message) {
        hear(where.port(), where.frame(new Ipv4UdpFrame(NODE, MacAddress.BROADCAST, Ip4Address.ZERO, 68,
                Ip4Address.valueOf("255.255.255.255"), 67, message.octets()).octets()));
    }

    private void serverSays(DeviceId device, Ip4Address from, Ip4Address to, Dhcpv4Message message) {
        hear(new ConnectPoint(device, PortNumber.portNumber(1)),
                new Ipv4UdpFrame(ROUTER, ROUTER, from, 67, to, 67, message.octets()).octets());
    }

    private NodeSession bound(AccessLink where, boolean server) {
        Binding.Builder binding = Binding.builder().ipv4(Optional.of(FakeGateway.HOME4), server);
        return gateway.session(where.attachment(NODE, ETHERNET), State.ACTIVE, binding, now);
    }

    private static Dhcpv4Message.Builder asks(int type) {
        return Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 77, NODE).type(type)
                .option(Dhcpv4Message.CLIENT_IDENTIFIER, new byte[] {1, 2, 3});
    }

    private static PortNumber port(OutboundPacket packet) {
        return ((OutputInstruction) packet.treatment().allInstructions().get(0)).port();
    }

    /** The only packet since the last call, which must be one to the server. */
    private Dhcpv4Message relayed(DeviceId from) throws Exception {
        assertThat(sent).hasSize(1);
        OutboundPacket packet = sent.remove(0);
        assertThat(packet.sendThrough()).isEqualTo(from);
        assertThat(port(packet)).as("routed by the switch").isEqualTo(PortNumber.TABLE);
        Ipv4UdpFrame frame = Ipv4UdpFrame.decode(packet.data().array());
        assertThat(frame.source()).isEqualTo(CARE_OF);
        assertThat(frame.destination()).isEqualTo(SERVER);
        assertThat(frame.sourcePort()).isEqualTo(67);
        assertThat(frame.destinationPort()).isEqualTo(67);
        return Dhcpv4Message.decode(frame.data());
    }

    private static Dhcpv4Message answer(Dhcpv4Message relayed, int type, Ip4Address address) {
        Dhcpv4Message.Builder answer = Dhcpv4Message.builder(Dhcpv4Message.REPLY, relayed.transaction(),
                relayed.hardware()).flags(relayed.flags()).type(type).option(Dhcpv4Message.LEASE_TIME,
                new byte[] {0, 0, 2, 0}).addresses(relayed.client(), address, relayed.relay());
        relayed.option(Dhcpv4Message.AGENT_INFORMATION).ifPresent(value ->
                answer.option(Dhcpv4Message.AGENT_INFORMATION, value));
        return answer.build();
    }

    @Test
    void relaysAndGivesTheAnswerToItsNode() throws Exception {
        bound(link, false);
        says(link, asks(Dhcpv4Message.DISCOVER).build());
        Dhcpv4Message relayed = relayed(MAG1);
        assertThat(relayed.relay()).isEqualTo(DEFAULT_ROUTER);
        assertThat(relayed.address(Dhcpv4Message.REQUESTED_ADDRESS)).contains(HOME);
        assertThat(new String(relayed.option(Dhcpv4Message.AGENT_INFORMATION).orElseThrow(),
                StandardCharsets.ISO_8859_1)).contains("mag1 2/60").contains("mn1@example.net");
        assertThat(gateway.clientIds).containsExactly(new byte[] {1, 2, 3});

        serverSays(MAG1, SERVER, DEFAULT_ROUTER, answer(relayed, Dhcpv4Message.OFFER, HOME));
        assertThat(sent).hasSize(1);
        assertThat(port(sent.get(0))).isEqualTo(PortNumber.portNumber(2));
        Ipv4UdpFrame frame = Ipv4UdpFrame.decode(sent.get(0).data().array());
        assertThat(AccessLink.vlanOf(sent.get(0).data().array())).contains(60);
        assertThat(frame.destinationMac()).isEqualTo(NODE);
        assertThat(frame.source()).isEqualTo(DEFAULT_ROUTER);
        assertThat(frame.destinationPort()).isEqualTo(68);
        Dhcpv4Message offer = Dhcpv4Message.decode(frame.data());
        assertThat(offer.yours()).isEqualTo(HOME);
        assertThat(offer.option(Dhcpv4Message.AGENT_INFORMATION)).isEmpty();
        assertThat(offer.option(Dhcpv4Message.LEASE_TIME)).as("the server's own").contains(new byte[] {0, 0, 2, 0});
    }

    @Test
    void anAnswerAtAnotherGatewayFindsANodeThatHasMovedMeanwhile() throws Exception {
        bound(link, false);
        says(link, asks(Dhcpv4Message.ASK).build());
        Dhcpv4Message relayed = relayed(MAG1);
        gateway.sessions.clear();
        bound(elsewhere, false);
        serverSays(MAG2, SERVER, DEFAULT_ROUTER, answer(relayed, Dhcpv4Message.ACK, HOME));
        assertThat(sent).singleElement().satisfies(packet -> {
            assertThat(packet.sendThrough()).isEqualTo(MAG2);
            assertThat(port(packet)).isEqualTo(PortNumber.portNumber(3));
        });
    }

    @Test
    void aServerThatAnswersToTheGatewayIsToldTheSubnet() throws Exception {
        links(true, true);
        bound(link, false);
        says(link, asks(Dhcpv4Message.DISCOVER).build());
        Dhcpv4Message relayed = relayed(MAG1);
        assertThat(relayed.relay()).isEqualTo(CARE_OF);
        serverSays(MAG1, SERVER, CARE_OF, answer(relayed, Dhcpv4Message.OFFER, HOME));
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatIsNotForANodeOfOursOrOfOurServerOrAnotherAddressIsDropped() throws Exception {
        bound(link, false);
        says(link, asks(Dhcpv4Message.DISCOVER).build());
        Dhcpv4Message relayed = relayed(MAG1);
        serverSays(MAG1, Ip4Address.valueOf("192.0.2.66"), DEFAULT_ROUTER,
                answer(relayed, Dhcpv4Message.OFFER, HOME));
        serverSays(MAG1, SERVER, DEFAULT_ROUTER,
                answer(relayed, Dhcpv4Message.OFFER, Ip4Address.valueOf("10.1.0.10")));
        gateway.sessions.clear();
        serverSays(MAG1, SERVER, DEFAULT_ROUTER, answer(relayed, Dhcpv4Message.OFFER, HOME));
        hear(new ConnectPoint(MAG1, PortNumber.portNumber(1)), new Ipv4UdpFrame(ROUTER, ROUTER, SERVER, 67,
                DEFAULT_ROUTER, 67, new byte[20]).octets());
        assertThat(sent).isEmpty();
        assertThat(counted).containsExactly("DHCP from no server of ours",
                "DHCP with another address than the anchor's", "DHCP for nobody here", "undecodable DHCP");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGatewayAnswersWhereTheAnchorSaysSoOrThereIsNoServer(boolean anchorSaysServer) throws Exception {
        links(false, anchorSaysServer);
        bound(link, anchorSaysServer);
        says(link, asks(Dhcpv4Message.DISCOVER).build());
        assertThat(sent).hasSize(1);
        assertThat(port(sent.get(0))).isEqualTo(PortNumber.portNumber(2));
        assertThat(Dhcpv4Message.decode(Ipv4UdpFrame.decode(sent.get(0).data().array()).data()).type())
                .isEqualTo(Dhcpv4Message.OFFER);
    }

    @Test
    void aNodeThatPretendsToBeARelayIsNotRelayed() {
        bound(link, false);
        says(link, asks(Dhcpv4Message.DISCOVER).option(Dhcpv4Message.AGENT_INFORMATION, new byte[] {1, 1, 7}).build());
        assertThat(sent).isEmpty();
        assertThat(counted).containsExactly("DHCP that is not relayed");
    }
}
