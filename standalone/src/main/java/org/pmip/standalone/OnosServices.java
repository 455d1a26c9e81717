// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.onlab.osgi.ServiceNotFoundException;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cfg.ComponentConfigStore;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipStore;
import org.onosproject.core.CoreService;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigService;
import org.onosproject.net.config.NetworkConfigStore;
import org.onosproject.net.config.SubjectFactory;
import org.onosproject.net.config.basics.SubjectFactories;
import org.onosproject.net.device.DeviceAdminService;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.driver.DriverAdminService;
import org.onosproject.net.driver.DriverRegistry;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.flow.FlowRuleProgrammable;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.flow.FlowRuleStore;
import org.onosproject.net.flowobjective.FlowObjectiveService;
import org.onosproject.net.intent.WorkPartitionService;
import org.onosproject.net.meter.MeterProgrammable;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterStore;
import org.onosproject.net.packet.PacketProgrammable;
import org.onosproject.net.packet.PacketProviderRegistry;
import org.onosproject.net.packet.PacketService;
import org.onosproject.net.packet.PacketStore;
import org.onosproject.net.pi.service.PiFlowRuleTranslationStore;
import org.onosproject.net.pi.service.PiGroupTranslationStore;
import org.onosproject.net.pi.service.PiMeterTranslationStore;
import org.onosproject.net.pi.service.PiPipeconfMappingStore;
import org.onosproject.net.pi.service.PiPipeconfService;
import org.onosproject.net.pi.service.PiReplicationGroupTranslationStore;
import org.onosproject.net.pi.service.PiTranslationService;
import org.onosproject.persistence.PersistenceService;
import org.onosproject.store.atomix.impl.AtomixManager;
import org.onosproject.store.cluster.messaging.ClusterCommunicationService;
import org.onosproject.store.service.StorageService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.pmip.standalone.core.ComponentProperties;
import org.pmip.standalone.core.Core;
import org.pmip.standalone.core.Events;
import org.pmip.standalone.core.Leaderships;
import org.pmip.standalone.core.LocalMessages;
import org.pmip.standalone.core.NoPersistentMaps;
import org.pmip.standalone.core.SingleNode;
import org.pmip.standalone.net.Devices;
import org.pmip.standalone.net.Drivers;
import org.pmip.standalone.net.Masterships;
import org.pmip.standalone.net.NoPipeliner;
import org.pmip.standalone.net.Services;
import org.pmip.standalone.osgi.EmbeddedFramework;
import org.pmip.standalone.p4runtime.FlowRuleDriver;
import org.pmip.standalone.p4runtime.MeterDriver;
import org.pmip.standalone.p4runtime.PacketDriver;
import org.pmip.standalone.p4runtime.PacketInbox;
import org.pmip.standalone.p4runtime.PollPace;
import org.pmip.standalone.p4runtime.Targets;
import org.pmip.standalone.storage.LocalStorage;
import org.pmip.standalone.storage.MemoryStorage;
import org.pmip.standalone.store.FlowRules;
import org.pmip.standalone.store.Meters;
import org.pmip.standalone.store.NetworkConfigs;
import org.pmip.standalone.store.Packets;
import org.pmip.standalone.store.PipeconfBindings;
import org.pmip.standalone.store.Translations;

/**
 * Puts ONOS's services together: the framework, ONOS's own managers in it, and under and beside them what ONOS has
 * in parts that are made for a cluster. Safe for use by many threads once started.
 */
final class OnosServices implements Services, AutoCloseable {
    private static final List<Class<?>> PROMISED = List.of(CoreService.class, ComponentConfigService.class,
        NetworkConfigService.class, StorageService.class, DeviceService.class, FlowRuleService.class,
        MeterService.class, PacketService.class, PiPipeconfService.class, PiTranslationService.class);

    private final EmbeddedFramework framework;
    private final Path scratch;
    private final Core core = new Core();
    private final Events events = new Events();
    private final List<Bundle> application = new ArrayList<>();
    private final HostCluster cluster;
    private AutoCloseable storage;
    private PacketInbox packets;
    private Targets targets;

    private OnosServices(EmbeddedFramework framework, Path scratch, HostCluster cluster) {
        this.cluster = cluster;
        this.framework = framework;
        this.scratch = scratch;
    }

