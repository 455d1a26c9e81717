// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.onosproject.net.flow.FlowEntry;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.UplinkSession;

/** Reads the counters of the switch's tables by what they mean. Thread-safe. */
final class Counters {

    private final DataPlane dataPlane;

    Counters(DataPlane dataPlane) {
        this.dataPlane = dataPlane;
    }

    LmaService.Traffic traffic(long sessionId) {
        long[] counts = new long[4];
        for (Map.Entry<PipelineEntity, FlowEntry> one : dataPlane.counted().entrySet()) {
            PipelineEntity entity = one.getKey();
            FlowEntry entry = one.getValue();
            if (entity instanceof UplinkSession && ((UplinkSession) entity).sessionId() == sessionId) {
                counts[0] = entry.packets();
                counts[1] = entry.bytes();
            } else if (entity instanceof DownlinkSession && ((DownlinkSession) entity).sessionId() == sessionId) {
                counts[2] = entry.packets();
                counts[3] = entry.bytes();
            }
        }
        return new LmaService.Traffic(counts[0], counts[1], counts[2], counts[3]);
    }

    Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>();
        dataPlane.counted().forEach((entity, entry) -> {
            if (entity instanceof DropCounter) {
                drops.put(((DropCounter) entity).reason().name().toLowerCase(Locale.ROOT), entry.packets());
            }
        });
        return drops;
    }
}
