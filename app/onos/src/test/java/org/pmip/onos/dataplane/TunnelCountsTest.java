// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Tunnel;

class TunnelCountsTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.pmip");
    private static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address MAG = Ip6Address.valueOf("2001:db8:0:11::1");

    private final List<FlowEntry> entries = new ArrayList<>();
    private final TunnelCounts counts = new TunnelCounts();

    private void add(String device, PipelineEntity entity, long packets, long octets) {
        DefaultFlowEntry entry = new DefaultFlowEntry(entity.toFlowRule(DeviceId.deviceId(device), APPLICATION),
                FlowEntry.FlowEntryState.ADDED);
        entry.setPackets(packets);
        entry.setBytes(octets);
        entries.add(entry);
    }

    private static DownlinkSession downlink(long session, long tunnel) {
        return DownlinkSession.builder().sessionId(session).tunnelId(tunnel).encapsulation(Encapsulation.IP).build();
    }

    private JsonNode read() {
        counts.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return APPLICATION;
            }
        };
        counts.flowRuleService = new FlowRuleServiceAdapter() {
            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
                return entries;
            }
        };
        return counts.read();
    }

    @Test
    void bothDirectionsOfBothRoles() {
        add("device:lma1", Tunnel.builder().outerSource(MAG).outerDestination(LMA).tunnelId(5).domain(1).build(), 10,
                1_000);
        add("device:lma1", downlink(1, 5), 3, 300);
        add("device:lma1", downlink(2, 5), 4, 400);
        add("device:lma1", downlink(3, 6), 100, 9_000);
        add("device:lma1", Tunnel.builder().outerSource(Ip4Address.valueOf("203.0.113.5"))
                .outerDestination(Ip4Address.valueOf("198.51.100.1")).sourcePort(40_000).tunnelId(7).domain(2).build(),
                0, 0);
        add("device:mag1", Tunnel.builder().outerSource(LMA).outerDestination(MAG).tunnelId(5).domain(1).toAccess()
                .build(), 7, 700);
        add("device:mag1", AccessUplink.builder().sessionId(9).tunnelId(5).encapsulation(Encapsulation.IP).build(), 10,
                1_000);
        assertThat(read()).extracting(JsonNode::toString).containsExactly(
                "{\"switch\":\"device:lma1\",\"role\":\"anchor\",\"own\":\"2001:db8:0:1::1\","
                + "\"peer\":\"2001:db8:0:11::1\",\"operator\":1,\"sessions\":2,\"receivedPackets\":10,"
                + "\"receivedOctets\":1000,\"sentPackets\":7,\"sentOctets\":700}",
                "{\"switch\":\"device:lma1\",\"role\":\"anchor\",\"own\":\"198.51.100.1\","
                + "\"peer\":\"203.0.113.5\",\"peerPort\":40000,\"operator\":2,\"sessions\":0,"
                + "\"receivedPackets\":0,\"receivedOctets\":0,\"sentPackets\":0,\"sentOctets\":0}",
                "{\"switch\":\"device:mag1\",\"role\":\"gateway\",\"own\":\"2001:db8:0:11::1\","
                + "\"peer\":\"2001:db8:0:1::1\",\"operator\":1,\"sessions\":1,\"receivedPackets\":7,"
                + "\"receivedOctets\":700,\"sentPackets\":10,\"sentOctets\":1000}");
    }

    @Test
    void withoutTunnelsThereIsNothing() {
        assertThat(read()).isEmpty();
    }
}
