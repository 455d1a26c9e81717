// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProgrammable;
import org.onosproject.net.pi.model.PiPipelineInterpreter;
import org.onosproject.net.pi.runtime.PiPacketOperation;
import org.onosproject.p4runtime.ctl.codec.CodecException;
import org.onosproject.p4runtime.ctl.codec.Codecs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packets into the data plane of a P4Runtime target, by the interpreter of its pipeconf. Made anew by ONOS for each
 * use.
 */
public final class PacketDriver extends AbstractHandlerBehaviour implements PacketProgrammable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketDriver.class);

    @Override
    public void emit(OutboundPacket packet) {
        Target target = handler().get(Targets.class).get(handler().data().deviceId());
        P4RuntimeSession session = target == null ? null : target.session();
        if (session == null) {
            LOG.warn("{} is not connected; a packet to it is lost", handler().data().deviceId());
            return;
        }
        try {
            for (PiPacketOperation operation : handler().behaviour(PiPipelineInterpreter.class)
                .mapOutboundPacket(packet)) {
                if (!session.packetOut(Codecs.CODECS.packetOut().encode(operation, null, target.pipeconf()))) {
                    LOG.warn("{} has just been disconnected; a packet to it is lost", target.device());
                }
            }
        } catch (PiPipelineInterpreter.PiInterpreterException | CodecException e) {
            LOG.error("A packet cannot be sent through {}: {}", target.device(), e.getMessage());
        }
    }
}
