// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.runtime.PiCounterCellData;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;
import org.onosproject.net.pi.service.PiFlowRuleTranslator;
import org.onosproject.net.pi.service.PiTranslatedEntity;
import org.onosproject.net.pi.service.PiTranslationException;
import org.pmip.pipeconf.driver.SwitchTables.Outcome;
import org.pmip.pipeconf.driver.SwitchTables.Update;
import org.pmip.pipeconf.driver.SwitchTables.Verb;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flow rules in the tables of one switch, and what ONOS is to believe of them. An entry that is there already is
 * changed in place, whatever ONOS believed; one that ONOS does not know of is removed all the same when it is to go;
 * and what is read while it is written is not taken for the truth. Thread-safe.
 */
final class FlowTables {

    private static final Logger LOG = LoggerFactory.getLogger(FlowTables.class);
    /** Stores that order changes by milliseconds ignore the second one within a millisecond. */
    private static final int STORE_ATTEMPTS = 6;
    private static final long STORE_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    /** As many entries as are put right before those are let through who want to write. */
    private static final int PORTION = 500;

    private final DeviceId device;
    private final PiPipeconf pipeconf;
    private final SwitchTables tables;
    private final Picture picture;
    private final PiFlowRuleTranslator translator;
    private final Writers writers;

    /**
     * Makes them.
     *
     * @param writers shared by all that write to this switch or read it
     */
    FlowTables(DeviceId device, PiPipeconf pipeconf, SwitchTables tables, Picture picture,
               PiFlowRuleTranslator translator, Writers writers) {
        this.device = device;
        this.pipeconf = pipeconf;
        this.tables = tables;
        this.picture = picture;
        this.translator = translator;
        this.writers = writers;
    }

    /**
     * Makes entries of rules, in place of what the switch has for the same matches.
     *
     * @return the rules that the switch has by now
     */
    Collection<FlowRule> apply(Collection<FlowRule> rules) {
        Map<PiTableEntryHandle, FlowRule> byHandle = new LinkedHashMap<>();
        Map<PiTableEntryHandle, PiTableEntry> entries = translate(rules, byHandle);
        return writers.write(entries.keySet(), () -> {
            List<Update> updates = new ArrayList<>();
            CompletableFuture<Map<PiTableEntryHandle, Outcome>> answer;
            // What is believed and what is sent are to come in the same order.
            synchronized (writers) {
                entries.forEach((handle, entry) -> {
                    learn(handle, byHandle.get(handle), entry);
                    Optional<PiTableEntry> there = picture.get(handle);
                    if (there.isEmpty() || !there.get().action().equals(entry.action())) {
                        updates.add(new Update(there.isEmpty() ? Verb.INSERT : Verb.MODIFY, entry));
                        put(handle, entry);
                    }
                });
                answer = send(updates);
            }
            Map<PiTableEntryHandle, Outcome> failed = failed(answer.join());
            if (!failed.isEmpty()) {
                // ONOS believed something else of the switch than it has.
                List<Update> otherwise = updates.stream()
                        .filter(one -> failed.containsKey(one.entry().handle(device)))
                        .map(one -> new Update(one.verb() == Verb.INSERT ? Verb.MODIFY : Verb.INSERT, one.entry()))
                        .collect(Collectors.toList());
                Map<PiTableEntryHandle, Outcome> still = failed(send(otherwise).join());
                still.forEach((handle, outcome) -> {
                    LOG.warn("{} does not take {}", device, entries.get(handle));
                    remove(handle);
                    translator.forget(handle);
                    byHandle.remove(handle);
                });
            }
            return List.copyOf(byHandle.values());
        });
    }

    /**
     * Takes the entries of rules out.
     *
     * @return the rules that the switch has not any more
     */
    Collection<FlowRule> remove(Collection<FlowRule> rules) {
        Map<PiTableEntryHandle, FlowRule> byHandle = new LinkedHashMap<>();
        Map<PiTableEntryHandle, PiTableEntry> entries = translate(rules, byHandle);
        return writers.write(Set.copyOf(entries.keySet()), () -> {
            entries.keySet().removeIf(handle -> isReplaced(handle, byHandle.get(handle)));
            List<Update> updates = new ArrayList<>();
            Map<PiTableEntryHandle, Boolean> known = new HashMap<>();
            CompletableFuture<Map<PiTableEntryHandle, Outcome>> answer;
            synchronized (writers) {
                entries.forEach((handle, entry) -> {
                    translator.forget(handle);
                    known.put(handle, picture.get(handle).isPresent());
                    remove(handle);
                    // Also what ONOS has lost sight of, or it would stay.
                    updates.add(new Update(Verb.DELETE, entry));
                });
                answer = send(updates);
            }
            failed(answer.join()).forEach((handle, outcome) -> {
                if (outcome != Outcome.ABSENT && known.get(handle)) {
                    LOG.warn("{} does not let go of {}", device, entries.get(handle));
                    byHandle.remove(handle);
                }
            });
            return List.copyOf(byHandle.values());
        });
    }

    /**
     * Whether a rule is one that was read and that another one has replaced. ONOS compares what was read with the rules
     * as they are by then, and has a rule removed that was changed in between: the entry by now is the changed rule's.
     */
    private boolean isReplaced(PiTableEntryHandle handle, FlowRule rule) {
        return rule instanceof FlowEntry && translator.lookup(handle).filter(one ->
                !one.original().treatment().equals(rule.treatment())).isPresent();
    }

