// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.osgi.framework.BundleException;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.standalone.config.ConfigurationException;
import org.pmip.standalone.config.RunConfiguration;

/**
 * The host in the foreground: starts, says how it stands, and stops on a signal. Not for use by many threads.
 */
final class Run {
    private static final long FIRST_LOOK_MILLIS = 3000;
    /** A signal has come: what fails from now on, while it still starts, fails because of that. */
    private static volatile boolean stopping;

    private final RunConfiguration configuration;
    private final StandaloneHost host;
    private final SwitchRack switches;
    private final DeviceListener changes = this::changed;

    private Run(RunConfiguration configuration, SwitchRack switches, StandaloneHost host) {
        this.configuration = configuration;
        this.switches = switches;
        this.host = host;
    }

    /**
     * Runs until a signal comes.
     *
     * @param file configuration
     * @param data directory of the store, or null for what the file says
     * @return exit code
     */
    static int start(Path file, Path data) {
        try {
            RunConfiguration configuration = RunConfiguration.read(file, PmipConfigParser::problems);
            Run run = start(configuration, data);
            run.untilSignal();
            return 0;
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> System.err.println("pmip: " + problem));
            return Main.WRONG;
        } catch (FileSystemException e) {
            System.err.println("pmip: cannot start: " + e.getFile() + " cannot be written or made ("
                + Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName()) + "): choose another place");
            return Main.FAILED;
        } catch (BundleException | IOException | RuntimeException e) {
            if (!stopping) {
                System.err.println("pmip: cannot start: " + e.getMessage());
            }
            return Main.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.FAILED;
        }
    }

    private static Run start(RunConfiguration configuration, Path data)
        throws ConfigurationException, BundleException, IOException, InterruptedException {
        SwitchRack switches = SwitchRack.start(configuration.switches());
        try {
            StandaloneHost.Builder builder = StandaloneHost.builder()
                .networkConfig(configuration.network())
                .ports(switches::ports);
            Optional.ofNullable(data).or(configuration::storeDirectory).ifPresent(builder::dataDirectory);
            return new Run(configuration, switches, builder.start());
        } catch (BundleException | IOException | RuntimeException e) {
            switches.close();
            throw e;
        }
    }

    private void untilSignal() throws InterruptedException {
        CountDownLatch signal = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            int code = stop();
            signal.countDown();
            System.out.flush();
            // The signal was obeyed, which is success; the JVM by itself would report the signal's number.
            Runtime.getRuntime().halt(code);
        }, "pmip-stop"));
        say("application active after " + seconds(sinceStart()) + ", of which ONOS's services and the bundles took "
            + seconds(Duration.ofMillis(host.startMillis())));
        awaitDevices();
        configuration.targets().keySet().forEach(this::sayState);
        host.service(DeviceService.class).addListener(changes);
        say("running; stop with Ctrl-C");
        signal.await();
    }

    /** Gives the devices a moment, so that the first status is not about what is just happening. */
    private void awaitDevices() throws InterruptedException {
        DeviceService devices = host.service(DeviceService.class);
        CountDownLatch missing = new CountDownLatch(1);
        DeviceListener listener = event -> {
            if (allReady(devices)) {
                missing.countDown();
            }
        };
        devices.addListener(listener);
        if (!allReady(devices)) {
            missing.await(FIRST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        List<String> absent = configuration.targets().keySet().stream().filter(id -> !devices.isAvailable(id))
            .map(DeviceId::toString).sorted().toList();
        say(absent.isEmpty() ? "all devices ready after " + seconds(sinceStart()) : "still waiting for " + absent);
        devices.removeListener(listener);
    }

    private boolean allReady(DeviceService devices) {
        return configuration.targets().keySet().stream().allMatch(devices::isAvailable);
    }

    private void changed(DeviceEvent event) {
        if (event.type() == DeviceEvent.Type.DEVICE_ADDED
            || event.type() == DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED) {
            sayState(event.subject().id());
        }
    }

    private void sayState(DeviceId device) {
        List<String> ports = switches.describe(device);
        say(device + " at " + configuration.targets().get(device) + ": "
            + host.deviceStates().getOrDefault(device, "no connection")
            + (ports.isEmpty() ? "" : "; switch in this process, ports " + String.join(", ", ports)));
    }

    private int stop() {
        stopping = true;
        long began = System.nanoTime();
        Closing closing = new Closing();
        closing.step(() -> host.service(DeviceService.class).removeListener(changes));
        closing.step(host::close);
        closing.step(switches::close);
        try {
            closing.finish();
        } catch (IllegalStateException e) {
            System.err.println("pmip: " + e.getMessage());
            return Main.FAILED;
        }
        say("stopped in " + seconds(Duration.ofNanos(System.nanoTime() - began)));
        return 0;
    }

    private static Duration sinceStart() {
        return ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, Instant.now()))
            .orElse(Duration.ZERO);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static void say(String text) {
        System.out.println("pmip: " + text);
    }
}
