// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.host.HostService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketService;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.pmip.onos.config.ConfigParts;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipAppConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.Upkeep;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.dataplane.SwitchReading;
import org.pmip.onos.dataplane.Turns;
import org.pmip.onos.link.DueQueue;
import org.pmip.onos.lma.CommonTime;
import org.pmip.onos.lma.Deactivation;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.lma.LmaManager;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.lma.SteadyClock;
import org.pmip.onos.lma.StoreCare;
import org.pmip.onos.mag.NodeIdentityProvider.Sighting;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.Opening;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.onlab.util.Tools.groupedThreads;

/**
 * The mobile access gateways as an ONOS component: opens their lists, follows the network configuration and the access
 * switches, and runs {@link Gateways} while there is a configuration for any. Thread-safe.
 */
@Component(immediate = true, service = MagService.class)
public class MagManager implements MagService {

    private static final Logger LOG = LoggerFactory.getLogger(MagManager.class);
    private static final int WORKERS = 8;
    private static final int GREATEST_QUEUE = 16;

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

    /** The anchor's component makes the configuration known to ONOS. */
    @Reference
    protected LmaService lmaService;

    @Reference
    protected Deactivation deactivation;

    @Reference
    protected ProtocolVariables variables;

    @Reference
    protected IdentityDesk desk;

    @Reference
    protected CommonTime time;

