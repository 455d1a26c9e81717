// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowId;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this application has in its switches, as ONOS sees it, and how one configuration changes that until it is
 * closed. Thread-safe.
 */
final class DeviceRules {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceRules.class);
    /** How long is waited before each new attempt; a gateway repeats its request after a second at the earliest. */
    private static final long[] DELAYS_MILLIS = {0, 200, 500};
    private static final List<DropCounter> DROPS = Arrays.stream(DropReason.values())
            .map(reason -> DropCounter.builder().reason(reason).build()).collect(Collectors.toUnmodifiableList());

    private final RuleWriter writer;
    private final LongFunction<Executor> later;
    private final Executor tellers;
    /** Done when this is closed and nothing that it has written is without an answer. */
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private boolean closed;
    private int underWay;

    /**
     * Makes the view of an application's rules.
     *
     * @param later what runs a task after so many milliseconds
     * @param tellers run what follows upon an answer: it may block, and neither ONOS's threads nor the one that keeps
     *     time may be blocked
     */
    DeviceRules(RuleWriter writer, LongFunction<Executor> later, Executor tellers) {
        this.writer = writer;
        this.later = later;
        this.tellers = tellers;
    }

    /**
     * Writes stages one after another, then removes; tries once.
     *
     * @return completes as {@link RuleWriter#write} does; with a CancellationException once this is closed
     */
    CompletableFuture<Void> write(DeviceId device, List<? extends Collection<PipelineEntity>> stages,
                                  Collection<PipelineEntity> gone) {
        if (gone.isEmpty() && stages.stream().allMatch(Collection::isEmpty)) {
            return CompletableFuture.completedFuture(null);
        }
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new CancellationException(device + " is written by another configuration"));
            }
            underWay++;
        }
        CompletableFuture<Void> written;
        try {
            written = writer.write(device, stages, gone);
        } catch (RuntimeException e) {
            written = CompletableFuture.failedFuture(e);
        }
        return written.whenComplete((nothing, failure) -> answered()).whenCompleteAsync((nothing, failure) -> { },
                tellers);
    }

    private void answered() {
        boolean last;
        synchronized (this) {
            underWay--;
            last = closed && underWay == 0;
        }
        if (last) {
            quiet.complete(null);
        }
    }

    /**
     * Writes nothing any more.
     *
     * @return completes when what has been written is answered, or given up for lost
     */
    CompletableFuture<Void> close() {
        boolean now;
        synchronized (this) {
            closed = true;
            now = underWay == 0;
        }
        if (now) {
            quiet.complete(null);
        }
        return quiet.isDone() ? quiet : quiet.thenApplyAsync(nothing -> nothing, tellers);
    }

    /** Closes this, and takes every rule of this application out of a switch once nothing else is on its way. */
    CompletableFuture<Void> clear(DeviceId device) {
        return close().thenCompose(nothing -> writer.write(device, List.of(), counted(device).keySet()));
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
                : CompletableFuture.supplyAsync(() -> write(device, List.of(), changed),
                        later.apply(DELAYS_MILLIS[attempt - 1])).thenCompose(removed -> removed);
        return ready.thenCompose(nothing -> write(device, stages, gone)).handle((nothing, failure) -> {
            if (failure == null) {
                return CompletableFuture.<Void>completedFuture(null);
            }
            if (changed.isEmpty() || attempt == DELAYS_MILLIS.length || RuleWriter.isUnknown(failure)) {
                return CompletableFuture.<Void>failedFuture(failure);
            }
            LOG.warn("{}: {}; writing it anew", device, failure.getMessage());
            return bring(device, stages, gone, changed, attempt + 1);
        }).thenCompose(next -> next);
    }

    /** This application's entities in a switch with their counts, as ONOS last read them. */
    Map<PipelineEntity, FlowEntry> counted(DeviceId device) {
        Map<PipelineEntity, FlowEntry> out = new LinkedHashMap<>();
        for (FlowEntry entry : writer.entries()) {
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
        some.forEach(entity -> wanted.put(writer.rule(device, entity).id(), entity));
        Map<PipelineEntity, FlowEntry> out = new LinkedHashMap<>();
        for (FlowEntry entry : writer.entries()) {
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
        Optional<List<FlowEntry>> read = writer.read(device);
        Set<PipelineEntity> real = new HashSet<>();
        read.ifPresent(entries -> entries.forEach(entry -> entity(entry).ifPresent(real::add)));
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

    /** Packets that a switch has dropped, by reason in lower case, as ONOS last read them. */
    Map<String, Long> drops(DeviceId device) {
        Map<String, Long> drops = new TreeMap<>();
        counted(device, DROPS).forEach((entity, entry) ->
                drops.put(((DropCounter) entity).reason().name().toLowerCase(Locale.ROOT), entry.packets()));
        return drops;
    }
}
