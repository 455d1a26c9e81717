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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.ConnectPoint;
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
import org.pmip.onos.link.DueQueue;
import org.pmip.onos.lma.CommonTime;
import org.pmip.onos.lma.Deactivation;
import org.pmip.onos.lma.LmaManager;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.lma.SteadyClock;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
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
    private static final long LAST_NUMBER = 0xffff_ffffL;

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

    @Reference(cardinality = ReferenceCardinality.OPTIONAL)
    protected HostService hostService;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final NetworkConfigListener configListener = this::configChanged;
    private final DeviceListener deviceListener = this::deviceChanged;
    private final MastershipListener mastershipListener = this::mastershipChanged;
    private final Runnable retirement = this::retire;
    private final Runnable variablesListener = this::variablesChanged;
    private Services services;
    private JsonNode configured;
    private boolean retired;
    private volatile Optional<Gateways> gateways = Optional.empty();

    /** What the gateways use, of ONOS and of the component. */
    static final class Services {
        SteadyClock clock = SteadyClock.ofSystem();
        final DueQueue<String> deadlines = new DueQueue<>();
        final SessionIndex index = new SessionIndex();
        ApplicationId application;
        FlowRuleService rules;
        PacketService packets;
        DeviceService devices;
        MastershipService masterships;
        MeterService meters;
        Optional<HostService> hosts;
        TunnelNumbers tunnels;
        ListStore lists;
        IdentityDesk desk;
        final PlainNodes.Places places = new PlainNodes.Places();
        VisitedPrefixes visitedPrefixes;
        NumberBlocks sessionIds;
        NumberBlocks downlinkKeys;
        ExecutorService workers;
        ScheduledExecutorService timer;
        Consumer<String> counter;
    }

    /** Starts the component. */
    @Activate
    protected void activate() {
        Services all = new Services();
        all.clock = time.clock();
        all.desk = desk;
        all.application = coreService.registerApplication(LmaManager.APPLICATION);
        all.rules = flowRuleService;
        all.packets = packetService;
        all.devices = deviceService;
        all.masterships = mastershipService;
        all.meters = meterService;
        all.hosts = Optional.ofNullable(hostService);
        all.workers = Executors.newFixedThreadPool(WORKERS, groupedThreads("pmip/mag", "worker-%d", LOG));
        all.timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("pmip/mag", "timer", LOG));
        all.tunnels = new TunnelNumbers(storageService, all.application);
        all.lists = new ListStore(storageService, all.application, (before, after) -> {
            all.index.changed(before, after);
            String key = after.or(() -> before).map(BindingUpdateList::key).orElse("");
            after.filter(list -> list.deadline().isPresent()).ifPresentOrElse(
                    list -> all.deadlines.at(key, list.deadline().getAsLong()), () -> all.deadlines.remove(key));
        });
        all.visitedPrefixes = new VisitedPrefixes(storageService, all.application, all.places::taken,
                all.places::free);
        all.sessionIds = new NumberBlocks(storageService.getAtomicCounter("pmip-gateway-session-blocks"), 1,
                PlainNodes.FIRST_SESSION - 1, all.lists::usesSessionId);
        all.downlinkKeys = new NumberBlocks(storageService.getAtomicCounter("pmip-downlink-key-blocks"), 1,
                LAST_NUMBER, all.lists::usesDownlinkKey);
        all.counter = name -> counts.computeIfAbsent(name, key -> new LongAdder()).increment();
        services = all;
        variables.follow(variablesListener);
        configRegistry.addListener(configListener);
        deviceService.addListener(deviceListener);
        mastershipService.addListener(mastershipListener);
        deactivation.first(retirement);
        configure();
        LOG.info("started");
    }

    /** Stops the component; sessions and table entries stay for the next one. */
    @Deactivate
    protected void deactivate() {
        deactivation.forget(retirement);
        mastershipService.removeListener(mastershipListener);
        deviceService.removeListener(deviceListener);
        configRegistry.removeListener(configListener);
        variables.leave(variablesListener);
        stopGateways();
        services.timer.shutdownNow();
        services.workers.shutdownNow();
        services.lists.close();
        services.visitedPrefixes.close();
        LOG.info("stopped");
    }

    private void configChanged(NetworkConfigEvent event) {
        if (event.configClass().equals(PmipAppConfig.class)) {
            services.timer.execute(this::configure);
        }
    }

    private void variablesChanged() {
        services.timer.execute(this::useVariables);
    }

    /** What the protocol variables have become reaches the gateways at work; their sessions stand. */
    private synchronized void useVariables() {
        try {
            Optional<MagConfig> next = read().flatMap(PmipConfig::mag);
            if (gateways.isEmpty() || next.isEmpty()) {
                return;
            }
            boolean local = gateways.get().mag().parameters().enableMagLocalRouting();
            if (next.get().parameters().enableMagLocalRouting() != local) {
                // That stands in the switches' tables.
                restart();
            } else {
                gateways.get().use(next.get().parameters());
            }
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration is not valid, gateways go on as they were:\n{}", e.getMessage());
        }
    }

    private synchronized void configure() {
        PmipAppConfig given = configRegistry.getConfig(services.application, PmipAppConfig.class);
        JsonNode node = given == null ? null : given.node().deepCopy();
        if (retired || Objects.equals(node, configured)) {
            return;
        }
        JsonNode was = ConfigParts.gateways(configured);
        JsonNode is = ConfigParts.gateways(node);
        configured = node;
        if (gateways.isPresent() && is.equals(was)) {
            return;
        }
        if (gateways.isPresent()
                && ConfigParts.withoutVariables(is).equals(ConfigParts.withoutVariables(was))) {
            useVariables();
        } else {
            restart();
        }
    }

    private void restart() {
        Optional<PmipConfig> config;
        try {
            // Many profiles take a while to read: nodes are served meanwhile.
            config = read();
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration is not valid, no gateway starts:\n{}", e.getMessage());
            stopGateways();
            return;
        }
        Optional<Gateways> former = gateways;
        stopGateways();
        former.ifPresent(one -> one.clearUnless(config));
        gateways = config.filter(one -> one.mag().isPresent()).map(one -> new Gateways(one, services));
        gateways.ifPresent(Gateways::start);
    }

    private Optional<PmipConfig> read() {
        return Optional.ofNullable(configRegistry.getConfig(services.application, PmipAppConfig.class))
                .map(one -> one.read(variables.values()));
    }

    private synchronized void stopGateways() {
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
                gateways.ifPresent(all -> all.deviceChanged(event.subject().id()));
                break;
            default:
                break;
        }
    }

    private void mastershipChanged(MastershipEvent event) {
        if (event.type() == MastershipEvent.Type.MASTER_CHANGED) {
            gateways.ifPresent(all -> all.deviceChanged(event.subject()));
        }
    }

    @Override
    public boolean ready() {
        return gateways.map(Gateways::ready).orElse(false);
    }

    @Override
    public Collection<BindingUpdateList> lists() {
        return services.lists.all();
    }

    @Override
    public Optional<BindingUpdateList> list(String mobileNode) {
        return services.lists.find(mobileNode);
    }

    @Override
    public Map<String, Long> statistics() {
        Map<String, Long> out = new TreeMap<>();
        counts.forEach((name, count) -> out.put(name, count.sum()));
        return out;
    }

    @Override
    public Collection<String> entries(BindingUpdateList list, BindingUpdateListEntry entry) {
        return gateways.map(all -> all.entries(list.mobileNode(), entry)).orElse(List.of());
    }

    @Override
    public LmaService.Traffic traffic(BindingUpdateList list, BindingUpdateListEntry entry) {
        return gateways.map(all -> all.traffic(list.mobileNode(), entry)).orElse(new LmaService.Traffic(0, 0, 0, 0));
    }

    @Override
    public ObjectNode summary(BindingUpdateList list) {
        return MagSnapshot.summary(list, services.clock.now().millis());
    }

    @Override
    public ObjectNode describe(BindingUpdateList list) {
        return MagSnapshot.full(list, services.clock.now().millis(), this);
    }

    @Override
    public ArrayNode gateways() {
        return gateways.map(all -> MagSnapshot.gateways(all.mag(), lists(), all::plainNodes, all::keeps))
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public void attach(ConnectPoint port, int vlan, MacAddress node, int hint,
                       Optional<MobileNodeIdentifier> identity) {
        configured().attach(port, vlan, node, hint, identity);
    }

    @Override
    public void detach(ConnectPoint port, int vlan, MacAddress node) {
        configured().detach(port, vlan, node);
    }

    private Gateways configured() {
        return gateways.orElseThrow(() -> new IllegalStateException("no gateway is configured"));
    }
}
