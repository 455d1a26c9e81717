// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
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
    private static final long ANSWER_SECONDS = 25;
    /** Entries that are read at once, if they are not of one table. */
    private static final int PORTION = 2_000;

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
                } else if (isReplaced(translator, handle, rule)) {
                    answers.put(rule, CompletableFuture.completedFuture(new UpdateStatus(Status.Code.OK, "")));
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

    /**
     * Whether another rule has taken a rule's place. ONOS compares a reading of the tables with the rules as they are
     * by then, and has a rule removed that was changed in between: the entry by now is the changed rule's.
     */
    private static boolean isReplaced(PiFlowRuleTranslator translator, PiHandle handle, FlowRule rule) {
        return translator.lookup(handle).filter(origin ->
            !origin.original().treatment().equals(rule.treatment())).isPresent();
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
        Reading reading = new Reading(target, translator(), began);
        int count = 0;
        // In portions: writes wait while the target reads, and none should for all of it.
        for (List<Entity> portion : portions(target)) {
            List<Entity> read = read(target, session, portion);
            count += read.size();
            reading.take(read);
        }
        handler().get(PollPace.class).read(target.device(), count);
        return reading.end();
    }

    private static List<Entity> read(Target target, P4RuntimeSession session, List<Entity> patterns) {
        try {
            return session.read(patterns).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading " + target.device(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(target.device() + " cannot be read: "
                + P4RuntimeSession.describe(e.getCause() == null ? e : e.getCause()), e);
        }
    }

    /** Patterns of tables, small ones together, as large as they were at the last reading. */
    private static List<List<Entity>> portions(Target target) {
        List<List<Entity>> portions = new ArrayList<>();
        int entries = PORTION;
        for (Entity pattern : patterns(target)) {
            int size = target.memory().size(pattern.getTableEntry().getTableId());
            entries += size;
            if (entries >= PORTION) {
                portions.add(new ArrayList<>());
                entries = size;
            }
            portions.get(portions.size() - 1).add(pattern);
        }
        return portions;
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

    private PiFlowRuleTranslator translator() {
        return handler().get(PiTranslationService.class).flowRuleTranslator();
    }

    private Target target() {
        return handler().get(Targets.class).get(handler().data().deviceId());
    }
}
