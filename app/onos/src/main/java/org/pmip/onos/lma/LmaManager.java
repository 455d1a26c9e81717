// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.basics.SubjectFactories;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pmip.onos.config.ConfigParts;
import org.pmip.onos.config.PmipAppConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.onos.store.Roll;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.onlab.util.Tools.groupedThreads;

/**
 * The local mobility anchor as an ONOS component: opens the stores, follows the network configuration and the switch,
 * and runs an {@link Anchor} while there is a configuration for one. Thread-safe.
 */
@Component(immediate = true, service = LmaService.class)
public class LmaManager implements LmaService {

    /** The application's name. */
    public static final String APPLICATION = "org.pmip";
    private static final Logger LOG = LoggerFactory.getLogger(LmaManager.class);
    private static final int WORKERS = 8;

    @Reference
    protected CoreService coreService;

    @Reference
    protected NetworkConfigRegistry configRegistry;

    @Reference
    protected StorageService storageService;

    @Reference
    protected FlowRuleService flowRuleService;

    @Reference
    protected PacketService packetService;

    @Reference
    protected DeviceService deviceService;

    @Reference
    protected MastershipService mastershipService;

    @Reference
    protected MeterService meterService;

    @Reference
    protected ProtocolVariables variables;

    @Reference
    protected BindingEvents events;

    @Reference
    protected CommonTime time;

    @Reference
    protected Deactivation deactivation;

    private final LmaStatistics statistics = new LmaStatistics();
    private final Deadlines deadlines = new Deadlines();
    private final NetworkConfigListener configListener = this::configChanged;
    private final DeviceListener deviceListener = this::deviceChanged;
    private final Runnable variablesListener = this::variablesChanged;
    private final Runnable retirement = this::retire;
    private final ConfigFactory<ApplicationId, PmipAppConfig> configFactory =
            new ConfigFactory<>(SubjectFactories.APP_SUBJECT_FACTORY, PmipAppConfig.class, PmipAppConfig.KEY) {
                @Override
                public PmipAppConfig createConfig() {
                    return new PmipAppConfig();
                }
            };

    private ApplicationId application;
    private ExecutorService workers;
    private ScheduledExecutorService timer;
    private volatile BindingStore bindings;
    private PrefixClaims claims;
    private AddressClaims addresses;
    private TunnelNumbers tunnels;
    private JsonNode configured;
    private boolean retired;
    private volatile Optional<Anchor> anchor = Optional.empty();

    /** Starts the component. */
    @Activate
    protected void activate() {
        application = coreService.registerApplication(APPLICATION);
        workers = Executors.newFixedThreadPool(WORKERS, groupedThreads("pmip/lma", "worker-%d", LOG));
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("pmip/lma", "timer", LOG));
        claims = new PrefixClaims(storageService, application);
        addresses = new AddressClaims(storageService, application);
        tunnels = new TunnelNumbers(storageService, application);
        bindings = new BindingStore(storageService, application, this::recordChanged);
        configRegistry.registerConfigFactory(configFactory);
        configRegistry.addListener(configListener);
        deviceService.addListener(deviceListener);
        variables.follow(variablesListener);
        deactivation.first(retirement);
        configure();
        StoreCare care = new StoreCare(bindings, claims, addresses, new Roll(storageService, application)::call,
                () -> statistics.of(LmaStatistics.STORE_NOT_AVAILABLE),
                () -> anchor.map(Anchor::keeps).orElse(false), finding -> anchor.ifPresent(one -> one.settle(finding)),
                System::nanoTime);
        timer.scheduleWithFixedDelay(() -> workers.execute(care::tick), StoreCare.TICK_MILLIS, StoreCare.TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        LOG.info("started");
    }

    /** Stops the component; sessions and table entries stay for the next one. */
    @Deactivate
    protected void deactivate() {
        deactivation.forget(retirement);
        variables.leave(variablesListener);
        deviceService.removeListener(deviceListener);
        configRegistry.removeListener(configListener);
        configRegistry.unregisterConfigFactory(configFactory);
        stopAnchor();
        timer.shutdownNow();
        workers.shutdownNow();
        bindings.close();
        claims.close();
        addresses.close();
        LOG.info("stopped");
    }

    private void configChanged(NetworkConfigEvent event) {
        if (event.configClass().equals(PmipAppConfig.class)) {
            timer.execute(this::configure);
        }
    }

    private void variablesChanged() {
        timer.execute(this::useVariables);
    }

    /** What the protocol variables have become reaches the anchor at work; nothing else of it changes. */
    private synchronized void useVariables() {
        PmipAppConfig given = configRegistry.getConfig(application, PmipAppConfig.class);
        if (given != null) {
            anchor.ifPresent(one -> read(given).flatMap(PmipConfig::lma).map(PmipConfig.Lma::parameters)
                    .ifPresent(one::use));
        }
    }

