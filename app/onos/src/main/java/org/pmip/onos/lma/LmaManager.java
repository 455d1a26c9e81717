// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
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
import org.pmip.onos.config.Upkeep;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.dataplane.SwitchReading;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.Opening;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.onos.store.Roll;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.LmaParameters;
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
    private static final int GREATEST_QUEUE = 8;

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

    private final Anchor.Services services = new Anchor.Services();
    private Upkeep upkeep;
    private Opening opening;
    private Roll roll;
    private JsonNode configured;
    private LmaParameters defaults;
    private boolean inForce;
    private boolean retired;
    private volatile boolean opened;
    private volatile Optional<Anchor> anchor = Optional.empty();

    /** Starts the component. */
    @Activate
    protected void activate() {
        Anchor.Services all = services;
        all.application = coreService.registerApplication(APPLICATION);
        all.workers = Executors.newFixedThreadPool(WORKERS, groupedThreads("pmip/lma", "worker-%d", LOG));
        all.timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("pmip/lma", "timer", LOG));
        all.clock = time.clock();
        all.writer = new RuleWriter(flowRuleService, SwitchReading.of(deviceService),
                mastershipService::getMasterFor, all.application);
        all.packets = packetService;
        all.storage = storageService;
        all.devices = deviceService;
        all.masterships = mastershipService;
        all.meters = meterService;
        upkeep = new Upkeep("anchor", this::configure, Executors.newSingleThreadScheduledExecutor(
                groupedThreads("pmip/lma", "configuration", LOG)));
        configRegistry.registerConfigFactory(configFactory);
        configRegistry.addListener(configListener);
        deviceService.addListener(deviceListener);
        variables.follow(variablesListener);
        deactivation.first(retirement);
        opening = new Opening("anchor", this::open, this::opened, this::closeStores);
        opening.begin();
        LOG.info("started");
    }

    /** Opens what is not open yet. */
    private void open() {
        Anchor.Services all = services;
        if (all.claims == null) {
            all.claims = new PrefixClaims(storageService, all.application);
        }
        if (all.addresses == null) {
            all.addresses = new AddressClaims(storageService, all.application);
        }
        if (all.tunnels == null) {
            all.tunnels = new TunnelNumbers(storageService, all.application);
        }
        if (all.bindings == null) {
            all.bindings = new BindingStore(storageService, all.application, this::recordChanged);
        }
        if (roll == null) {
            roll = new Roll(storageService, all.application);
        }
    }

    private void opened() {
        Anchor.Services all = services;
        all.processor = new LmaProcessor(all.bindings, new KeyedSequencer(all.workers, GREATEST_QUEUE),
                all.clock::now, this::at, all.statistics);
        opened = true;
        upkeep.now();
        StoreCare care = new StoreCare(all.bindings, all.claims, all.addresses, roll::call,
                () -> all.statistics.of(LmaStatistics.STORE_NOT_AVAILABLE),
                () -> anchor.map(Anchor::keeps).orElse(false), all.processor::settle, System::nanoTime);
        all.timer.scheduleWithFixedDelay(() -> all.workers.execute(care::tick), StoreCare.TICK_MILLIS,
                StoreCare.TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void closeStores() {
        Optional.ofNullable(services.bindings).ifPresent(BindingStore::close);
        Optional.ofNullable(services.claims).ifPresent(PrefixClaims::close);
        Optional.ofNullable(services.addresses).ifPresent(AddressClaims::close);
        Optional.ofNullable(services.tunnels).ifPresent(TunnelNumbers::close);
    }

    /** Stops the component; sessions and table entries stay for the next one. */
    @Deactivate
    protected void deactivate() {
        deactivation.forget(retirement);
        variables.leave(variablesListener);
        deviceService.removeListener(deviceListener);
        configRegistry.removeListener(configListener);
        configRegistry.unregisterConfigFactory(configFactory);
        opening.close();
        upkeep.close();
        stopAnchor();
        services.timer.shutdownNow();
        services.workers.shutdownNow();
        if (opened) {
            closeStores();
        }
        LOG.info("stopped");
    }

    private void configChanged(NetworkConfigEvent event) {
        if (event.configClass().equals(PmipAppConfig.class)) {
            upkeep.changed();
        }
    }

    private void variablesChanged() {
        upkeep.changed();
    }

    /** Throws what keeps the configuration from being put in force. Once the stores are open this is called again. */
    private synchronized void configure() {
        PmipAppConfig given = configRegistry.getConfig(services.application, PmipAppConfig.class);
        JsonNode node = given == null ? null : given.node().deepCopy();
        LmaParameters values = variables.values();
        if (!opened || retired || inForce && Objects.equals(node, configured) && values == defaults) {
            return;
        }
        if (inForce && anchor.isPresent() && ConfigParts.anchor(node).equals(ConfigParts.anchor(configured))) {
            // What the protocol variables have become reaches the anchor at work; nothing else of it changes.
            read(given).flatMap(PmipConfig::lma).map(PmipConfig.Lma::parameters).ifPresent(anchor.get()::use);
        } else {
            inForce = false;
            Optional<PmipConfig> config = given == null ? Optional.empty() : read(given);
            // What cannot be made now leaves the former one at work.
            replace(config.filter(one -> one.lma().isPresent()).map(one -> new Anchor(one, services)));
            inForce = true;
        }
        configured = node;
        defaults = values;
    }

    private void replace(Optional<Anchor> next) {
        Optional<Anchor> former = anchor;
        next.ifPresentOrElse(Anchor::takeOver, services.processor::rest);
        anchor = next;
        CompletableFuture<Void> quiet = former.map(Anchor::stop).orElse(CompletableFuture.completedFuture(null));
        former.ifPresent(one -> one.withdrawRoutes(next));
        // A switch that is no anchor any more is left as it was found.
        former.filter(one -> next.map(other -> !other.device().equals(one.device())).orElse(true))
                .ifPresent(one -> one.clear(() ->
                        !PmipAppConfig.uses(configRegistry, services.application, one.device())));
        next.ifPresent(one -> one.start(quiet));
    }

    private Optional<PmipConfig> read(PmipAppConfig given) {
        try {
            return Optional.of(given.read(variables.values()));
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration is not valid and is not used:\n{}", e.getMessage());
            return Optional.empty();
        }
    }

    private synchronized void stopAnchor() {
        if (opened) {
            services.processor.rest();
        }
        anchor.ifPresent(Anchor::stop);
        anchor = Optional.empty();
    }

    /** The application is being deactivated: nothing is written to the switch any more. */
    private synchronized void retire() {
        retired = true;
        stopAnchor();
    }

    private void at(long millis, Runnable task) {
        services.timer.schedule(Anchor.guarded(task), Math.max(0, millis - services.clock.millis()),
                TimeUnit.MILLISECONDS);
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
        services.deadlines.note(key, after);
        if (opened) {
            // What the store held before this node came is no change.
            events.changed(before, after);
        }
        LmaProcessor processor = services.processor;
        if (processor != null) {
            processor.recordChanged(key);
        }
    }

    @Override
    public Collection<MobileNodeRecord> bindings() {
        return !opened ? List.of() : services.bindings.all().stream().filter(record -> !record.entries().isEmpty())
                .collect(Collectors.toList());
    }

    @Override
    public Optional<MobileNodeRecord> bindings(String mobileNode) {
        return find(mobileNode).filter(record -> !record.entries().isEmpty());
    }

    private Optional<MobileNodeRecord> find(String mobileNode) {
        return opened ? services.bindings.find(mobileNode) : Optional.empty();
    }

    @Override
    public LmaStatistics statistics() {
        return services.statistics;
    }

    @Override
    public Map<String, String> prefixes() {
        return opened ? services.claims.holders() : Map.of();
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
        return anchor.flatMap(one -> Optional.ofNullable(services.bindings.sessions().get(sessionId))
                .map(one::describe)).orElse(List.of());
    }

    @Override
    public Optional<Paths.State> path(long sessionId) {
        return anchor.flatMap(one -> Optional.ofNullable(services.bindings.sessions().get(sessionId))
                .map(one::path));
    }

    @Override
    public CompletableFuture<Boolean> delete(String mobileNode, long sessionId) {
        return find(mobileNode).filter(record -> anchor.isPresent())
                .map(record -> services.processor.delete(record.mobileNode(), sessionId))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
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
        return anchor.map(one -> LmaSnapshot.gateways(one.lma(), services.bindings.sessions().values()))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public ArrayNode pools() {
        return anchor.map(one -> LmaSnapshot.pools(one.lma(), services.claims.holders().keySet(),
                        services.addresses.holders().keySet()))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public ObjectNode summary(MobileNodeRecord record) {
        return LmaSnapshot.summary(record, services.clock.millis());
    }

    @Override
    public ObjectNode describe(MobileNodeRecord record) {
        return LmaSnapshot.full(this, record, services.clock.millis());
    }

    @Override
    public ObjectNode report() {
        return LmaSnapshot.report(this);
    }

    @Override
    public ObjectNode snapshot() {
        return LmaSnapshot.of(this, services.clock.millis());
    }
}
