// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.Data;
import org.onlab.packet.DeserializationException;
import org.onlab.packet.Ethernet;
import org.onlab.util.ImmutableByteSequence;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.MetadataInstruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.pi.model.PiMatchFieldId;
import org.onosproject.net.pi.model.PiPacketMetadataId;
import org.onosproject.net.pi.model.PiPacketOperationType;
import org.onosproject.net.pi.model.PiPipelineInterpreter;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiPacketMetadata;
import org.onosproject.net.pi.runtime.PiPacketOperation;
import org.pmip.pipeconf.generated.P4;

/**
 * Packets between ONOS and the pipeline.
 *
 * <p>Outbound: the treatment's output is a port, or ALL or FLOOD for every enabled port, and the frame leaves as it is;
 * or it is {@link PortNumber#TABLE}, and the packet is routed by the pipeline as one of the switch's own, in the
 * routing domain that a metadata instruction names ({@code writeMetadata}; 0, the transport, without).
 *
 * <p>Inbound: the cookie of the packet is its {@link PacketInReason}.
 *
 * <p>Flow rules of this pipeline are protocol independent; see {@code org.pmip.pipeconf.entity}. No table's default
 * action can be changed, hence none has to be restored.
 */
public class PmipInterpreter extends AbstractHandlerBehaviour implements PiPipelineInterpreter {
    private static final int MAX_DOMAIN = 0xFFFF;

    @Override
    public Optional<PiMatchFieldId> mapCriterionType(Criterion.Type type) {
        return Optional.empty();
    }

    @Override
    public Optional<PiTableId> mapFlowRuleTableId(int flowRuleTableId) {
        return Optional.empty();
    }

    @Override
    public PiAction mapTreatment(TrafficTreatment treatment, PiTableId table) throws PiInterpreterException {
        throw new PiInterpreterException("Table " + table + " takes protocol-independent actions only, not "
                + treatment.allInstructions());
    }

    @Override
    public Collection<PiPacketOperation> mapOutboundPacket(OutboundPacket packet) throws PiInterpreterException {
        ImmutableList.Builder<PiPacketOperation> operations = ImmutableList.builder();
        OptionalInt domain = domain(packet.treatment().writeMetadata());
        for (Instruction instruction : packet.treatment().allInstructions()) {
            if (instruction.type() != Instruction.Type.OUTPUT) {
                throw new PiInterpreterException("Instruction not supported in a packet-out: " + instruction);
            }
            output(packet, ((OutputInstruction) instruction).port(), domain, operations);
        }
        return operations.build();
    }

    private void output(OutboundPacket packet, PortNumber port, OptionalInt domain,
                        ImmutableList.Builder<PiPacketOperation> operations) throws PiInterpreterException {
        if (port.equals(PortNumber.TABLE)) {
            operations.add(operation(packet, 0, 1, domain.orElse(0)));
        } else if (domain.isPresent()) {
            throw new PiInterpreterException("A routing domain goes with an output to TABLE only, not to " + port);
        } else if (port.equals(PortNumber.ALL) || port.equals(PortNumber.FLOOD)) {
            for (Port each : handler().get(DeviceService.class).getPorts(packet.sendThrough())) {
                boolean source = packet.inPort() != null && each.number().equals(packet.inPort())
                        && port.equals(PortNumber.FLOOD);
                if (each.isEnabled() && !each.number().isLogical() && !source) {
                    operations.add(operation(packet, each.number().toLong(), 0, 0));
                }
            }
        } else if (port.isLogical()) {
            throw new PiInterpreterException("Output to logical port " + port + " is not supported");
        } else {
            operations.add(operation(packet, port.toLong(), 0, 0));
        }
    }

    private static OptionalInt domain(MetadataInstruction instruction) throws PiInterpreterException {
        if (instruction == null) {
            return OptionalInt.empty();
        }
        long domain = instruction.metadata();
        if (domain < 0 || domain > MAX_DOMAIN) {
            throw new PiInterpreterException("Metadata " + domain + " is no routing domain; give 0 to " + MAX_DOMAIN);
        }
        return OptionalInt.of((int) domain);
    }

    private static PiPacketOperation operation(OutboundPacket packet, long port, long throughPipeline, long domain)
            throws PiInterpreterException {
        return PiPacketOperation.builder()
                .withType(PiPacketOperationType.PACKET_OUT)
                .withData(ImmutableByteSequence.copyFrom(packet.data()))
                .withMetadatas(ImmutableList.of(
                        metadata(P4.PacketOut.EGRESS_PORT, port, P4.PacketOut.EGRESS_PORT_BITS),
                        metadata(P4.PacketOut.THROUGH_PIPELINE, throughPipeline, P4.PacketOut.THROUGH_PIPELINE_BITS),
                        metadata(P4.PacketOut.PAD, 0, P4.PacketOut.PAD_BITS),
                        metadata(P4.PacketOut.DOMAIN, domain, P4.PacketOut.DOMAIN_BITS)))
                .build();
    }

