// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.onlab.util.Tools;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProgrammable;
import org.onosproject.net.packet.PacketProvider;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketProviderService;
import org.onosproject.net.packet.PacketService;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.model.PiPipelineInterpreter;
import org.onosproject.net.pi.runtime.PiPacketOperation;
import org.onosproject.net.provider.AbstractProvider;
import org.onosproject.net.provider.ProviderId;
import org.onosproject.p4runtime.ctl.codec.CodecException;
import org.onosproject.p4runtime.ctl.codec.Codecs;
import org.pmip.standalone.net.Devices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.PacketIn;

/**
 * Takes packets of the targets to ONOS's packet service, and those of the packet service to the targets.
 *
 * <p>Each device has a thread of its own, so that its packets stay in order and a slow application hinders no other
 * device and no stream. A device's queue holds {@value #QUEUE} packets; what comes on top is dropped and counted,
 * because a stream that is not read would stop the answers to writes as well. Safe for use by many threads.
 */
public final class PacketInbox extends AbstractProvider implements PacketProvider, Targets.PacketInput, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketInbox.class);
    private static final int QUEUE = 10_000;

    private final Map<DeviceId, ExecutorService> workers = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private final DeviceService devices;
    private final PacketService packets;
    private final PacketProviderRegistry registry;
    private final PacketProviderService service;

    /**
     * Registers with the packet service.
     *
     * @param devices inventory
     * @param packets way of packets that an application sends in answer
     * @param registry of the packet service
     */
    public PacketInbox(DeviceService devices, PacketService packets, PacketProviderRegistry registry) {
        super(new ProviderId(Devices.PROVIDER.scheme(), "org.pmip.standalone.packet"));
        this.devices = devices;
        this.packets = packets;
        this.registry = registry;
        service = registry.register(this);
    }

    /**
     * How many packets found a full queue.
     *
     * @return count since the start
     */
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void receive(DeviceId device, PiPipeconf pipeconf, PacketIn packet) {
        ExecutorService worker = workers.computeIfAbsent(device, key -> new ThreadPoolExecutor(1, 1, 0L,
            TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE),
            Tools.groupedThreads("pmip/packets", key.toString().replace(':', '-'))));
        try {
            worker.execute(() -> process(device, pipeconf, packet));
        } catch (RejectedExecutionException e) {
            if (dropped.getAndIncrement() % QUEUE == 0) {
                LOG.warn("Packets of {} come faster than they are handled; {} dropped so far", device, dropped.get());
            }
        }
    }

    private void process(DeviceId id, PiPipeconf pipeconf, PacketIn packet) {
        Device device = devices.getDevice(id);
        if (device == null) {
            return;
        }
        try {
            PiPacketOperation operation = Codecs.CODECS.packetIn().decode(packet, null, pipeconf);
            InboundPacket inbound = device.as(PiPipelineInterpreter.class).mapInboundPacket(operation, id);
            OutboundPacket outbound =
                new DefaultOutboundPacket(id, null, operation.data().asReadOnlyBuffer());
            service.processPacket(new Context(inbound, outbound));
        } catch (CodecException | PiPipelineInterpreter.PiInterpreterException e) {
            LOG.warn("A packet of {} cannot be read: {}", id, e.getMessage());
        } catch (RuntimeException e) {
            // A packet that cannot be handled must not end the thread that handles the next one.
            LOG.warn("A packet of {} cannot be handled", id, e);
        }
    }

    @Override
    public void emit(OutboundPacket packet) {
        Device device = devices.getDevice(packet.sendThrough());
        if (device != null) {
            device.as(PacketProgrammable.class).emit(packet);
        }
    }

    @Override
    public void close() {
        registry.unregister(this);
        workers.values().forEach(ExecutorService::shutdownNow);
    }

    /** A packet with what applications decide on it. */
    private final class Context extends DefaultPacketContext {
        private Context(InboundPacket inbound, OutboundPacket outbound) {
            super(System.currentTimeMillis(), inbound, outbound, false);
        }

        @Override
        public void send() {
            if (block()) {
                LOG.info("A blocked packet context cannot be sent");
                return;
            }
            TrafficTreatment treatment = outPacket().treatment();
            if (treatment == null) {
                treatment = treatmentBuilder() == null ? DefaultTrafficTreatment.emptyTreatment()
                    : treatmentBuilder().build();
            }
            packets.emit(new DefaultOutboundPacket(outPacket().sendThrough(), treatment, outPacket().data()));
        }
    }
}
