// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.UplinkSource;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.packet.TunnelError;

/**
 * Keeps the tables of the anchor's switch as the configuration and the sessions want them: by the difference that a
 * change makes, and on demand by comparing all of it. Thread-safe.
 */
public final class DataPlane {

    private final DeviceRules rules;
    private final TunnelNumbers numbers;
    private final PmipConfig config;
    private final LongFunction<Executor> later;
    private final DeviceId device;
    private final Tunnels tunnels;
    private final TunnelPaths paths;

    /**
     * Makes the data plane of a configuration that has an anchor.
     *
     * @param paths what is known of the paths of its tunnels
     * @param tellers run what follows upon a switch's answer; it may block
     */
    public DataPlane(RuleWriter writer, TunnelNumbers numbers, PmipConfig config, Paths paths, Executor tellers) {
        this(writer, numbers, config, paths,
                millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS), tellers);
    }

    /**
     * Makes the data plane of a configuration that has an anchor.
     *
     * @param paths what is known of the paths of its tunnels
     * @param later what runs a task after so many milliseconds
     * @param tellers run what follows upon a switch's answer; it may block
     */
    public DataPlane(RuleWriter writer, TunnelNumbers numbers, PmipConfig config, Paths paths,
                     LongFunction<Executor> later, Executor tellers) {
        this.later = later;
        this.rules = new DeviceRules(writer, later, tellers);
        this.tunnels = new Tunnels(this.rules);
        this.numbers = numbers;
        this.config = config;
        PmipConfig.Lma lma = config.lma().orElseThrow(() -> new IllegalArgumentException("no anchor"));
        this.device = lma.device();
        this.paths = new TunnelPaths(paths, tunnels, lma.mtu());
    }

    /** The switch. */
    public DeviceId device() {
        return device;
    }

    /**
     * Brings the switch from one record of a mobile node to the next.
     *
     * @return completes when the switch has accepted everything; exceptionally when it refused something
     */
    public CompletableFuture<Void> update(MobileNodeRecord before, MobileNodeRecord after) {
        return bring(before, after, false);
    }

    /**
     * The same where it is not known what the switch has of either record: all that the next one wants is written.
     *
     * @return completes when the switch has accepted everything; exceptionally when it refused something
     */
    public CompletableFuture<Void> rewrite(MobileNodeRecord before, MobileNodeRecord after) {
        return bring(before, after, true);
    }

    private CompletableFuture<Void> bring(MobileNodeRecord before, MobileNodeRecord after, boolean all) {
        // An extension changes nothing of what the switch has: there is nothing to make and to compare.
        boolean same = !all && SessionEntities.same(before.entries(), after.entries());
        Map<EntityKey, PipelineEntity> present = same ? Map.of() : sessions(before);
        Map<EntityKey, PipelineEntity> wanted = same ? Map.of() : sessions(after);
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        List<PipelineEntity> changed = new ArrayList<>();
        List<List<Object>> added = new ArrayList<>();
        for (BindingCacheEntry entry : after.entries()) {
            List<Object> ends = ends(entry);
            tunnels.use(ends, device, () -> tunnel(entry));
            if (all || !tunnels.has(ends)) {
                base.addAll(tunnel(entry));
                added.add(ends);
            }
        }
        wanted.forEach((key, entity) -> {
            if (all || !entity.equals(present.get(key))) {
                changed.add(entity);
                // At a handoff traffic turns round last, right before the new gateway gets its answer.
                boolean turns = entity instanceof DownlinkSession && present.containsKey(key);
                (turns || opens(entity) ? openings : base).add(entity);
            }
        });
        List<PipelineEntity> gone = present.entrySet().stream().filter(one -> !wanted.containsKey(one.getKey()))
                .map(Map.Entry::getValue).collect(Collectors.toList());
        if (!all && added.isEmpty()) {
            // Nobody uses these yet, or packets are under way to either place: a second write would only take longer.
            base.addAll(openings);
            openings.clear();
        }
        return rules.bring(device, List.of(base, openings), gone, changed)
                .thenRun(() -> tunnels.accepted(added));
    }

    /** Whether an entity lets traffic in, so that all others must be there before it. */
    private static boolean opens(PipelineEntity entity) {
        return entity instanceof UplinkSource || entity instanceof HomeNetwork;
    }

    private Map<EntityKey, PipelineEntity> sessions(MobileNodeRecord record) {
        Map<EntityKey, PipelineEntity> entities = new LinkedHashMap<>();
        for (BindingCacheEntry entry : record.entries()) {
            for (PipelineEntity entity : SessionEntities.session(entry, tunnelId(entry))) {
                entities.put(EntityKey.of(entity), entity);
            }
        }
        return entities;
    }

    private long tunnelId(BindingCacheEntry entry) {
        return numbers.of(entry.lmaAddress(), entry.peerAddress(), entry.peerPort());
    }

    /** What makes two tunnels one: in UDP and out of it they are two, and so are those of two ports of a translator. */
    private static List<Object> ends(BindingCacheEntry entry) {
        return List.of(entry.lmaAddress(), entry.peerAddress(), entry.peerPort());
    }

    private List<PipelineEntity> tunnel(BindingCacheEntry entry) {
        int domain = config.lma().flatMap(lma -> lma.policy().gateway(entry.proxyCoa()))
                .map(LmaPolicy.MagPolicy::operator).orElse(1);
        return SessionEntities.tunnel(entry, tunnelId(entry), domain, paths.mtu(ends(entry)));
    }

    /** Whether the packet that an error quotes can be one that was sent to this session's gateway. */
    public static boolean sent(BindingCacheEntry entry, TunnelError error) {
        return entry.state() == BindingCacheEntry.State.ACTIVE && entry.lmaAddress().equals(error.near())
                && entry.peerAddress().equals(error.far()) && Quotation.fits(error,
                        SessionEntities.encapsulation(entry), entry.peerPort(), entry.downlinkKey());
    }

    /**
     * Takes what a node of the transport network says of a packet of this session; the switch learns of a path MTU that
     * is lower now.
     *
     * @param now milliseconds on a clock that never goes backwards
     */
    public Paths.Verdict heard(BindingCacheEntry entry, TunnelError error, long now) {
        return paths.heard(ends(entry), error, now);
    }

    /** What is known of the path of a session's tunnel. */
    public Paths.State path(BindingCacheEntry entry, long now) {
        return paths.state(ends(entry), now);
    }

    /** Tries paths anew whose MTU was lowered too long ago; to be called now and then. */
    public void age(long now) {
        paths.age(now, ends -> true);
    }

    /**
     * Takes tunnels out of the switch that none of the sessions uses (RFC 5213 section 5.3.4), now and the last time: a
     * node's copy of the sessions may lag behind what it has just written of one.
     */
    public void removeUnusedTunnels(Collection<BindingCacheEntry> sessions) {
        tunnels.removeUnused(sessions.stream().map(DataPlane::ends).collect(Collectors.toSet()), device::equals);
    }

    /** Nothing is known any more of what the switch has. */
    public void doubt() {
        tunnels.doubt(device);
    }

    /**
     * Makes the switch hold what it should and nothing else of this application, in portions; what is right is not
     * touched.
     *
     * @param sessions gives all records; asked after the switch's entries have been looked at, so that an entry that
     *     none of them wants is of a session that is gone, and not of one that has just come; and once more at the end
     * @param current gives a record as it is by now
     * @param progress told how far it is
     * @return completes with the number of rules that were wrong, missing or too many
     */
    public CompletableFuture<Integer> reconcile(Supplier<Collection<MobileNodeRecord>> sessions,
                                                UnaryOperator<MobileNodeRecord> current, Progress progress) {
        // Before the reading: a tunnel that is written after it is known to be there.
        tunnels.doubt(device);
        DeviceRules.Found found = rules.find(device);
        Map<EntityKey, PipelineEntity> basis = new LinkedHashMap<>();
        StaticEntities.of(config, device).forEach(entity -> basis.put(EntityKey.of(entity), entity));
        return new Pass<>(device.toString(), found, basis, this::withTunnels, DataPlane::opens,
                () -> tunnels.entries(device), (stages, gone) -> tunnels.mend(device, stages, gone), later,
                progress).run(sessions, current);
    }

    private Map<EntityKey, PipelineEntity> withTunnels(MobileNodeRecord record) {
        Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
        for (BindingCacheEntry entry : record.entries()) {
            tunnels.use(ends(entry), device, () -> tunnel(entry));
            tunnel(entry).forEach(entity -> wanted.put(EntityKey.of(entity), entity));
        }
        wanted.putAll(sessions(record));
        return wanted;
    }

    /**
     * Writes nothing any more: another configuration counts.
     *
     * @return completes when what has been written is answered, or given up for lost
     */
    public CompletableFuture<Void> close() {
        return rules.close();
    }

    /** Closes this, and removes every rule of this application from the switch once nothing else is on its way. */
    public CompletableFuture<Void> clear() {
        return rules.clear(device);
    }

    /** Some entities that the switch has with their counts, as ONOS last read them. */
    public Map<PipelineEntity, FlowEntry> counted(Collection<? extends PipelineEntity> some) {
        return rules.counted(device, some);
    }

    /** Packets that the switch has dropped, by reason in lower case, as ONOS last read them. */
    public Map<String, Long> drops() {
        return rules.drops(device);
    }

    /** The entities of a session and its tunnel, in words. */
    public Collection<String> describe(BindingCacheEntry entry) {
        Set<String> lines = new LinkedHashSet<>();
        long id = tunnelId(entry);
        tunnel(entry).forEach(entity -> lines.add(entity.toString()));
        SessionEntities.session(entry, id).forEach(entity -> lines.add(entity.toString()));
        return lines;
    }
}
