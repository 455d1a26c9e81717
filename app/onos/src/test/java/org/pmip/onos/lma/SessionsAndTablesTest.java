// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.OperatorAddress;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * Whatever gateways ask for in whatever order, and whatever the switch refuses: the switch holds exactly what the
 * sessions want, and nobody holds a prefix or address without a session. The seed is in the test's name.
 */
class SessionsAndTablesTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'ipv4Address': '192.0.2.1', 'pools': [{'name': 'two', 'prefix': '2001:db8:100::/63'}],"
            + "'ipv4Pools': [{'name': 'one', 'subnet': '10.1.0.0/30', 'defaultRouter': '10.1.0.1'}],"
            + "'mags': [{'address': '2001:db8:0:11::1', 'ipv4Address': '192.0.2.11'},"
            + "{'address': '2001:db8:0:12::1'}]}, 'switches': {'device:lma1': {'interfaces': [{'port': 1,"
            + "'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1', '192.0.2.1']},"
            + "{'port': 3, 'role': 'home', 'mac': '00:00:5e:00:53:03'}]}}}";
    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.pmip");
    private static final List<String> NODES = List.of("a@example.net", "b@example.net", "c@example.net");
    private static final int STEPS = 80;

    private final Map<String, FlowRule> table = new HashMap<>();
    private final Fixture at = new Fixture();
    private int refusals;

    private DataPlane dataPlane() throws Exception {
        FlowRuleServiceAdapter rules = new FlowRuleServiceAdapter() {
            @Override
            public void apply(FlowRuleOperations operations) {
                write(operations);
            }

            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
                return table.values().stream().map(rule -> new DefaultFlowEntry(rule,
                        FlowEntry.FlowEntryState.ADDED)).collect(Collectors.toList());
            }
        };
        return new DataPlane(new RuleWriter(rules, device -> Optional.empty(), device -> HERE, APPLICATION),
                new TunnelNumbers(new NamedMaps(), APPLICATION),
                PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))),
                new Paths(), millis -> Runnable::run, Runnable::run);
    }

    /** Where it refuses, the first stage is written already. */
    private void write(FlowRuleOperations operations) {
        for (Set<FlowRuleOperation> stage : operations.stages()) {
            for (FlowRuleOperation one : stage) {
                String key = one.rule().table() + " " + one.rule().selector();
                if (one.type() == FlowRuleOperation.Type.REMOVE) {
                    table.remove(key);
                } else {
                    table.put(key, one.rule());
                }
            }
            if (refusals > 0) {
                refusals--;
                operations.callback().onError(operations);
                return;
            }
        }
        operations.callback().onSuccess(operations);
    }

    private Request any(Random random) {
        String node = NODES.get(random.nextInt(NODES.size()));
        int handoff = List.of(1, 2, 3, 4, 5).get(random.nextInt(5));
        int lifetime = random.nextInt(3) == 0 ? 0 : 5 + random.nextInt(20);
        if (random.nextInt(4) == 0) {
            return at.ipv4(node, handoff, lifetime);
        }
        GreKey[] gre = random.nextInt(3) == 0 ? new GreKey[0]
                : new GreKey[] {random.nextBoolean() ? GreKey.of(1 + random.nextInt(50)) : GreKey.modeOnly()};
        return at.request(random.nextBoolean() ? MAG1 : MAG2, node, handoff, lifetime, gre);
    }

    private void settled(DataPlane dataPlane) {
        // A tunnel goes when it has been found unused twice.
        dataPlane.removeUnusedTunnels(at.bindings.sessions().values());
        dataPlane.removeUnusedTunnels(at.bindings.sessions().values());
        Map<String, FlowRule> before = Map.copyOf(table);
        assertThat(dataPlane.reconcile(at.bindings::all, record -> record, new Progress()))
                .as("rules that were wrong").isCompletedWithValue(0);
        assertThat(table).isEqualTo(before);
        Set<String> prefixes = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (MobileNodeRecord record : at.bindings.all()) {
            record.heldPrefixes().forEach(prefix -> prefixes.add(prefix.toString()));
            record.heldAddresses().stream().map(OperatorAddress::toString).forEach(addresses::add);
        }
        assertThat(at.claims.holders().keySet()).isEqualTo(prefixes);
        assertThat(at.addresses.holders().keySet()).isEqualTo(addresses);
    }

    private void expireAll() {
        NODES.forEach(node -> at.processor.expire(MobileNodeIdentifier.ofNai(node)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theSwitchHoldsWhatTheSessionsWant(long seed) throws Exception {
        Random random = new Random(seed);
        DataPlane dataPlane = dataPlane();
        at.tables = dataPlane::update;
        dataPlane.reconcile(() -> List.of(), record -> record, new Progress());
        int rest = table.size();
        for (int step = 0; step < STEPS; step++) {
            // Some are got over by writing anew, of four the gateway hears.
            refusals = random.nextInt(6) == 0 ? 1 + random.nextInt(4) : 0;
            at.processor.accept(any(random));
            refusals = 0;
            at.pass(random.nextInt(4_000));
            expireAll();
            settled(dataPlane);
        }
        assertThat(at.answers).isNotEmpty();
        // The longest lifetime, and the time for which a key rests after it.
        at.pass(200_000);
        expireAll();
        at.pass(200_000);
        expireAll();
        settled(dataPlane);
        assertThat(at.bindings.all()).isEmpty();
        assertThat(table).hasSize(rest);
    }
}
