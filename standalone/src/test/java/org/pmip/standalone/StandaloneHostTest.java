// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.osgi.DefaultServiceDirectory;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.InvalidConfigException;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.config.basics.SubjectFactories;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.intent.WorkPartitionService;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.osgi.framework.BundleException;
import org.pmip.standalone.tiny.TinyComponent;

/**
 * The framework and ONOS's services in it, without devices.
 */
class StandaloneHostTest {
    @TempDir
    Path folder;

    private static StandaloneHost.Builder bare() {
        return StandaloneHost.builder().application(List.of());
    }

    @Test
    void resolvesAndActivatesABundle() throws Exception {
        try (StandaloneHost host = bare().bundle(TinyBundle.make(folder)).start()) {
            Object component = host.service(Supplier.class.getName());
            assertThat(((Supplier<?>) component).get()).isEqualTo("hello");
            assertThat(component.getClass().getName()).isEqualTo(TinyComponent.class.getName());
            assertThat(component.getClass()).as("the bundle has its own classes").isNotSameAs(TinyComponent.class);
        }
    }

    @Test
    void namesThePackageThatABundleMisses() throws Exception {
        Path bundle = TinyBundle.importing(folder, "org.example.nowhere");
        assertThatThrownBy(() -> bare().bundle(bundle).start()).isInstanceOf(BundleException.class)
            .hasMessageContaining("org.pmip.standalone.tiny").hasMessageContaining("org.example.nowhere");
    }

    @Test
    void refusesAPackageInAVersionThatOnosDoesNotHave() throws Exception {
        Path bundle = TinyBundle.importing(folder, "org.onosproject.core;version=\"[3,4)\"");
        assertThatThrownBy(() -> bare().bundle(bundle).start()).isInstanceOf(BundleException.class)
            .hasMessageContaining("org.onosproject.core");
    }

    @Test
    void namesTheServiceThatAComponentMisses() throws Exception {
        Path bundle = TinyBundle.referring(folder, "org.onosproject.net.flow.FlowRuleProvider");
        assertThatThrownBy(() -> bare().bundle(bundle).start()).isInstanceOf(BundleException.class)
            .hasMessageContaining(TinyComponent.class.getName()).hasMessageContaining("rules");
    }

    @Test
    void handsChangedPropertiesToComponents() throws Exception {
        try (StandaloneHost host = bare().bundle(TinyBundle.make(folder)).start()) {
            Supplier<?> component = (Supplier<?>) host.service(Supplier.class.getName());
            ComponentConfigService configs = host.service(ComponentConfigService.class);
            configs.setProperty(TinyComponent.class.getName(), "greeting", "good morning");
            Await.until("property changed", () -> "good morning".equals(component.get()));
            configs.unsetProperty(TinyComponent.class.getName(), "greeting");
            Await.until("property as before", () -> "hello".equals(component.get()));
        }
    }

