// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.net;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceAdminService;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.provider.ProviderId;

/**
 * The devices of the network configuration, whether they can be reached, and their ports.
 *
 * <p>A device appears when its connection first stands, and stays, unavailable, when the connection is lost.
 * P4Runtime knows no ports: they come from the network configuration or from the switch that the host runs itself.
 * Safe for use by many threads.
 */
public final class Devices implements DeviceAdminService {
    /** Scheme and name of the provider of all devices here. */
    public static final ProviderId PROVIDER = new ProviderId("device", "org.pmip.standalone");

    private final Map<DeviceId, State> states = new ConcurrentHashMap<>();
    private final ListenerRegistry<DeviceEvent, DeviceListener> listeners = new ListenerRegistry<>();
    private final EventDeliveryService events;
    private final MastershipService mastership;
    private final DriverService drivers;

    private record State(Device device, boolean available, Instant updated, Map<PortNumber, Port> ports) {
        private State with(boolean nowAvailable) {
            return new State(device, nowAvailable, Instant.now(), ports);
        }

        private State with(Map<PortNumber, Port> nowPorts) {
            return new State(device, available, Instant.now(), nowPorts);
        }
    }

    /**
     * Creates an empty inventory.
     *
     * @param events way of the events
     * @param mastership role of this node for each device
     * @param drivers behaviours of devices
     */
    public Devices(EventDeliveryService events, MastershipService mastership, DriverService drivers) {
        this.events = events;
        this.mastership = mastership;
        this.drivers = drivers;
        events.addSink(DeviceEvent.class, listeners);
    }

    /**
     * Notes that a device is there and ready, with its ports.
     *
     * @param id identity of the device
     * @param ports all its ports
     */
    public synchronized void ready(DeviceId id, List<PortDescription> ports) {
        State known = states.get(id);
        if (known == null) {
            Device device = new HostDevice(PROVIDER, id, drivers);
            states.put(id, new State(device, true, Instant.now(), ports(device, ports)));
            post(DeviceEvent.Type.DEVICE_ADDED, device);
            states.get(id).ports().values().forEach(port ->
                events.post(new DeviceEvent(DeviceEvent.Type.PORT_ADDED, device, port)));
        } else if (!known.available()) {
            states.put(id, known.with(true));
            post(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, known.device());
        }
    }

    /**
     * Notes that a device cannot be reached.
     *
     * @param id identity of the device
     */
    public synchronized void unavailable(DeviceId id) {
        State known = states.get(id);
        if (known != null && known.available()) {
            states.put(id, known.with(false));
            post(DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED, known.device());
        }
    }

    private static Map<PortNumber, Port> ports(Device device, List<PortDescription> descriptions) {
        return descriptions.stream().filter(d -> !d.isRemoved()).collect(Collectors.toUnmodifiableMap(
            PortDescription::portNumber,
            d -> new DefaultPort(device, d.portNumber(), d.isEnabled(), d.type(), d.portSpeed(), d.annotations())));
    }

    private void post(DeviceEvent.Type type, Device device) {
        events.post(new DeviceEvent(type, device));
    }

    private List<Device> devices(Predicate<State> which) {
        return states.values().stream().filter(which).map(State::device).collect(Collectors.toList());
    }

    @Override
    public int getDeviceCount() {
        return states.size();
    }

    @Override
    public int getAvailableDeviceCount() {
        return devices(State::available).size();
    }

    @Override
    public Iterable<Device> getDevices() {
        return devices(state -> true);
    }

    @Override
    public Iterable<Device> getDevices(Device.Type type) {
        return devices(state -> state.device().type() == type);
    }

    @Override
    public Iterable<Device> getAvailableDevices() {
        return devices(State::available);
    }

    @Override
    public Iterable<Device> getAvailableDevices(Device.Type type) {
        return devices(state -> state.available() && state.device().type() == type);
    }

    @Override
    public Device getDevice(DeviceId deviceId) {
        State state = states.get(deviceId);
        return state == null ? null : state.device();
    }

    @Override
    public MastershipRole getRole(DeviceId deviceId) {
        return mastership.getLocalRole(deviceId);
    }

    @Override
    public List<Port> getPorts(DeviceId deviceId) {
        State state = states.get(deviceId);
        return state == null ? List.of() : List.copyOf(state.ports().values());
    }

    @Override
    public Port getPort(DeviceId deviceId, PortNumber portNumber) {
        State state = states.get(deviceId);
        return state == null ? null : state.ports().get(portNumber);
    }

    @Override
    public List<PortStatistics> getPortStatistics(DeviceId deviceId) {
        // P4Runtime carries none.
        return List.of();
    }

    @Override
    public List<PortStatistics> getPortDeltaStatistics(DeviceId deviceId) {
        return List.of();
    }

    @Override
    public boolean isAvailable(DeviceId deviceId) {
        State state = states.get(deviceId);
        return state != null && state.available();
    }

    @Override
    public String localStatus(DeviceId deviceId) {
        State state = states.get(deviceId);
        return state == null ? "unknown" : (state.available() ? "connected since " : "disconnected since ")
            + state.updated();
    }

    @Override
    public long getLastUpdatedInstant(DeviceId deviceId) {
        State state = states.get(deviceId);
        return state == null ? 0 : state.updated().toEpochMilli();
    }

    @Override
    public synchronized void removeDevice(DeviceId deviceId) {
        State state = states.get(deviceId);
        if (state != null && state.available()) {
            throw new IllegalStateException("Device " + deviceId + " is available, hence it cannot be removed");
        }
        if (states.remove(deviceId) != null) {
            post(DeviceEvent.Type.DEVICE_REMOVED, state.device());
        }
    }

    @Override
    public synchronized void removeDevicePorts(DeviceId deviceId) {
        State state = states.get(deviceId);
        if (state == null || state.available()) {
            return;
        }
        states.put(deviceId, state.with(Map.of()));
        state.ports().values().forEach(port ->
            events.post(new DeviceEvent(DeviceEvent.Type.PORT_REMOVED, state.device(), port)));
    }

    @Override
    public void changePortState(DeviceId deviceId, PortNumber portNumber, boolean enable) {
        throw new UnsupportedOperationException("P4Runtime cannot switch ports on or off");
    }

    @Override
    public void addListener(DeviceListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(DeviceListener listener) {
        listeners.removeListener(listener);
    }
}
