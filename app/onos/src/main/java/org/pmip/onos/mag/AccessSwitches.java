// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.dataplane.PuntMeters;
import org.pmip.onos.dataplane.Reconciler;
import org.pmip.onos.lma.LmaService.Traffic;
import org.pmip.onos.store.ListStore;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switches of one configuration's gateways: where sessions are in them, what changes there, and when they are
 * compared with the sessions. Thread-safe.
 */
final class AccessSwitches implements MagProcessor.Switches, PlainNodes.Writer {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSwitches.class);
    /** What ended while the rules were written may have been written again. */
    private static final long SECOND_LOOK_MILLIS = 5_000;
    private static final long MISSING_PAUSE_MILLIS = 60_000;

    private final PmipConfig config;
    private final MagConfig mag;
    private final MagManager.Services services;
    private final AccessPorts ports;
    private final Supplier<PlainNodes> plain;
    private final AccessPlane plane;
    private final PuntMeters meters;
    private final TunnelSweep tunnelSweep;
    private final GatewayTunnels tunnels;
    private final Map<DeviceId, Reconciler> reconcilers = new LinkedHashMap<>();
    /** When a switch was compared last because it lacked entries. */
    private final Map<DeviceId, Long> missing = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /**
     * Makes the switches of a configuration with gateways.
     *
     * @param plain the nodes that get regular access there; asked for once all is made
     */
    AccessSwitches(PmipConfig config, MagManager.Services services, AccessPorts ports, Supplier<PlainNodes> plain) {
        this.config = config;
        this.mag = config.mag().orElseThrow(() -> new IllegalArgumentException("no gateway"));
        this.services = services;
        this.ports = ports;
        this.plain = plain;
        this.plane = new AccessPlane(services.writer, services.tunnels, config, services.paths, services.workers);
        this.tunnels = new GatewayTunnels(mag, services, plane, this::placed);
        this.meters = new PuntMeters(services.meters, services.application);
        this.tunnelSweep = new TunnelSweep(services, plane, this::keeps, this::forwarding);
        mag.gateways().forEach(gateway -> reconcilers.computeIfAbsent(mag.device(gateway.name()), device ->
                new Reconciler(device, progress -> compared(device, progress), () -> mine(device), () -> { },
                        services.turns, services.workers, this::later, SECOND_LOOK_MILLIS)));
    }

    private void later(long millis, Runnable task) {
        services.timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /** Whether a switch is there and it is this node of the cluster that keeps it. */
    private boolean mine(DeviceId device) {
        return !stopped && services.devices.isAvailable(device) && services.masterships.isLocalMaster(device);
    }

    /** The tunnels that begin at the switches. */
    GatewayTunnels tunnels() {
        return tunnels;
    }

    /** The switches. */
    Set<DeviceId> devices() {
        return reconcilers.keySet();
    }

    /** A switch came or went, or has another master; those of others are passed over. */
    void changed(DeviceId device) {
        if (devices().contains(device)) {
            compare(device);
        }
    }

    private CompletableFuture<Integer> compared(DeviceId device, Progress progress) {
        return plane.reconcile(device, () -> plain.get().placed(device), this::lists, this::current, this::forwarding,
                progress).thenApply(count -> {
            if (!stopped) {
                meters.limit(device, config.switches().get(device).puntLimit());
            }
            return count;
        });
    }

    @Override
    public CompletableFuture<Void> compare(DeviceId device) {
        plane.doubt(device);
        Reconciler reconciler = reconcilers.get(device);
        // A switch of the configuration before, which is cleared.
        return reconciler == null ? CompletableFuture.completedFuture(null) : reconciler.begin();
    }

    /** Whether a switch of these gateways holds what it should. */
    boolean compared(DeviceId device) {
        return reconcilers.get(device).done();
    }

    /** Whether this node of the cluster keeps a switch of these gateways, and has it as it should be. */
    boolean keeps(DeviceId device) {
        return compared(device) && mine(device);
    }

    /** Of a switch that another node of the cluster keeps, only that node knows what it holds. */
    boolean ready() {
        return devices().stream().allMatch(device -> keeps(device)
                || services.devices.isAvailable(device) && !services.masterships.isLocalMaster(device));
    }

    /** Has switches compared on somebody's word, as far as this node keeps them; counts the rules that were wrong. */
    CompletableFuture<Integer> reconcile(Set<DeviceId> some) {
        List<DeviceId> own = some.stream().filter(this::mine).collect(Collectors.toList());
        if (own.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException(some.stream().map(device ->
                    device + (services.devices.isAvailable(device) ? " is kept by its master, "
                            + services.masterships.getMasterFor(device) + ": ask that node" : " is not there"))
                    .sorted().collect(Collectors.joining("; "))));
        }
        List<CompletableFuture<Integer>> all = own.stream().map(device -> reconcilers.get(device).now())
                .collect(Collectors.toList());
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(nothing ->
                all.stream().mapToInt(CompletableFuture::join).sum());
    }

    /**
     * A switch refuses frames of a session that stands: it has lost entries. What one session lacks others may lack
     * too, so all are compared; where that does not help, it is not done again for each frame.
     */
    void missing(DeviceId device) {
        long now = services.clock.steadyMillis();
        boolean[] due = new boolean[1];
        missing.compute(device, (same, last) -> {
            due[0] = compared(device) && (last == null || now - last >= MISSING_PAUSE_MILLIS);
            return due[0] ? Long.valueOf(now) : last;
        });
        if (due[0]) {
            reconcile(Set.of(device)).whenComplete((count, failure) -> LOG.warn("{} refused frames of a session that "
                    + "stands: {}", device, failure == null ? count + " rules were written" : failure.toString()));
        }
    }

    /** How far the comparison of a switch is, the last one or the one that is on its way. */
    Progress.Snapshot progress(DeviceId device) {
        return reconcilers.get(device).progress();
    }

    private Collection<BindingUpdateList> lists() {
        services.lists.refresh();
        return services.lists.all();
    }

    private BindingUpdateList current(BindingUpdateList list) {
        return services.lists.find(BindingUpdateList.key(list.mobileNode()))
                .orElseGet(() -> BindingUpdateList.none(list.mobileNode()));
    }

    private List<Placed> forwarding(BindingUpdateList list) {
        List<Placed> sessions = new ArrayList<>();
        ListStore.forwarding(list).forEach(entry -> placed(list.mobileNode(), entry).ifPresent(sessions::add));
        list.expected().forEach(entry -> placed(list.mobileNode(), entry).map(Placed::closed)
                .ifPresent(sessions::add));
        return sessions;
    }

    @Override
    public Optional<Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        Attachment attachment = entry.attachment();
        return entry.binding().flatMap(binding -> ports.place(attachment, config.localRouting(node, entry.anchor())))
                .map(place -> new Placed(entry, mag.device(attachment.gateway()), place));
    }

    @Override
    public CompletableFuture<Void> change(List<Placed> removed, List<Placed> installed) {
        List<PlainLeaving> overtaken = new ArrayList<>();
        installed.forEach(one -> one.attachment().flatMap(plain.get()::overtaken).ifPresent(overtaken::add));
        if (overtaken.isEmpty()) {
            return write(removed, installed);
        }
        List<Placed> gone = new ArrayList<>(removed);
        overtaken.forEach(one -> gone.addAll(one.entries()));
        return CompletableFuture.allOf(overtaken.stream().map(PlainLeaving::ready).toArray(CompletableFuture[]::new))
                .thenCompose(nothing -> write(gone, installed))
                .whenComplete((nothing, failure) -> overtaken.forEach(PlainLeaving::over));
    }

    /** The same for nodes without the mobility service, who overtake nobody. */
    @Override
    public CompletableFuture<Void> write(List<Placed> removed, List<Placed> installed) {
        try {
            return plane.change(removed, installed);
        } catch (StorageException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Does what is due; to be called several times a second. */
    void tick(long now) {
        tunnelSweep.tick(now);
    }

    /**
     * Compares and writes nothing any more.
     *
     * @return completes when nothing that was written is on its way to a switch any more
     */
    CompletableFuture<Void> stop() {
        stopped = true;
        reconcilers.values().forEach(Reconciler::stop);
        return plane.close();
    }

    /**
     * Once this is stopped, takes everything of this application out of a switch, where no other node of the cluster
     * keeps that.
     *
     * @param unused whether the switch still has no part in the configuration by then
     */
    void clear(DeviceId device, BooleanSupplier unused) {
        services.turns.clear(device, services.masterships, unused, () -> plane.clear(device), services.workers);
    }

    @Override
    public CompletableFuture<Void> compareAll() {
        return CompletableFuture.allOf(devices().stream().map(this::compare).toArray(CompletableFuture[]::new));
    }

    /** Packets that all switches have dropped, by reason in lower case. */
    Map<String, Long> drops() {
        Map<String, Long> all = new TreeMap<>();
        devices().forEach(device -> drops(device).forEach((reason, packets) -> all.merge(reason, packets, Long::sum)));
        return all;
    }

    /** Packets that a switch has dropped, by reason in lower case. */
    Map<String, Long> drops(DeviceId device) {
        return plane.drops(device);
    }

    /** The table entries of a session, in words. */
    List<String> entries(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        return entry.forwards() ? placed(node, entry).map(plane::describe).orElse(List.of()) : List.of();
    }

    /** What a session counted in its switch; nothing while it forwards not. */
    Traffic traffic(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        return (entry.forwards() ? placed(node, entry) : Optional.<Placed>empty()).map(one ->
                plane.traffic(one, Traffic::new)).orElse(new Traffic(0, 0, 0, 0));
    }
}
