// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;

/** What senders are told of packets that a gateway's switch could not pass on. */
class GatewayErrorsTest {

    private static final String CONFIG = "{'switches': {'device:mag1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11', 'addresses': ['2001:db8:0:11::1']},"
            + "{'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13', 'vlans': [0, 60]}]}}}";
    private static final String COA = "20010db8000000110000000000000001";
    private static final String LMA = "20010db8000000010000000000000001";
    private static final String NODE = "20010db8010000070000000000000001";
    private static final String PEER = "20010db8ffff00000000000000000001";
    private static final String NODE_4 = "0a010009";
    private static final String FROM_NODE = "00005e005213" + "00005e005341";
    private static final String FROM_ANCHOR = "00005e005311" + "00005e005301" + "86dd";
    private static final int LIMIT = 100;

    private final List<OutboundPacket> sent = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private Optional<Ip4Address> router = Optional.of(Ip4Address.valueOf("10.1.0.1"));
    private long now = 1_000_000;
    private GatewaySignalling signalling;

    private final class Nobody implements GatewaySignalling.Receiver {
        @Override
        public void acknowledged(BindingAcknowledgement message, IpAddress source, IpAddress destination) {
            throw new IllegalStateException("no signalling here");
        }

        @Override
        public void error(BindingError message, IpAddress source) {
            throw new IllegalStateException("no signalling here");
        }

        @Override
        public Optional<Ip4Address> router(ConnectPoint port, byte[] frame) {
            return router;
        }
    }

