// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.OutboundPacket;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.dataplane.AccessEntities.Attached;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.signalling.TunnelErrors;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.packet.TunnelError;

/** The gateways' ends of their tunnels: whose packet it is that the transport network complains of. Thread-safe. */
final class GatewayTunnels implements TunnelErrors.Ends {

    private static final int MACS = 12;
    private static final int VLAN = 0x8100;
    private static final int VLAN_TAG = 4;

    private final MagConfig mag;
    private final MagManager.Services services;
    private final AccessPlane plane;
    private final BiFunction<MobileNodeIdentifier, BindingUpdateListEntry, Optional<Placed>> placed;

    /**
     * Makes it.
     *
     * @param placed where a session is; empty if that is not configured any more
     */
    GatewayTunnels(MagConfig mag, MagManager.Services services, AccessPlane plane,
                   BiFunction<MobileNodeIdentifier, BindingUpdateListEntry, Optional<Placed>> placed) {
        this.mag = mag;
        this.services = services;
        this.plane = plane;
        this.placed = placed;
    }

    @Override
    public Optional<TunnelErrors.Heard> heard(DeviceId device, TunnelError error) {
        Optional<byte[]> inner = error.inner();
        return mag.gateways().stream().filter(one -> mag.device(one.name()).equals(device))
                .flatMap(one -> services.index.active(one.name()).stream()
                        .filter(session -> AccessPlane.sent(session.entry(), error)
                                && inner.map(packet -> isFrom(session.entry(), packet)).orElse(true))
                        .flatMap(session -> heard(one, session, error).stream()))
                .findFirst();
    }

    private Optional<TunnelErrors.Heard> heard(Gateway gateway, NodeSession session, TunnelError error) {
        return placed.apply(session.node(), session.entry()).flatMap(where -> where.place().map(place -> {
            long now = services.clock.steadyMillis();
            Paths.Verdict verdict = plane.heard(where, error, now);
            return new TunnelErrors.Heard(verdict, plane.path(where, now).mtu(), Optional.of(gateway.proxyCoa()),
                    session.entry().binding().flatMap(Binding::ipv4Home).map(Ipv4Home::defaultRouter),
                    message -> onLink(where.device(), place, message));
        }));
    }

    /** What is known of the path of a session's tunnel; empty while it has none. */
    Optional<Paths.State> path(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        return placed.apply(node, entry).map(where -> plane.path(where, services.clock.steadyMillis()));
    }

    private static boolean isFrom(BindingUpdateListEntry entry, byte[] packet) {
        if ((packet[0] & 0xf0) == 0x60) {
            Ip6Address source = Ip6Address.valueOf(Arrays.copyOfRange(packet, 8, 24));
            return entry.binding().stream().flatMap(binding -> binding.prefixes().stream())
                    .anyMatch(prefix -> prefix.contains(source));
        }
        IpAddress source = Ip4Address.valueOf(Arrays.copyOfRange(packet, 12, 16));
        return entry.binding().flatMap(Binding::ipv4Home).filter(home -> home.address().equals(source)).isPresent();
    }

    private static OutboundPacket onLink(DeviceId device, Attached place, byte[] message) {
        ByteBuffer out = ByteBuffer.allocate(message.length + (place.vlan() == 0 ? 0 : VLAN_TAG));
        out.put(place.node().toBytes()).put(place.router().toBytes());
        if (place.vlan() != 0) {
            out.putShort((short) VLAN).putShort((short) place.vlan());
        }
        out.put(message, MACS, message.length - MACS);
        return new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                .setOutput(PortNumber.portNumber(place.port())).build(), ByteBuffer.wrap(out.array()));
    }
}
