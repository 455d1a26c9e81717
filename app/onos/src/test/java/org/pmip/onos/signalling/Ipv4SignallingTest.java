// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;

class Ipv4SignallingTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'ipv4Address': '192.0.2.1', 'mags': [{'ipv4Address': '192.0.2.11'}]},"
            + "'switches': {'device:lma1': {'interfaces': [{'port': 1, 'role': 'transport',"
            + "'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1', '192.0.2.1']},"
            + "{'port': 3, 'role': 'home', 'mac': '00:00:5e:00:53:03', 'addresses': ['198.51.100.1']}]}}}";
    private static final Ip4Address ANCHOR = Ip4Address.valueOf("192.0.2.1");
    private static final Ip4Address MAG = Ip4Address.valueOf("192.0.2.11");
    private static final MacAddress MAC = MacAddress.valueOf("00:00:5e:00:53:11");

    private final List<OutboundPacket> sent = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final List<String> punts = new ArrayList<>();
    private Signalling signalling;

    @BeforeEach
    void start() throws Exception {
        signalling = new Signalling(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        }, PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))),
                () -> new Moment(1_000, Instant.EPOCH), new TunnelErrors(null, (device, error) -> Optional.empty(),
                Runnable::run, () -> 1_000, this::count), requests::add, this::count);
    }

    private boolean receive(long port, PuntClass puntClass, byte[] frame) {
        DefaultPacketContext context = new DefaultPacketContext(0, new DefaultInboundPacket(
                new ConnectPoint(DeviceId.deviceId("device:lma1"), PortNumber.portNumber(port)), null,
                ByteBuffer.wrap(frame), Optional.of((long) puntClass.code())), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        };
        signalling.process(context);
        return context.isHandled();
    }

    private static byte[] frame(Ip4Address to, byte[] mobilityHeader) {
        return Ipv4SignallingPacket.encode(MAC, MacAddress.BROADCAST, MAG, 40_000, to, 5_436, mobilityHeader);
    }

    private static byte[] update() {
        return MobilityHeaderCodec.encodeWithoutChecksum(BindingUpdate.proxyBuilder().sequence(7).lifetime(3).build());
    }

    private void count(String name) {
        (name.startsWith("punted") ? punts : counted).add(name);
    }

    @Test
    void aBindingUpdateInUdpBecomesARequest() {
        assertThat(receive(1, PuntClass.UDP_SIGNALLING, frame(ANCHOR, update()))).isTrue();
        assertThat(requests).hasSize(1);
        Request request = requests.get(0);
        assertThat(request.overIpv4()).isTrue();
        assertThat(request.source()).isEqualTo(MAG);
        assertThat(request.sourcePort()).isEqualTo(40_000);
        assertThat(request.destination()).isEqualTo(ANCHOR);
        assertThat(request.update().sequence()).isEqualTo(7);
    }

    @Test
    void whatCannotBeReadIsCounted() {
        byte[] whole = frame(ANCHOR, update());
        for (int length = 0; length < whole.length; length++) {
            receive(1, PuntClass.UDP_SIGNALLING, Arrays.copyOf(whole, length));
        }
        assertThat(counted).hasSize(whole.length).allMatch(name -> name.startsWith("undecodable"));
        receive(1, PuntClass.UDP_SIGNALLING, frame(Ip4Address.valueOf("192.0.2.2"), update()));
        assertThat(counted).last().isEqualTo("not to the anchor");
        receive(1, PuntClass.UDP_SIGNALLING, frame(ANCHOR, MobilityHeaderCodec.encodeWithoutChecksum(
                BindingError.of(1, Ip6Address.ZERO))));
        assertThat(counted).last().isEqualTo("unexpected message type");
        assertThat(requests).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void anUnknownTypeIsAnsweredByABindingErrorInUdp() throws Exception {
        byte[] unknown = update();
        unknown[2] = (byte) 200;
        receive(1, PuntClass.UDP_SIGNALLING, frame(ANCHOR, unknown));
        assertThat(counted).containsExactly("unknown message type");
        assertThat(punts).containsOnly("punted udp signalling");
        byte[] answer = sent.get(0).data().array();
        assertThat(Arrays.copyOfRange(answer, 26, 36)).as("addresses and source port")
                .isEqualTo(octets("c0000201" + "c000020b" + "153c"));
        assertThat((answer[36] & 0xff) << 8 | answer[37] & 0xff).as("destination port").isEqualTo(40_000);
        assertThat(MobilityHeaderCodec.decodeWithoutChecksum(Arrays.copyOfRange(answer, 42, answer.length)))
                .isEqualTo(BindingError.of(BindingError.UNRECOGNIZED_MH_TYPE, Ip6Address.ZERO));
    }

    @Test
    @Requirement("RFC6275-9.3.3-1")
    void nothingIsSentToASenderThatIsNoSingleNode() {
        byte[] unknown = update();
        unknown[2] = (byte) 200;
        for (String source : List.of("0.0.0.0", "224.0.0.1", "255.255.255.255")) {
            receive(1, PuntClass.UDP_SIGNALLING, Ipv4SignallingPacket.encode(MAC, MacAddress.BROADCAST,
                    Ip4Address.valueOf(source), 40_000, ANCHOR, 5_436, unknown));
        }
        assertThat(counted).hasSize(3).containsOnly("unknown message type");
        assertThat(sent).isEmpty();
    }

    private static byte[] octets(String hex) {
        byte[] out = new byte[hex.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return out;
    }

    private static byte[] arp(String operation, String target) {
        return octets("ffffffffffff" + "00005e005311" + "0806" + "0001" + "0800" + "06" + "04" + operation
                + "00005e005311" + "c000020b" + "000000000000" + target);
    }

    @Test
    void neighboursLearnTheAddressOfTheInterfaceByArp() {
        assertThat(receive(1, PuntClass.ARP, arp("0001", "c0000201"))).isTrue();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).data().array()).isEqualTo(octets("00005e005311" + "00005e005301" + "0806" + "0001"
                + "0800" + "0604" + "0002" + "00005e005301" + "c0000201" + "00005e005311" + "c000020b"));
        assertThat(((OutputInstruction) sent.get(0).treatment().allInstructions().get(0)).port())
                .isEqualTo(PortNumber.portNumber(1));
    }

    @Test
    void otherArpIsNotAnswered() {
        byte[] whole = arp("0001", "c0000201");
        receive(1, PuntClass.ARP, arp("0001", "c0000202"));
        receive(1, PuntClass.ARP, arp("0002", "c0000201"));
        receive(3, PuntClass.ARP, whole);
        for (int length = 0; length < whole.length; length++) {
            receive(1, PuntClass.ARP, Arrays.copyOf(whole, length));
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void theSenderOfAnIpv4PacketThatDoesNotFitIsToldSo() {
        byte[] big = octets("00005e005303" + "00005e0053ff" + "0800" + "450005dc00004000401100" + "00" + "c6336463"
                + "0a010007" + "ab".repeat(1480));
        DefaultPacketContext context = new DefaultPacketContext(0, new DefaultInboundPacket(
                new ConnectPoint(DeviceId.deviceId("device:lma1"), PortNumber.portNumber(3)), null,
                ByteBuffer.wrap(big), Optional.of(cookie(PuntClass.TOO_BIG, 1, 1_452))), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        };
        signalling.process(context);
        assertThat(sent).hasSize(1);
        byte[] error = sent.get(0).data().array();
        assertThat(Arrays.copyOfRange(error, 26, 36)).isEqualTo(octets("c6336401" + "c6336463" + "0304"));
        assertThat(error[40] << 8 & 0xff00 | error[41] & 0xff).isEqualTo(1_452);
    }

    /** As the interpreter writes it: class, domain and MTU, 16 bits each. */
    private static long cookie(PuntClass puntClass, int domain, int mtu) {
        return (long) domain << 16 | (long) mtu << 32 | puntClass.code();
    }
}
