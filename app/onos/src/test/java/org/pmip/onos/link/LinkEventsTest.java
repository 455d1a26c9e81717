// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DefaultHost;
import org.onosproject.net.DefaultPort;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Host;
import org.onosproject.net.HostId;
import org.onosproject.net.HostLocation;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceListener;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.host.HostEvent;
import org.onosproject.net.host.HostListener;
import org.onosproject.net.host.HostServiceAdapter;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.onosproject.net.provider.ProviderId;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.link.HomeLink;

import static org.assertj.core.api.Assertions.assertThat;

class LinkEventsTest {

    private static final DeviceId MAG = DeviceId.deviceId("device:mag1");
    private static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    private static final int WIFI = 4;

    private final FakeGateway gateway = new FakeGateway();
    private final Set<DeviceId> mastered = new HashSet<>(Set.of(MAG));
    private final List<DeviceListener> deviceListeners = new ArrayList<>();
    private final List<HostListener> hostListeners = new ArrayList<>();
    private final AccessLink two = link(2);
    private final AccessLink three = link(3);
    private LinkEvents events;

    private static AccessLink link(int port) {
        return new AccessLink("mag1", new ConnectPoint(MAG, PortNumber.portNumber(port)), 0);
    }

    @BeforeEach
    void start() {
        gateway.profiles.put(NODE, "mn1@example.net");
        NodeSettings settings = new NodeSettings(new HomeLink(true, false, 90, OptionalLong.empty(), 1_500), 90, 600);
        HomeLinks links = new HomeLinks(new PacketServiceAdapter(), mastered::contains, gateway, List.of(
                GatewayLinks.builder("mag1", MAG).links(List.of(two, three), WIFI)
                        .router(MacAddress.valueOf("00:00:5e:00:53:fe"), Ip6Address.valueOf("fe80::1"))
                        .settings(node -> settings).build()), () -> 1_000_000, text -> { });
        events = new LinkEvents(new DeviceServiceAdapter() {
            @Override
            public void addListener(DeviceListener listener) {
                deviceListeners.add(listener);
            }

            @Override
            public void removeListener(DeviceListener listener) {
                deviceListeners.remove(listener);
            }
        }, new HostServiceAdapter() {
            @Override
            public void addListener(HostListener listener) {
                hostListeners.add(listener);
            }

            @Override
            public void removeListener(HostListener listener) {
                hostListeners.remove(listener);
            }
        }, links);
        events.start();
    }

    private static Host host(AccessLink... at) {
        Set<HostLocation> locations = new HashSet<>();
        for (AccessLink one : at) {
            locations.add(new HostLocation(one.port(), 0));
        }
        return new DefaultHost(ProviderId.NONE, HostId.hostId(NODE), NODE, VlanId.NONE, locations, Set.of(), false);
    }

    private void tell(HostEvent event) {
        hostListeners.forEach(listener -> listener.event(event));
    }

    private void port(DeviceEvent.Type type, AccessLink at, boolean enabled) {
        Device device = new DefaultDevice(ProviderId.NONE, MAG, Device.Type.SWITCH, "", "", "", "", null);
        DeviceEvent event = new DeviceEvent(type, device, new DefaultPort(device, at.port().port(), enabled));
        deviceListeners.forEach(listener -> listener.event(event));
    }

    @Test
    @Requirement("PMIP10-2.2-2")
    void followsAHost() {
        tell(new HostEvent(HostEvent.Type.HOST_ADDED, host(two)));
        assertThat(gateway.attached).containsExactly(two.attachment(NODE, WIFI));
        tell(new HostEvent(HostEvent.Type.HOST_MOVED, host(three), host(two)));
        assertThat(gateway.detached).containsExactly(two.attachment(NODE, WIFI));
        assertThat(gateway.attached).endsWith(three.attachment(NODE, WIFI)).hasSize(2);
        assertThat(gateway.told).as("a move, and no de-registration first").endsWith("came to 3", "left 2");
        tell(new HostEvent(HostEvent.Type.HOST_REMOVED, host(three)));
        assertThat(gateway.detached).endsWith(three.attachment(NODE, WIFI)).hasSize(2);
    }

    @Test
    void leavesPortsThatAreNoAccessLinksAndOtherMastersSwitchesAlone() {
        tell(new HostEvent(HostEvent.Type.HOST_ADDED, host(link(1))));
        mastered.clear();
        tell(new HostEvent(HostEvent.Type.HOST_ADDED, host(two)));
        port(DeviceEvent.Type.PORT_UPDATED, two, false);
        assertThat(gateway.attached).isEmpty();
        assertThat(gateway.detached).isEmpty();
    }

    @Test
    void aPortThatGoesDownTakesItsNodesWithIt() {
        port(DeviceEvent.Type.PORT_UPDATED, two, true);
        assertThat(gateway.detached).isEmpty();
        port(DeviceEvent.Type.PORT_UPDATED, two, false);
        port(DeviceEvent.Type.PORT_REMOVED, three, true);
        assertThat(gateway.detached).hasSize(2).noneMatch(one -> one.identified());
    }

    @Test
    void listensNoMoreOnceStopped() {
        events.stop();
        assertThat(deviceListeners).isEmpty();
        assertThat(hostListeners).isEmpty();
    }
}
