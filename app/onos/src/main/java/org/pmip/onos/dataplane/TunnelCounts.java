// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.SessionEncapsulation;
import org.pmip.pipeconf.entity.Tunnel;

/**
 * Tells what the tunnels of all this application's switches have carried, as ONOS last read the switches' counters.
 * What came through a tunnel is counted by the tunnel, what went into it by its sessions. Thread-safe.
 */
@Component(immediate = true, service = TunnelCounts.class)
public class TunnelCounts {

    private static final String APPLICATION = "org.pmip";

    @Reference
    protected CoreService coreService;

    @Reference
    protected FlowRuleService flowRuleService;

    /** What the sessions of one tunnel have. */
    private static final class Sent {
        private int sessions;
        private long packets;
        private long octets;
    }

    /**
     * All tunnels, by switch and far end: where they end, how many sessions they have, what they received since they
     * were set up, and what their present sessions sent.
     */
    public ArrayNode read() {
        Map<DeviceId, Map<Long, Sent>> sent = new HashMap<>();
        Map<FlowEntry, Tunnel> tunnels = new HashMap<>();
        for (FlowEntry entry : flowRuleService.getFlowEntriesById(coreService.registerApplication(APPLICATION))) {
            PipelineEntity entity;
            try {
                entity = PipelineEntities.fromFlowRule(entry);
            } catch (IllegalArgumentException e) {
                // Of another pipeline; who compares the switch says so.
                continue;
            }
            if (entity instanceof Tunnel) {
                tunnels.put(entry, (Tunnel) entity);
            } else if (entity instanceof SessionEncapsulation) {
                Sent one = sent.computeIfAbsent(entry.deviceId(), device -> new HashMap<>())
                        .computeIfAbsent(((SessionEncapsulation) entity).tunnelId(), id -> new Sent());
                one.sessions++;
                one.packets += entry.packets();
                one.octets += entry.bytes();
            }
        }
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        List<FlowEntry> sorted = new ArrayList<>(tunnels.keySet());
        sorted.sort(Comparator.comparing((FlowEntry one) -> one.deviceId().toString())
                .thenComparing(one -> tunnels.get(one).outerSource().toString())
                .thenComparing(one -> tunnels.get(one).sourcePort()));
        for (FlowEntry entry : sorted) {
            Tunnel tunnel = tunnels.get(entry);
            describe(out.addObject(), tunnel, entry,
                    sent.getOrDefault(entry.deviceId(), Map.of()).getOrDefault(tunnel.tunnelId(), new Sent()));
        }
        return out;
    }

    private static void describe(ObjectNode out, Tunnel tunnel, FlowEntry entry, Sent sent) {
        out.put("switch", entry.deviceId().toString()).put("role", tunnel.toAccess() ? "gateway" : "anchor");
        out.put("own", tunnel.outerDestination().toString()).put("peer", tunnel.outerSource().toString());
        if (tunnel.sourcePort() != 0) {
            out.put("peerPort", tunnel.sourcePort());
        }
        out.put("operator", tunnel.domain()).put("sessions", sent.sessions);
        out.put("receivedPackets", entry.packets()).put("receivedOctets", entry.bytes());
        out.put("sentPackets", sent.packets).put("sentOctets", sent.octets);
    }
}
