// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cfg.ConfigProperty;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.lma.ProtocolVariables;
import org.pmip.standalone.config.ConfigurationException;
import org.pmip.standalone.config.RunConfiguration;

/**
 * The real application in the host, on switches of both kinds.
 */
class ApplicationTest {
    private static final DeviceId DEVICE = DeviceId.deviceId(Samples.DEVICE);

    @TempDir
    Path folder;

    private static void assumePackaged() throws IOException {
        Bundles.assumePackaged();
    }

    private static RunConfiguration checked(ObjectNode root) throws ConfigurationException {
        return RunConfiguration.check(root, PmipConfigParser::problems);
    }

    private static void assertProgrammed(StandaloneHost host) {
        Await.until("device ready", () -> host.service(DeviceService.class).isAvailable(DEVICE));
        FlowRuleService rules = host.service(FlowRuleService.class);
        Await.until("all rules of the application on the switch", () -> {
            List<FlowEntry> entries = StreamSupport.stream(rules.getFlowEntries(DEVICE).spliterator(), false).toList();
            return entries.size() > 10 && entries.stream().allMatch(e -> e.state() == FlowEntry.FlowEntryState.ADDED);
        });
    }

    @Test
    void programsASwitchInTheProcess() throws Exception {
        assumePackaged();
        RunConfiguration configuration = checked(Samples.anchorWithSwitch(Samples.freeTcp()));
        try (SwitchRack switches = SwitchRack.start(configuration.switches());
             StandaloneHost host = StandaloneHost.builder().networkConfig(configuration.network())
                 .ports(switches::ports).start()) {
            assertProgrammed(host);
            assertThat(host.service(DeviceService.class).getPorts(DEVICE)).extracting(Port::number)
                .extracting(number -> number.toLong()).containsExactlyInAnyOrder(1L, 2L);
            assertThat(host.service(Samples.LMA_SERVICE)).as("with classes of its own").isNotInstanceOf(
                LmaService.class);
        }
    }

    @Test
    void sharesTypesWithTheHostIfAskedTo() throws Exception {
        assumePackaged();
        try (StandaloneHost host = StandaloneHost.builder().shareTypes().start()) {
            assertThat(host.service(LmaService.class)).isNotNull();
        }
    }

    @Test
    void takesProtocolVariablesAsComponentProperties() throws Exception {
        assumePackaged();
        try (StandaloneHost host = StandaloneHost.builder().shareTypes().start()) {
            String component = ProtocolVariables.class.getName();
            ComponentConfigService properties = host.service(ComponentConfigService.class);
            assertThat(properties.getProperties(component)).extracting(ConfigProperty::name)
                .hasSize(13).contains("minDelayBeforeBceDelete", "timestampBasedApproachInUse");
            ProtocolVariables variables = host.service(ProtocolVariables.class);
            assertThat(variables.values().lifetimeCap()).isEqualTo(3_600);
            properties.setProperty(component, "lifetimeCap", "60");
            Await.until("the value that was set", () -> variables.values().lifetimeCap() == 60);
            properties.unsetProperty(component, "lifetimeCap");
            Await.until("the default again", () -> variables.values().lifetimeCap() == 3_600);
        }
    }

    @Test
    void saysWhichAddressIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RunConfiguration configuration = checked(Samples.anchorWithSwitch(other.getLocalPort()));
            ConfigurationException thrown = catchThrowableOfType(() -> SwitchRack.start(configuration.switches()),
                ConfigurationException.class);
            assertThat(thrown.problems()).singleElement().satisfies(problem ->
                assertThat(problem).contains("standalone/softswitches/" + Samples.DEVICE, "" + other.getLocalPort()));
        }
    }

    @Test
    void activatesTheBundlesOfTheArchive() throws Exception {
        Optional<Path> archive = archive();
        assumeTrue(archive.isPresent(), "the application archive is not built: run mvn verify");
        StandaloneHost.Builder builder = StandaloneHost.builder().application(List.of());
        List<Path> jars = unpack(archive.get());
        assertThat(jars).hasSizeGreaterThanOrEqualTo(3);
        jars.forEach(builder::bundle);
        try (StandaloneHost host = builder.start()) {
            assertThat(host.service(Samples.LMA_SERVICE)).isNotNull();
        }
    }

    private static Optional<Path> archive() throws IOException {
        Path target = Path.of(System.getProperty("pmip.root", ".."), "app", "onos", "target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".oar")).findFirst();
        }
    }

    private List<Path> unpack(Path archive) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".jar")) {
                    Path jar = folder.resolve(Path.of(entry.getName()).getFileName());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, jar);
                    }
                    jars.add(jar);
                }
            }
        }
        return jars;
    }

    @Test
    void programsBmv2() throws Exception {
        assumePackaged();
        Optional<Path> bmv2 = onPath("simple_switch_grpc");
        assumeTrue(bmv2.isPresent(), "simple_switch_grpc (bmv2) is not on the PATH");
        int port = Samples.freeTcp();
        Process process = new ProcessBuilder(bmv2.get().toString(), "--no-p4", "--device-id", "1", "--thrift-port",
            Integer.toString(Samples.freeTcp()), "--", "--grpc-server-addr", "127.0.0.1:" + port, "--cpu-port", "255")
            .redirectErrorStream(true).redirectOutput(folder.resolve("bmv2.log").toFile()).start();
        try (StandaloneHost host = StandaloneHost.builder().networkConfig(Samples.anchor(port)).start()) {
            assertProgrammed(host);
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable).findFirst();
    }
}
