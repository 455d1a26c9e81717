// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.link.ArpFrame;
import org.pmip.protocol.mag.link.HomeLink;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.mag.link.RouterSolicitation;

/** Anybody can send anything on an access link; whatever it is called by the switch, nothing of it fails otherwise. */
class HearingFuzzTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:mag1");
    private static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    private static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:52:13");
    private static final Ip6Address NODE_LINK_LOCAL = Ip6Address.valueOf("fe80::200:5eff:fe00:5341");
    private static final Ip6Address ROUTER_LINK_LOCAL = Ip6Address.valueOf("fe80::200:5eff:fe00:5213");
    private static final int[] NEXT_HEADERS = {0, 6, 17, 43, 44, 50, 58, 58, 59, 60, 135};
    private static final int FRAMES = 10_000;

    private final FakeGateway gateway = new FakeGateway();
    private final AccessLink link = new AccessLink("mag1", new ConnectPoint(DEVICE, PortNumber.portNumber(2)), 0);
    private final List<String> counted = new ArrayList<>();
    private final Random random = new Random(4861);
    private HomeLinks links;
    private long now = 1_000_000;

    @BeforeEach
    void start() {
        gateway.profiles.put(NODE, "mn1@example.net");
        NodeSettings settings = new NodeSettings(new HomeLink(true, false, 90, OptionalLong.empty(), 1_500), 90, 600);
        links = new HomeLinks(new PacketServiceAdapter(), device -> true, gateway, List.of(
                GatewayLinks.builder("mag1", DEVICE).links(List.of(link), 4).router(ROUTER, ROUTER_LINK_LOCAL)
                        .settings(node -> settings).dhcpv6(Ip6Address.valueOf("2001:db8:0:11::1"),
                                List.of(Ip6Address.valueOf("2001:db8:0:99::1"))).build()), () -> now, counted::add);
        links.tick();
    }

    private void hear(PuntClass as, byte[] frame) {
        links.process(new DefaultPacketContext(now, new DefaultInboundPacket(link.port(), null,
                ByteBuffer.wrap(frame), Optional.of((long) as.code())), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        });
    }

    @Test
    void aHeaderBeforeAnEmptyPayloadIsNoNeighbourDiscovery() {
        byte[] frame = RouterSolicitation.frame(NODE, NODE_LINK_LOCAL).octets();
        frame[18] = 0;
        frame[19] = 0;
        frame[20] = 60;
        hear(PuntClass.NEIGHBOUR_DISCOVERY, frame);
        assertThat(counted).containsExactly("punted neighbour discovery", "undecodable on an access link");
        assertThat(gateway.attached).isEmpty();
    }

    @Test
    void whateverComesIsUnderstoodOrCounted() {
        List<byte[]> good = List.of(RouterSolicitation.frame(NODE, NODE_LINK_LOCAL).octets(),
                NeighborSolicitation.probe(NODE, NODE_LINK_LOCAL, ROUTER, ROUTER_LINK_LOCAL).octets(),
                ArpFrame.request(ROUTER, NODE, Ip4Address.valueOf("10.1.0.9"), Ip4Address.valueOf("10.1.0.1"))
                        .octets(),
                ListenerQuery.general(NODE, NODE_LINK_LOCAL, ROUTER));
        PuntClass[] classes = PuntClass.values();
        gateway.session(link.attachment(NODE, 4), State.ACTIVE, FakeGateway.ipv6(), now);
        for (int i = 0; i < FRAMES; i++) {
            now += 300;
            byte[] frame = random.nextBoolean() ? packet() : damaged(good.get(random.nextInt(good.size())));
            PuntClass as = classes[random.nextInt(classes.length)];
            assertThatCode(() -> hear(as, frame)).as("%s %s", as, Arrays.toString(frame)).doesNotThrowAnyException();
        }
        assertThat(counted).contains("undecodable on an access link");
    }

    /** An IPv6 packet of any next header and length, its checksum right where it has one. */
    private byte[] packet() {
        byte[] payload = new byte[random.nextInt(4) == 0 ? 0 : 4 + random.nextInt(60)];
        random.nextBytes(payload);
        if (payload.length > 0) {
            payload[0] = (byte) (130 + random.nextInt(14));
            payload[1] = 0;
            payload[2] = 0;
            payload[3] = 0;
        }
        byte[] frame = Ipv6Frame.icmpv6(NODE, ROUTER, NODE_LINK_LOCAL, ROUTER_LINK_LOCAL,
                payload.length == 0 ? new byte[4] : payload).octets();
        if (payload.length == 0) {
            frame[18] = 0;
            frame[19] = 0;
        }
        frame[20] = (byte) NEXT_HEADERS[random.nextInt(NEXT_HEADERS.length)];
        return frame;
    }

    private byte[] damaged(byte[] frame) {
        byte[] out = Arrays.copyOf(frame, random.nextInt(3) == 0 ? 12 + random.nextInt(frame.length) : frame.length);
        for (int i = random.nextInt(4); i > 0 && out.length > 12; i--) {
            out[12 + random.nextInt(out.length - 12)] = (byte) random.nextInt(256);
        }
        return out;
    }
}
