// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.onosproject.net.flow.FlowEntry;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.UplinkSession;

/** Reads the counters of the switch's tables by what they mean. Thread-safe. */
final class Counters {

    private final DataPlane dataPlane;

    Counters(DataPlane dataPlane) {
        this.dataPlane = dataPlane;
    }

    LmaService.Traffic traffic(long sessionId) {
        PipelineEntity up = UplinkSession.builder().sessionId(sessionId).build();
        // A rule is known by its key, whatever it does.
        PipelineEntity down = DownlinkSession.builder().sessionId(sessionId).encapsulation(Encapsulation.IP).tunnelId(1)
                .build();
        Map<PipelineEntity, FlowEntry> found = dataPlane.counted(List.of(up, down));
        Optional<FlowEntry> uplink = Optional.ofNullable(found.get(up));
        Optional<FlowEntry> downlink = Optional.ofNullable(found.get(down));
        return new LmaService.Traffic(
                uplink.map(FlowEntry::packets).orElse(0L), uplink.map(FlowEntry::bytes).orElse(0L),
                downlink.map(FlowEntry::packets).orElse(0L), downlink.map(FlowEntry::bytes).orElse(0L));
    }

    Map<String, Long> drops() {
        return dataPlane.drops();
    }
}
