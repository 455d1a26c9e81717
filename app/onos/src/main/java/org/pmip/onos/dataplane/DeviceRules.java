// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowId;
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
    private final SwitchReading reading;
    private final ApplicationId application;
    private final RuleWriter writer;
    private final LongFunction<Executor> later;

    /**
     * Makes the view of an application's rules.
     *
     * @param reading tells what a switch itself has
     * @param later what runs a task after so many milliseconds
     * @param tellers run what follows upon an answer; it may block
     */
    DeviceRules(FlowRuleService rules, SwitchReading reading, ApplicationId application,
                LongFunction<Executor> later, Executor tellers) {
        this.rules = rules;
        this.reading = reading;
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
            if (isThere(entry, device)) {
                entity(entry).ifPresent(entity -> out.put(entity, entry));
            }
        }
        return out;
    }

    /**
     * Some of this application's entities in a switch with their counts, as ONOS last read them. Rules are compared
     * and not read, as there may be hundreds of thousands.
     */
    Map<PipelineEntity, FlowEntry> counted(DeviceId device, Collection<? extends PipelineEntity> some) {
        Map<FlowId, PipelineEntity> wanted = new HashMap<>();
        some.forEach(entity -> wanted.put(entity.toFlowRule(device, application).id(), entity));
        Map<PipelineEntity, FlowEntry> out = new LinkedHashMap<>();
        for (FlowEntry entry : rules.getFlowEntriesById(application)) {
            PipelineEntity entity = wanted.get(entry.id());
            if (entity != null && isThere(entry, device)) {
                out.put(entity, entry);
            }
        }
        return out;
    }

    private static boolean isThere(FlowEntry entry, DeviceId device) {
        return entry.deviceId().equals(device) && entry.state() != FlowEntry.FlowEntryState.PENDING_REMOVE
                && entry.state() != FlowEntry.FlowEntryState.REMOVED;
    }

    private static Optional<PipelineEntity> entity(FlowEntry entry) {
        try {
            return Optional.of(PipelineEntities.fromFlowRule(entry));
        } catch (IllegalArgumentException e) {
            LOG.warn("a rule of this application is not of this pipeline and is left alone: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What ONOS believes a switch to have and what it really has. */
    static final class Found {
        /** All that ONOS has for the switch; what is not wanted must go, or ONOS puts it there some day. */
        final Map<EntityKey, PipelineEntity> believed = new HashMap<>();
        /** What of that the switch has as it is; the map is the caller's. */
        final Map<EntityKey, PipelineEntity> present = new HashMap<>();
    }

    /**
     * Reads a switch, on its master.
     *
     * @throws IllegalStateException if the switch does not tell
     */
    Found find(DeviceId device) {
        Optional<Collection<FlowEntry>> read = reading.read(device);
        Set<PipelineEntity> real = new HashSet<>();
        read.ifPresent(entries -> entries.forEach(entry -> {
            if (entry.appId() == application.id()) {
                entity(entry).ifPresent(real::add);
            }
        }));
        Found found = new Found();
        // After the reading: what is on its way out by now is not there, what came since is written once more.
        counted(device).keySet().forEach(entity -> {
            EntityKey key = EntityKey.of(entity);
            found.believed.put(key, entity);
            if (read.isEmpty() || real.contains(entity)) {
                found.present.put(key, entity);
            }
        });
        return found;
    }
}