    /**
     * What the switch has of ONOS's rules, with counts. Entries that are no rule's are taken out of the switch.
     *
     * @throws IllegalStateException if the switch does not tell
     */
    Collection<FlowEntry> read() {
        return writers.read(conclusions -> {
            Look look = look();
            portions(look.doubtful, some -> conclusions.draw(written -> judge(look, some, written)));
            portions(look.lost, some -> conclusions.draw(written -> some.stream()
                    .filter(handle -> !written.contains(handle)).forEach(this::remove)));
            conclusions.draw(written -> written.forEach(handle -> {
                look.rules.remove(handle);
                picture.get(handle).ifPresent(entry -> look.has(handle, null, 0));
            }));
            return look.rules.values();
        });
    }

    /** What a look at the switch has shown. */
    final class Look {
        /** ONOS's rules that it has. */
        private final Map<PiTableEntryHandle, FlowEntry> rules = new LinkedHashMap<>();
        /** Entries that ONOS believes to be otherwise, or not at all. */
        private final List<PiTableEntry> doubtful = new ArrayList<>();
        /** What it has not, though ONOS believes it. */
        private final List<PiTableEntryHandle> lost = new ArrayList<>();

        private void has(PiTableEntryHandle handle, PiCounterCellData counts, long seconds) {
            translator.lookup(handle).ifPresent(one -> rules.put(handle, new DefaultFlowEntry(one.original(),
                    FlowEntry.FlowEntryState.ADDED, seconds, counts == null ? 0 : counts.packets(),
                    counts == null ? 0 : counts.bytes())));
        }
    }

    /**
     * Reads, and sorts out what is as ONOS believes, which is nearly all: nobody has to wait for that, even if there
     * are hundreds of thousands.
     */
    private Look look() {
        Collection<PiTableEntry> found = tables.read().orElseThrow(() ->
                new IllegalStateException("the tables of " + device + " could not be read"));
        Map<PiTableEntryHandle, Picture.Believed> believed = picture.all();
        Look look = new Look();
        for (PiTableEntry entry : found) {
            PiTableEntryHandle handle = entry.handle(device);
            Picture.Believed one = believed.remove(handle);
            if (one != null && one.entry().equals(entry) && isRule(handle, entry)) {
                look.has(handle, entry.counter(), one.seconds());
            } else {
                look.doubtful.add(entry);
            }
        }
        look.lost.addAll(believed.keySet());
        return look;
    }

    private boolean isRule(PiTableEntryHandle handle, PiTableEntry entry) {
        return translator.lookup(handle).filter(one -> one.translated().equals(entry)).isPresent();
    }

    private void judge(Look look, List<PiTableEntry> doubtful, Set<PiTableEntryHandle> written) {
        List<Update> strange = new ArrayList<>();
        for (PiTableEntry entry : doubtful) {
            PiTableEntryHandle handle = entry.handle(device);
            if (written.contains(handle)) {
                continue;
            }
            if (isRule(handle, entry)) {
                put(handle, entry);
                look.has(handle, entry.counter(), 0);
            } else {
                strange.add(new Update(Verb.DELETE, entry));
                remove(handle);
            }
        }
        if (!strange.isEmpty()) {
            LOG.warn("{} has {} entries that are no rule's, of {} for example; removing them", device, strange.size(),
                    strange.get(0).entry().table());
            send(strange).join();
        }
    }

    private static <T> void portions(List<T> all, Consumer<List<T>> each) {
        for (int from = 0; from < all.size(); from += PORTION) {
            each.accept(all.subList(from, Math.min(all.size(), from + PORTION)));
        }
    }

    private Map<PiTableEntryHandle, PiTableEntry> translate(Collection<FlowRule> rules,
                                                            Map<PiTableEntryHandle, FlowRule> byHandle) {
        Map<PiTableEntryHandle, PiTableEntry> entries = new LinkedHashMap<>();
        for (FlowRule rule : rules) {
            try {
                PiTableEntry entry = translator.translate(rule, pipeconf);
                PiTableEntryHandle handle = entry.handle(device);
                entries.put(handle, entry);
                byHandle.put(handle, rule);
            } catch (PiTranslationException e) {
                LOG.warn("{}: {} is no rule of this pipeline: {}", device, rule, e.getMessage());
            }
        }
        return entries;
    }

    private CompletableFuture<Map<PiTableEntryHandle, Outcome>> send(List<Update> updates) {
        return updates.isEmpty() ? CompletableFuture.completedFuture(Map.of()) : tables.write(updates);
    }

    private static Map<PiTableEntryHandle, Outcome> failed(Map<PiTableEntryHandle, Outcome> outcomes) {
        Map<PiTableEntryHandle, Outcome> failed = new HashMap<>(outcomes);
        failed.values().removeIf(outcome -> outcome == Outcome.DONE);
        return failed;
    }

    private void learn(PiTableEntryHandle handle, FlowRule rule, PiTableEntry entry) {
        until(() -> translator.learn(handle, new PiTranslatedEntity<>(rule, entry, handle)),
                () -> translator.lookup(handle).filter(one -> one.translated().equals(entry)).isPresent());
    }

    private void put(PiTableEntryHandle handle, PiTableEntry entry) {
        until(() -> picture.put(handle, entry),
                () -> picture.get(handle).filter(entry::equals).isPresent());
    }

    private void remove(PiTableEntryHandle handle) {
        until(() -> picture.remove(handle), () -> picture.get(handle).isEmpty());
    }

    private static void until(Runnable change, BooleanSupplier done) {
        change.run();
        for (int attempt = 1; attempt < STORE_ATTEMPTS && !done.getAsBoolean(); attempt++) {
            LockSupport.parkNanos(STORE_PAUSE_NANOS);
            change.run();
        }
    }
}