    @Test
    void bringsConfigurationToThoseWhoRegisterForIt() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        try (StandaloneHost host = bare()
            .networkConfig(mapper.readTree("{\"apps\": {\"org.pmip.test\": {\"sample\": {\"size\": 3}}}}")).start()) {
            NetworkConfigRegistry registry = host.service(NetworkConfigRegistry.class);
            ApplicationId app = host.service(CoreService.class).registerApplication("org.pmip.test");
            BlockingQueue<NetworkConfigEvent> events = new LinkedBlockingQueue<>();
            registry.addListener(event -> {
                if (event.configClass() == Sample.class) {
                    events.add(event);
                }
            });
            assertThat(registry.getConfig(app, Sample.class)).as("before it is known").isNull();
            SampleFactory factory = new SampleFactory();
            registry.registerConfigFactory(factory);
            assertThat(registry.getConfig(app, Sample.class).size()).isEqualTo(3);
            assertThat(type(events)).isEqualTo(NetworkConfigEvent.Type.CONFIG_ADDED);
            assertThat(type(events)).isEqualTo(NetworkConfigEvent.Type.CONFIG_REGISTERED);

            host.configure(mapper.readTree("{\"apps\": {\"org.pmip.test\": {\"sample\": {\"size\": 4}}}}"));
            assertThat(type(events)).isEqualTo(NetworkConfigEvent.Type.CONFIG_UPDATED);
            assertThatThrownBy(() ->
                host.configure(mapper.readTree("{\"apps\": {\"org.pmip.test\": {\"sample\": {\"size\": -1}}}}")))
                .isInstanceOf(InvalidConfigException.class);
            assertThat(registry.getConfig(app, Sample.class).size()).as("after a bad one").isEqualTo(4);

            registry.removeConfig(app, Sample.class);
            assertThat(type(events)).isEqualTo(NetworkConfigEvent.Type.CONFIG_REMOVED);
            registry.unregisterConfigFactory(factory);
            assertThat(type(events)).isEqualTo(NetworkConfigEvent.Type.CONFIG_UNREGISTERED);
        }
    }

    private static NetworkConfigEvent.Type type(BlockingQueue<NetworkConfigEvent> events) throws Exception {
        NetworkConfigEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event.type();
    }

    /** A section of configuration. */
    public static final class Sample extends Config<ApplicationId> {
        int size() {
            return get("size", 0);
        }

        @Override
        public boolean isValid() {
            return hasOnlyFields("size") && size() > 0;
        }
    }

    private static final class SampleFactory extends ConfigFactory<ApplicationId, Sample> {
        private SampleFactory() {
            super(SubjectFactories.APP_SUBJECT_FACTORY, Sample.class, "sample");
        }

        @Override
        public Sample createConfig() {
            return new Sample();
        }
    }

    private static ConsistentMap<String, String> sessions(StandaloneHost host) {
        return host.service(StorageService.class).<String, String>consistentMapBuilder().withName("sessions")
            .withSerializer(Serializer.using(KryoNamespaces.API)).build();
    }

    @Test
    void keepsTheStoreInADirectoryAcrossARestart() throws Exception {
        Path data = folder.resolve("data");
        try (StandaloneHost host = bare().dataDirectory(data).start()) {
            sessions(host).put("mn1@example.net", "bound");
        }
        try (StandaloneHost host = bare().dataDirectory(data).start()) {
            assertThat(Versioned.valueOrNull(sessions(host).get("mn1@example.net"))).isEqualTo("bound");
        }
    }

    @Test
    void forgetsTheStoreWithoutADirectory() throws Exception {
        try (StandaloneHost host = bare().start()) {
            sessions(host).put("mn1@example.net", "bound");
        }
        try (StandaloneHost host = bare().start()) {
            assertThat(sessions(host).get("mn1@example.net")).isNull();
        }
    }

    @Test
    void detectsConcurrentChangesInTheStore() throws Exception {
        try (StandaloneHost host = bare().start()) {
            ConsistentMap<String, String> map = sessions(host);
            map.put("mn", "first");
            long version = map.get("mn").version();
            assertThat(map.replace("mn", version, "second")).isTrue();
            assertThat(map.replace("mn", version, "third")).isFalse();
            assertThat(map.get("mn").value()).isEqualTo("second");
        }
    }

    @Test
    void runsForLeadershipAlone() throws Exception {
        try (StandaloneHost host = bare().start()) {
            LeadershipService leaderships = host.service(LeadershipService.class);
            leaderships.runForLeadership("topic");
            assertThat(leaderships.getLeader("topic"))
                .isEqualTo(host.service(ClusterService.class).getLocalNode().id());
            leaderships.withdraw("topic");
            assertThat(leaderships.getLeader("topic")).isNull();
            assertThat(host.service(WorkPartitionService.class).isMine("any", key -> 7L)).isTrue();
        }
    }

    @Test
    void runsTwiceInOneProcess() throws Exception {
        try (StandaloneHost one = bare().start(); StandaloneHost other = bare().start()) {
            assertThat(one.service(FlowRuleService.class)).isNotSameAs(other.service(FlowRuleService.class));
            sessions(one).put("mn", "bound");
            assertThat(sessions(other).get("mn")).isNull();
        }
    }

    @Test
    void answersOnosStaticServiceDirectory() throws Exception {
        try (StandaloneHost host = bare().start()) {
            assertThat(DefaultServiceDirectory.getService(FlowRuleService.class))
                .isSameAs(host.service(FlowRuleService.class));
        }
    }

    @Test
    void leavesNoThreadAndNoFileBehind() throws Exception {
        bare().start().close();
        Set<Thread> before = threads();
        List<Path> filesBefore = scratch();
        StandaloneHost host = bare().bundle(TinyBundle.make(folder)).start();
        sessions(host).put("mn", "bound");
        host.close();
        host.close();
        Await.until("threads ended: " + extra(before), () -> extra(before).isEmpty());
        assertThat(scratch()).isEqualTo(filesBefore);
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    private static List<String> extra(Set<Thread> before) {
        return threads().stream().filter(thread -> !before.contains(thread)).map(Thread::getName)
            .collect(Collectors.toList());
    }

    private static List<Path> scratch() throws Exception {
        List<Path> found = new ArrayList<>();
        try (var paths = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")),
            "pmip-" + ProcessHandle.current().pid() + "-*")) {
            paths.forEach(found::add);
        }
        return found;
    }
}