    @BeforeEach
    void start() throws Exception {
        signalling = new GatewaySignalling(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        }, PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))),
                Map.of(DeviceId.deviceId("device:mag1"), Set.of(Ip6Address.valueOf("2001:db8:0:11::1"))),
                new Nobody(), new TunnelErrors(null, (device, error) -> Optional.empty(), Runnable::run, () -> now,
                        counted::add), () -> now, counted::add);
    }

    private static byte[] octets(String hex) {
        byte[] out = new byte[hex.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return out;
    }

    private static String ipv6(String source, String destination, String next, String payload) {
        return "60000000" + String.format("%04x", payload.length() / 2) + next + "40" + source + destination + payload;
    }

    private static String ipv4(String source, String destination, String payload) {
        return "4500" + String.format("%04x", 20 + payload.length() / 2) + "000040004011" + "0000" + source
                + destination + payload;
    }

    private void dropped(int port, PuntClass why, int mtu, String frame) {
        long cookie = why.code() | 1L << 16 | (long) mtu << 32;
        signalling.process(new DefaultPacketContext(now, new DefaultInboundPacket(new ConnectPoint(
                DeviceId.deviceId("device:mag1"), PortNumber.portNumber(port)), null, ByteBuffer.wrap(octets(frame)),
                Optional.of(cookie)), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        });
    }

    private PortNumber port(int index) {
        return ((OutputInstruction) sent.get(index).treatment().immediate().get(0)).port();
    }

    private byte[] frame(int index) {
        return sent.get(index).data().array();
    }

    private static byte[] part(byte[] octets, int from, int length) {
        return Arrays.copyOfRange(octets, from, from + length);
    }

    @Test
    void neighboursOfATransportPortAreToldItsLinkLocalAddressToo() {
        String own = "fe8000000000000002005efffe005311";
        String asker = "fe8000000000000002005efffe005301";
        for (String target : List.of(own, COA, "fe80000000000000000000000000dead")) {
            byte[] asked = octets("00005e00531100005e005301" + "86dd" + "60000000" + "0018" + "3aff" + asker + target
                    + "87000000" + "00000000" + target);
            ByteBuffer.wrap(asked).putShort(56, (short) Icmpv6Checksum.of(asked, 14, asked.length - 14));
            signalling.process(new DefaultPacketContext(now, new DefaultInboundPacket(new ConnectPoint(
                    DeviceId.deviceId("device:mag1"), PortNumber.portNumber(1)), null, ByteBuffer.wrap(asked),
                    Optional.of((long) PuntClass.NEIGHBOUR_DISCOVERY.code())), null, false) {
                @Override
                public void send() {
                    throw new IllegalStateException("nothing is to be sent through the context");
                }
            });
        }
        assertThat(sent).hasSize(2);
        assertThat(part(frame(0), 62, 24)).isEqualTo(octets(own + "0201" + "00005e005311"));
        assertThat(part(frame(1), 62, 24)).isEqualTo(octets(COA + "0201" + "00005e005311"));
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void aNodeIsToldOnItsLinkWhatTheTunnelDoesNotFit() {
        String big = ipv6(NODE, PEER, "11", "ab".repeat(1460));
        dropped(2, PuntClass.TOO_BIG, 1452, FROM_NODE + "86dd" + big);
        assertThat(sent).hasSize(1);
        assertThat(port(0)).isEqualTo(PortNumber.portNumber(2));
        byte[] error = frame(0);
        assertThat(part(error, 0, 14)).isEqualTo(octets("00005e005341" + "00005e005213" + "86dd"));
        assertThat(part(error, 22, 32)).as("from the gateway to the node").isEqualTo(octets(COA + NODE));
        assertThat(part(error, 54, 2)).as("Packet Too Big").isEqualTo(octets("0200"));
        assertThat(part(error, 58, 4)).as("what fits").isEqualTo(octets("000005ac"));
        assertThat(Icmpv6Checksum.of(error, 14, error.length - 14)).isZero();
        assertThat(part(error, 62, 60)).as("the packet").isEqualTo(part(octets(big), 0, 60));
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void theErrorHasTheTagOfTheNodesLink() {
        dropped(2, PuntClass.HOP_LIMIT, 0, FROM_NODE + "8100003c86dd" + ipv6(NODE, PEER, "11", "00".repeat(8)));
        byte[] error = frame(0);
        assertThat(part(error, 0, 18)).isEqualTo(octets("00005e005341" + "00005e005213" + "8100003c" + "86dd"));
        assertThat(part(error, 58, 2)).as("Time Exceeded").isEqualTo(octets("0300"));
        assertThat(Icmpv6Checksum.of(error, 18, error.length - 18)).isZero();
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void anIpv4NodeIsToldByItsDefaultRouter() {
        dropped(2, PuntClass.TOO_BIG, 1460, FROM_NODE + "0800" + ipv4(NODE_4, "c0000201", "ab".repeat(1470)));
        byte[] error = frame(0);
        assertThat(port(0)).isEqualTo(PortNumber.portNumber(2));
        assertThat(part(error, 26, 8)).isEqualTo(octets("0a010001" + NODE_4));
        assertThat(part(error, 34, 2)).as("fragmentation needed").isEqualTo(octets("0304"));
        assertThat(part(error, 40, 2)).isEqualTo(octets("05b4"));
        router = Optional.empty();
        dropped(2, PuntClass.TOO_BIG, 1460, FROM_NODE + "0800" + ipv4(NODE_4, "c0000201", "ab".repeat(1470)));
        assertThat(sent).as("nobody to say it").hasSize(1);
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void whoSentThroughTheAnchorIsToldOfTheInnerPacketByTheGateway() {
        String inner = ipv6(PEER, NODE, "11", "00".repeat(8));
        String tunnel = ipv6(LMA, COA, "2f", "200086dd" + "00000007" + inner);
        dropped(1, PuntClass.HOP_LIMIT, 0, FROM_ANCHOR + tunnel);
        assertThat(port(0)).as("routed by the switch").isEqualTo(PortNumber.TABLE);
        byte[] error = frame(0);
        assertThat(part(error, 22, 32)).isEqualTo(octets(COA + PEER));
        assertThat(part(error, 54, 2)).isEqualTo(octets("0300"));
        assertThat(part(error, 62, error.length - 62)).as("the inner packet alone").isEqualTo(octets(inner));
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void operatorsIpv4AddressesAreNotRoutedInTheTransportNetwork() {
        String tunnel = ipv6(LMA, COA, "04", ipv4("c0000201", NODE_4, "00".repeat(8)));
        dropped(1, PuntClass.HOP_LIMIT, 0, FROM_ANCHOR + tunnel);
        assertThat(sent).isEmpty();
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void noErrorsOfErrorsAndNotTooMany() {
        dropped(2, PuntClass.UNREACHABLE, 0, FROM_NODE + "86dd" + ipv6(NODE, PEER, "3a", "0100" + "00".repeat(6)));
        assertThat(sent).as("of an error").isEmpty();
        for (int i = 0; i <= LIMIT; i++) {
            dropped(2, PuntClass.UNREACHABLE, 0, FROM_NODE + "86dd" + ipv6(NODE, PEER, "11", "00".repeat(8)));
        }
        assertThat(sent).hasSize(LIMIT);
        assertThat(counted).contains("not sent, too many ICMP errors");
        now += 1_000;
        dropped(2, PuntClass.UNREACHABLE, 0, FROM_NODE + "86dd" + ipv6(NODE, PEER, "11", "00".repeat(8)));
        assertThat(sent).hasSize(LIMIT + 1);
        assertThat(part(frame(LIMIT), 54, 2)).as("no route").isEqualTo(octets("0100"));
    }
}
