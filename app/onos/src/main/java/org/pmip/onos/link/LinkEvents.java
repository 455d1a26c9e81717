// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Host;
import org.onosproject.net.HostLocation;
import org.onosproject.net.Port;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.host.HostEvent;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostService;

/**
 * What ONOS itself knows of ports and hosts, as sources of attachments and detachments. On every node of a cluster; the
 * master of a switch acts. Thread-safe.
 */
public final class LinkEvents {

    private final DeviceService devices;
    private final HostService hosts;
    private final HomeLinks links;
    private final DeviceListener deviceListener = this::deviceChanged;
    private final HostListener hostListener = this::hostChanged;

    /** Makes the sources of events for links. */
    public LinkEvents(DeviceService devices, HostService hosts, HomeLinks links) {
        this.devices = devices;
        this.hosts = hosts;
        this.links = links;
    }

    /** Begins to listen. */
    public void start() {
        devices.addListener(deviceListener);
        hosts.addListener(hostListener);
    }

    /** Listens no more. */
    public void stop() {
        hosts.removeListener(hostListener);
        devices.removeListener(deviceListener);
    }

    private void deviceChanged(DeviceEvent event) {
        Port port = event.port();
        if (port != null && (event.type() == DeviceEvent.Type.PORT_REMOVED
                || event.type() == DeviceEvent.Type.PORT_UPDATED && !port.isEnabled())) {
            links.portDown(new ConnectPoint(event.subject().id(), port.number()));
        }
    }

    private void hostChanged(HostEvent event) {
        Host host = event.subject();
        switch (event.type()) {
            case HOST_ADDED:
                host.locations().forEach(location -> links.hostCame(location, vlan(host), host.mac()));
                break;
            case HOST_MOVED:
                Set<HostLocation> left = event.prevSubject().locations().stream()
                        .filter(location -> !host.locations().contains(location)).collect(Collectors.toSet());
                // In that order: who is at another place has moved, and who has only left is de-registered.
                host.locations().forEach(location -> links.hostCame(location, vlan(host), host.mac()));
                left.forEach(location -> links.hostLeft(location, vlan(event.prevSubject()), host.mac()));
                break;
            case HOST_REMOVED:
                host.locations().forEach(location -> links.hostLeft(location, vlan(host), host.mac()));
                break;
            default:
                break;
        }
    }

    private static int vlan(Host host) {
        return host.vlan().equals(VlanId.NONE) ? 0 : host.vlan().toShort();
    }
}
