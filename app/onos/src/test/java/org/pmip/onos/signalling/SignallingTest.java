// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.lma.Supply;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.MobilityMessage;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.packet.SignallingPacket;

import static org.assertj.core.api.Assertions.assertThat;

class SignallingTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'mags': [{'address': '2001:db8:0:11::1'}]}, 'switches': {'device:lma1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']}]}}}";
    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address MAG = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final MacAddress MAC = MacAddress.valueOf("00:00:5e:00:53:11");

    private final List<OutboundPacket> sent = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final List<String> punts = new ArrayList<>();
    private Signalling signalling;
    private long now = 1_000_000;

    @BeforeEach
    void start() throws Exception {
        JsonNode node = new ObjectMapper().readTree(CONFIG.replace('\'', '"'));
        signalling = new Signalling(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        }, PmipConfigParser.parse(node), () -> new Moment(now, Instant.ofEpochMilli(now)), new TunnelErrors(
                null, (device, error) -> Optional.empty(), Runnable::run, () -> now, this::count), requests::add,
                this::count);
    }

    private boolean receive(String device, PuntClass puntClass, byte[] frame) {
        InboundPacket inbound = new DefaultInboundPacket(
                new ConnectPoint(DeviceId.deviceId(device), PortNumber.portNumber(1)), null, ByteBuffer.wrap(frame),
                Optional.of((long) puntClass.code()));
        DefaultPacketContext context = new DefaultPacketContext(now, inbound, null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        };
        signalling.process(context);
        return context.isHandled();
    }

    private static byte[] frame(byte[] mobilityHeader) {
        return SignallingPacket.encode(MAC, MacAddress.BROADCAST, MAG, ANCHOR, mobilityHeader);
    }

    private static byte[] unknownType(Ip6Address source) {
        byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(BindingUpdate.builder().build());
        octets[2] = (byte) 200;
        int sum = 0;
        for (int low = 0; low < 0x10000; low++) {
            octets[4] = (byte) (low >> 8);
            octets[5] = (byte) low;
            try {
                MobilityHeaderCodec.decode(octets, source, ANCHOR);
                return octets;
            } catch (org.pmip.protocol.wire.DecodeException e) {
                sum++;
            }
        }
        throw new IllegalStateException("none of " + sum + " checksums fits");
    }

    private void count(String name) {
        (name.startsWith("punted") ? punts : counted).add(name);
    }

    @Test
    void aBindingUpdateBecomesARequest() {
        BindingUpdate update = BindingUpdate.proxyBuilder().sequence(7).lifetime(3).build();
        assertThat(receive("device:lma1", PuntClass.MOBILITY_SIGNALLING,
                frame(MobilityHeaderCodec.encode(update, MAG, ANCHOR)))).isTrue();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).update()).isEqualTo(update);
        assertThat(requests.get(0).source()).isEqualTo(MAG);
        assertThat(requests.get(0).receivedAt().millis()).isEqualTo(now);
    }

    @Test
    void otherDevicesAndOtherPacketsAreLeftToOthers() {
        byte[] frame = frame(MobilityHeaderCodec.encode(BindingUpdate.builder().build(), MAG, ANCHOR));
        assertThat(receive("device:other", PuntClass.MOBILITY_SIGNALLING, frame)).isFalse();
        assertThat(receive("device:lma1", PuntClass.DHCP, frame)).isFalse();
        assertThat(requests).isEmpty();
    }

    @Test
    @Requirement({"RFC6275-9.2-1", "PMIP10-5.3.1-3"})
    void aWrongChecksumIsDiscardedAndCounted() {
        byte[] octets = MobilityHeaderCodec.encode(BindingUpdate.builder().build(), MAG, ANCHOR);
        octets[5]++;
        receive("device:lma1", PuntClass.MOBILITY_SIGNALLING, frame(octets));
        assertThat(requests).isEmpty();
        assertThat(sent).isEmpty();
        assertThat(counted).containsExactly("undecodable checksum");
        assertThat(punts).containsExactly("punted mobility signalling");
    }

    @Test
    void anythingTruncatedIsCounted() {
        byte[] whole = frame(MobilityHeaderCodec.encode(BindingUpdate.builder().build(), MAG, ANCHOR));
        for (int length = 0; length < whole.length; length++) {
            receive("device:lma1", PuntClass.MOBILITY_SIGNALLING, Arrays.copyOf(whole, length));
        }
        assertThat(counted).hasSize(whole.length).allMatch(name -> name.startsWith("undecodable"));
    }

    @Test
    @Requirement({"RFC6275-9.2-2", "RFC6275-9.3.3-1", "PMIP10-5.3.1-3"})
    void anUnknownTypeIsAnsweredByABindingErrorAtALimitedRate() throws Exception {
        byte[] frame = frame(unknownType(MAG));
        for (int i = 0; i < 50; i++) {
            receive("device:lma1", PuntClass.MOBILITY_SIGNALLING, frame);
        }
        assertThat(sent).hasSize(10);
        assertThat(counted).filteredOn("not sent, too many Binding Errors"::equals).hasSize(40);
        now += 1_000;
        receive("device:lma1", PuntClass.MOBILITY_SIGNALLING, frame);
        assertThat(sent).hasSize(11);
        OutboundPacket answer = sent.get(0);
        assertThat(((OutputInstruction) answer.treatment().allInstructions().get(0)).port())
                .isEqualTo(PortNumber.TABLE);
        SignallingPacket packet = SignallingPacket.decode(answer.data().array());
        assertThat(packet.source()).isEqualTo(ANCHOR);
        assertThat(packet.destination()).isEqualTo(MAG);
        MobilityMessage message = MobilityHeaderCodec.decode(packet.mobilityHeader(), ANCHOR, MAG);
        assertThat(message).isEqualTo(BindingError.of(BindingError.UNRECOGNIZED_MH_TYPE, Ip6Address.ZERO));
        assertThat(packet.mobilityHeader()[1]).isEqualTo((byte) 2);
    }

    @Test
    @Requirement("RFC6275-9.3.3-1")
    void nothingIsSentToASenderThatIsNoSingleNode() {
        for (String source : List.of("ff02::1", "::")) {
            Ip6Address from = Ip6Address.valueOf(source);
            receive("device:lma1", PuntClass.MOBILITY_SIGNALLING, SignallingPacket.encode(MAC, MacAddress.BROADCAST,
                    from, ANCHOR, unknownType(from)));
        }
        assertThat(sent).isEmpty();
        assertThat(counted).containsExactly("unknown message type", "unknown message type");
    }

    @Test
    @Requirement({"RFC6275-9.2-3", "RFC6275-9.2-4", "PMIP10-5.3.1-3"})
    void aFaultyHeaderIsReportedWithItsPlace() {
        byte[] proto = MobilityHeaderCodec.encodeWithoutChecksum(BindingUpdate.builder().build());
        proto[0] = 58;
        byte[] length = new byte[8];
        length[0] = 59;
        length[2] = 5;
        for (byte[] octets : List.of(proto, length)) {
            int sum = 0;
            for (int i = 0; i < octets.length; i++) {
                sum += (octets[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
            }
            for (byte[] address : List.of(MAG.toOctets(), ANCHOR.toOctets())) {
                for (int i = 0; i < address.length; i++) {
                    sum += (address[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
                }
            }
            sum += octets.length + 135;
            sum = (sum & 0xffff) + (sum >> 16);
            sum = ~((sum & 0xffff) + (sum >> 16));
            octets[4] = (byte) (sum >> 8);
            octets[5] = (byte) sum;
            receive("device:lma1", PuntClass.MOBILITY_SIGNALLING, frame(octets));
        }
        assertThat(counted).containsExactly("undecodable payload_proto", "undecodable header_length");
        assertThat(sent).hasSize(2);
        for (int i = 0; i < 2; i++) {
            byte[] error = sent.get(i).data().array();
            assertThat(Arrays.copyOfRange(error, 38, 54)).isEqualTo(MAG.toOctets());
            assertThat(Arrays.copyOfRange(error, 54, 56)).isEqualTo(new byte[] {4, 0});
            assertThat(ByteBuffer.wrap(error).getInt(58)).as("pointer").isEqualTo(40 + i);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    @Requirement("PMIP10-5.3.6-25")
    void anAnswerHasNoRoutingHeader() throws Exception {
        LmaEngine engine = new LmaEngine(new LmaPolicy(Map.of(), Map.of(), Optional.empty(),
                GrePolicy.AS_REQUESTED, List.of()), LmaParameters.DEFAULTS);
        BindingUpdate update = BindingUpdate.proxyBuilder().sequence(7).lifetime(3).build();
        Request request = new Request(update, MAG, ANCHOR, MobilityHeaderCodec.encode(update, MAG, ANCHOR),
                new Moment(now, Instant.ofEpochMilli(now)));
        signalling.send(engine.process(MobileNodeRecord.none(MobileNodeIdentifier.ofNai("x")), request,
                new Moment(now, Instant.ofEpochMilli(now)), Supply.NOTHING).answer().orElseThrow());
        byte[] frame = sent.get(0).data().array();
        assertThat(frame[20] & 0xff).as("next header").isEqualTo(MobilityHeaderCodec.NEXT_HEADER);
        assertThat(SignallingPacket.decode(frame).destination()).isEqualTo(MAG);
    }

    private static byte[] solicitation(String target) {
        String frame = "333300000001" + "00005e005311" + "86dd" + "60000000" + "0020" + "3a" + "ff"
                + "20010db8000000110000000000000001" + "ff0200000000000000000001ff000001" + "8700" + "0000" + "00000000"
                + target + "0101" + "00005e005311";
        byte[] octets = new byte[frame.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(frame.substring(2 * i, 2 * i + 2), 16);
        }
        long sum = 58 + octets.length - 54;
        for (int i = 22; i < octets.length; i++) {
            sum += (long) (octets[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16));
        octets[56] = (byte) (sum >> 8);
        octets[57] = (byte) sum;
        return octets;
    }

    @Test
    void neighboursLearnTheAddressOfTheInterface() {
        receive("device:lma1", PuntClass.NEIGHBOUR_DISCOVERY, solicitation("20010db8000000010000000000000001"));
        assertThat(sent).hasSize(1);
        byte[] frame = sent.get(0).data().array();
        assertThat(Arrays.copyOfRange(frame, 0, 6)).isEqualTo(MAC.toBytes());
        assertThat(Arrays.copyOfRange(frame, 80, 86)).isEqualTo(MacAddress.valueOf("00:00:5e:00:53:01").toBytes());
        assertThat(frame[54] & 0xff).isEqualTo(136);
        assertThat(((OutputInstruction) sent.get(0).treatment().allInstructions().get(0)).port())
                .isEqualTo(PortNumber.portNumber(1));
    }

    @Test
    void strangersAndDamagedSolicitationsAreNotAnswered() {
        byte[] whole = solicitation("20010db8000000010000000000000001");
        receive("device:lma1", PuntClass.NEIGHBOUR_DISCOVERY, solicitation("20010db8000000010000000000000002"));
        for (int length = 0; length < whole.length; length++) {
            receive("device:lma1", PuntClass.NEIGHBOUR_DISCOVERY, Arrays.copyOf(whole, length));
        }
        whole[60]++;
        receive("device:lma1", PuntClass.NEIGHBOUR_DISCOVERY, whole);
        assertThat(sent).isEmpty();
    }
}
