// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.onos.Surroundings.HERE;

class DataPlaneTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
            + "'mags': [{'address': '2001:db8:0:11::1'}]}, 'switches': {'device:lma1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
            + "{'port': 3, 'role': 'home', 'mac': '00:00:5e:00:53:03'}],"
            + "'routes': [{'prefix': '2001:db8:0:11::/64', 'port': 1, 'nextHop': '00:00:5e:00:53:11'}]}}}";
    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip6Address MAG2 = Ip6Address.valueOf("2001:db8:0:12::1");
    private static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("mn1@example.net");
    private static final MobileNodeRecord NOTHING = MobileNodeRecord.none(NODE);

    private final ApplicationId application = new DefaultApplicationId(1, "org.pmip");
    private final Map<EntityKey, FlowEntry> table = new LinkedHashMap<>();
    private final List<List<String>> stages = new ArrayList<>();
    private boolean refuse;
    private int refusals;
    /** What the switch itself has, unless it is what ONOS believes. */
    private Collection<FlowEntry> real;
    /** Done before the next write. */
    private Runnable before = () -> { };
    private DataPlane dataPlane;
    private FlowRuleServiceAdapter rules;

    @BeforeEach
    void start() throws Exception {
        rules = new FlowRuleServiceAdapter() {
            @Override
            public void apply(FlowRuleOperations operations) {
                write(operations);
            }

            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
                return List.copyOf(table.values());
            }
        };
        dataPlane = make();
    }

    private DataPlane make() throws Exception {
        return make(device -> Optional.of(real == null ? List.copyOf(table.values()) : real));
    }

    private DataPlane make(SwitchReading reading) throws Exception {
        return new DataPlane(new RuleWriter(rules, reading, device -> HERE, application),
                new TunnelNumbers(new NamedMaps(), application), config(), new Paths(),
                millis -> Runnable::run, Runnable::run);
    }

    private static PmipConfig config() throws Exception {
        return PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"')));
    }

    private void write(FlowRuleOperations operations) {
        Runnable first = before;
        before = () -> { };
        first.run();
        if (refuse || refusals-- > 0) {
            operations.callback().onError(operations);
            return;
        }
        for (Set<FlowRuleOperation> stage : operations.stages()) {
            List<String> names = new ArrayList<>();
            for (FlowRuleOperation one : stage) {
                PipelineEntity entity = PipelineEntities.fromFlowRule(one.rule());
                boolean remove = one.type() == FlowRuleOperation.Type.REMOVE;
                boolean there = table.containsKey(EntityKey.of(entity));
                names.add((remove ? "-" : there ? "~" : "+") + entity.getClass().getSimpleName());
                if (remove) {
                    table.remove(EntityKey.of(entity));
                } else {
                    table.put(EntityKey.of(entity),
                            new DefaultFlowEntry(one.rule(), FlowEntry.FlowEntryState.ADDED));
                }
            }
            stages.add(names.stream().sorted().collect(Collectors.toList()));
        }
        operations.callback().onSuccess(operations);
    }

    private static MobileNodeRecord session(Ip6Address mag, GreMode gre, BindingCacheEntry.State state) {
        return new MobileNodeRecord(NODE, List.of(BindingCacheEntry.builder().sessionId(5).state(state)
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:101::/64"))).tunnel(mag, ANCHOR)
                .gre(gre, mag.equals(MAG1) ? 11 : 12, 77).build()));
    }

    private int reconcile(Ip6Address mag) throws Exception {
        return dataPlane.reconcile(() -> List.of(active(mag)), record -> record, new Progress()).get();
    }

    private static MobileNodeRecord active(Ip6Address mag) {
        return session(mag, GreMode.KEYS, BindingCacheEntry.State.ACTIVE);
    }

    @Test
    @Requirement({"PMIP10-5.3.2-8", "R5845-3.1-3"})
    void aSessionIsBuiltBeforeTrafficIsLetIn() {
        assertThat(dataPlane.update(NOTHING, active(MAG1))).isCompleted();
        assertThat(stages).containsExactly(
                List.of("+DownlinkSession", "+Tunnel", "+TunnelEndpoints", "+UplinkKey", "+UplinkSession"),
                List.of("+HomeNetwork", "+UplinkSource"));
    }

    @Test
    @Requirement({"PMIP10-5.3.4-3", "PMIP10-5.3.4-5", "R5845-3.3.2-9"})
    void aHandoffTurnsTrafficRoundLast() {
        dataPlane.update(NOTHING, active(MAG1));
        stages.clear();
        dataPlane.update(active(MAG1), active(MAG2));
        assertThat(stages).containsExactly(List.of("+Tunnel", "+TunnelEndpoints"),
                List.of("~DownlinkSession", "~UplinkSource"));
    }

    @Test
    void whereTheTunnelsAreThereAHandoffIsOneWrite() {
        dataPlane.update(NOTHING, active(MAG1));
        dataPlane.update(active(MAG1), active(MAG2));
        stages.clear();
        dataPlane.update(active(MAG2), active(MAG1));
        assertThat(stages).containsExactly(List.of("~DownlinkSession", "~UplinkSource"));
        stages.clear();
        dataPlane.doubt();
        dataPlane.update(active(MAG1), active(MAG2));
        assertThat(stages).as("the switch may have lost it").containsExactly(List.of("~Tunnel", "~TunnelEndpoints"),
                List.of("~DownlinkSession", "~UplinkSource"));
    }

    @Test
    void anEntryThatOnosHasLostSightOfIsTakenOutAndWrittenAnew() {
        dataPlane.update(NOTHING, active(MAG1));
        stages.clear();
        refusals = 1;
        assertThat(dataPlane.update(active(MAG1), active(MAG2))).isCompleted();
        assertThat(stages).containsExactly(List.of("-DownlinkSession", "-UplinkSource"),
                List.of("+Tunnel", "+TunnelEndpoints"), List.of("+DownlinkSession", "+UplinkSource"));
    }

    @Test
    void aSwitchThatGoesOnRefusingIsReported() {
        dataPlane.update(NOTHING, active(MAG1));
        refusals = 4;
        assertThat(dataPlane.update(active(MAG1), active(MAG2))).isCompletedExceptionally();
        stages.clear();
        refusals = 0;
        assertThat(dataPlane.update(active(MAG2), active(MAG1))).isCompleted();
        assertThat(stages.get(stages.size() - 1)).isNotEmpty();
    }

    @Test
    @Requirement({"R5845-3.3.2-13", "PMIP10-5.6.1-1"})
    void aSessionThatGivesUpItsKeysLosesThemInTheSwitch() {
        dataPlane.update(NOTHING, active(MAG1));
        stages.clear();
        dataPlane.update(active(MAG1), session(MAG1, GreMode.NONE, BindingCacheEntry.State.ACTIVE));
        assertThat(stages).containsExactly(List.of("~DownlinkSession", "~UplinkSource"), List.of("-UplinkKey"));
    }

    @Test
    void aSessionThatGoesOnIsNotWritten() {
        dataPlane.update(NOTHING, active(MAG1));
        stages.clear();
        MobileNodeRecord extended = new MobileNodeRecord(NODE, List.of(active(MAG1).entries().get(0).toBuilder()
                .lifetime(9).times(5, 6).build()));
        assertThat(dataPlane.update(active(MAG1), extended)).isCompleted();
        assertThat(stages).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.5-4", "PMIP10-5.3.5-7"})
    void anEndingSessionDropsItsTrafficAndThenGoes() {
        dataPlane.update(NOTHING, active(MAG1));
        stages.clear();
        MobileNodeRecord ending = session(MAG1, GreMode.KEYS, BindingCacheEntry.State.ENDING);
        dataPlane.update(active(MAG1), ending);
        assertThat(stages).containsExactly(List.of("~DownlinkSession"), List.of("-UplinkSource"));
        stages.clear();
        dataPlane.update(ending, NOTHING);
        assertThat(stages).containsExactly(
                List.of("-DownlinkSession", "-HomeNetwork", "-UplinkKey", "-UplinkSession"));
    }

    @Test
    @Requirement({"PMIP10-5.3.4-4", "PMIP10-5.6.1-4", "PMIP10-5.6.1-8"})
    void aTunnelGoesWithItsLastSession() {
        dataPlane.update(NOTHING, active(MAG1));
        dataPlane.update(active(MAG1), active(MAG2));
        stages.clear();
        dataPlane.removeUnusedTunnels(active(MAG2).entries());
        assertThat(stages).as("a session in it may not be known yet").isEmpty();
        dataPlane.removeUnusedTunnels(active(MAG2).entries());
        assertThat(stages).containsExactly(List.of("-Tunnel", "-TunnelEndpoints"));
        stages.clear();
        dataPlane.removeUnusedTunnels(active(MAG2).entries());
        dataPlane.removeUnusedTunnels(active(MAG2).entries());
        assertThat(stages).isEmpty();
        dataPlane.update(NOTHING, active(MAG1));
        assertThat(stages.get(0)).contains("+Tunnel", "+TunnelEndpoints");
    }

    @Test
    void aComparisonLeavesATunnelOnWhichTheNextSessionRelies() throws Exception {
        dataPlane.update(NOTHING, active(MAG1));
        dataPlane.update(active(MAG1), active(MAG2));
        stages.clear();
        reconcile(MAG2);
        assertThat(stages).allSatisfy(stage -> assertThat(stage).noneMatch(one -> one.startsWith("-")));
        dataPlane.update(active(MAG2), active(MAG1));
        assertThat(table.keySet()).as("it was not written again, as the switch had it")
                .filteredOn(key -> key.toString().contains("tunnel_endpoints")).hasSize(2);
    }

    @Test
    void aComparisonTakesOutTunnelsOfBeforeARestart() throws Exception {
        dataPlane.update(NOTHING, active(MAG1));
        DataPlane next = make();
        next.reconcile(() -> List.of(active(MAG2)), record -> record, new Progress()).get();
        assertThat(table.keySet()).filteredOn(key -> key.toString().contains("tunnel_endpoints")).hasSize(1);
    }

    @Test
    void aTunnelThatIsUsedAgainBetweenTwoLooksStays() {
        dataPlane.update(NOTHING, active(MAG1));
        dataPlane.removeUnusedTunnels(List.of());
        dataPlane.update(NOTHING, active(MAG1));
        stages.clear();
        // The copy of the sessions still lags behind.
        dataPlane.removeUnusedTunnels(List.of());
        assertThat(stages).isEmpty();
        dataPlane.removeUnusedTunnels(active(MAG1).entries());
        dataPlane.removeUnusedTunnels(List.of());
        assertThat(stages).isEmpty();
        dataPlane.removeUnusedTunnels(List.of());
        assertThat(stages).containsExactly(List.of("-Tunnel", "-TunnelEndpoints"));
    }

    @Test
    void aSessionThatComesWhileItsTunnelGoesHasItInTheEnd() {
        dataPlane.update(NOTHING, active(MAG1));
        dataPlane.removeUnusedTunnels(List.of());
        stages.clear();
        // The removal is on its way already.
        before = () -> dataPlane.update(NOTHING, active(MAG1));
        dataPlane.removeUnusedTunnels(List.of());
        assertThat(stages.get(0)).containsExactly("-Tunnel", "-TunnelEndpoints");
        assertThat(table.values().stream().map(rule -> PipelineEntities.fromFlowRule(rule).getClass()
                .getSimpleName())).contains("Tunnel", "TunnelEndpoints", "UplinkSource");
    }

    @Test
    void aRefusalNamesTheRules() {
        refuse = true;
        CompletableFuture<Void> written = dataPlane.update(NOTHING, active(MAG1));
        assertThatThrownBy(written::get).hasMessageContaining("downlink_sessions");
    }

    @Test
    void reconciliationTouchesOnlyWhatIsWrong() throws Exception {
        assertThat(reconcile(MAG1)).isGreaterThan(20);
        assertThat(reconcile(MAG1)).isZero();
        EntityKey lost = table.keySet().stream().filter(key -> key.toString().contains("downlink_sessions"))
                .findFirst().orElseThrow();
        table.remove(lost);
        dataPlane.update(NOTHING, new MobileNodeRecord(MobileNodeIdentifier.ofNai("gone@example.net"),
                List.of(BindingCacheEntry.builder().sessionId(6).prefixes(List.of(
                        Ip6Prefix.valueOf("2001:db8:102::/64"))).tunnel(MAG1, ANCHOR).build())));
        stages.clear();
        reconcile(MAG1);
        assertThat(stages).containsExactly(List.of("+DownlinkSession"),
                List.of("-DownlinkSession", "-HomeNetwork", "-UplinkSession", "-UplinkSource"));
        assertThat(dataPlane.clear()).isCompleted();
        assertThat(table).isEmpty();
    }

    @Test
    void whatTheSwitchHasLostIsWrittenThoughOnosBelievesThatItIsThere() throws Exception {
        int all = reconcile(MAG1);
        real = List.of();
        stages.clear();
        assertThat(reconcile(MAG1)).isEqualTo(all);
        assertThat(stages).isNotEmpty().allSatisfy(stage ->
                assertThat(stage).allMatch(one -> one.startsWith("~")));
        real = null;
        assertThat(reconcile(MAG1)).isZero();
    }

    @Test
    void whatOnosBelievesIsTakenOutOfItsBeliefToo() throws Exception {
        dataPlane.update(NOTHING, active(MAG1));
        real = List.of();
        make().reconcile(List::of, record -> record, new Progress()).get();
        assertThat(table.keySet()).noneMatch(key -> key.toString().contains("session"));
    }

    @Test
    void aTunnelThatTheSwitchHasLostIsWrittenForTheNextSession() throws Exception {
        dataPlane.update(NOTHING, active(MAG1));
        dataPlane.update(active(MAG1), NOTHING);
        real = List.of();
        dataPlane.reconcile(List::of, record -> record, new Progress()).get();
        stages.clear();
        dataPlane.update(NOTHING, active(MAG1));
        assertThat(stages.get(0)).anyMatch(one -> one.endsWith("TunnelEndpoints"));
    }

    @Test
    void aSwitchThatDoesNotTellIsNotTakenForEmpty() throws Exception {
        dataPlane.update(NOTHING, active(MAG1));
        DataPlane silent = make(device -> {
            throw new IllegalStateException("no answer");
        });
        stages.clear();
        assertThatThrownBy(() -> silent.reconcile(List::of, record -> record, new Progress()).get())
                .hasMessage("no answer");
        assertThat(stages).isEmpty();
    }
}
