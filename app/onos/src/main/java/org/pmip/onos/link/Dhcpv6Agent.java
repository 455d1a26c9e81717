// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.link.Dhcpv6Relay;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.wire.DecodeException;

/**
 * The DHCPv6 relay agent of every access link: servers know a node by its home network prefix, wherever it is
 * (draft-ietf-netlmm-proxymip6-10 section 6.11). Thread-safe.
 */
final class Dhcpv6Agent {

    private static final MacAddress NEXT_HOP = MacAddress.ZERO;

    private final LinkPorts ports;
    private final Attachments attachments;
    private final LongSupplier clock;
    private final Consumer<String> counter;

    Dhcpv6Agent(LinkPorts ports, Attachments attachments, LongSupplier clock, Consumer<String> counter) {
        this.ports = ports;
        this.attachments = attachments;
        this.clock = clock;
        this.counter = counter;
    }

    /** Relays what a node says to all servers that are configured. */
    void relay(Place place, NodeSession session, Ip6Address peer, byte[] message) {
        GatewayLinks gateway = ports.gateway(place.link());
        Optional<Ip6Prefix> home = session.binding().map(Binding::prefixes)
                .flatMap(prefixes -> prefixes.stream().findFirst());
        if (home.isEmpty() || gateway.dhcpv6Servers().isEmpty()) {
            counter.accept("DHCPv6 without server or prefix");
            return;
        }
        Optional<byte[]> forward = Dhcpv6Relay.forward(message, home.get(), peer, interfaceId(place));
        forward.ifPresent(octets -> gateway.dhcpv6Servers().forEach(server ->
                ports.route(gateway.device(), Ipv6Frame.udp(NEXT_HOP, NEXT_HOP, gateway.proxyCoa(),
                        Dhcpv6Relay.SERVER_PORT, server, Dhcpv6Relay.SERVER_PORT, octets).octets())));
    }

    /** The relay's own name for a place, which the server gives back. */
    private static byte[] interfaceId(Place place) {
        return (place.link().name() + " " + place.node()).getBytes(StandardCharsets.US_ASCII);
    }

    /** What a server has answered, to the node that it is for; of others it is dropped. */
    void answered(GatewayLinks gateway, byte[] frame) {
        try {
            Ipv6Frame packet = Ipv6Frame.decode(frame);
            if (!packet.destination().equals(gateway.proxyCoa())
                    || !gateway.dhcpv6Servers().contains(packet.source())
                    || packet.destinationPort() != Dhcpv6Relay.SERVER_PORT) {
                counter.accept("DHCPv6 from no server of ours");
                return;
            }
            Dhcpv6Relay reply = Dhcpv6Relay.decode(packet.data());
            Optional<Place> place = place(gateway, reply.interfaceId());
            Optional<NodeSession> session = place.flatMap(one ->
                    attachments.at(one.link().attachment(one.node(), gateway.accessTechnology())));
            if (session.flatMap(NodeSession::binding).filter(binding -> binding.endsAt() > clock.getAsLong())
                    .isEmpty()) {
                counter.accept("DHCPv6 for nobody here");
                return;
            }
            Ip6Address linkLocal = ports.voice(gateway, session.get()).linkLocal();
            ports.send(place.get().link(), Ipv6Frame.udp(gateway.routerMac(), place.get().node(), linkLocal,
                    Dhcpv6Relay.SERVER_PORT, reply.peer(), Dhcpv6Relay.CLIENT_PORT, reply.message()).octets());
        } catch (DecodeException e) {
            counter.accept("undecodable DHCPv6");
        }
    }

    private static Optional<Place> place(GatewayLinks gateway, byte[] interfaceId) {
        String[] parts = new String(interfaceId, StandardCharsets.US_ASCII).split(" ", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            MacAddress node = MacAddress.valueOf(parts[1]);
            return gateway.link(parts[0]).map(link -> new Place(link, node));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
