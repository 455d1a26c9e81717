// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleProgrammable;
import org.onosproject.net.pi.model.PiTableModel;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.service.PiFlowRuleTranslator;
import org.onosproject.net.pi.service.PiTranslatedEntity;
import org.onosproject.net.pi.service.PiTranslationException;
import org.onosproject.net.pi.service.PiTranslationService;
import org.onosproject.p4runtime.ctl.codec.CodecException;
import org.onosproject.p4runtime.ctl.codec.Codecs;
import org.onosproject.p4runtime.ctl.utils.P4InfoBrowser;
import org.onosproject.p4runtime.ctl.utils.PipeconfHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/**
 * Flow rules on a P4Runtime target, by ONOS's translation to table entries.
 *
 * <p>A rule counts as applied when the target has said so, or has an entry with the same action from before.
 * Entries that nobody here asked for are removed when they are seen, as ONOS's driver does. Made anew by ONOS for
 * each use; what lasts is kept with the target.
 */
public final class FlowRuleDriver extends AbstractHandlerBehaviour implements FlowRuleProgrammable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowRuleDriver.class);
    private static final long UNKNOWN_SECONDS = 10;
    private static final long ANSWER_SECONDS = 25;

    @Override
    public Collection<FlowRule> applyFlowRules(Collection<FlowRule> rules) {
        return write(rules, true);
    }

    @Override
    public Collection<FlowRule> removeFlowRules(Collection<FlowRule> rules) {
        return write(rules, false);
    }

    private Collection<FlowRule> write(Collection<FlowRule> rules, boolean present) {
        Target target = target();
        if (target == null) {
            return List.of();
        }
        PiFlowRuleTranslator translator = translator();
        Map<FlowRule, CompletableFuture<UpdateStatus>> answers = new LinkedHashMap<>();
        for (FlowRule rule : rules) {
            try {
                PiTableEntry entry = translator.translate(rule, target.pipeconf());
                PiHandle handle = entry.handle(target.device());
                if (present) {
                    translator.learn(handle, new PiTranslatedEntity<>(rule, entry, handle));
                    answers.put(rule, target.tables().put(handle, entry));
                } else {
                    answers.put(rule, target.tables().remove(handle, entry).whenComplete((status, error) -> {
                        if (status != null && status.ok() && target.tables().accepted(handle) == null) {
                            translator.forget(handle);
                        }
                    }));
                }
            } catch (PiTranslationException e) {
                LOG.warn("{} cannot take a flow rule: {} [{}]", target.device(), e.getMessage(), rule);
            }
        }
        target.tables().drain();
        return accepted(target.device(), answers, present);
    }

    private static List<FlowRule> accepted(DeviceId device, Map<FlowRule, CompletableFuture<UpdateStatus>> answers,
                                           boolean present) {
        List<FlowRule> accepted = new ArrayList<>(answers.size());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        for (Map.Entry<FlowRule, CompletableFuture<UpdateStatus>> answer : answers.entrySet()) {
            UpdateStatus status = await(answer.getValue(), deadline);
            if (status == null) {
                LOG.warn("{} did not answer for {}", device, answer.getKey());
            } else if (status.ok()) {
                accepted.add(answer.getKey());
            } else {
                LOG.warn("{} refuses to {} an entry of {}: {}", device, present ? "take" : "drop",
                    answer.getKey().table(), status);
            }
        }
        return accepted;
    }

    private static UpdateStatus await(CompletableFuture<UpdateStatus> answer, long deadline) {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    @Override
    public Collection<FlowEntry> getFlowEntries() {
        Target target = target();
        P4RuntimeSession session = target == null ? null : target.session();
        if (session == null) {
            return List.of();
        }
        long began = System.nanoTime();
        List<Entity> read;
        try {
            read = session.read(patterns(target)).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading " + target.device(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(target.device() + " cannot be read: "
                + P4RuntimeSession.describe(e.getCause() == null ? e : e.getCause()), e);
        }
        handler().get(PollPace.class).read(target.device(), read.size());
        return entries(target, read, began);
    }

    private static List<Entity> patterns(Target target) {
        List<Entity> patterns = new ArrayList<>();
        P4InfoBrowser p4Info = PipeconfHelper.getP4InfoBrowser(target.pipeconf());
        for (PiTableModel table : target.pipeconf().pipelineModel().tables()) {
            if (table.isConstantTable()) {
                continue;
            }
            try {
                TableEntry.Builder pattern = TableEntry.newBuilder()
                    .setTableId(p4Info.tables().getByName(table.id().id()).getPreamble().getId());
                if (!table.counters().isEmpty()) {
                    pattern.setCounterData(CounterData.getDefaultInstance());
                }
                patterns.add(Entity.newBuilder().setTableEntry(pattern).build());
            } catch (P4InfoBrowser.NotFoundException e) {
                throw new IllegalStateException("The pipeline's model and its P4Info differ: " + e.getMessage(), e);
            }
        }
        return patterns;
    }

    private Collection<FlowEntry> entries(Target target, List<Entity> read, long began) {
        PiFlowRuleTranslator translator = translator();
        List<FlowEntry> known = new ArrayList<>(read.size());
        Set<PiHandle> seen = new HashSet<>();
        for (Entity entity : read) {
            PiTableEntry entry = decode(target, entity);
            if (entry == null || entry.isDefaultAction()) {
                continue;
            }
            PiHandle handle = entry.handle(target.device());
            seen.add(handle);
            target.tables().seen(handle, entry, began);
            PiTranslatedEntity<FlowRule, PiTableEntry> origin = translator.lookup(handle).orElse(null);
            if (origin != null && entry.action().equals(origin.translated().action())) {
                known.add(flowEntry(target, handle, origin.original(), entry));
            } else if (origin == null) {
                unknown(target, handle, entry, began);
            }
        }
        for (Map.Entry<PiHandle, TableWriter.Accepted> accepted : target.tables().accepted()) {
            if (accepted.getValue().entry().isDefaultAction()) {
                translator.lookup(accepted.getKey()).ifPresent(origin -> known.add(
                    flowEntry(target, accepted.getKey(), origin.original(), accepted.getValue().entry())));
            } else if (!seen.contains(accepted.getKey())) {
                target.tables().seen(accepted.getKey(), null, began);
            }
        }
        target.tables().readEnded(began);
        target.tables().drain();
        return known;
    }

    /**
     * What to do with an entry that no flow rule stands for. Not at once: who has just become the target's controller
     * finds entries that its applications have yet to ask for.
     */
    private static void unknown(Target target, PiHandle handle, PiTableEntry entry, long now) {
        TableWriter.Accepted accepted = target.tables().accepted(handle);
        if (accepted == null || now - accepted.since() < TimeUnit.SECONDS.toNanos(UNKNOWN_SECONDS)) {
            return;
        }
        if (accepted.wanted()) {
            // A rule was asked for and taken back at once, and the target has heard of both in the other order.
            target.tables().doubt(handle, accepted, now);
        } else {
            LOG.info("{} has an entry of which this controller knows nothing; it is removed: {}", target.device(),
                entry);
            target.tables().removeUnwanted(handle, entry);
        }
    }

    private static PiTableEntry decode(Target target, Entity entity) {
        try {
            return (PiTableEntry) Codecs.CODECS.entity().decode(entity, null, target.pipeconf());
        } catch (CodecException e) {
            LOG.warn("{} has an entry that cannot be read: {}", target.device(), e.getMessage());
            return null;
        }
    }

    private static FlowEntry flowEntry(Target target, PiHandle handle, FlowRule rule, PiTableEntry entry) {
        TableWriter.Accepted accepted = target.tables().accepted(handle);
        long lifeSeconds = accepted == null ? 0 : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - accepted.since());
        return entry.counter() == null
            ? new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, lifeSeconds, 0, 0)
            : new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, lifeSeconds, entry.counter().packets(),
                entry.counter().bytes());
    }

    private PiFlowRuleTranslator translator() {
        return handler().get(PiTranslationService.class).flowRuleTranslator();
    }

    private Target target() {
        return handler().get(Targets.class).get(handler().data().deviceId());
    }
}
