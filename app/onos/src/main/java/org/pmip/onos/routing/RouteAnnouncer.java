// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.routing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketService;
import org.pmip.onos.config.Interface;
import org.pmip.protocol.wire.rip.RouteUpdate;

/**
 * Announces the home networks of a switch's interfaces by RIPng and RIP version 2 (draft-ietf-netlmm-proxymip6-10
 * section 5.6.2: a connected route, or an aggregate, in the routing infrastructure). It only speaks: what the routers
 * beside it announce is not listened to, its own routes are those of the configuration. Stateless.
 */
public final class RouteAnnouncer {

    private final PacketService packets;
    private final DeviceId device;
    private final List<Interface> interfaces;

    /**
     * Makes an announcer.
     *
     * @param device the switch that the packets leave
     * @param interfaces all of its interfaces; those without prefixes to announce stay quiet
     */
    public RouteAnnouncer(PacketService packets, DeviceId device, List<Interface> interfaces) {
        this.packets = packets;
        this.device = device;
        this.interfaces = interfaces.stream().filter(one -> !one.announced().isEmpty()).collect(Collectors.toList());
    }

    /** Whether there is anything to announce. */
    public boolean hasRoutes() {
        return !interfaces.isEmpty();
    }

    /** Tells the way; to be repeated every {@value RouteUpdate#INTERVAL_SECONDS} s. */
    public void announce() {
        interfaces.forEach(one -> tell(one, RouteUpdate.CONNECTED, prefix -> true));
    }

    /**
     * Tells that there is no way any more, so that routers need not wait until they forget.
     *
     * @param next who announces from now on: what it tells at the same port is not taken back
     */
    public void withdraw(Optional<RouteAnnouncer> next) {
        List<Interface> others = next.filter(one -> one.device.equals(device)).map(one -> one.interfaces)
                .orElse(List.of());
        for (Interface one : interfaces) {
            Set<IpPrefix> still = others.stream().filter(other -> other.port() == one.port())
                    .flatMap(other -> other.announced().stream()).collect(Collectors.toSet());
            tell(one, RouteUpdate.UNREACHABLE, prefix -> !still.contains(prefix));
        }
    }

    private void tell(Interface one, int metric, Predicate<IpPrefix> which) {
        List<IpPrefix> prefixes = one.announced().stream().filter(which).collect(Collectors.toList());
        List<byte[]> frames = new ArrayList<>(RouteUpdate.ripng(one.mac(), one.linkLocal(), prefixes.stream()
                .filter(IpPrefix::isIp6).map(IpPrefix::getIp6Prefix).collect(Collectors.toList()), metric));
        one.addresses().stream().filter(IpAddress::isIp4).findFirst().ifPresent(own -> {
            Ip4Address source = own.getIp4Address();
            frames.addAll(RouteUpdate.ripv2(one.mac(), source, prefixes.stream().filter(IpPrefix::isIp4)
                    .map(IpPrefix::getIp4Prefix).collect(Collectors.toList()), metric));
        });
        for (byte[] frame : frames) {
            packets.emit(new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                    .setOutput(PortNumber.portNumber(one.port())).build(), ByteBuffer.wrap(frame)));
        }
    }
}
