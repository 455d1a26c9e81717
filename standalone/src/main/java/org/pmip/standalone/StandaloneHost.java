// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.PortDescription;
import org.osgi.framework.BundleException;

/**
 * The application with everything that it needs of ONOS, in this process.
 *
 * <p>Several hosts may run in one process. All methods are safe for use by many threads.
 */
public final class StandaloneHost implements AutoCloseable {
    /** Symbolic names of the application's bundles, in the order of their start. */
    public static final List<String> APPLICATION = List.of("org.pmip.protocol", "org.pmip.pipeconf", "org.pmip.onos");

    private final OnosServices services;
    private final long startMillis;
    private final AtomicBoolean closed = new AtomicBoolean();

    private StandaloneHost(OnosServices services, long startMillis) {
        this.services = services;
        this.startMillis = startMillis;
    }

    /**
     * Begins to describe a host.
     *
     * @return a host without configuration, with the application's bundles of the class path
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Looks up a service that ONOS, the host or the application offers.
     *
     * @param type interface that is on the class path of the host
     * @param <T> type
     * @return the service
     * @throws org.onlab.osgi.ServiceNotFoundException when nobody offers it
     */
    public <T> T service(Class<T> type) {
        return services.get(type);
    }

    /**
     * Looks up a service by the name of its interface, which may be a class that only the application's bundles see.
     *
     * @param type name of the interface
     * @return the service, or null when nobody offers it
     */
    public Object service(String type) {
        return services.framework().service(type);
    }

    /**
     * Replaces parts of the network configuration, as posting it to ONOS does.
     *
     * @param json sections by subject class, subject and key
     * @throws org.onosproject.net.config.InvalidConfigException when a section is not valid
     */
    public void configure(JsonNode json) {
        services.configure(json);
    }

    /**
     * Where each device is on its way to be ready.
     *
     * @return texts for people, by device; {@code ready} when it is
     */
    public Map<DeviceId, String> deviceStates() {
        return services.targets().states();
    }

    /**
     * How long the start took.
     *
     * @return milliseconds until all bundles were active; devices get ready afterwards
     */
    public long startMillis() {
        return startMillis;
    }

    /**
     * Stops the application, lets go of the devices and ends all threads of the host. A second call does nothing.
     *
     * @throws IllegalStateException when something did not stop in time; the rest did
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            services.close();
        }
    }

    /** Describes a host. Not safe for use by many threads. */
    public static final class Builder {
        private final List<String> bundles = new ArrayList<>();
        private final List<JsonNode> configurations = new ArrayList<>();
        private List<String> application = APPLICATION;
        private Path dataDirectory;
        private Function<DeviceId, List<PortDescription>> ports = device -> List.of();
        private int pollSeconds = 1;
        private boolean shared;
        private HostCluster cluster;

        private Builder() {
        }

        /**
         * Adds network configuration, as it would be posted to ONOS.
         *
         * @param json sections by subject class, subject and key
         * @return this
         */
        public Builder networkConfig(JsonNode json) {
            configurations.add(json);
            return this;
        }

        /**
         * Keeps the store on disk, so that sessions survive a restart; without it the store ends with the host.
         *
         * @param directory made if it is not there; used by one host at a time
         * @return this
         */
        public Builder dataDirectory(Path directory) {
            dataDirectory = directory;
            return this;
        }

        /**
         * Names the bundles of the class path that make up the application.
         *
         * @param symbolicNames in the order of their start; none for a host without the application
         * @return this
         */
        public Builder application(List<String> symbolicNames) {
            application = List.copyOf(symbolicNames);
            return this;
        }

        /**
         * Lets the application's bundles keep the classes of the class path, so that {@link
         * StandaloneHost#service(Class)} finds the application's own services, too. They are resolved by their
         * manifests all the same; only that a bundle cannot see a class that it does not import is no longer
         * enforced.
         *
         * @return this
         */
        public Builder shareTypes() {
            shared = true;
            return this;
        }

        /**
         * Adds a bundle.
         *
         * @param file a jar
         * @return this
         */
        public Builder bundle(Path file) {
            bundles.add(file.toUri().toString());
            return this;
        }

        /**
         * Tells the ports of devices for which the network configuration has no section {@code ports}.
         *
         * @param of device; an empty list when it is not known
         * @return this
         */
        public Builder ports(Function<DeviceId, List<PortDescription>> of) {
            ports = of;
            return this;
        }

        /**
         * Sets how often table entries and their counters are read back from the devices while they have up to 2000
         * entries; with more it is done less often, down to every 2 minutes.
         *
         * @param seconds from 1; ONOS's own default is 30
         * @return this
         */
        public Builder pollSeconds(int seconds) {
            if (seconds < 1) {
                throw new IllegalArgumentException("pollSeconds is " + seconds + ": should be 1 or more");
            }
            pollSeconds = seconds;
            return this;
        }

        /** Makes the host one of several. */
        Builder cluster(HostCluster one) {
            cluster = one;
            return this;
        }

        /**
         * Starts the host and waits until all bundles are active.
         *
         * @return the running host
         * @throws BundleException when a bundle does not start, with the reason
         * @throws IOException when a directory cannot be used
         * @throws InterruptedException when interrupted
         */
        public StandaloneHost start() throws BundleException, IOException, InterruptedException {
            long began = System.nanoTime();
            OnosServices services = OnosServices.start(dataDirectory, ports, pollSeconds, cluster);
            try {
                configurations.forEach(services::configure);
                services.startBundles(application, shared, bundles);
            } catch (BundleException | RuntimeException e) {
                services.close();
                throw e;
            }
            return new StandaloneHost(services, (System.nanoTime() - began) / 1_000_000);
        }
    }
}
