// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.UplinkSession;

class CountersTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'mags': [{'address': '2001:db8:0:11::1'}]}, 'switches': {'device:lma1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']}]}}}";

    private final ApplicationId application = new DefaultApplicationId(1, "org.pmip");
    private final List<FlowEntry> table = new ArrayList<>();
    private Counters counters;

    @BeforeEach
    void start() throws Exception {
        counters = new Counters(new DataPlane(new RuleWriter(new FlowRuleServiceAdapter() {
            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
                return List.copyOf(table);
            }
        }, device -> Optional.empty(), device -> HERE, application), new TunnelNumbers(new NamedMaps(), application),
                PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))),
                new Paths(), millis -> Runnable::run, Runnable::run));
    }

    private void has(DeviceId device, PipelineEntity entity, FlowEntry.FlowEntryState state, long packets,
                     long octets) {
        table.add(new DefaultFlowEntry(entity.toFlowRule(device, application), state, 0, packets, octets));
    }

    private void session(DeviceId device, long id, FlowEntry.FlowEntryState state) {
        has(device, UplinkSession.builder().sessionId(id).build(), state, id, 100 * id);
        has(device, DownlinkSession.builder().sessionId(id).encapsulation(Encapsulation.GRE_KEY).key(7 + id).tunnelId(9)
                .build(), state, 1_000 + id, 2_000 + id);
    }

    @Test
    void aSessionIsFoundByItsNumberWhateverItsTunnelIs() {
        for (long id = 1; id <= 50; id++) {
            session(DEVICE, id, FlowEntry.FlowEntryState.ADDED);
        }
        session(DEVICE, 60, FlowEntry.FlowEntryState.PENDING_REMOVE);
        session(DeviceId.deviceId("device:mag1"), 70, FlowEntry.FlowEntryState.ADDED);
        LmaService.Traffic traffic = counters.traffic(33);
        assertThat(List.of(traffic.uplinkPackets(), traffic.uplinkOctets(), traffic.downlinkPackets(),
                traffic.downlinkOctets())).containsExactly(33L, 3_300L, 1_033L, 2_033L);
        for (long none : new long[] {51, 60, 70}) {
            assertThat(counters.traffic(none).uplinkPackets() + counters.traffic(none).downlinkPackets()).isZero();
        }
    }

    @Test
    void dropsAreCountedByReason() {
        session(DEVICE, 1, FlowEntry.FlowEntryState.ADDED);
        has(DEVICE, DropCounter.builder().reason(DropReason.TOO_BIG).report().build(), FlowEntry.FlowEntryState.ADDED,
                5, 50);
        has(DEVICE, DropCounter.builder().reason(DropReason.UNKNOWN_KEY).build(), FlowEntry.FlowEntryState.ADDED,
                7, 70);
        assertThat(counters.drops()).hasSize(2).containsEntry("too_big", 5L).containsEntry("unknown_key", 7L);
    }
}
