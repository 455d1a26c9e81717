// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.link.AccessLink;
import org.pmip.onos.link.Attachments;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.mag.NodeIdentityProvider.Sighting;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.HandoffContext;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * What the access links of one configuration tell of nodes becomes events of the nodes: with the mobility service those
 * of the gateway's engine, without it those of regular access. Thread-safe.
 */
final class LinkAttachments implements Attachments {

    private final MagConfig mag;
    private final MagManager.Services services;
    private final AccessPorts ports;
    private final Supplier<PlainNodes> plain;
    private final MagProcessor processor;
    private final AccessSwitches switches;
    private final BooleanSupplier alone;

    /**
     * Makes them.
     *
     * @param plain the nodes that get regular access; asked for once all is made
     * @param alone whether the domain has no other gateways than these
     */
    LinkAttachments(MagConfig mag, MagManager.Services services, AccessPorts ports, Supplier<PlainNodes> plain,
                    MagProcessor processor, AccessSwitches switches, BooleanSupplier alone) {
        this.mag = mag;
        this.services = services;
        this.ports = ports;
        this.plain = plain;
        this.processor = processor;
        this.switches = switches;
        this.alone = alone;
    }

    @Override
    public Optional<MobileNodeIdentifier> identify(AccessLink link, MacAddress node, Optional<byte[]> dhcpClientId) {
        return mag.node(node).or(() -> services.desk.whose(new Sighting(link.port(), link.vlan(), node, dhcpClientId),
                        services.clock::millis, services.counter, services.named).map(mag::stable)
                        .filter(one -> mag.policy().profile(BindingUpdateList.key(one)).mobilityService()))
                .or(() -> Optional.of(PlainNodes.stranger(node)).filter(one -> mag.servesStrangers()));
    }

    /** Whether a node gets regular access where it is: it may, and the mobility service is not for it. */
    boolean servesPlainly(MobileNodeIdentifier node, Attachment at) {
        boolean without = mag.policy().service(BindingUpdateList.key(node), at.gateway()).isEmpty();
        return mag.node(node).plainAccess() && (without || services.index.at(at)
                .filter(session -> session.entry().state() == BindingUpdateListEntry.State.DENIED).isPresent());
    }

    @Override
    public void denied(NodeSession session) {
        if (mag.node(session.node()).plainAccess()) {
            plain.get().attached(session.entry().attachment(), true);
        }
    }

    @Override
    public void attached(MobileNodeIdentifier node, Attachment attachment, int hint) {
        attached(node, attachment, MagEvent.attached(attachment, hint, Optional.empty()));
    }

    private void attached(MobileNodeIdentifier node, Attachment attachment, MagEvent event) {
        Optional<Anchor> anchor = anchor(node, attachment);
        if (anchor.isEmpty()) {
            plain.get().attached(attachment, false);
            return;
        }
        services.counter.accept("attachments");
        processor.attached(node, anchor.get(), attachment, event);
    }

    private Optional<Anchor> anchor(MobileNodeIdentifier node, Attachment attachment) {
        return mag.policy().service(BindingUpdateList.key(node), attachment.gateway());
    }

    @Override
    public void cameAgain(NodeSession session, Attachment attachment) {
        if (!alone.getAsBoolean() && !PlainNodes.isPlain(session)) {
            processor.cameAgain(session, MagEvent.arrived(attachment, HandoffIndicator.UNKNOWN, Optional.empty()));
        }
    }

    @Override
    public void detached(Attachment attachment) {
        plain.get().detached(attachment);
        processor.left(attachment);
        Collection<NodeSession> gone = attachment.identified()
                ? services.index.at(attachment).map(List::of).orElse(List.of()) : services.index.on(attachment);
        for (NodeSession session : gone) {
            services.counter.accept("detachments");
            processor.gone(session, MagEvent.detached(attachment));
        }
    }

    @Override
    public void presence(NodeSession session, boolean present) {
        if (!present) {
            services.counter.accept("found to be gone");
        }
        if (!PlainNodes.isPlain(session)) {
            processor.presence(session, present);
        } else if (!present) {
            plain.get().detached(session.entry().attachment());
        }
    }

    @Override
    public Optional<NodeSession> at(Attachment place) {
        Optional<NodeSession> session = services.index.at(place).map(one -> processor.confirmed(one.sessionId()) ? one
                : one.unconfirmed());
        return session.flatMap(NodeSession::binding).isPresent() ? session
                : plain.get().at(place).or(() -> session);
    }

    @Override
    public boolean compared(String gateway) {
        return switches.compared(mag.device(gateway));
    }

    @Override
    public void entriesAreMissing(NodeSession session) {
        services.counter.accept("sessions whose entries are missing");
        switches.missing(mag.device(session.entry().attachment().gateway()));
    }

    @Override
    public Collection<NodeSession> active(String gateway) {
        Collection<NodeSession> active = services.index.active(gateway);
        active.removeIf(session -> !processor.confirmed(session.sessionId()));
        active.addAll(plain.get().at(gateway));
        return active;
    }

    /** An operator, or an access network that knows better, says that a node is at a port. */
    void attach(ConnectPoint port, int vlan, MacAddress node, Handoff how, Optional<MobileNodeIdentifier> identity) {
        AccessLink link = ports.link(port, vlan);
        MobileNodeIdentifier identifier = identity.map(mag::stable)
                .or(() -> identify(link, node, Optional.empty())).orElseThrow(() ->
                new IllegalArgumentException("nobody is known to have the interface " + node
                        + "; name it under mag/mobileNodes, or name the mobile node here"));
        Attachment at = link.attachment(node, mag.link().accessTechnology());
        how.previous().ifPresent(told -> anchor(identifier, at).filter(serving -> !told.isOf(serving))
                .ifPresent(serving -> refuse(told, serving)));
        attached(identifier, at, MagEvent.arrived(at, how.indicator(), how.previous().map(this::usable)));
    }

    private static void refuse(HandoffContext told, Anchor serving) {
        throw new IllegalArgumentException("context/lmaAddress: " + told.anchor().orElseThrow() + " is not "
                + serving.address() + ", by which anchor " + serving.name() + " serves the node here; name the other"
                + " one as anchor in the node's profile, or leave lmaAddress out if both are one anchor's");
    }

    /** A key that others have chosen is taken along only if it can be nobody else's here, now or later. */
    private HandoffContext usable(HandoffContext told) {
        boolean free = told.downlinkKey().isPresent() && services.downlinkKeys.leaves(told.downlinkKey().getAsLong());
        return free ? told : told.toBuilder().downlinkKey(OptionalLong.empty()).build();
    }

    /** An operator, or an access network that knows better, says that a node has left a port. */
    void detach(ConnectPoint port, int vlan, MacAddress node) {
        detached(ports.link(port, vlan).attachment(node, mag.link().accessTechnology()));
    }
}