    private synchronized void configure() {
        PmipAppConfig given = configRegistry.getConfig(application, PmipAppConfig.class);
        JsonNode node = given == null ? null : given.node().deepCopy();
        if (retired || Objects.equals(node, configured)) {
            return;
        }
        boolean stays = anchor.isPresent() && ConfigParts.anchor(node).equals(ConfigParts.anchor(configured));
        configured = node;
        if (stays) {
            useVariables();
            return;
        }
        // Many profiles take a while to read: requests are answered meanwhile.
        Optional<PmipConfig> read = given == null ? Optional.empty() : read(given);
        Optional<Anchor> former = anchor;
        stopAnchor();
        Optional<Anchor> next = read.flatMap(this::make);
        former.ifPresent(one -> one.withdrawRoutes(next));
        // A switch that is no anchor any more is left as it was found.
        former.filter(one -> next.map(other -> !other.device().equals(one.device())).orElse(true))
                .ifPresent(Anchor::clear);
        anchor = next;
        next.ifPresent(Anchor::start);
    }

    private Optional<PmipConfig> read(PmipAppConfig given) {
        try {
            return Optional.of(given.read(variables.values()));
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration is not valid and is not used:\n{}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Anchor> make(PmipConfig read) {
        return Optional.of(read).filter(config -> config.lma().isPresent()).map(config -> new Anchor(config,
                new Anchor.Services(application, flowRuleService, packetService, storageService, deviceService,
                        mastershipService, meterService),
                bindings, claims, addresses, tunnels, time.clock(), deadlines, workers, timer, statistics));
    }

    private synchronized void stopAnchor() {
        anchor.ifPresent(Anchor::stop);
        anchor = Optional.empty();
    }

    /** The application is being deactivated: nothing is written to the switch any more. */
    private synchronized void retire() {
        retired = true;
        stopAnchor();
    }

    private void deviceChanged(DeviceEvent event) {
        switch (event.type()) {
            case DEVICE_ADDED:
            case DEVICE_AVAILABILITY_CHANGED:
                anchor.filter(one -> one.device().equals(event.subject().id())).ifPresent(Anchor::deviceChanged);
                break;
            default:
                break;
        }
    }

    private void recordChanged(Optional<MobileNodeRecord> before, Optional<MobileNodeRecord> after) {
        String key = after.or(() -> before).map(MobileNodeRecord::key).orElse("");
        deadlines.note(key, after);
        if (bindings != null) {
            // What the store held before this node came is no change.
            events.changed(before, after);
        }
        anchor.ifPresent(one -> one.recordChanged(key));
    }

    @Override
    public Collection<MobileNodeRecord> bindings() {
        return bindings.all().stream().filter(record -> !record.entries().isEmpty()).collect(Collectors.toList());
    }

    @Override
    public Optional<MobileNodeRecord> bindings(String mobileNode) {
        return bindings.find(mobileNode).filter(record -> !record.entries().isEmpty());
    }

    @Override
    public LmaStatistics statistics() {
        return statistics;
    }

    @Override
    public Map<String, String> prefixes() {
        return claims.holders();
    }

    @Override
    public Traffic traffic(long sessionId) {
        return anchor.map(one -> one.counters().traffic(sessionId)).orElse(new Traffic(0, 0, 0, 0));
    }

    @Override
    public Map<String, Long> drops() {
        return anchor.map(one -> one.counters().drops()).orElse(Map.of());
    }

    @Override
    public Collection<String> entries(long sessionId) {
        return anchor.flatMap(one -> Optional.ofNullable(bindings.sessions().get(sessionId)).map(one::describe))
                .orElse(java.util.List.of());
    }

    @Override
    public CompletableFuture<Boolean> delete(String mobileNode, long sessionId) {
        Optional<MobileNodeRecord> record = bindings.find(mobileNode);
        Optional<Anchor> one = anchor;
        if (record.isEmpty() || one.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        return one.get().delete(record.get().mobileNode(), sessionId);
    }

    @Override
    public boolean ready() {
        return anchor.map(Anchor::ready).orElse(false);
    }

    @Override
    public CompletableFuture<Integer> reconcile() {
        return anchor.map(Anchor::reconcileNow).orElseGet(() ->
                CompletableFuture.failedFuture(new IllegalStateException("no anchor is configured")));
    }

    @Override
    public Optional<Progress.Snapshot> reconciliation() {
        return anchor.map(Anchor::progress);
    }

    @Override
    public ArrayNode gateways() {
        return anchor.map(one -> LmaSnapshot.gateways(one.lma(), bindings.sessions().values()))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public ArrayNode pools() {
        return anchor.map(one -> LmaSnapshot.pools(one.lma(), claims.holders().keySet(),
                        addresses.holders().keySet()))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public ObjectNode summary(MobileNodeRecord record) {
        return LmaSnapshot.summary(record, time.clock().millis());
    }

    @Override
    public ObjectNode describe(MobileNodeRecord record) {
        return LmaSnapshot.full(this, record, time.clock().millis());
    }

    @Override
    public ObjectNode report() {
        return LmaSnapshot.report(this);
    }

    @Override
    public ObjectNode snapshot() {
        return LmaSnapshot.of(this, time.clock().millis());
    }
}
