// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.entity.AccessDelivery;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.AccessUplink;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.packet.TunnelError;

/**
 * Keeps the tables of gateways' switches as the configuration and the sessions want them: by the difference that a
 * change makes, and on demand by comparing all of it. Thread-safe.
 */
public final class AccessPlane {

    private final DeviceRules rules;
    private final Tunnels tunnels;
    private final TunnelNumbers numbers;
    private final PmipConfig config;
    private final TunnelPaths paths;
    private final LongFunction<Executor> later;

    /** A session where it is attached. Immutable. */
    public static final class Placed {
        private final BindingUpdateListEntry entry;
        private final DeviceId device;
        private final AccessEntities.Attached place;
        private final boolean open;
        private final boolean certain;
        private final List<PipelineEntity> plain;

        /** Makes a node without the mobility service at a switch, with its entries. */
        public Placed(DeviceId device, List<PipelineEntity> plain) {
            this.entry = null;
            this.device = device;
            this.place = null;
            this.plain = List.copyOf(plain);
            this.open = true;
            this.certain = true;
        }

        /**
         * Makes a session at a place.
         *
         * @param entry with a binding
         */
        public Placed(BindingUpdateListEntry entry, DeviceId device, AccessEntities.Attached place) {
            this(entry, device, place, true, true);
        }

        private Placed(BindingUpdateListEntry entry, DeviceId device, AccessEntities.Attached place, boolean open,
                       boolean certain) {
            this.entry = entry;
            this.device = device;
            this.place = place;
            this.open = open;
            this.certain = certain;
            this.plain = List.of();
        }

        /** Where the session is; empty for a node without the mobility service. */
        public Optional<Attachment> attachment() {
            return Optional.ofNullable(entry).map(BindingUpdateListEntry::attachment);
        }

        /** Where in the switch the session is; empty for a node without the mobility service. */
        public Optional<AccessEntities.Attached> place() {
            return Optional.ofNullable(place);
        }

        /** The switch that it is attached to. */
        public DeviceId device() {
            return device;
        }

        /** The same without what lets the node in: packets are delivered to it, those from it are dropped. */
        public Placed closed() {
            return new Placed(entry, device, place, false, certain);
        }

        /** The same where it is not known whether the switch has it. */
        public Placed uncertain() {
            return new Placed(entry, device, place, open, false);
        }

        @Override
        public String toString() {
            return (open ? "" : "closed ") + (certain ? "" : "uncertain ") + entry;
        }
    }

    /**
     * Makes the data plane of a configuration with gateways.
     *
     * @param paths what is known of the paths of their tunnels
     * @param tellers run what follows upon a switch's answer; it may block
     */
    public AccessPlane(RuleWriter writer, TunnelNumbers numbers, PmipConfig config, Paths paths, Executor tellers) {
        this.later = millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        this.rules = new DeviceRules(writer, later, tellers);
        this.tunnels = new Tunnels(this.rules);
        this.numbers = numbers;
        this.config = config;
        this.paths = new TunnelPaths(paths, tunnels,
                config.mag().orElseThrow(() -> new IllegalArgumentException("no gateway")).link().mtu());
    }

    private long tunnelId(BindingUpdateListEntry entry) {
        return numbers.of(entry.careOf(), entry.anchor().address(),
                entry.binding().map(AccessEntities::peerPort).orElse(0));
    }

    private List<Object> ends(Placed session) {
        return List.of(session.device, session.entry.careOf(), session.entry.anchor().address(),
                session.entry.binding().map(AccessEntities::peerPort).orElse(0));
    }

    private List<PipelineEntity> tunnel(Placed session) {
        return session.entry == null ? List.of()
                : AccessEntities.tunnel(session.entry, tunnelId(session.entry),
                        config.switches().get(session.device).accessDomain(), paths.mtu(ends(session)));
    }

    private List<PipelineEntity> own(Placed session) {
        if (session.entry == null) {
            return session.plain;
        }
        List<PipelineEntity> all = AccessEntities.session(session.entry, session.place, tunnelId(session.entry));
        return session.open ? all : all.stream().filter(entity -> !opens(entity)).collect(Collectors.toList());
    }

    /** Whether the packet that an error quotes can be one that this session has sent to its anchor. */
    public static boolean sent(BindingUpdateListEntry entry, TunnelError error) {
        return entry.forwards() && entry.careOf().equals(error.near())
                && entry.anchor().address().equals(error.far()) && entry.binding().filter(binding ->
                        Quotation.fits(error, AccessEntities.encapsulation(binding), AccessEntities.peerPort(binding),
                                binding.uplinkKey())).isPresent();
    }

    /**
     * Takes what a node of the transport network says of a packet of this session; the switch learns of a path MTU that
     * is lower now.
     *
     * @param session with the mobility service
     * @param now milliseconds on a clock that never goes backwards
     */
    public Paths.Verdict heard(Placed session, TunnelError error, long now) {
        return paths.heard(ends(session), error, now);
    }

    /** What is known of the path of a session's tunnel; the session has the mobility service. */
    public Paths.State path(Placed session, long now) {
        return paths.state(ends(session), now);
    }

