// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.net;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigService;
import org.onosproject.net.config.basics.BasicDeviceConfig;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.DefaultDriver;
import org.onosproject.net.driver.DefaultDriverData;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverAdminService;
import org.onosproject.net.driver.DriverData;
import org.onosproject.net.driver.DriverEvent;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.driver.DriverListener;
import org.onosproject.net.driver.DriverProvider;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.pi.model.PiPipeconfId;
import org.onosproject.net.pi.service.PiPipeconfService;

/**
 * Device drivers by name: the host's own for P4Runtime targets, and those that ONOS's pipeconf manager merges from
 * it and a pipeconf. Safe for use by many threads.
 */
public final class Drivers implements DriverAdminService, DriverService {
    /** Names under which the network configuration may ask for the driver of a P4Runtime target, as it does in ONOS. */
    public static final Set<String> P4RUNTIME = Set.of("bmv2", "stratum-bmv2", "stratum", "p4runtime");

    private static final String UNKNOWN = "No driver is called ";

    private final Map<String, Driver> drivers = new ConcurrentHashMap<>();
    private final Set<DriverProvider> providers = ConcurrentHashMap.newKeySet();
    private final ListenerRegistry<DriverEvent, DriverListener> listeners = new ListenerRegistry<>();
    private final Services services;
    /** What was found since drivers or configuration last changed: each packet and each rule asks. */
    private volatile Map<DeviceId, Found> found = new ConcurrentHashMap<>();

    private record Found(PiPipeconfId pipeconf, Driver driver) {
    }

    /**
     * Creates the inventory.
     *
     * @param services of the host, to which behaviours turn for what they need
     * @param behaviours of the driver for P4Runtime targets
     */
    public Drivers(Services services, Map<Class<? extends Behaviour>, Class<? extends Behaviour>> behaviours) {
        this.services = services;
        for (String name : P4RUNTIME) {
            drivers.put(name, new DefaultDriver(name, List.of(), "P4.org", "P4Runtime target", "1.3", behaviours,
                Map.of()));
        }
    }

    /**
     * Begins to tell listeners of new drivers.
     *
     * @param events way of the events
     */
    public void activate(EventDeliveryService events) {
        events.addSink(DriverEvent.class, listeners);
        services.get(NetworkConfigService.class).addListener(event -> forget());
    }

    private void forget() {
        found = new ConcurrentHashMap<>();
    }

    @Override
    public Set<DriverProvider> getProviders() {
        return Set.copyOf(providers);
    }

    @Override
    public void registerProvider(DriverProvider provider) {
        providers.add(provider);
        for (Driver driver : provider.getDrivers()) {
            drivers.put(driver.name(), driver);
            forget();
            services.get(EventDeliveryService.class).post(new DriverEvent(DriverEvent.Type.DRIVER_ENHANCED, driver));
        }
    }

    @Override
    public void unregisterProvider(DriverProvider provider) {
        providers.remove(provider);
        for (Driver driver : provider.getDrivers()) {
            drivers.remove(driver.name());
            forget();
            services.get(EventDeliveryService.class).post(new DriverEvent(DriverEvent.Type.DRIVER_REDUCED, driver));
        }
    }

    @Override
    public Set<Driver> getDrivers() {
        return Set.copyOf(drivers.values());
    }

    @Override
    public Set<Driver> getDrivers(Class<? extends Behaviour> withBehaviour) {
        return drivers.values().stream().filter(d -> d.hasBehaviour(withBehaviour)).collect(Collectors.toSet());
    }

    @Override
    public Driver getDriver(String driverName) {
        Driver driver = driverName == null ? null : drivers.get(driverName);
        if (driver == null) {
            throw new ItemNotFoundException(UNKNOWN + driverName);
        }
        return driver;
    }

    @Override
    public Driver getDriver(String mfr, String hw, String sw) {
        // Here the network configuration names every device's driver; what a device says of itself counts for nothing.
        throw new ItemNotFoundException(UNKNOWN + mfr + '/' + hw + '/' + sw);
    }

    @Override
    @SuppressWarnings("deprecation") // getPipeconf(DeviceId) finds nothing while a pipeconf is not registered
    public Driver getDriver(DeviceId deviceId) {
        Map<DeviceId, Found> known = found;
        PiPipeconfService pipeconfs = services.get(PiPipeconfService.class);
        PiPipeconfId pipeconf = pipeconfs.ofDevice(deviceId).orElse(null);
        Found before = known.get(deviceId);
        if (before != null && Objects.equals(before.pipeconf(), pipeconf)) {
            return before.driver();
        }
        Driver driver = find(deviceId, pipeconfs, pipeconf);
        known.put(deviceId, new Found(pipeconf, driver));
        return driver;
    }

    private Driver find(DeviceId deviceId, PiPipeconfService pipeconfs, PiPipeconfId pipeconf) {
        if (pipeconf != null) {
            return getDriver(pipeconfs.getMergedDriver(deviceId, pipeconf));
        }
        BasicDeviceConfig config = services.get(NetworkConfigService.class).getConfig(deviceId,
            BasicDeviceConfig.class);
        return getDriver(config == null ? null : config.driver());
    }

    @Override
    public Map<DeviceId, String> getDeviceDrivers() {
        Map<DeviceId, String> names = new HashMap<>();
        services.get(DeviceService.class).getDevices().forEach(device ->
            names.put(device.id(), getDriver(device.id()).name()));
        return names;
    }

    @Override
    public DriverHandler createHandler(DeviceId deviceId, String... credentials) {
        return new Handler(new DefaultDriverData(getDriver(deviceId), deviceId), services);
    }

    @Override
    public Class<? extends Behaviour> getBehaviourClass(String className) {
        for (Driver driver : drivers.values()) {
            for (Class<? extends Behaviour> behaviour : driver.behaviours()) {
                if (behaviour.getName().equals(className)) {
                    return behaviour;
                }
                if (driver.implementation(behaviour).getName().equals(className)) {
                    return driver.implementation(behaviour);
                }
            }
        }
        return null;
    }

    @Override
    public void addListener(DriverListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(DriverListener listener) {
        listeners.removeListener(listener);
    }

    private record Handler(DriverData data, Services services) implements DriverHandler {
        @Override
        public Driver driver() {
            return data.driver();
        }

        @Override
        public <T extends Behaviour> T behaviour(Class<T> behaviour) {
            return driver().createBehaviour(this, behaviour);
        }

        @Override
        public <T> T get(Class<T> service) {
            return services.get(service);
        }
    }
}
