// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketService;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;

/** Finds links by what names them, and sends frames out onto them. Thread-safe. */
final class LinkPorts {

    private final PacketService packets;
    private final Map<DeviceId, GatewayLinks> byDevice = new HashMap<>();
    private final Map<String, GatewayLinks> byName = new HashMap<>();

    LinkPorts(PacketService packets, Collection<GatewayLinks> gateways) {
        this.packets = packets;
        for (GatewayLinks gateway : gateways) {
            byDevice.put(gateway.device(), gateway);
            byName.put(gateway.gateway(), gateway);
        }
    }

    Collection<GatewayLinks> gateways() {
        return byName.values();
    }

    Optional<GatewayLinks> gateway(DeviceId device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    GatewayLinks gateway(AccessLink link) {
        return byName.get(link.gateway());
    }

    /** The place of a session; empty if its link is not, or is no longer, one of ours. */
    Optional<Place> place(NodeSession session) {
        Attachment attachment = session.entry().attachment();
        return Optional.ofNullable(byName.get(attachment.gateway()))
                .flatMap(gateway -> gateway.link(attachment.link()))
                .flatMap(link -> session.mac().map(mac -> new Place(link, mac)));
    }

    /** How the router of a session's link speaks to the session's node. */
    LinkVoice voice(GatewayLinks gateway, NodeSession session) {
        // RFC 5213 section 6.9.1.2: the anchor's word on the address counts, so that it stays the same on every link.
        Ip6Address linkLocal = session.entry().binding().map(Binding::linkLocal).filter(named -> !named.isZero())
                .orElse(gateway.linkLocal());
        return new LinkVoice(gateway.routerMac(), linkLocal, gateway.settings(session.node()).homeLink());
    }

    /** Sends an untagged frame out onto a link, with the link's tag. */
    void send(AccessLink link, byte[] frame) {
        emit(link.port(), link.frame(frame));
    }

    /** Has the switch route a packet into the transport network. */
    void route(DeviceId device, byte[] frame) {
        emit(new ConnectPoint(device, PortNumber.TABLE), frame);
    }

    private void emit(ConnectPoint port, byte[] frame) {
        packets.emit(new DefaultOutboundPacket(port.deviceId(),
                DefaultTrafficTreatment.builder().setOutput(port.port()).build(), ByteBuffer.wrap(frame)));
    }
}
