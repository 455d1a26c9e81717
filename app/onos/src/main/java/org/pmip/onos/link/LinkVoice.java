// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.link.ArpFrame;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.Dhcpv4Server;
import org.pmip.protocol.mag.link.HomeLink;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.mag.link.NeighborAdvertisement;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.mag.link.RouterAdvertisement;

/**
 * The router as a mobile node hears it: the same link-layer and link-local address on whichever link the node is
 * (draft-ietf-netlmm-proxymip6-10 section 6.9.3). All results are frames without a tag. Immutable.
 */
final class LinkVoice {

    private static final long MILLIS = 1_000;

    private final MacAddress router;
    private final Ip6Address linkLocal;
    private final HomeLink homeLink;

    /**
     * Makes a router's voice.
     *
     * @param router its link-layer address
     * @param linkLocal its link-local address
     * @param homeLink what the node is told of its link
     */
    LinkVoice(MacAddress router, Ip6Address linkLocal, HomeLink homeLink) {
        this.router = Objects.requireNonNull(router, "router");
        this.linkLocal = Objects.requireNonNull(linkLocal, "linkLocal");
        this.homeLink = Objects.requireNonNull(homeLink, "homeLink");
    }

    Ip6Address linkLocal() {
        return linkLocal;
    }

    /** What a node with this binding is told; nothing if it has no prefix. To the node alone, whatever its address. */
    Optional<byte[]> advertisement(Binding binding, MacAddress node, Ip6Address nodeLinkLocal, long millis) {
        if (binding.prefixes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(toNode(homeLink.advertisement(binding, millis), node, nodeLinkLocal));
    }

    /** Takes prefixes away from a node; it keeps its router if it has others. */
    byte[] withdrawal(List<Ip6Prefix> prefixes, boolean staysRouter, MacAddress node, Ip6Address nodeLinkLocal) {
        return toNode(homeLink.withdrawal(prefixes, staysRouter), node, nodeLinkLocal);
    }

    private byte[] toNode(RouterAdvertisement message, MacAddress node, Ip6Address nodeLinkLocal) {
        Ip6Address destination = nodeLinkLocal.isZero() ? RouterAdvertisement.ALL_NODES : nodeLinkLocal;
        return message.frame(router, linkLocal, node, destination).octets();
    }

    /**
     * The answer to a node that looks for its router, or tests whether the router's own address is free. Nobody else is
     * on the link, so nothing is said of other addresses.
     */
    Optional<byte[]> answer(NeighborSolicitation asked, MacAddress node) {
        return asked.target().equals(linkLocal)
                ? Optional.of(NeighborAdvertisement.answer(router, true, asked, node).octets()) : Optional.empty();
    }

    /**
     * Tells a node its IPv4 router's link-layer address unasked (RFC 5227 section 3), as an advertisement does for
     * IPv6; to the node alone. Nothing if it has no IPv4 home address.
     */
    Optional<byte[]> announcement(Binding binding, MacAddress node) {
        return binding.ipv4Home().map(Ipv4Home::defaultRouter)
                .map(address -> ArpFrame.request(node, router, address, address).octets());
    }

    /** The answer to an ARP request of a node. */
    Optional<byte[]> answer(ArpFrame asked, Optional<Ipv4Home> home) {
        return asked.answer(router, home).map(ArpFrame::octets);
    }

    /** The answer of the gateway as DHCP server; the lease ends with the binding at the latest, or after the cap. */
    Optional<byte[]> answer(Dhcpv4Message asked, Binding binding, long leaseCap, long millis) {
        long left = Math.max(0, (binding.endsAt() - millis) / MILLIS);
        return Dhcpv4Server.answer(asked, binding.ipv4Home(), Math.min(leaseCap, left), homeLink.mtu(binding))
                .flatMap(message -> binding.ipv4Home().map(home -> dhcp(message, home)));
    }

    /** A DHCP message for the node, as if from the default router. */
    byte[] dhcp(Dhcpv4Message message, Ipv4Home home) {
        return Ipv4UdpFrame.answer(router, home.defaultRouter(), message).octets();
    }

    /**
     * Questions that a node answers which is there: to each address that it is known to have, in force or not, and to
     * all groups that it listens to if no link-local address is known.
     */
    List<byte[]> probes(NodeSession session, MacAddress node) {
        List<byte[]> probes = new ArrayList<>();
        if (session.linkLocal().isZero()) {
            probes.add(ListenerQuery.general(router, linkLocal, node));
        } else {
            probes.add(NeighborSolicitation.probe(router, linkLocal, node, session.linkLocal()).octets());
        }
        // Without a router's address it is a probe of RFC 5227, which the owner of the address answers as well.
        Ip4Address asking = session.entry().binding().flatMap(Binding::ipv4Home).map(Ipv4Home::defaultRouter)
                .orElse(Ip4Address.ZERO);
        session.ipv4().ifPresent(own -> probes.add(ArpFrame.request(node, router, asking, own).octets()));
        return probes;
    }
}
