// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.onosproject.store.service.StorageService;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.dataplane.PuntMeters;
import org.pmip.onos.dataplane.Reconciler;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.dataplane.Turns;
import org.pmip.onos.routing.RouteAnnouncer;
import org.pmip.onos.signalling.Signalling;
import org.pmip.onos.signalling.TunnelErrors;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.rip.RouteUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local mobility anchor at work under one configuration: joins signalling, engine, stores, data plane and timers.
 * A changed configuration gets a new anchor over the same stores. Thread-safe.
 */
final class Anchor {

    private static final Logger LOG = LoggerFactory.getLogger(Anchor.class);
    private static final long SWEEP_MILLIS = 100;
    private static final long TUNNEL_SWEEP_MILLIS = 2_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final long ROUTE_JITTER_MILLIS = 5_000;
    private static final long LAST_NUMBER = 0xffff_ffffL;

    /** What anchors use, of ONOS and of the component: all that outlives a configuration. */
    static final class Services {
        final Deadlines deadlines = new Deadlines();
        final LmaStatistics statistics = new LmaStatistics();
        final Turns turns = new Turns();
        final Paths paths = new Paths();
        ApplicationId application;
        SteadyClock clock;
        RuleWriter writer;
        PacketService packets;
        StorageService storage;
        DeviceService devices;
        MastershipService masterships;
        MeterService meters;
        BindingStore bindings;
        PrefixClaims claims;
        AddressClaims addresses;
        TunnelNumbers tunnels;
        ExecutorService workers;
        ScheduledExecutorService timer;
        LmaProcessor processor;
    }

    private final PmipConfig.Lma lma;
    private final Services services;
    private final DataPlane dataPlane;
    private final PuntMeters puntMeters;
    private final int puntLimit;
    private final LmaTerms terms;
    private final Signalling signalling;
    private final Counters counters;
    private final RouteAnnouncer routes;
    private final MastershipListener ownership = this::ownerChanged;
    private final Reconciler reconciler;
    private volatile boolean stopped;
    private volatile LmaEngine engine;
    private ScheduledFuture<?> sweep;
    private ScheduledFuture<?> tunnelSweep;

    /**
     * Makes an anchor, which does nothing yet. Blocks.
     *
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    Anchor(PmipConfig config, Services services) {
        this.lma = config.lma().orElseThrow(() -> new IllegalArgumentException("no anchor"));
        this.services = services;
        this.dataPlane = new DataPlane(services.writer, services.tunnels, config, services.paths,
                services.workers);
        this.counters = new Counters(dataPlane);
        this.routes = new RouteAnnouncer(services.packets, lma.device(),
                config.switches().get(lma.device()).interfaces());
        this.puntMeters = new PuntMeters(services.meters, services.application);
        this.puntLimit = config.switches().get(lma.device()).puntLimit();
        use(lma.parameters());
        this.reconciler = new Reconciler(lma.device(), this::compare, this::keeps, guarded(this::announceRoutes),
                services.turns, services.workers, (millis, task) ->
                services.timer.schedule(guarded(task), millis, TimeUnit.MILLISECONDS), PAUSE_MILLIS);
        AnchorTunnels ends = new AnchorTunnels(config, dataPlane, services.bindings, services.claims,
                services.addresses, services.clock::steadyMillis);
        this.signalling = new Signalling(services.packets, config, services.clock::now,
                new TunnelErrors(services.packets, ends, services.workers, services.clock::steadyMillis,
                        services.statistics::count), services.processor::accept, services.statistics::count);
        this.terms = terms();
    }

    private LmaTerms terms() {
        NumberBlocks sessionIds = new NumberBlocks(services.storage.getAtomicCounter("pmip-session-blocks"), 1,
                LAST_NUMBER, number -> services.bindings.sessions().containsKey(number));
        NumberBlocks uplinkKeys = new NumberBlocks(services.storage.getAtomicCounter("pmip-key-blocks"),
                lma.uplinkKeys().first(), lma.uplinkKeys().last(), services.bindings::usesUplinkKey);
        Tables tables = new Tables(new Tables.DataPlane() {
            @Override
            public CompletableFuture<Void> update(MobileNodeRecord before, MobileNodeRecord after) {
                return dataPlane.update(before, after);
            }

            @Override
            public CompletableFuture<Void> rewrite(MobileNodeRecord before, MobileNodeRecord after) {
                return dataPlane.rewrite(before, after);
            }

            @Override
            public void doubt() {
                dataPlane.doubt();
            }
        }, services.bindings, this::owner, services.workers);
        return new LmaTerms(() -> engine, lma.policy(), new Holdings.Stocks(services.claims, services.addresses,
                sessionIds, uplinkKeys, services.bindings::sessionsAt),
                new Admission(lma.gateways(), services.clock::steadyMillis, services.bindings::hasSession), tables,
                signalling::send, reconciler::begin);
    }

    /** From now on requests are for this one, also those that are being worked on. */
    void takeOver() {
        services.processor.use(terms);
    }

