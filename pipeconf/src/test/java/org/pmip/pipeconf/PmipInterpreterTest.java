// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Data;
import org.onlab.packet.MacAddress;
import org.onlab.util.ImmutableByteSequence;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.pi.model.PiPacketMetadataId;
import org.onosproject.net.pi.model.PiPacketMetadataModel;
import org.onosproject.net.pi.model.PiPacketOperationModel;
import org.onosproject.net.pi.model.PiPacketOperationType;
import org.onosproject.net.pi.model.PiPipelineInterpreter.PiInterpreterException;
import org.onosproject.net.pi.runtime.PiPacketMetadata;
import org.onosproject.net.pi.runtime.PiPacketOperation;
import org.pmip.pipeconf.generated.P4;

/** Packets between ONOS and the pipeline. */
class PmipInterpreterTest {
    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private static final byte[] FRAME = {0, 0, 0x5e, 0, 0x53, 1, 0, 0, 0x5e, 0, 0x53, 0x11, (byte) 0x88, (byte) 0xb5,
        1, 2, 3};

    private final PmipInterpreter interpreter = new PmipInterpreter();

    private Collection<PiPacketOperation> out(TrafficTreatment treatment) throws PiInterpreterException {
        return interpreter.mapOutboundPacket(new DefaultOutboundPacket(DEVICE, treatment, ByteBuffer.wrap(FRAME)));
    }

    private static Map<PiPacketMetadataId, Long> values(PiPacketOperation operation) {
        return operation.metadatas().stream().collect(Collectors.toMap(PiPacketMetadata::id,
                m -> new BigInteger(1, m.value().asArray()).longValueExact()));
    }

    @Test
    void toAPort() throws Exception {
        PiPacketOperation operation = out(DefaultTrafficTreatment.builder()
                .setOutput(PortNumber.portNumber(3)).build()).iterator().next();
        assertThat(operation.type()).isEqualTo(PiPacketOperationType.PACKET_OUT);
        assertThat(operation.data().asArray()).isEqualTo(FRAME);
        assertThat(values(operation)).containsEntry(P4.PacketOut.EGRESS_PORT, 3L)
                .containsEntry(P4.PacketOut.THROUGH_PIPELINE, 0L).containsEntry(P4.PacketOut.DOMAIN, 0L);
    }

    @Test
    void throughThePipelineInADomain() throws Exception {
        PiPacketOperation operation = out(DefaultTrafficTreatment.builder().writeMetadata(2, 0xFFFF)
                .setOutput(PortNumber.TABLE).build()).iterator().next();
        assertThat(values(operation)).containsEntry(P4.PacketOut.EGRESS_PORT, 0L)
                .containsEntry(P4.PacketOut.THROUGH_PIPELINE, 1L).containsEntry(P4.PacketOut.DOMAIN, 2L);
        assertThat(values(out(DefaultTrafficTreatment.builder().setOutput(PortNumber.TABLE).build()).iterator()
                .next())).containsEntry(P4.PacketOut.DOMAIN, 0L);
    }

