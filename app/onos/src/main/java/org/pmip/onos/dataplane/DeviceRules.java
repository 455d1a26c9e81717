// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this application has in its switches, as ONOS sees it, and how that is changed. Thread-safe. */
final class DeviceRules {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceRules.class);
    /** How long is waited before each new attempt; a gateway repeats its request after a second at the earliest. */
    private static final long[] DELAYS_MILLIS = {0, 200, 500};

    private final FlowRuleService rules;
    private final ApplicationId application;
    private final RuleWriter writer;
    private final LongFunction<Executor> later;

    /**
     * Makes the view of an application's rules.
     *
     * @param later what runs a task after so many milliseconds
     * @param tellers run what follows upon an answer; it may block
     */
    DeviceRules(FlowRuleService rules, ApplicationId application, LongFunction<Executor> later,
                Executor tellers) {
        this.rules = rules;
        this.application = application;
        this.writer = new RuleWriter(rules, application, tellers);
        this.later = later;
    }

    /** Writes stages one after another, then removes; tries once. See {@link RuleWriter#write}. */
    CompletableFuture<Void> write(DeviceId device, List<? extends Collection<PipelineEntity>> stages,
                                  Collection<PipelineEntity> gone) {
        return writer.write(device, stages, gone);
    }

    /**
     * Writes a session, and if the switch refuses takes out what it has of it and writes again. ONOS reads tables while
     * others write and takes what it has read for the whole: an entry written meanwhile is lost to its picture of the
     * switch, it then inserts what is there, and the switch refuses. A moment later that is over.
     *
     * @param changed what is taken out before a new attempt; where it is empty there is none
     * @return completes as {@link RuleWriter#write} does
     */
    CompletableFuture<Void> bring(DeviceId device, List<List<PipelineEntity>> stages, List<PipelineEntity> gone,
                                  List<PipelineEntity> changed) {
        return bring(device, stages, gone, changed, 0);
    }

    private CompletableFuture<Void> bring(DeviceId device, List<List<PipelineEntity>> stages,
                                          List<PipelineEntity> gone, List<PipelineEntity> changed, int attempt) {
        CompletableFuture<Void> ready = attempt == 0 ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(() -> writer.write(device, List.of(), changed),
                        later.apply(DELAYS_MILLIS[attempt - 1])).thenCompose(removed -> removed);
        return ready.thenCompose(nothing -> writer.write(device, stages, gone)).handle((nothing, failure) -> {
            if (failure == null) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (changed.isEmpty() || attempt == DELAYS_MILLIS.length || cause instanceof TimeoutException) {
                return CompletableFuture.<Void>failedFuture(failure);
            }
            LOG.warn("{}: {}; writing it anew", device, failure.getMessage());
            return bring(device, stages, gone, changed, attempt + 1);
        }).thenCompose(next -> next);
    }

    /** This application's entities in a switch with their counts, as ONOS last read them. */
    Map<PipelineEntity, FlowEntry> counted(DeviceId device) {
        Map<PipelineEntity, FlowEntry> out = new LinkedHashMap<>();
        for (FlowEntry entry : rules.getFlowEntriesById(application)) {
            if (entry.deviceId().equals(device) && entry.state() != FlowEntry.FlowEntryState.PENDING_REMOVE
                    && entry.state() != FlowEntry.FlowEntryState.REMOVED) {
                try {
                    out.put(PipelineEntities.fromFlowRule(entry), entry);
                } catch (IllegalArgumentException e) {
                    LOG.warn("a rule of this application is not of this pipeline and is left alone: {}",
                            e.getMessage());
                }
            }
        }
        return out;
    }

    /** The same by their keys; the map is the caller's. */
    Map<EntityKey, PipelineEntity> present(DeviceId device) {
        Map<EntityKey, PipelineEntity> present = new HashMap<>();
        counted(device).keySet().forEach(entity -> present.put(EntityKey.of(entity), entity));
        return present;
    }
}