    /**
     * Begins to work.
     *
     * @param quiet done when nothing of a former anchor is on its way to the switch any more
     */
    void start(CompletableFuture<Void> quiet) {
        services.packets.addProcessor(signalling, PacketProcessor.director(1));
        services.masterships.addListener(ownership);
        sweep = services.timer.scheduleWithFixedDelay(guarded(this::expire), SWEEP_MILLIS, SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
        tunnelSweep = services.timer.scheduleWithFixedDelay(guarded(this::removeUnusedTunnels), TUNNEL_SWEEP_MILLIS,
                TUNNEL_SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        tellRoutes();
        LOG.info("local mobility anchor {} on {}", lma.address(), lma.device());
        deviceChanged();
        if (!quiet.isDone()) {
            // What was on its way to the switch may come after a comparison has looked.
            quiet.thenRun(reconciler::begin);
        }
    }

    /** Goes on with these protocol variables. Deadlines that sessions have already stay. */
    void use(LmaParameters parameters) {
        engine = new LmaEngine(lma.policy(), parameters);
        LOG.info("{}: {}", lma.device(), parameters);
    }

    /**
     * Begins nothing and writes nothing any more. To be called for one that did not start too.
     *
     * @return completes when nothing that it has written is on its way to the switch any more
     */
    CompletableFuture<Void> stop() {
        stopped = true;
        reconciler.stop();
        CompletableFuture<Void> quiet = dataPlane.close();
        services.packets.removeProcessor(signalling);
        services.masterships.removeListener(ownership);
        for (ScheduledFuture<?> one : Arrays.asList(sweep, tunnelSweep)) {
            if (one != null) {
                one.cancel(false);
            }
        }
        return quiet;
    }

    /** Tells the routers what this anchor led to and the next one does not. */
    void withdrawRoutes(Optional<Anchor> next) {
        if (owner()) {
            routes.withdraw(next.map(one -> one.routes));
        }
    }

    private void tellRoutes() {
        if (stopped || !routes.hasRoutes()) {
            return;
        }
        announceRoutes();
        // RFC 2080 section 2.4.2: not in step with others.
        services.timer.schedule(guarded(this::tellRoutes), RouteUpdate.INTERVAL_SECONDS * 1_000L
                + ThreadLocalRandom.current().nextLong(-ROUTE_JITTER_MILLIS, ROUTE_JITTER_MILLIS),
                TimeUnit.MILLISECONDS);
    }

    /** Traffic is only drawn to a switch that has its tables. */
    private void announceRoutes() {
        if (owner() && ready()) {
            routes.announce();
        }
    }

    /**
     * Once this is stopped, takes everything of this application out of the switch, where no other node of the cluster
     * keeps that.
     *
     * @param unused whether the switch still has no part in the configuration by then
     */
    void clear(BooleanSupplier unused) {
        services.turns.clear(lma.device(), services.masterships, unused, dataPlane::clear, services.workers);
    }

    DeviceId device() {
        return lma.device();
    }

    PmipConfig.Lma lma() {
        return lma;
    }

    /** Mends the switch on an operator's word; refuses where another node of the cluster is its master. */
    CompletableFuture<Integer> reconcileNow() {
        if (!services.devices.isAvailable(lma.device())) {
            return CompletableFuture.failedFuture(new IllegalStateException(lma.device() + " is not there"));
        }
        if (!owner()) {
            return CompletableFuture.failedFuture(new IllegalStateException(lma.device() + " is kept by its master, "
                    + services.masterships.getMasterFor(lma.device()) + ": ask that node"));
        }
        return reconciler.now();
    }

    /** Whether it is this node of the cluster that keeps the switch. */
    boolean keeps() {
        return !stopped && services.devices.isAvailable(lma.device()) && owner();
    }

    Counters counters() {
        return counters;
    }

    /** How far the comparison of the switch with the sessions is. */
    Progress.Snapshot progress() {
        return reconciler.progress();
    }

    boolean ready() {
        return reconciler.done() && services.devices.isAvailable(lma.device());
    }

    Collection<String> describe(BindingCacheEntry entry) {
        return dataPlane.describe(entry);
    }

    /** What is known of the path to a session's gateway. */
    Paths.State path(BindingCacheEntry entry) {
        return dataPlane.path(entry, services.clock.steadyMillis());
    }

    /** The switch came or went: when it is there, its tables are compared with the sessions. */
    void deviceChanged() {
        if (!services.devices.isAvailable(lma.device())) {
            services.processor.doubtTables();
        }
        reconciler.begin();
    }

    private void ownerChanged(MastershipEvent event) {
        if (event.subject().equals(lma.device())) {
            // The former owner may have stored records and gone before it wrote them.
            services.processor.doubtTables();
            reconciler.begin();
        }
    }

    private CompletableFuture<Integer> compare(Progress progress) {
        return dataPlane.reconcile(this::records, this::current, progress).thenApply(count -> {
            if (!stopped) {
                puntMeters.limit(lma.device(), puntLimit);
            }
            return count;
        });
    }

    /** All records; what this node has not heard of must not be taken out of the switch. */
    private Collection<MobileNodeRecord> records() {
        services.bindings.refresh();
        return services.bindings.all();
    }

    private MobileNodeRecord current(MobileNodeRecord record) {
        return services.bindings.find(record.key()).orElseGet(() -> MobileNodeRecord.none(record.mobileNode()));
    }

    private boolean owner() {
        return services.masterships.isLocalMaster(lma.device());
    }

    private void expire() {
        if (owner()) {
            services.deadlines.due(services.clock).forEach(services.processor::expire);
        }
    }

    private void removeUnusedTunnels() {
        if (owner() && ready()) {
            dataPlane.removeUnusedTunnels(services.bindings.sessions().values());
            dataPlane.age(services.clock.steadyMillis());
        }
    }

    /** An exception would end a repeated task for good; it is logged and the next run goes on. */
    static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task of the anchor failed", e);
            }
        };
    }
}
