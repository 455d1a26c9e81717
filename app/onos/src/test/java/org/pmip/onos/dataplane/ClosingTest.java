// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** The data plane of a configuration that counts no more beside that of the next; the switch takes its time. */
class ClosingTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
            + "'mags': [{'address': '2001:db8:0:11::1'}]}, 'switches': {'device:lma1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
            + "{'port': 3, 'role': 'home', 'mac': '00:00:5e:00:53:03'}]}}}";
    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("mn1@example.net");
    private static final MobileNodeRecord NOTHING = MobileNodeRecord.none(NODE);

    private final ApplicationId application = new DefaultApplicationId(1, "org.pmip");
    private final List<FlowRule> table = new ArrayList<>();
    private final Deque<FlowRuleOperations> underWay = new ArrayDeque<>();
    private final RuleWriter writer = new RuleWriter(new FlowRuleServiceAdapter() {
        @Override
        public void apply(FlowRuleOperations operations) {
            underWay.add(operations);
        }

        @Override
        public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
            return table.stream().map(rule -> new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED))
                    .collect(Collectors.toList());
        }
    }, device -> Optional.empty(), device -> HERE, application);

    private DataPlane make() throws Exception {
        return new DataPlane(writer, new TunnelNumbers(new NamedMaps(), application),
                PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))),
                new Paths(), millis -> Runnable::run, Runnable::run);
    }

    private static MobileNodeRecord at(String gateway) {
        return new MobileNodeRecord(NODE, List.of(BindingCacheEntry.builder().sessionId(5)
                .state(BindingCacheEntry.State.ACTIVE).prefixes(List.of(Ip6Prefix.valueOf("2001:db8:101::/64")))
                .tunnel(Ip6Address.valueOf(gateway), ANCHOR).gre(GreMode.KEYS, 11, 77).build()));
    }

    /** The switch takes what came first. */
    private void taken() {
        FlowRuleOperations operations = underWay.remove();
        operations.stages().forEach(stage -> stage.forEach(one -> {
            table.removeIf(rule -> rule.equals(one.rule()));
            if (one.type() != FlowRuleOperation.Type.REMOVE) {
                table.add(one.rule());
            }
        }));
        operations.callback().onSuccess(operations);
    }

    @Test
    void whatIsClosedBeginsNothingAndIsQuietWhenAllIsAnswered() throws Exception {
        DataPlane former = make();
        CompletableFuture<Void> begun = former.update(NOTHING, at("2001:db8:0:11::1"));
        CompletableFuture<Void> quiet = former.close();
        assertThat(quiet).isNotDone();
        CompletableFuture<Void> late = former.update(NOTHING, at("2001:db8:0:12::1"));
        assertThat(RuleWriter.isUnknown(late.handle((nothing, failure) -> failure).get())).isTrue();
        taken();
        assertThat(quiet).as("what has begun has a second stage").isNotDone();
        taken();
        assertThat(begun).isCompleted();
        assertThat(quiet).isCompleted();
        assertThat(underWay).isEmpty();
        assertThat(former.close()).isCompleted();
    }

    @Test
    void aComparisonEndsWithItsNextPortion() throws Exception {
        DataPlane former = make();
        CompletableFuture<Integer> pass = former.reconcile(() -> List.of(at("2001:db8:0:11::1")), one -> one,
                new Progress());
        former.close();
        while (!underWay.isEmpty()) {
            taken();
        }
        assertThat(pass).isCompletedExceptionally();
        assertThat(table).as("of the sessions nothing has been written").noneMatch(rule ->
                rule.table().toString().contains("session"));
    }

    private long underWay(FlowRuleOperation.Type type, String table) {
        return underWay.stream().flatMap(one -> one.stages().stream()).flatMap(Set::stream)
                .filter(one -> one.type() == type && one.rule().table().toString().contains(table)).count();
    }

    @Test
    void theNextOneChangesAnEntryAfterTheFormerHasDoneSo() throws Exception {
        DataPlane former = make();
        former.update(at("2001:db8:0:11::1"), NOTHING);
        former.close();
        assertThat(underWay(FlowRuleOperation.Type.REMOVE, "home_networks")).isEqualTo(1);
        CompletableFuture<Void> wanted = make().update(NOTHING, at("2001:db8:0:11::1"));
        assertThat(underWay(FlowRuleOperation.Type.ADD, "downlink_sessions")).as("not beside its removal").isZero();
        while (!underWay.isEmpty()) {
            taken();
        }
        assertThat(wanted).isCompleted();
        assertThat(table).anyMatch(rule -> rule.table().toString().contains("home_networks"));
    }

    @Test
    void aSwitchIsClearedOnceNothingElseIsOnItsWay() throws Exception {
        DataPlane former = make();
        former.update(NOTHING, at("2001:db8:0:11::1"));
        CompletableFuture<Void> cleared = former.clear();
        taken();
        taken();
        assertThat(table).as("the session is there").anyMatch(rule ->
                rule.table().toString().contains("home_networks"));
        assertThat(cleared).isNotDone();
        taken();
        assertThat(cleared).isCompleted();
        assertThat(table).isEmpty();
    }
}