    @Reference
    protected UpdateListEvents events;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL)
    protected HostService hostService;

    private final NetworkConfigListener configListener = this::configChanged;
    private final DeviceListener deviceListener = this::deviceChanged;
    private final MastershipListener mastershipListener = this::mastershipChanged;
    private final Runnable retirement = this::retire;
    private final Runnable variablesListener = () -> this.upkeep.changed();
    private Services services;
    private Upkeep upkeep;
    private GatewayStores stores;
    private Opening opening;
    private volatile boolean opened;
    private JsonNode configured;
    private MagParameters defaults;
    private boolean inForce;
    private boolean retired;
    private volatile Optional<Gateways> gateways = Optional.empty();

    /** What gateways use, of ONOS and of the component: all that outlives a configuration. */
    static final class Services {
        SteadyClock clock = SteadyClock.ofSystem();
        final DueQueue<String> deadlines = new DueQueue<>();
        final Turns turns = new Turns();
        final PlainPlaces places = new PlainPlaces();
        final SessionIndex index = new SessionIndex();
        ApplicationId application;
        RuleWriter writer;
        PacketService packets;
        DeviceService devices;
        MastershipService masterships;
        MeterService meters;
        Optional<HostService> hosts;
        TunnelNumbers tunnels;
        ListStore lists;
        IdentityDesk desk;
        /** Told of whom the desk knows by now. */
        Consumer<Sighting> named;
        Turnstile turnstile;
        MagProcessor processor;
        /** What is done for nodes without the mobility service, in order for each interface. */
        KeyedSequencer plainNodes;
        /** Those of the configuration that counts. */
        volatile Optional<PlainNodes> plain = Optional.empty();
        VisitedPrefixes visitedPrefixes;
        NumberBlocks sessionIds;
        NumberBlocks downlinkKeys;
        ExecutorService workers;
        ScheduledExecutorService timer;
        final MagStatistics statistics = new MagStatistics();
        final Paths paths = new Paths();
        Consumer<String> counter = statistics::count;

        /** Makes of the rest what works with it. */
        void complete() {
            turnstile = new Turnstile(clock::steadyMillis, counter, MagParameters.DEFAULTS);
            plainNodes = new KeyedSequencer(workers, GREATEST_QUEUE);
            MagProcessor.Parts parts = new MagProcessor.Parts();
            parts.store = lists;
            parts.sessionIds = sessionIds;
            parts.downlinkKeys = downlinkKeys;
            parts.sequencer = new KeyedSequencer(workers, GREATEST_QUEUE);
            parts.clock = clock::now;
            parts.turnstile = turnstile;
            parts.counter = counter;
            parts.statistics = statistics;
            processor = new MagProcessor(parts);
        }
    }

    /** Starts the component. */
    @Activate
    protected void activate() {
        Services all = new Services();
        all.clock = time.clock();
        all.desk = desk;
        all.application = coreService.registerApplication(LmaManager.APPLICATION);
        all.writer = new RuleWriter(flowRuleService, SwitchReading.of(deviceService),
                mastershipService::getMasterFor, all.application);
        all.packets = packetService;
        all.devices = deviceService;
        all.masterships = mastershipService;
        all.meters = meterService;
        all.hosts = Optional.ofNullable(hostService);
        all.workers = Executors.newFixedThreadPool(WORKERS, groupedThreads("pmip/mag", "worker-%d", LOG));
        all.timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("pmip/mag", "timer", LOG));
        all.named = sighting -> all.workers.execute(() -> gateways.ifPresent(one -> one.named(sighting)));
        services = all;
        upkeep = new Upkeep("gateways", this::configure, Executors.newSingleThreadScheduledExecutor(
                groupedThreads("pmip/mag", "configuration", LOG)));
        variables.follow(variablesListener);
        configRegistry.addListener(configListener);
        deviceService.addListener(deviceListener);
        mastershipService.addListener(mastershipListener);
        deactivation.first(retirement);
        stores = new GatewayStores(storageService, all, events::changed);
        opening = new Opening("gateways", stores::open, this::opened, stores::close);
        opening.begin();
        LOG.info("started");
    }

    private void opened() {
        services.complete();
        opened = true;
        upkeep.now();
        StoreCare care = stores.care(() -> gateways.ifPresent(all -> all.switches().compareAll()), System::nanoTime);
        services.timer.scheduleWithFixedDelay(() -> services.workers.execute(care::tick), StoreCare.TICK_MILLIS,
                StoreCare.TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops the component; sessions and table entries stay for the next one. */
    @Deactivate
    protected void deactivate() {
        deactivation.forget(retirement);
        mastershipService.removeListener(mastershipListener);
        deviceService.removeListener(deviceListener);
        configRegistry.removeListener(configListener);
        variables.leave(variablesListener);
        opening.close();
        upkeep.close();
        stopGateways();
        services.timer.shutdownNow();
        services.workers.shutdownNow();
        if (opened) {
            stores.close();
        }
        LOG.info("stopped");
    }

    private void configChanged(NetworkConfigEvent event) {
        if (event.configClass().equals(PmipAppConfig.class)) {
            upkeep.changed();
        }
    }

    /** Throws what keeps the configuration from being put in force. Once the stores are open this is called again. */
    private synchronized void configure() {
        PmipAppConfig given = configRegistry.getConfig(services.application, PmipAppConfig.class);
        JsonNode node = given == null ? null : given.node().deepCopy();
        MagParameters values = variables.values();
        if (!opened || retired || inForce && Objects.equals(node, configured) && values == defaults) {
            return;
        }
        if (inForce && gateways.isPresent() && values == defaults
                && ConfigParts.gateways(node).equals(ConfigParts.gateways(configured))) {
            configured = node;
            return;
        }
        Optional<PmipConfig> config = read(given).filter(one -> one.mag().isPresent());
        if (inForce && gateways.isPresent() && config.isPresent() && goesOn(config.get(), node)) {
            // What the protocol variables have become reaches the gateways at work; their sessions stand.
            config.flatMap(PmipConfig::mag).map(MagConfig::parameters).ifPresent(gateways.get()::use);
        } else {
            inForce = false;
            // What cannot be made now leaves the former ones at work.
            replace(config.map(one -> new Gateways(one, services)));
            inForce = true;
        }
        configured = node;
        defaults = values;
    }

    /** Whether gateways at work need to be told no more than their protocol variables. */
    private boolean goesOn(PmipConfig config, JsonNode node) {
        // That one stands in the switches' tables.
        boolean local = config.mag().orElseThrow().parameters().enableMagLocalRouting();
        return local == gateways.orElseThrow().parameters().enableMagLocalRouting()
                && ConfigParts.withoutVariables(ConfigParts.gateways(node))
                        .equals(ConfigParts.withoutVariables(ConfigParts.gateways(configured)));
    }

    private void replace(Optional<Gateways> next) {
        Optional<Gateways> former = gateways;
        Set<Long> unconfirmed = next.map(Gateways::takeOver).orElseGet(() -> {
            rest();
            return Set.of();
        });
        gateways = next;
        CompletableFuture<Void> quiet = former.map(Gateways::stop).orElse(CompletableFuture.completedFuture(null));
        Set<DeviceId> kept = next.map(all -> all.switches().devices()).orElse(Set.of());
        former.map(Gateways::switches).ifPresent(all -> all.devices().stream()
                .filter(device -> !kept.contains(device)).forEach(device -> all.clear(device, () ->
                        !PmipAppConfig.uses(configRegistry, services.application, device))));
        next.ifPresent(all -> all.start(quiet, unconfirmed));
    }

    private void rest() {
        services.processor.rest();
        services.plain = Optional.empty();
        services.turnstile.clear();
    }

    private Optional<PmipConfig> read(PmipAppConfig given) {
        try {
            return Optional.ofNullable(given).map(one -> one.read(variables.values()));
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration is not valid, no gateway works by it:\n{}", e.getMessage());
            return Optional.empty();
        }
    }

    private synchronized void stopGateways() {
        if (opened) {
            rest();
        }
        gateways.ifPresent(Gateways::stop);
        gateways = Optional.empty();
    }

    /** The application is being deactivated: nothing is written to the switches any more. */
    private synchronized void retire() {
        retired = true;
        stopGateways();
    }

    private void deviceChanged(DeviceEvent event) {
        switch (event.type()) {
            case DEVICE_ADDED:
            case DEVICE_AVAILABILITY_CHANGED:
                gateways.ifPresent(all -> all.switches().changed(event.subject().id()));
                break;
            default:
                break;
        }
    }

    private void mastershipChanged(MastershipEvent event) {
        if (event.type() == MastershipEvent.Type.MASTER_CHANGED) {
            gateways.ifPresent(all -> all.switches().changed(event.subject()));
        }
    }

    @Override
    public boolean ready() {
        return gateways.map(all -> all.switches().ready()).orElse(false);
    }

    @Override
    public Collection<BindingUpdateList> lists() {
        return opened ? services.lists.all() : List.of();
    }

    @Override
    public Optional<BindingUpdateList> list(String mobileNode) {
        return opened ? services.lists.find(mobileNode) : Optional.empty();
    }

    @Override
    public MagStatistics statistics() {
        return services.statistics;
    }

    @Override
    public Map<String, Long> drops() {
        return gateways.map(all -> all.switches().drops()).orElse(Map.of());
    }

    @Override
    public Collection<String> entries(BindingUpdateList list, BindingUpdateListEntry entry) {
        return gateways.map(all -> all.switches().entries(list.mobileNode(), entry)).orElse(List.of());
    }

    @Override
    public LmaService.Traffic traffic(BindingUpdateList list, BindingUpdateListEntry entry) {
        return gateways.map(all -> all.switches().traffic(list.mobileNode(), entry)).orElse(LmaService.Traffic.NONE);
    }

    @Override
    public Optional<Paths.State> path(BindingUpdateList list, BindingUpdateListEntry entry) {
        return gateways.flatMap(all -> all.switches().tunnels().path(list.mobileNode(), entry));
    }

    @Override
    public ObjectNode summary(BindingUpdateList list) {
        return MagSnapshot.summary(list, services.clock.millis());
    }

    @Override
    public ObjectNode describe(BindingUpdateList list) {
        return MagSnapshot.full(list, services.clock.millis(), this);
    }

    @Override
    public ArrayNode gateways() {
        return gateways.map(all -> MagSnapshot.gateways(all.mag(), lists(), all::plainNodes, all.switches()))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public CompletableFuture<Boolean> delete(String mobileNode, long sessionId) {
        return !opened ? CompletableFuture.failedFuture(new IllegalStateException("the stores are not open yet"))
                : new Deletions(services.lists, services.processor, gateways::isPresent, services.workers)
                        .delete(mobileNode, sessionId);
    }

    @Override
    public CompletableFuture<Integer> reconcile(Optional<String> gateway) {
        return configured().reconcile(gateway);
    }

    @Override
    public void attach(ConnectPoint at, int vlan, MacAddress node, Handoff how, Optional<MobileNodeIdentifier> whose) {
        configured().attachments().attach(at, vlan, node, how, whose);
    }

    @Override
    public void detach(ConnectPoint port, int vlan, MacAddress node) {
        configured().attachments().detach(port, vlan, node);
    }

    private Gateways configured() {
        return gateways.orElseThrow(() -> new IllegalStateException("no gateway is configured"));
    }
}
