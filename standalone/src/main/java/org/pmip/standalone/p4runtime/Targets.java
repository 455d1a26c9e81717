// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigService;
import org.onosproject.net.config.basics.BasicDeviceConfig;
import org.onosproject.net.config.basics.PortDescriptionsConfig;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.model.PiPipeconfId;
import org.onosproject.net.pi.service.PiPipeconfEvent;
import org.onosproject.net.pi.service.PiPipeconfListener;
import org.onosproject.net.pi.service.PiPipeconfService;
import org.onosproject.net.pi.service.PiPipeconfMappingStore;
import org.pmip.standalone.net.Devices;
import org.pmip.standalone.net.Drivers;
import org.pmip.standalone.net.Masterships;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.PacketIn;

/**
 * The P4Runtime targets of the network configuration: a device with a management address, a driver and a pipeconf is
 * connected as soon as its pipeconf is registered, and let go when its configuration is taken away. Safe for use by
 * many threads.
 */
public final class Targets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

    private final Map<DeviceId, Target> targets = new ConcurrentHashMap<>();
    private final Threads threads = new Threads();
    private final ScheduledExecutorService scheduler = threads.connector();
    private final NetworkConfigListener configListener = new ConfigListener();
    private final PiPipeconfListener pipeconfListener = new PipeconfListener();
    private final Function<DeviceId, List<PortDescription>> ownPorts;
    private final PacketInput packets;
    private final Candidacy candidacy;
    private final NetworkConfigService configs;
    private final PiPipeconfService pipeconfs;
    private final PiPipeconfMappingStore bindings;
    private final Devices devices;
    private final Masterships masterships;

    /** Whether this host wants to command a device, where several hosts may. */
    public interface Candidacy {
        /**
         * Whether to connect to the device.
         *
         * @param device identity
         * @return false while another host has the device
         */
        boolean stands(DeviceId device);

        /**
         * The number to stand for election with.
         *
         * @param device identity
         * @return greater ones win
         */
        long electionId(DeviceId device);
    }

    /** A host that shares its devices with none that it knows of. */
    public static final Candidacy ALONE = new Candidacy() {
        @Override
        public boolean stands(DeviceId device) {
            return true;
        }

        @Override
        public long electionId(DeviceId device) {
            // Seconds since 1970: a host started later wins over one that was killed and whose stream still lingers.
            return System.currentTimeMillis() / 1000;
        }
    };

    /** Takes packets that came from the data plane. */
    @FunctionalInterface
    public interface PacketInput {
        /**
         * Takes one packet; called in the order in which a device sent them.
         *
         * @param device from which it came
         * @param pipeconf of the device
         * @param packet with its metadata
         */
        void receive(DeviceId device, PiPipeconf pipeconf, PacketIn packet);
    }

    /**
     * Creates the connector; {@link #activate} begins.
     *
     * @param configs network configuration
     * @param pipeconfs registered pipelines
     * @param bindings of devices to pipelines
     * @param devices inventory to keep
     * @param masterships roles to keep
     * @param ownPorts ports of switches that the host runs itself, empty for others
     * @param packets takes packets
     * @param candidacy whether to connect
     */
    public Targets(NetworkConfigService configs, PiPipeconfService pipeconfs, PiPipeconfMappingStore bindings,
                   Devices devices, Masterships masterships, Function<DeviceId, List<PortDescription>> ownPorts,
                   PacketInput packets, Candidacy candidacy) {
        this.configs = configs;
        this.pipeconfs = pipeconfs;
        this.bindings = bindings;
        this.devices = devices;
        this.masterships = masterships;
        this.ownPorts = ownPorts;
        this.packets = packets;
        this.candidacy = candidacy;
    }

    /** Connects what is configured, now and later. */
    public void activate() {
        configs.addListener(configListener);
        pipeconfs.addListener(pipeconfListener);
        scheduler.execute(this::connectAll);
    }

    private void connectAll() {
        configs.getSubjects(DeviceId.class, BasicDeviceConfig.class).forEach(this::reconsider);
    }

    /** Connects, reconnects or lets go of a device, as its configuration wants it now. */
    private void reconsider(DeviceId device) {
        BasicDeviceConfig config = configs.getConfig(device, BasicDeviceConfig.class);
        Target known = targets.get(device);
        TargetAddress address = config == null ? null : address(device, config);
        PiPipeconf pipeconf = config == null || config.pipeconf() == null ? null
            : pipeconfs.getPipeconf(new PiPipeconfId(config.pipeconf())).orElse(null);
        boolean wanted = address != null && pipeconf != null && Drivers.P4RUNTIME.contains(config.driver())
            && candidacy.stands(device);
        if (known != null && wanted && known.address().equals(address)
            && known.pipeconf().fingerprint() == pipeconf.fingerprint()) {
            return;
        }
        letGo(device);
        if (wanted) {
            pipeconfs.bindToDevice(pipeconf.id(), device);
            Target target = new Target(device, address, pipeconf, () -> candidacy.electionId(device), threads,
                new TargetEvents());
            targets.put(device, target);
            target.start();
        }
    }

    private void letGo(DeviceId device) {
        Target known = targets.remove(device);
        if (known != null) {
            known.close();
            devices.unavailable(device);
            masterships.lost(device);
            bindings.removeBinding(device);
        }
    }

    /**
     * Lets go of a device and, if this host stands for it, connects anew with the number of now.
     *
     * @param device identity
     */
    public void renew(DeviceId device) {
        scheduler.execute(() -> {
            letGo(device);
            reconsider(device);
        });
    }

    private static TargetAddress address(DeviceId device, BasicDeviceConfig config) {
        try {
            return config.managementAddress() == null ? null : TargetAddress.parse(config.managementAddress());
        } catch (IllegalArgumentException e) {
            LOG.error("managementAddress of {} {}", device, e.getMessage());
            return null;
        }
    }

    private List<PortDescription> ports(DeviceId device) {
        PortDescriptionsConfig config = configs.getConfig(device, PortDescriptionsConfig.class);
        return config == null ? ownPorts.apply(device) : config.portDescriptions();
    }

    /**
     * One target.
     *
     * @param device identity
     * @return its connection, or null when there is none
     */
    Target get(DeviceId device) {
        return targets.get(device);
    }

    /**
     * Where each target is on its way to be ready, for people.
     *
     * @return texts by device
     */
    public Map<DeviceId, String> states() {
        Map<DeviceId, String> states = new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        targets.forEach((device, target) -> states.put(device, target.state()));
        return states;
    }

    /** Lets go of all targets and ends the threads. */
    @Override
    public void close() {
        configs.removeListener(configListener);
        pipeconfs.removeListener(pipeconfListener);
        targets.values().forEach(Target::close);
        threads.close();
    }

    private final class TargetEvents implements Target.Events {
        @Override
        public void ready(DeviceId device) {
            masterships.won(device);
            devices.ready(device, ports(device));
        }

        @Override
        public void lost(DeviceId device, boolean toAnother) {
            devices.unavailable(device);
            if (toAnother) {
                masterships.lost(device);
            }
        }

        @Override
        public void packetIn(Target target, PacketIn packet) {
            packets.receive(target.device(), target.pipeconf(), packet);
        }
    }

    private final class ConfigListener implements NetworkConfigListener {
        @Override
        public boolean isRelevant(NetworkConfigEvent event) {
            return event.configClass() == BasicDeviceConfig.class && event.subject() instanceof DeviceId;
        }

        @Override
        public void event(NetworkConfigEvent event) {
            scheduler.execute(() -> reconsider((DeviceId) event.subject()));
        }
    }

    private final class PipeconfListener implements PiPipeconfListener {
        @Override
        public void event(PiPipeconfEvent event) {
            scheduler.execute(Targets.this::connectAll);
        }
    }
}
