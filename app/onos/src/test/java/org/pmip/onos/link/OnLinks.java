// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.link.HomeLink;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.protocol.mag.link.RouterSolicitation;

import static org.assertj.core.api.Assertions.assertThat;

/** Links of two gateways, whose sessions and time the test has in its hands. */
abstract class OnLinks {

    static final DeviceId MAG1 = DeviceId.deviceId("device:mag1");
    static final DeviceId MAG2 = DeviceId.deviceId("device:mag2");
    static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:53:fe");
    static final Ip6Address ROUTER_LINK_LOCAL = Ip6Address.valueOf("fe80::1");
    static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    static final Ip6Address NODE_LINK_LOCAL = Ip6Address.valueOf("fe80::41");
    static final Ip6Address SERVER = Ip6Address.valueOf("2001:db8:0:5::547");
    static final Ip6Address CARE_OF = Ip6Address.valueOf("2001:db8:0:11::1");
    static final int WIFI = 4;
    static final int ROUTER_LIFETIME = 90;

    final FakeGateway gateway = new FakeGateway();
    final List<OutboundPacket> sent = new ArrayList<>();
    /** Notes what is counted but for packets by their class, which each of them is. */
    static Consumer<String> unlessPunted(List<String> counted) {
        return name -> {
            if (!name.startsWith("punted ")) {
                counted.add(name);
            }
        };
    }

    final List<String> counted = new ArrayList<>();
    final Set<DeviceId> mastered = new HashSet<>(Set.of(MAG1, MAG2));
    final AccessLink link = new AccessLink("mag1", new ConnectPoint(MAG1, PortNumber.portNumber(2)), 0);
    final AccessLink tagged = new AccessLink("mag1", new ConnectPoint(MAG1, PortNumber.portNumber(2)), 60);
    final AccessLink elsewhere = new AccessLink("mag2", new ConnectPoint(MAG2, PortNumber.portNumber(3)), 0);
    HomeLinks links;
    long now = 1_000_000;

    @BeforeEach
    void start() {
        gateway.profiles.put(NODE, "mn1@example.net");
        NodeSettings settings = new NodeSettings(new HomeLink(true, false, ROUTER_LIFETIME, OptionalLong.empty(),
                1_500), ROUTER_LIFETIME, 600);
        links = new HomeLinks(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        }, mastered::contains, gateway, List.of(
                GatewayLinks.builder("mag1", MAG1).links(List.of(link, tagged), WIFI)
                        .router(ROUTER, ROUTER_LINK_LOCAL).settings(node -> settings).probeInterval(30_000)
                        .dhcpv6(CARE_OF, List.of(SERVER)).build(),
                GatewayLinks.builder("mag2", MAG2).links(List.of(elsewhere), WIFI).router(ROUTER, ROUTER_LINK_LOCAL)
                        .settings(node -> settings).build()), () -> now, unlessPunted(counted));
        // What there is at the start is taken over at once; from here on that is not due for a while.
        links.tick();
    }

    boolean hear(AccessLink where, PuntClass punted, byte[] untagged) {
        InboundPacket inbound = new DefaultInboundPacket(where.port(), null,
                ByteBuffer.wrap(where.frame(untagged)), Optional.of((long) punted.code()));
        DefaultPacketContext context = new DefaultPacketContext(now, inbound, null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        };
        links.process(context);
        return context.isHandled();
    }

    void solicit(AccessLink where) {
        hear(where, PuntClass.ROUTER_SOLICITATION, RouterSolicitation.frame(NODE, NODE_LINK_LOCAL).octets());
    }

    Attachment place(AccessLink where) {
        return where.attachment(NODE, WIFI).withNodeLinkLocal(NODE_LINK_LOCAL);
    }

    NodeSession active(AccessLink where) {
        return gateway.session(place(where), State.ACTIVE, FakeGateway.ipv6(), now);
    }

    /** The only frame that was sent since the last call; it must have left through that port. */
    byte[] frame(AccessLink where) {
        assertThat(sent).hasSize(1);
        OutboundPacket packet = sent.remove(0);
        assertThat(packet.sendThrough()).isEqualTo(where.port().deviceId());
        assertThat(((OutputInstruction) packet.treatment().allInstructions().get(0)).port())
                .isEqualTo(where.port().port());
        return packet.data().array();
    }

    Ipv6Frame packet(AccessLink where) throws Exception {
        return Ipv6Frame.decode(frame(where));
    }

    static boolean isAdvertisement(OutboundPacket packet) {
        try {
            return Ipv6Frame.decode(packet.data().array()).payload()[0] == (byte) RouterAdvertisement.TYPE;
        } catch (org.pmip.protocol.wire.DecodeException e) {
            return false;
        }
    }
}
