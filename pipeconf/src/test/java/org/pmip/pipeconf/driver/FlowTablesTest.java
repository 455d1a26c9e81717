// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.PiCriterion;
import org.onosproject.net.flow.instructions.PiInstruction;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiCounterCellData;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiMatchKey;
import org.onosproject.net.pi.runtime.PiTableAction;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;
import org.onosproject.net.pi.service.PiFlowRuleTranslator;
import org.onosproject.net.pi.service.PiTranslatedEntity;
import org.onosproject.net.pi.service.PiTranslationException;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.DownlinkSession;

/** A switch, what ONOS believes of it, and rules that come and go. */
class FlowTablesTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");

    private final Map<PiTableEntryHandle, PiTableEntry> there = new LinkedHashMap<>();
    private final Map<PiTableEntryHandle, PiTableEntry> believed = new LinkedHashMap<>();
    private final Map<PiHandle, PiTranslatedEntity<FlowRule, PiTableEntry>> learned = new LinkedHashMap<>();
    private final List<String> sent = new ArrayList<>();
    private boolean full;
    private boolean silent;
    /** Changes that the stores ignore, as those do that order by milliseconds. */
    private int ignored;
    /** Done after the switch has looked into its tables and before the reader hears of it. */
    private Runnable meanwhile = () -> { };
    /** Done once what ONOS believes has been looked at, before anything is concluded. */
    private Runnable afterLook = () -> { };
    private final FlowTables tables = new FlowTables(DEVICE, null, new Switch(), new Mirror(), new Translator(),
            new Writers());

    private final class Switch implements SwitchTables {
        @Override
        public Optional<Collection<PiTableEntry>> read() {
            List<PiTableEntry> all = there.values().stream().map(one -> PiTableEntry.builder().forTable(one.table())
                    .withMatchKey(one.matchKey()).withAction(one.action())
                    .withCounterCellData(new PiCounterCellData(7, 700)).build()).collect(Collectors.toList());
            Runnable first = meanwhile;
            meanwhile = () -> { };
            first.run();
            return silent ? Optional.empty() : Optional.of(all);
        }

        @Override
        public CompletableFuture<Map<PiTableEntryHandle, Outcome>> write(List<Update> updates) {
            Map<PiTableEntryHandle, Outcome> outcomes = new LinkedHashMap<>();
            for (Update update : updates) {
                PiTableEntryHandle handle = update.entry().handle(DEVICE);
                boolean has = there.containsKey(handle);
                sent.add(update.verb().name());
                outcomes.put(handle, outcome(update.verb(), has));
                if (outcomes.get(handle) == Outcome.DONE) {
                    if (update.verb() == Verb.DELETE) {
                        there.remove(handle);
                    } else {
                        there.put(handle, update.entry());
                    }
                }
            }
            return CompletableFuture.completedFuture(outcomes);
        }

        private Outcome outcome(Verb verb, boolean has) {
            if (verb == Verb.INSERT) {
                return has || full ? Outcome.REFUSED : Outcome.DONE;
            }
            return has ? Outcome.DONE : Outcome.ABSENT;
        }
    }

    private final class Mirror implements Picture {
        @Override
        public Optional<PiTableEntry> get(PiTableEntryHandle handle) {
            return Optional.ofNullable(believed.get(handle));
        }

        @Override
        public Map<PiTableEntryHandle, Believed> all() {
            Map<PiTableEntryHandle, Believed> all = new LinkedHashMap<>();
            believed.forEach((handle, entry) -> all.put(handle, new Believed(entry, 3)));
            Runnable first = afterLook;
            afterLook = () -> { };
            first.run();
            return all;
        }

        @Override
        public void put(PiTableEntryHandle handle, PiTableEntry entry) {
            if (ignored-- <= 0) {
                believed.put(handle, entry);
            }
        }

        @Override
        public void remove(PiTableEntryHandle handle) {
            if (ignored-- <= 0) {
                believed.remove(handle);
            }
        }
    }

    private final class Translator implements PiFlowRuleTranslator {
        @Override
        public PiTableEntry translate(FlowRule original, PiPipeconf pipeconf) throws PiTranslationException {
            PiCriterion match = (PiCriterion) original.selector().getCriterion(Criterion.Type.PROTOCOL_INDEPENDENT);
            if (match == null) {
                throw new PiTranslationException("no match");
            }
            PiTableAction action = ((PiInstruction) original.treatment().allInstructions().get(0)).action();
            return PiTableEntry.builder().forTable((PiTableId) original.table())
                    .withMatchKey(PiMatchKey.builder().addFieldMatches(match.fieldMatches()).build())
                    .withAction(action).build();
        }

        @Override
        public void learn(PiHandle handle, PiTranslatedEntity<FlowRule, PiTableEntry> entity) {
            if (ignored-- <= 0) {
                learned.put(handle, entity);
            }
        }

        @Override
        public Optional<PiTranslatedEntity<FlowRule, PiTableEntry>> lookup(PiHandle handle) {
            return Optional.ofNullable(learned.get(handle));
        }

        @Override
        public void forget(PiHandle handle) {
            learned.remove(handle);
        }
    }

    private static FlowRule rule(long session, long tunnel) {
        return DownlinkSession.builder().sessionId(session).encapsulation(Encapsulation.IP).tunnelId(tunnel).build()
                .toFlowRule(DEVICE, new DefaultApplicationId(1, "org.pmip"));
    }

    private PiTableEntry entry(FlowRule rule) {
        try {
            return new Translator().translate(rule, null);
        } catch (PiTranslationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void has(FlowRule... rules) {
        for (FlowRule one : rules) {
            assertThat(there.get(entry(one).handle(DEVICE))).isEqualTo(entry(one));
            assertThat(believed.get(entry(one).handle(DEVICE))).isEqualTo(entry(one));
        }
        assertThat(there).hasSize(rules.length);
        assertThat(believed).hasSize(rules.length);
    }

    private void loseSight() {
        believed.clear();
        learned.clear();
        sent.clear();
    }

    @Test
    void aRuleIsInsertedChangedInPlaceAndTakenOut() {
        assertThat(tables.apply(List.of(rule(1, 1), rule(2, 1)))).containsExactlyInAnyOrder(rule(1, 1), rule(2, 1));
        assertThat(tables.apply(List.of(rule(1, 2)))).hasSize(1);
        has(rule(1, 2), rule(2, 1));
        assertThat(tables.apply(List.of(rule(1, 2)))).as("it is there already").hasSize(1);
        assertThat(tables.remove(List.of(rule(2, 1)))).containsExactly(rule(2, 1));
        has(rule(1, 2));
        assertThat(sent).containsExactly("INSERT", "INSERT", "MODIFY", "DELETE");
    }

    @Test
    void anEntryThatOnosDoesNotKnowOfIsChangedInPlace() {
        tables.apply(List.of(rule(1, 1)));
        loseSight();
        assertThat(tables.apply(List.of(rule(1, 2), rule(2, 2)))).hasSize(2);
        has(rule(1, 2), rule(2, 2));
        assertThat(sent).containsExactly("INSERT", "INSERT", "MODIFY");
    }

    @Test
    void anEntryThatIsGoneWithoutOnosKnowingIsMadeAgain() {
        tables.apply(List.of(rule(1, 1)));
        there.clear();
        assertThat(tables.apply(List.of(rule(1, 2)))).hasSize(1);
        has(rule(1, 2));
    }

    @Test
    void anEntryThatOnosDoesNotKnowOfGoesAllTheSame() {
        tables.apply(List.of(rule(1, 1)));
        loseSight();
        assertThat(tables.remove(List.of(rule(1, 1)))).hasSize(1);
        has();
        assertThat(tables.remove(List.of(rule(1, 1)))).as("and what is not there is gone").hasSize(1);
    }

    @Test
    void aFullTableRefusesAndNothingIsBelievedOfIt() {
        tables.apply(List.of(rule(1, 1)));
        full = true;
        assertThat(tables.apply(List.of(rule(1, 2), rule(2, 1)))).containsExactly(rule(1, 2));
        has(rule(1, 2));
        assertThat(learned).hasSize(1);
    }

    @Test
    void aChangeThatAStoreIgnoresIsMadeAgain() {
        tables.apply(List.of(rule(1, 1)));
        ignored = 2;
        tables.apply(List.of(rule(1, 2)));
        assertThat(ignored).isNegative();
        has(rule(1, 2));
        assertThat(tables.read()).extracting(FlowEntry::treatment).containsExactly(rule(1, 2).treatment());
        ignored = 1;
        tables.remove(List.of(rule(1, 2)));
        has();
    }

    @Test
    void whatIsReadHasItsCountsAndIsBelieved() {
        tables.apply(List.of(rule(1, 1), rule(2, 1)));
        there.remove(entry(rule(2, 1)).handle(DEVICE));
        Collection<FlowEntry> read = tables.read();
        assertThat(read).hasSize(1);
        FlowEntry one = read.iterator().next();
        assertThat(one.exactMatch(rule(1, 1))).isTrue();
        assertThat(List.of(one.packets(), one.bytes(), one.life())).containsExactly(7L, 700L, 3L);
        has(rule(1, 1));
    }

    @Test
    void entriesOfNoRuleAreTakenOut() {
        tables.apply(List.of(rule(1, 1)));
        there.put(entry(rule(9, 1)).handle(DEVICE), entry(rule(9, 1)));
        assertThat(tables.read()).hasSize(1);
        has(rule(1, 1));
    }

    @Test
    void whatIsWrittenWhileTheSwitchIsReadIsNotTakenForWhatWasRead() {
        tables.apply(List.of(rule(1, 1), rule(2, 1), rule(3, 1)));
        meanwhile = () -> {
            tables.apply(List.of(rule(1, 2)));
            tables.remove(List.of(rule(2, 1)));
            tables.apply(List.of(rule(4, 1)));
        };
        assertThat(tables.read()).extracting(FlowEntry::treatment).containsExactlyInAnyOrder(rule(1, 2).treatment(),
                rule(3, 1).treatment(), rule(4, 1).treatment());
        has(rule(1, 2), rule(3, 1), rule(4, 1));
    }

    @Test
    void whatIsWrittenWhileItIsComparedIsNotTakenForWhatWasRead() {
        tables.apply(List.of(rule(1, 1), rule(2, 1), rule(3, 1), rule(5, 1)));
        there.remove(entry(rule(5, 1)).handle(DEVICE));
        there.put(entry(rule(9, 1)).handle(DEVICE), entry(rule(9, 1)));
        afterLook = () -> {
            tables.apply(List.of(rule(1, 2)));
            tables.remove(List.of(rule(2, 1)));
            tables.apply(List.of(rule(4, 1)));
            tables.apply(List.of(rule(5, 2)));
            tables.apply(List.of(rule(9, 3)));
        };
        assertThat(tables.read()).extracting(FlowEntry::treatment).containsExactlyInAnyOrder(rule(1, 2).treatment(),
                rule(3, 1).treatment(), rule(4, 1).treatment(), rule(5, 2).treatment(), rule(9, 3).treatment());
        has(rule(1, 2), rule(3, 1), rule(4, 1), rule(5, 2), rule(9, 3));
    }

    @Test
    void aRuleAsItWasReadThatAnotherOneHasReplacedIsNotWhatIsThere() {
        FlowRule before = rule(1, 5);
        FlowRule now = rule(1, 6);
        tables.apply(List.of(before));
        FlowRule read = tables.read().iterator().next();
        tables.apply(List.of(now));
        assertThat(tables.remove(List.of(read))).containsExactly(read);
        assertThat(there).containsValue(entry(now));
        assertThat(tables.remove(List.of(tables.read().iterator().next()))).hasSize(1);
        assertThat(there).isEmpty();
    }

    @Test
    void aRuleOfAnApplicationGoesWhateverItHasBecome() {
        tables.apply(List.of(rule(1, 6)));
        tables.remove(List.of(rule(1, 5)));
        assertThat(there).isEmpty();
    }

    @Test
    void whatOnosHasLostSightOfIsBelievedAgain() {
        tables.apply(List.of(rule(1, 1), rule(2, 1)));
        believed.remove(entry(rule(1, 1)).handle(DEVICE));
        assertThat(tables.read()).hasSize(2);
        has(rule(1, 1), rule(2, 1));
    }

    @Test
    void aSwitchThatHasLostThousandsIsSeenAsItIs() {
        List<FlowRule> many = IntStream.range(1, 1_300).mapToObj(session -> rule(session, 1))
                .collect(Collectors.toList());
        tables.apply(many);
        there.keySet().retainAll(List.of(entry(rule(7, 1)).handle(DEVICE)));
        assertThat(tables.read()).hasSize(1);
        has(rule(7, 1));
        loseSight();
        there.clear();
        many.forEach(one -> there.put(entry(one).handle(DEVICE), entry(one)));
        assertThat(tables.read()).as("no rule of ours").isEmpty();
        has();
    }

    @Test
    void aSwitchThatDoesNotTellChangesNothing() {
        tables.apply(List.of(rule(1, 1)));
        silent = true;
        assertThatThrownBy(tables::read).hasMessageContaining("device:lma1");
        has(rule(1, 1));
        silent = false;
        assertThat(tables.read()).hasSize(1);
    }
}