    private static PiPacketMetadata metadata(PiPacketMetadataId id, long value, int width)
            throws PiInterpreterException {
        try {
            return PiPacketMetadata.builder().withId(id)
                    .withValue(ImmutableByteSequence.copyFrom(value).fit(width))
                    .build();
        } catch (ImmutableByteSequence.ByteSequenceTrimException e) {
            throw new PiInterpreterException(id + " " + value + " does not fit into " + width + " bits");
        }
    }

    @Override
    public InboundPacket mapInboundPacket(PiPacketOperation packet, DeviceId device) throws PiInterpreterException {
        long port = value(packet, P4.PacketIn.INGRESS_PORT);
        long code = value(packet, P4.PacketIn.REASON);
        PuntClass puntClass;
        try {
            puntClass = PuntClass.of(code);
        } catch (IllegalArgumentException e) {
            throw new PiInterpreterException("Packet-in of " + device + ": " + e.getMessage());
        }
        PacketInReason reason = new PacketInReason(puntClass, (int) value(packet, P4.PacketIn.DOMAIN),
                (int) value(packet, P4.PacketIn.MTU));
        byte[] frame = packet.data().asArray();
        return new DefaultInboundPacket(new ConnectPoint(device, PortNumber.portNumber(port)), ethernet(frame),
                ByteBuffer.wrap(frame), Optional.of(reason.cookie()));
    }

    /*
     * ONOS's parsers give up on what they do not understand, some of them with unchecked exceptions. The frame is then
     * still worth delivering, with its payload unparsed: those who asked for it read the octets.
     */
    private static Ethernet ethernet(byte[] frame) throws PiInterpreterException {
        try {
            return Ethernet.deserializer().deserialize(frame, 0, frame.length);
        } catch (DeserializationException | RuntimeException e) {
            if (frame.length < Ethernet.ETHERNET_HEADER_LENGTH) {
                throw new PiInterpreterException("Packet-in of " + frame.length + " octets is no Ethernet frame");
            }
            ByteBuffer octets = ByteBuffer.wrap(frame);
            byte[] destination = new byte[Ethernet.DATALAYER_ADDRESS_LENGTH];
            byte[] source = new byte[Ethernet.DATALAYER_ADDRESS_LENGTH];
            octets.get(destination).get(source);
            short type = octets.getShort();
            byte[] payload = new byte[octets.remaining()];
            octets.get(payload);
            Ethernet shallow = new Ethernet();
            shallow.setDestinationMACAddress(destination);
            shallow.setSourceMACAddress(source);
            shallow.setEtherType(type);
            shallow.setPayload(new Data(payload));
            return shallow;
        }
    }

    private static long value(PiPacketOperation packet, PiPacketMetadataId id) throws PiInterpreterException {
        for (PiPacketMetadata metadata : packet.metadatas()) {
            if (metadata.id().equals(id)) {
                long value = 0;
                for (byte octet : metadata.value().asArray()) {
                    value = value << Byte.SIZE | octet & 0xFF;
                }
                return value;
            }
        }
        throw new PiInterpreterException("Packet-in has no " + id);
    }

    /**
     * Maps packets each way, so that all classes for it are loaded. ONOS 2.5 keeps the interpreter of a bundle that is
     * replaced until its next start, and a bundle that is gone loads no classes any more.
     *
     * @throws IllegalStateException if a packet cannot be mapped, which means that bundle and program do not fit
     */
    static void load() {
        DeviceId device = DeviceId.deviceId("device:none");
        PmipInterpreter interpreter = new PmipInterpreter();
        try {
            PiPacketOperation in = PiPacketOperation.builder().withType(PiPacketOperationType.PACKET_IN)
                    .withData(ImmutableByteSequence.copyFrom(new byte[Ethernet.ETHERNET_HEADER_LENGTH]))
                    .withMetadatas(ImmutableList.of(metadata(P4.PacketIn.INGRESS_PORT, 1, Long.SIZE),
                            metadata(P4.PacketIn.REASON, 1, Long.SIZE), metadata(P4.PacketIn.DOMAIN, 0, Long.SIZE),
                            metadata(P4.PacketIn.MTU, 0, Long.SIZE)))
                    .build();
            InboundPacket packet = interpreter.mapInboundPacket(in, device);
            PacketInReason.of(packet);
            interpreter.mapOutboundPacket(new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                    .writeMetadata(1, -1L).setOutput(PortNumber.TABLE).build(), packet.unparsed()));
            interpreter.mapOutboundPacket(new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                    .setOutput(PortNumber.portNumber(1)).build(), packet.unparsed()));
        } catch (PiInterpreterException e) {
            throw new IllegalStateException("packets cannot be mapped", e);
        }
    }
}