    /**
     * Tries paths anew whose MTU was lowered too long ago; to be called now and then.
     *
     * @param kept whether this node of the cluster keeps a switch
     */
    public void age(long now, Predicate<DeviceId> kept) {
        paths.age(now, ends -> ends.get(0) instanceof DeviceId && kept.test((DeviceId) ends.get(0)));
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
        Map<DeviceId, Change> changes = new LinkedHashMap<>();
        for (Placed session : installed) {
            Change change = changes.computeIfAbsent(session.device, device -> new Change());
            if (session.entry != null) {
                List<Object> ends = ends(session);
                tunnels.use(ends, session.device, () -> tunnel(session));
                if (!tunnels.has(ends)) {
                    change.tunnels.put(ends, tunnel(session));
                }
            }
            own(session).forEach(entity -> change.wanted.put(EntityKey.of(entity), entity));
        }
        for (Placed session : removed) {
            Change change = changes.computeIfAbsent(session.device, device -> new Change());
            own(session).forEach(entity -> change.gone.put(EntityKey.of(entity), entity));
            if (!session.certain) {
                own(session).forEach(entity -> change.doubtful.add(EntityKey.of(entity)));
            }
        }
        List<CompletableFuture<Void>> all = new ArrayList<>();
        changes.forEach((device, change) -> all.add(change(device, change)));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** Makes something of what a session counted. */
    public interface Counts<T> {
        /** Packets and octets from the node, and to it. */
        T of(long uplinkPackets, long uplinkOctets, long downlinkPackets, long downlinkOctets);
    }

    /** What a session counted in its switch, as ONOS last read it. */
    public <T> T traffic(Placed session, Counts<T> counts) {
        long[] out = new long[4];
        rules.counted(session.device, own(session)).forEach((entity, entry) -> {
            int at = entity instanceof AccessUplink ? 0 : entity instanceof AccessDelivery ? 2 : -1;
            if (at >= 0) {
                out[at] = entry.packets();
                out[at + 1] = entry.bytes();
            }
        });
        return counts.of(out[0], out[1], out[2], out[3]);
    }

    /** Packets that a switch has dropped, by reason in lower case, as ONOS last read them. */
    public Map<String, Long> drops(DeviceId device) {
        return rules.drops(device);
    }

    private CompletableFuture<Void> change(DeviceId device, Change change) {
        List<PipelineEntity> changed = new ArrayList<>();
        change.wanted.forEach((key, entity) -> {
            if (!entity.equals(change.gone.remove(key)) || change.doubtful.contains(key)) {
                changed.add(entity);
            }
        });
        List<PipelineEntity> first = new ArrayList<>();
        change.tunnels.values().forEach(first::addAll);
        // What a session has is written in one piece, which takes half as long as letting the node in by another.
        return rules.bring(device, List.of(first, changed), List.copyOf(change.gone.values()), changed)
                .thenRun(() -> tunnels.accepted(change.tunnels.keySet()));
    }

    /** What becomes of one switch. */
    private static final class Change {
        private final Map<List<Object>, List<PipelineEntity>> tunnels = new LinkedHashMap<>();
        private final Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
        private final Map<EntityKey, PipelineEntity> gone = new LinkedHashMap<>();
        private final Set<EntityKey> doubtful = new HashSet<>();
    }

    /** Nothing is known any more of what a switch has. */
    public void doubt(DeviceId device) {
        tunnels.doubt(device);
    }

    /**
     * Takes tunnels out of switches that no session uses, now and the last time.
     *
     * @param sessions all that have, or are about to have, entries in a switch
     * @param kept the switches to look at; those of other nodes of a cluster are theirs to look at
     */
    public void removeUnusedTunnels(Collection<Placed> sessions, Predicate<DeviceId> kept) {
        tunnels.removeUnused(sessions.stream().filter(session -> session.entry != null).map(this::ends)
                .collect(Collectors.toSet()), kept);
    }

    /** A node is let in last, so that nothing of it is dropped for what is not there yet. */
    private static boolean opens(PipelineEntity entity) {
        return entity instanceof AccessNode;
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
     * @param progress told how far it is
     * @return completes with the number of rules that were wrong, missing or too many
     */
    public CompletableFuture<Integer> reconcile(DeviceId device, Supplier<List<Placed>> others,
                                                Supplier<Collection<BindingUpdateList>> lists,
                                                UnaryOperator<BindingUpdateList> current,
                                                Function<BindingUpdateList, List<Placed>> placed,
                                                Progress progress) {
        // Before the reading: a tunnel that is written after it is known to be there.
        tunnels.doubt(device);
        DeviceRules.Found found = rules.find(device);
        Map<EntityKey, PipelineEntity> basis = new LinkedHashMap<>();
        StaticEntities.of(config, device).forEach(entity -> basis.put(EntityKey.of(entity), entity));
        others.get().forEach(one -> wants(one, basis));
        return new Pass<BindingUpdateList>(device.toString(), found, basis, list -> {
            Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
            placed.apply(list).stream().filter(session -> session.device.equals(device))
                    .forEach(session -> wants(session, wanted));
            return wanted;
        }, AccessPlane::opens, () -> tunnels.entries(device),
                (stages, gone) -> tunnels.mend(device, stages, gone), later, progress)
                .run(lists, current);
    }

    /**
     * Writes nothing any more: another configuration counts.
     *
     * @return completes when what has been written is answered, or given up for lost
     */
    public CompletableFuture<Void> close() {
        return rules.close();
    }

    /** Closes this, and removes every rule of this application from a switch once nothing else is on its way. */
    public CompletableFuture<Void> clear(DeviceId device) {
        return rules.clear(device);
    }

    private void wants(Placed session, Map<EntityKey, PipelineEntity> wanted) {
        if (session.entry != null) {
            tunnels.use(ends(session), session.device, () -> tunnel(session));
        }
        tunnel(session).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
        own(session).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
    }
}
