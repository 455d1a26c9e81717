// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.Dhcpv4Relay;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.wire.DecodeException;

/**
 * DHCP of access links for IPv4 home addresses: the gateway is the server itself, or the relay agent of one elsewhere
 * where the anchor says so (IPv4 DHCP Support Mode option, RFC 5844 section 3.3.4) and such a server is configured.
 * Thread-safe.
 */
final class Dhcpv4Agent {

    private final LinkPorts ports;
    private final Attachments attachments;
    private final LongSupplier clock;
    private final Consumer<String> counter;

    Dhcpv4Agent(LinkPorts ports, Attachments attachments, LongSupplier clock, Consumer<String> counter) {
        this.ports = ports;
        this.attachments = attachments;
        this.clock = clock;
        this.counter = counter;
    }

    /** What becomes of a message of a node whose binding is in force. */
    void asked(Place place, NodeSession session, Dhcpv4Message message) {
        GatewayLinks gateway = ports.gateway(place.link());
        Optional<Binding> binding = session.binding();
        Optional<Ipv4Home> home = binding.flatMap(Binding::ipv4Home);
        if (home.isEmpty()) {
            return;
        }
        if (binding.get().dhcpServer() || gateway.dhcpv4().isEmpty()) {
            ports.voice(gateway, session).answer(message, binding.get(),
                    gateway.settings(session.node()).leaseCap(), clock.getAsLong())
                    .ifPresent(answer -> ports.send(place.link(), answer));
            return;
        }
        DhcpRelaying to = gateway.dhcpv4().get();
        Optional<Dhcpv4Message> relayed = Dhcpv4Relay.forward(message, home.get(), to.relayAddress(home.get()),
                (gateway.gateway() + " " + place.link().name()).getBytes(StandardCharsets.UTF_8),
                session.node().identifier());
        if (relayed.isEmpty()) {
            counter.accept("DHCP that is not relayed");
        }
        relayed.ifPresent(octets -> to.servers().forEach(server -> ports.route(gateway.device(),
                new Ipv4UdpFrame(MacAddress.ZERO, MacAddress.ZERO, to.source(), Ipv4UdpFrame.SERVER_PORT, server,
                        Ipv4UdpFrame.SERVER_PORT, octets.octets()).octets())));
    }

    /**
     * What a server has answered, to the node that it is for, wherever that is by now; of others it is dropped.
     *
     * @param gateway the one to whose switch it came, which need not be the node's
     */
    void answered(GatewayLinks gateway, byte[] frame) {
        try {
            Ipv4UdpFrame packet = Ipv4UdpFrame.decode(frame);
            if (packet.destinationPort() != Ipv4UdpFrame.SERVER_PORT
                    || gateway.dhcpv4().filter(to -> to.servers().contains(packet.source())).isEmpty()) {
                counter.accept("DHCP from no server of ours");
                return;
            }
            Dhcpv4Message message = Dhcpv4Message.decode(packet.data());
            Optional<NodeSession> session = Dhcpv4Relay.circuit(message)
                    .flatMap(circuit -> at(new String(circuit, StandardCharsets.UTF_8), message.hardware()))
                    .or(() -> anywhere(message.hardware()))
                    .filter(one -> one.binding().orElseThrow().endsAt() > clock.getAsLong());
            Optional<Place> place = session.flatMap(ports::place);
            Optional<Ipv4Home> home = session.flatMap(NodeSession::binding).flatMap(Binding::ipv4Home);
            if (place.isEmpty() || home.isEmpty()) {
                counter.accept("DHCP for nobody here");
                return;
            }
            GatewayLinks there = ports.gateway(place.get().link());
            Ip4Address own = message.relay().equals(home.get().defaultRouter()) ? home.get().defaultRouter()
                    : gateway.dhcpv4().get().source();
            Optional<Dhcpv4Message> answer = Dhcpv4Relay.back(message, home.get(), own);
            if (answer.isEmpty()) {
                counter.accept("DHCP with another address than the anchor's");
            }
            answer.ifPresent(octets -> ports.send(place.get().link(),
                    ports.voice(there, session.get()).dhcp(octets, home.get())));
        } catch (DecodeException e) {
            counter.accept("undecodable DHCP");
        }
    }

    private Optional<NodeSession> at(String circuit, MacAddress node) {
        int cut = circuit.lastIndexOf(' ');
        return ports.gateways().stream().filter(one -> cut > 0 && one.gateway().equals(circuit.substring(0, cut)))
                .findFirst().flatMap(one -> one.link(circuit.substring(cut + 1)).flatMap(link ->
                        attachments.at(link.attachment(node, one.accessTechnology()))))
                .filter(session -> session.binding().isPresent());
    }

    /** Where the node is by now, or what a server that does not give the circuit back is about. */
    private Optional<NodeSession> anywhere(MacAddress node) {
        return ports.gateways().stream().flatMap(one -> attachments.active(one.gateway()).stream())
                .filter(session -> session.mac().filter(node::equals).isPresent()).findFirst();
    }
}
