// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables of gateways' switches as the configuration and the sessions want them: by the difference that a
 * change makes, and on demand by comparing all of it. Thread-safe.
 */
public final class AccessPlane {

    private static final Logger LOG = LoggerFactory.getLogger(AccessPlane.class);
    private static final int MTU = 1_500;
    /** How long is waited before each new attempt where ONOS's picture of the switch may have been a wrong one. */
    private static final long[] DELAYS_MILLIS = {0, 200, 500};

    private final FlowRuleService rules;
    private final ApplicationId application;
    private final TunnelNumbers numbers;
    private final RuleWriter writer;
    private final PmipConfig config;
    private final LongFunction<Executor> later =
            millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);

    /** A session where it is attached. Immutable. */
    public static final class Placed {
        private final BindingUpdateListEntry entry;
        private final DeviceId device;
        private final AccessEntities.Attached place;
        private final int domain;

        /**
         * Makes a session at a place.
         *
         * @param entry with a binding
         * @param domain the routing domain of the access link
         */
        public Placed(BindingUpdateListEntry entry, DeviceId device, AccessEntities.Attached place, int domain) {
            this.entry = entry;
            this.device = device;
            this.place = place;
            this.domain = domain;
        }
    }

    /** Makes the data plane of a configuration with gateways. */
    public AccessPlane(FlowRuleService rules, ApplicationId application, TunnelNumbers numbers, PmipConfig config) {
        this.rules = rules;
        this.application = application;
        this.numbers = numbers;
        this.writer = new RuleWriter(rules, application);
        this.config = config;
    }

    private long tunnelId(BindingUpdateListEntry entry) {
        return numbers.of(entry.careOf(), entry.anchor().address(),
                entry.binding().map(AccessEntities::peerPort).orElse(0));
    }

    private List<PipelineEntity> tunnel(Placed session) {
        return AccessEntities.tunnel(session.entry, tunnelId(session.entry), session.domain, MTU);
    }

    private List<PipelineEntity> own(Placed session) {
        return AccessEntities.session(session.entry, session.place, tunnelId(session.entry));
    }

    /** The table entries of a session and its tunnel, in words. */
    public List<String> describe(Placed session) {
        List<String> lines = new ArrayList<>();
        tunnel(session).forEach(entity -> lines.add(entity.toString()));
        own(session).forEach(entity -> lines.add(entity.toString()));
        return lines;
    }

    /**
     * Takes sessions out of their switches and puts others in, each switch by the difference alone.
     *
     * @return completes when the switches have accepted everything; exceptionally when one refused something
     */
    public CompletableFuture<Void> change(Collection<Placed> removed, Collection<Placed> installed) {
        Map<DeviceId, Map<EntityKey, PipelineEntity>> gone = new LinkedHashMap<>();
        Map<DeviceId, Map<EntityKey, PipelineEntity>> wanted = new LinkedHashMap<>();
        for (Placed session : removed) {
            own(session).forEach(entity -> gone.computeIfAbsent(session.device, device -> new LinkedHashMap<>())
                    .put(EntityKey.of(entity), entity));
        }
        for (Placed session : installed) {
            Map<EntityKey, PipelineEntity> here =
                    wanted.computeIfAbsent(session.device, device -> new LinkedHashMap<>());
            tunnel(session).forEach(entity -> here.put(EntityKey.of(entity), entity));
            own(session).forEach(entity -> here.put(EntityKey.of(entity), entity));
        }
        Set<DeviceId> devices = new LinkedHashSet<>(wanted.keySet());
        devices.addAll(gone.keySet());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (DeviceId device : devices) {
            Map<EntityKey, PipelineEntity> here = wanted.getOrDefault(device, Map.of());
            Map<EntityKey, PipelineEntity> left = gone.getOrDefault(device, new HashMap<>());
            List<PipelineEntity> changed = new ArrayList<>();
            here.forEach((key, entity) -> {
                if (!entity.equals(left.remove(key))) {
                    changed.add(entity);
                }
            });
            all.add(write(device, changed, List.copyOf(left.values()), 0));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** A node is let in last, so that nothing of it is dropped for what is not there yet. */
    private static List<List<PipelineEntity>> stages(List<PipelineEntity> entities) {
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        entities.forEach(entity -> (entity instanceof AccessNode ? openings : base).add(entity));
        return List.of(base, openings);
    }

    private CompletableFuture<Void> write(DeviceId device, List<PipelineEntity> changed, List<PipelineEntity> gone,
                                          int attempt) {
        CompletableFuture<Void> ready = attempt == 0 ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(() -> writer.write(device, List.of(), changed),
                        later.apply(DELAYS_MILLIS[attempt - 1])).thenCompose(done -> done);
        return ready.thenCompose(nothing -> writer.write(device, stages(changed), gone))
                .handle((nothing, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    if (changed.isEmpty() || attempt == DELAYS_MILLIS.length) {
                        return CompletableFuture.<Void>failedFuture(failure);
                    }
                    LOG.warn("{}: {}; writing it anew", device, failure.getMessage());
                    return write(device, changed, gone, attempt + 1);
                }).thenCompose(next -> next);
    }

    /**
     * Makes a switch hold what it should and nothing else of this application; what is right is not touched.
     *
     * @param sessions asked for once the switch's rules are read: of what comes in between, no rule is taken out
     * @return completes with the number of rules that were wrong or missing
     */
    public CompletableFuture<Integer> reconcile(DeviceId device, Supplier<Collection<Placed>> sessions) {
        Map<EntityKey, PipelineEntity> present = new HashMap<>();
        for (FlowEntry entry : rules.getFlowEntriesById(application)) {
            if (entry.deviceId().equals(device) && entry.state() != FlowEntry.FlowEntryState.PENDING_REMOVE
                    && entry.state() != FlowEntry.FlowEntryState.REMOVED) {
                try {
                    PipelineEntity entity = PipelineEntities.fromFlowRule(entry);
                    present.put(EntityKey.of(entity), entity);
                } catch (IllegalArgumentException e) {
                    LOG.warn("a rule of this application is not of this pipeline: {}", e.getMessage());
                }
            }
        }
        Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
        StaticEntities.of(config, device).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
        for (Placed session : sessions.get()) {
            if (session.device.equals(device)) {
                tunnel(session).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
                own(session).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
            }
        }
        List<PipelineEntity> missing = new ArrayList<>();
        wanted.forEach((key, entity) -> {
            if (!entity.equals(present.get(key))) {
                missing.add(entity);
            }
        });
        List<PipelineEntity> extra = new ArrayList<>();
        present.forEach((key, entity) -> {
            if (!wanted.containsKey(key)) {
                extra.add(entity);
            }
        });
        int count = missing.size() + extra.size();
        return writer.write(device, stages(missing), extra).thenApply(nothing -> count);
    }
}
