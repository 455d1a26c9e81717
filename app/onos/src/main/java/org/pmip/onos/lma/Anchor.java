// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.onosproject.store.service.StorageService;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.dataplane.PuntMeters;
import org.pmip.onos.dataplane.SwitchReading;
import org.pmip.onos.routing.RouteAnnouncer;
import org.pmip.onos.signalling.Signalling;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.ClaimsAudit;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
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
    private static final long ROUTE_JITTER_MILLIS = 5_000;
    private static final int GREATEST_QUEUE = 8;
    private static final long LAST_NUMBER = 0xffff_ffffL;

    /** What the anchor uses of ONOS. */
    static final class Services {
        final ApplicationId application;
        final FlowRuleService rules;
        final PacketService packets;
        final StorageService storage;
        final DeviceService devices;
        final MastershipService masterships;
        final MeterService meters;

        Services(ApplicationId application, FlowRuleService rules, PacketService packets, StorageService storage,
                 DeviceService devices, MastershipService masterships, MeterService meters) {
            this.application = application;
            this.rules = rules;
            this.packets = packets;
            this.storage = storage;
            this.devices = devices;
            this.masterships = masterships;
            this.meters = meters;
        }
    }

    private final PmipConfig.Lma lma;
    private final Services services;
    private final BindingStore bindings;
    private final SteadyClock clock;
    private final Deadlines deadlines;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final DataPlane dataPlane;
    private final PuntMeters puntMeters;
    private final int puntLimit;
    private final LmaProcessor processor;
    private final Signalling signalling;
    private final Counters counters;
    private final RouteAnnouncer routes;
    private final MastershipListener ownership = this::ownerChanged;
    private final Reconciler reconciler;
    private volatile boolean stopped;
    private volatile LmaEngine engine;
    private ScheduledFuture<?> sweep;
    private ScheduledFuture<?> tunnelSweep;

    Anchor(PmipConfig config, Services services, BindingStore bindings, PrefixClaims claims,
           AddressClaims addresses, TunnelNumbers tunnels,
           SteadyClock clock, Deadlines deadlines, ExecutorService workers, ScheduledExecutorService timer,
           LmaStatistics statistics) {
        this.lma = config.lma().orElseThrow(() -> new IllegalArgumentException("no anchor"));
        this.services = services;
        this.bindings = bindings;
        this.clock = clock;
        this.deadlines = deadlines;
        this.workers = workers;
        this.timer = timer;
        this.dataPlane = new DataPlane(services.rules, SwitchReading.of(services.devices), services.application,
                tunnels, config, workers);
        this.counters = new Counters(dataPlane);
        this.routes = new RouteAnnouncer(services.packets, lma.device(),
                config.switches().get(lma.device()).interfaces());
        this.puntMeters = new PuntMeters(services.meters, services.application);
        this.puntLimit = config.switches().get(lma.device()).puntLimit();
        use(lma.parameters());
        NumberBlocks sessionIds = new NumberBlocks(services.storage.getAtomicCounter("pmip-session-blocks"), 1,
                LAST_NUMBER, number -> bindings.sessions().containsKey(number));
        NumberBlocks uplinkKeys = new NumberBlocks(services.storage.getAtomicCounter("pmip-key-blocks"),
                lma.firstUplinkKey(), lma.lastUplinkKey(), bindings::usesUplinkKey);
        Tables tables = new Tables(new LmaProcessor.DataPlane() {
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
        }, bindings, this::owner, workers);
        this.processor = new LmaProcessor(() -> engine, lma::policy, bindings,
                new Holdings.Stocks(claims, addresses, sessionIds, uplinkKeys, bindings::sessionsAt),
                new Admission(lma.gateways(), clock::steadyMillis, bindings::hasSession), tables,
                new KeyedSequencer(workers, GREATEST_QUEUE), clock::now, this::at, this::send, statistics);
        this.reconciler = new Reconciler(lma.device().toString(), this::compare, this::keeps,
                guarded(this::announceRoutes), workers,
                (millis, task) -> at(clock.millis() + millis, task));
        this.signalling = new Signalling(services.packets, config, clock::now, processor::accept,
                statistics::count);
    }

    void start() {
        services.packets.addProcessor(signalling, PacketProcessor.director(1));
        services.masterships.addListener(ownership);
        sweep = timer.scheduleWithFixedDelay(guarded(this::expire), SWEEP_MILLIS, SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
        tunnelSweep = timer.scheduleWithFixedDelay(guarded(this::removeUnusedTunnels), TUNNEL_SWEEP_MILLIS,
                TUNNEL_SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        tellRoutes();
        LOG.info("local mobility anchor {} on {}", lma.address(), lma.device());
        deviceChanged();
    }

    /** Goes on with these protocol variables. Deadlines that sessions have already stay. */
    void use(LmaParameters parameters) {
        engine = new LmaEngine(lma.policy(), parameters);
        LOG.info("{}: {}", lma.device(), parameters);
    }

    void stop() {
        stopped = true;
        services.packets.removeProcessor(signalling);
        services.masterships.removeListener(ownership);
        sweep.cancel(false);
        tunnelSweep.cancel(false);
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
        at(clock.millis() + RouteUpdate.INTERVAL_SECONDS * 1_000L
                + ThreadLocalRandom.current().nextLong(-ROUTE_JITTER_MILLIS, ROUTE_JITTER_MILLIS), this::tellRoutes);
    }

    /** Traffic is only drawn to a switch that has its tables. */
    private void announceRoutes() {
        if (owner() && ready()) {
            routes.announce();
        }
    }

    /** Takes everything of this application out of the switch. */
    void clear() {
        dataPlane.clear().whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("{} could not be cleared: {}", lma.device(), failure.toString());
            }
        });
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

    /** Puts a claim right that does not fit the records. */
    void settle(ClaimsAudit.Finding finding) {
        processor.settle(finding);
    }

    Counters counters() {
        return counters;
    }

    /** How far the comparison of the switch with the sessions is. */
    Progress.Snapshot progress() {
        return dataPlane.progress().snapshot();
    }

    boolean ready() {
        return reconciler.done() && services.devices.isAvailable(lma.device());
    }

    Collection<String> describe(BindingCacheEntry entry) {
        return dataPlane.describe(entry);
    }

    CompletableFuture<Boolean> delete(MobileNodeIdentifier mobileNode, long sessionId) {
        return processor.delete(mobileNode, sessionId);
    }

    void recordChanged(String key) {
        processor.recordChanged(key);
    }

    /** The switch came or went: when it is there, its tables are compared with the sessions. */
    void deviceChanged() {
        if (!services.devices.isAvailable(lma.device())) {
            processor.doubtTables();
        }
        reconciler.begin();
    }

    private void ownerChanged(MastershipEvent event) {
        if (event.subject().equals(lma.device())) {
            // The former owner may have stored records and gone before it wrote them.
            processor.doubtTables();
            reconciler.begin();
        }
    }

    private CompletableFuture<Integer> compare() {
        return dataPlane.reconcile(this::records, this::current).thenApply(count -> {
            puntMeters.limit(lma.device(), puntLimit);
            return count;
        });
    }

    /** All records; what this node has not heard of must not be taken out of the switch. */
    private Collection<MobileNodeRecord> records() {
        bindings.refresh();
        return bindings.all();
    }

    private MobileNodeRecord current(MobileNodeRecord record) {
        return bindings.find(record.key()).orElseGet(() -> MobileNodeRecord.none(record.mobileNode()));
    }

    private boolean owner() {
        return services.masterships.isLocalMaster(lma.device());
    }

    private void expire() {
        if (owner() && clock.agreed()) {
            deadlines.due(clock.millis()).forEach(processor::expire);
        }
    }

    private void removeUnusedTunnels() {
        if (owner() && ready()) {
            dataPlane.removeUnusedTunnels(bindings.sessions().values());
        }
    }

    private void send(org.pmip.protocol.lma.Answer answer) {
        signalling.send(answer);
    }

    private void at(long millis, Runnable task) {
        timer.schedule(guarded(task), Math.max(0, millis - clock.millis()), TimeUnit.MILLISECONDS);
    }

    /** An exception would end a repeated task for good; it is logged and the next run goes on. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task of the anchor failed", e);
            }
        };
    }
}
