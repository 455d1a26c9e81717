// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.entity.AccessDelivery;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;

/**
 * Keeps the tables of gateways' switches as the configuration and the sessions want them: by the difference that a
 * change makes, and on demand by comparing all of it. Thread-safe.
 */
public final class AccessPlane {

    private final DeviceRules rules;
    private final TunnelNumbers numbers;
    private final PmipConfig config;
    private final int mtu;
    private final LongFunction<Executor> later;

    /** A session where it is attached. Immutable. */
    public static final class Placed {
        private final BindingUpdateListEntry entry;
        private final DeviceId device;
        private final AccessEntities.Attached place;
        private final int domain;
        private final List<PipelineEntity> plain;

        /** Makes a node without the mobility service at a switch, with its entries. */
        public Placed(DeviceId device, List<PipelineEntity> plain) {
            this.entry = null;
            this.device = device;
            this.place = null;
            this.domain = 0;
            this.plain = List.copyOf(plain);
        }

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
            this.plain = List.of();
        }

        /** Where the session is; empty for a node without the mobility service. */
        public Optional<Attachment> attachment() {
            return Optional.ofNullable(entry).map(BindingUpdateListEntry::attachment);
        }
    }

    /** Makes the data plane of a configuration with gateways. */
    public AccessPlane(FlowRuleService rules, ApplicationId application, TunnelNumbers numbers, PmipConfig config) {
        this.later = millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        this.rules = new DeviceRules(rules, application, later);
        this.numbers = numbers;
        this.config = config;
        this.mtu = config.mag().orElseThrow(() -> new IllegalArgumentException("no gateway")).link().mtu();
    }

    private long tunnelId(BindingUpdateListEntry entry) {
        return numbers.of(entry.careOf(), entry.anchor().address(),
                entry.binding().map(AccessEntities::peerPort).orElse(0));
    }

    private List<PipelineEntity> tunnel(Placed session) {
        return session.entry == null ? List.of()
                : AccessEntities.tunnel(session.entry, tunnelId(session.entry), session.domain, mtu);
    }

    private List<PipelineEntity> own(Placed session) {
        return session.entry == null ? session.plain
                : AccessEntities.session(session.entry, session.place, tunnelId(session.entry));
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
            wants(session, here);
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
            all.add(rules.bring(device, stages(changed), List.copyOf(left.values()), changed));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** Makes something of what a session counted. */
    public interface Counts<T> {
        /** Packets and octets from the node, and to it. */
        T of(long uplinkPackets, long uplinkOctets, long downlinkPackets, long downlinkOctets);
    }

    /** What a session counted in its switch, as ONOS last read it. */
    public <T> T traffic(Placed session, Counts<T> counts) {
        Map<EntityKey, FlowEntry> counted = new HashMap<>();
        rules.counted(session.device).forEach((entity, entry) -> counted.put(EntityKey.of(entity), entry));
        long[] out = new long[4];
        for (PipelineEntity entity : own(session)) {
            FlowEntry entry = counted.get(EntityKey.of(entity));
            int at = entity instanceof AccessUplink ? 0 : entity instanceof AccessDelivery ? 2 : -1;
            if (entry != null && at >= 0) {
                out[at] = entry.packets();
                out[at + 1] = entry.bytes();
            }
        }
        return counts.of(out[0], out[1], out[2], out[3]);
    }

    /** A node is let in last, so that nothing of it is dropped for what is not there yet. */
    private static boolean opens(PipelineEntity entity) {
        return entity instanceof AccessNode;
    }

    private static List<List<PipelineEntity>> stages(List<PipelineEntity> entities) {
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        entities.forEach(entity -> (opens(entity) ? openings : base).add(entity));
        return List.of(base, openings);
    }

    /**
     * Makes a switch hold what it should and nothing else of this application, in portions; what is right is not
     * touched.
     *
     * @param others gives what is attached without a Binding Update List; asked once the switch's rules are read
     * @param lists gives all Binding Update Lists; asked once the switch's rules are read: of what comes in between, no
     *     rule is taken out; and once more at the end
     * @param current gives a list as it is by now
     * @param placed gives the sessions of a list that forward, each where it is attached
     * @return completes with the number of rules that were wrong, missing or too many
     */
    public CompletableFuture<Integer> reconcile(DeviceId device, Supplier<List<Placed>> others,
                                                Supplier<Collection<BindingUpdateList>> lists,
                                                UnaryOperator<BindingUpdateList> current,
                                                Function<BindingUpdateList, List<Placed>> placed) {
        Map<EntityKey, PipelineEntity> present = rules.present(device);
        Map<EntityKey, PipelineEntity> basis = new LinkedHashMap<>();
        StaticEntities.of(config, device).forEach(entity -> basis.put(EntityKey.of(entity), entity));
        others.get().forEach(one -> wants(one, basis));
        return new Pass<BindingUpdateList>(device.toString(), present, basis, list -> {
            Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
            placed.apply(list).stream().filter(session -> session.device.equals(device))
                    .forEach(session -> wants(session, wanted));
            return wanted;
        }, AccessPlane::opens, (stages, gone) -> rules.write(device, stages, gone), later, new Progress())
                .run(lists, current);
    }

    /** Removes every rule of this application from a switch. */
    public CompletableFuture<Void> clear(DeviceId device) {
        return rules.write(device, List.of(), rules.counted(device).keySet());
    }

    private void wants(Placed session, Map<EntityKey, PipelineEntity> wanted) {
        tunnel(session).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
        own(session).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
    }
}