    /**
     * Starts everything but the application.
     *
     * @param dataDirectory for the store, or null to forget it at the end
     * @param ports of devices that the host runs itself
     * @param pollSeconds between two readings of the devices' tables
     * @param cluster what the host shares with others, or null
     */
    static OnosServices start(Path dataDirectory, Function<DeviceId, List<PortDescription>> ports, int pollSeconds,
                              HostCluster cluster)
        throws BundleException, IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("pmip-" + ProcessHandle.current().pid() + "-");
        boolean lasting = cluster != null || dataDirectory != null;
        Path store = dataDirectory != null ? Files.createDirectories(dataDirectory) : scratch.resolve("store");
        // The store takes as long as the framework; neither needs the other to start.
        CompletableFuture<AtomixManager> storage = !lasting ? null : CompletableFuture.supplyAsync(
            () -> startStorage(store, cluster), task -> new Thread(task, "pmip-store-start").start());
        OnosServices services = new OnosServices(EmbeddedFramework.start(scratch.resolve("framework")), scratch,
            cluster);
        try {
            services.startBase();
            services.startNetwork(ports, pollSeconds, storage);
            services.verify();
        } catch (BundleException | RuntimeException e) {
            services.close();
            throw e;
        }
        return services;
    }

    private static AtomixManager startStorage(Path directory, HostCluster cluster) {
        try {
            return cluster != null ? cluster.start(directory) : LocalStorage.start(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private void startBase() throws BundleException {
        framework.register(core, CoreService.class);
        framework.register(events, EventDeliveryService.class);
        framework.register(new SingleNode(core.version()), ClusterService.class);
        framework.register(new SingleNode.Work(), WorkPartitionService.class);
        framework.register(new LocalMessages(), ClusterCommunicationService.class);
        framework.register(new NoPersistentMaps(), PersistenceService.class);
        framework.register(new Leaderships(), LeadershipStore.class);
        framework.register(new ComponentProperties(), ComponentConfigStore.class);
        framework.register(new NetworkConfigs(), NetworkConfigStore.class);
        framework.startParts("base", OnosParts.BASE);
    }

    private void startNetwork(Function<DeviceId, List<PortDescription>> ports, int pollSeconds,
                              CompletableFuture<AtomixManager> starting) throws BundleException {
        Masterships masterships = new Masterships(events);
        Drivers drivers = new Drivers(this, Map.of(
            FlowRuleProgrammable.class, FlowRuleDriver.class,
            MeterProgrammable.class, MeterDriver.class,
            PacketProgrammable.class, PacketDriver.class));
        drivers.activate(events);
        Devices devices = new Devices(events, masterships, drivers);
        PipeconfBindings bindings = new PipeconfBindings();
        framework.register(masterships, MastershipService.class);
        framework.register(drivers, DriverService.class, DriverAdminService.class, DriverRegistry.class);
        framework.register(devices, DeviceService.class, DeviceAdminService.class);
        framework.register(bindings, PiPipeconfMappingStore.class);
        framework.register(new Translations.OfFlowRules(), PiFlowRuleTranslationStore.class);
        framework.register(new Translations.OfGroups(), PiGroupTranslationStore.class);
        framework.register(new Translations.OfReplicationGroups(), PiReplicationGroupTranslationStore.class);
        framework.register(new Translations.OfMeters(), PiMeterTranslationStore.class);
        FlowRules rules = new FlowRules(masterships, cluster == null ? FlowRules.NOWHERE : cluster.elsewhere());
        framework.register(rules, FlowRuleStore.class);
        framework.register(new Meters(), MeterStore.class);
        framework.register(new Packets(), PacketStore.class);
        framework.register(new NoPipeliner(), FlowObjectiveService.class);
        ComponentConfigService properties = get(ComponentConfigService.class);
        OnosParts.properties(pollSeconds).forEach((component, values) ->
            values.forEach((name, value) -> properties.preSetProperty(component, name, value)));
        framework.register(new PollPace(properties, pollSeconds), PollPace.class);
        framework.startParts("network", OnosParts.NETWORK);

        startStorage(starting);

        packets = new PacketInbox(devices, get(PacketService.class), get(PacketProviderRegistry.class));
        targets = new Targets(get(NetworkConfigService.class), get(PiPipeconfService.class), bindings, devices,
            masterships, ports, packets, cluster == null ? Targets.ALONE : cluster.candidacy());
        framework.register(targets, Targets.class);
        targets.activate();
        if (cluster != null) {
            cluster.join(get(StorageService.class), targets, rules);
        }
    }

    /** A store that nobody else sees and nobody will see again needs no log. */
    private void startStorage(CompletableFuture<AtomixManager> starting) throws BundleException {
        if (starting == null) {
            MemoryStorage memory = new MemoryStorage();
            storage = memory;
            framework.register(memory, StorageService.class);
            return;
        }
        AtomixManager atomix = starting.join();
        storage = atomix instanceof LocalStorage local ? local : null;
        framework.register(atomix, AtomixManager.class);
        framework.startParts("storage", OnosParts.STORAGE);
    }

    private void verify() throws BundleException {
        List<String> missing = new ArrayList<>();
        for (Class<?> type : PROMISED) {
            if (framework.service(type) == null) {
                missing.add(type.getSimpleName());
            }
        }
        if (!missing.isEmpty()) {
            throw new BundleException("These services of ONOS did not start: " + String.join(", ", missing));
        }
    }

    /**
     * Installs and starts the application.
     *
     * @param ofClassPath symbolic names
     * @param shared whether those keep the classes of the host
     * @param files URLs
     */
    void startBundles(List<String> ofClassPath, boolean shared, List<String> files) throws BundleException {
        List<String> locations = new ArrayList<>();
        for (String name : ofClassPath) {
            locations.add(shared ? framework.sharedFromClassPath(name) : framework.fromClassPath(name));
        }
        locations.addAll(files);
        for (String location : locations) {
            application.add(framework.install(location));
        }
        framework.start(application);
        ComponentStates.verify(get(ServiceComponentRuntime.class), application);
    }

    /**
     * Applies network configuration.
     *
     * @param json sections by subject class, subject and key
     */
    void configure(JsonNode json) {
        NetworkConfigService configs = get(NetworkConfigService.class);
        for (Iterator<Map.Entry<String, JsonNode>> classes = json.fields(); classes.hasNext();) {
            Map.Entry<String, JsonNode> ofClass = classes.next();
            SubjectFactory<?> factory = subjectFactory(configs, ofClass.getKey());
            ofClass.getValue().fields().forEachRemaining(subject -> {
                Object key = factory.createSubject(subject.getKey());
                subject.getValue().fields().forEachRemaining(section ->
                    configs.applyConfig(ofClass.getKey(), key, section.getKey(), section.getValue()));
            });
        }
    }

    private static SubjectFactory<?> subjectFactory(NetworkConfigService configs, String key) {
        SubjectFactory<?> factory = configs.getSubjectFactory(key);
        if (factory != null) {
            return factory;
        }
        // Known to ONOS only once an application has registered a section of its own.
        if (SubjectFactories.APP_SUBJECT_FACTORY.subjectClassKey().equals(key)) {
            return SubjectFactories.APP_SUBJECT_FACTORY;
        }
        throw new IllegalArgumentException(key + " is no class of subjects of the network configuration");
    }

    EmbeddedFramework framework() {
        return framework;
    }

    Targets targets() {
        return targets;
    }

    @Override
    public <T> T get(Class<T> type) {
        T service = framework.service(type);
        if (service == null) {
            throw new ServiceNotFoundException("Service " + type.getName() + " not found");
        }
        return service;
    }

    @Override
    public void close() {
        Closing closing = new Closing();
        closing.step(core::beforeDeactivation);
        Collections.reverse(application);
        application.forEach(bundle -> closing.step(bundle::stop));
        if (targets != null) {
            closing.step(targets::close);
        }
        if (packets != null) {
            closing.step(packets::close);
        }
        closing.step(framework::close);
        closing.step(events::close);
        if (cluster != null) {
            closing.step(cluster::leave);
        } else if (storage != null) {
            closing.step(storage::close);
        }
        closing.step(() -> delete(scratch));
        closing.finish();
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