    @Test
    void allFieldsOfTheHeaderAreSet() throws Exception {
        PiPacketOperationModel model = PmipPipeconf.pipeconf().pipelineModel()
                .packetOperationModel(PiPacketOperationType.PACKET_OUT).orElseThrow();
        PiPacketOperation operation = out(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(510))
                .build()).iterator().next();
        assertThat(operation.metadatas().stream().map(PiPacketMetadata::id)).containsExactlyInAnyOrderElementsOf(
                model.metadatas().stream().map(PiPacketMetadataModel::id).collect(Collectors.toList()));
    }

    @Test
    void refusesWhatThePipelineCannotDo() {
        assertThatThrownBy(() -> out(DefaultTrafficTreatment.builder().setEthDst(MacAddress.BROADCAST)
                .setOutput(PortNumber.portNumber(1)).build())).isInstanceOf(PiInterpreterException.class);
        assertThatThrownBy(() -> out(DefaultTrafficTreatment.builder().setOutput(PortNumber.NORMAL).build()))
                .isInstanceOf(PiInterpreterException.class);
        assertThatThrownBy(() -> out(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(512)).build()))
                .isInstanceOf(PiInterpreterException.class);
        assertThatThrownBy(() -> out(DefaultTrafficTreatment.builder().writeMetadata(70000, -1)
                .setOutput(PortNumber.TABLE).build())).isInstanceOf(PiInterpreterException.class);
        assertThatThrownBy(() -> out(DefaultTrafficTreatment.builder().writeMetadata(1, -1)
                .setOutput(PortNumber.portNumber(1)).build())).isInstanceOf(PiInterpreterException.class);
        assertThatThrownBy(() -> interpreter.mapTreatment(DefaultTrafficTreatment.emptyTreatment(),
                P4.Routes.TABLE)).isInstanceOf(PiInterpreterException.class);
    }

    private static PiPacketOperation packetIn(byte[] frame, long port, long reason, long domain, long mtu)
            throws Exception {
        return PiPacketOperation.builder().withType(PiPacketOperationType.PACKET_IN)
                .withData(ImmutableByteSequence.copyFrom(frame))
                .withMetadatas(List.of(metadata(P4.PacketIn.INGRESS_PORT, port), metadata(P4.PacketIn.REASON, reason),
                        metadata(P4.PacketIn.DOMAIN, domain), metadata(P4.PacketIn.MTU, mtu)))
                .build();
    }

    private static PiPacketMetadata metadata(PiPacketMetadataId id, long value) throws Exception {
        return PiPacketMetadata.builder().withId(id).withValue(ImmutableByteSequence.copyFrom(value).fit(16)).build();
    }

    @Test
    void inboundCarriesPortAndReason() throws Exception {
        InboundPacket packet = interpreter.mapInboundPacket(
                packetIn(FRAME, 260, PuntClass.TOO_BIG.code(), 2, 1452), DEVICE);
        assertThat(packet.receivedFrom()).hasToString("device:lma1/260");
        assertThat(packet.unparsed().array()).isEqualTo(FRAME);
        assertThat(packet.parsed().getSourceMAC()).isEqualTo(MacAddress.valueOf("00:00:5e:00:53:11"));
        assertThat(PacketInReason.of(packet)).contains(new PacketInReason(PuntClass.TOO_BIG, 2, 1452));
    }

    @Test
    void inboundWithAnUnknownReasonIsRefused() {
        assertThatThrownBy(() -> interpreter.mapInboundPacket(packetIn(FRAME, 1, 0, 0, 0), DEVICE))
                .isInstanceOf(PiInterpreterException.class).hasMessageContaining("No punt class has the number 0");
        assertThatThrownBy(() -> interpreter.mapInboundPacket(packetIn(new byte[13], 1, 1, 0, 0), DEVICE))
                .isInstanceOf(PiInterpreterException.class);
    }

    @Test
    void inboundThatOnosCannotParseIsDeliveredUnparsed() throws Exception {
        byte[] frame = new byte[24];
        frame[12] = (byte) 0x86;
        frame[13] = (byte) 0xDD;
        InboundPacket packet = interpreter.mapInboundPacket(packetIn(frame, 1, 1, 0, 0), DEVICE);
        assertThat(packet.parsed().getPayload()).isInstanceOf(Data.class);
        assertThat(packet.unparsed().array()).isEqualTo(frame);
    }

    @Property(tries = 2000)
    void anyFrameIsDeliveredOrRefused(@ForAll @Size(min = 1, max = 120) byte[] frame, @ForAll boolean ip6)
            throws Exception {
        if (frame.length > 13 && ip6) {
            frame[12] = (byte) 0x86;
            frame[13] = (byte) 0xDD;
        }
        if (frame.length < 14) {
            assertThatThrownBy(() -> new PmipInterpreter().mapInboundPacket(packetIn(frame, 1, 1, 0, 0), DEVICE))
                    .isInstanceOf(PiInterpreterException.class);
        } else {
            InboundPacket packet = new PmipInterpreter().mapInboundPacket(packetIn(frame, 1, 1, 0, 0), DEVICE);
            assertThat(packet.unparsed().array()).isEqualTo(frame);
        }
    }

    @Test
    void noTableCanBeNamedByNumber() {
        assertThat(interpreter.mapFlowRuleTableId(0)).isEmpty();
    }

    @Test
    void whatIsMappedWhenTheBundleStartsCanBeMapped() {
        assertThatCode(PmipInterpreter::load).doesNotThrowAnyException();
    }
}
