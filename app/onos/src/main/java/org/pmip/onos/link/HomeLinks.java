// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.pmip.onos.statistics.Punts;
import org.pmip.pipeconf.PacketInReason;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;

/**
 * The access links of this application's gateways at work: what nodes say there becomes events of the gateway, and what
 * the gateway wants is said to the nodes. Router advertisements go to one node alone, never before its binding is in
 * force, and again before they run out (draft-ietf-netlmm-proxymip6-10 sections 6.7 and 6.9.3). Thread-safe.
 */
public final class HomeLinks implements PacketProcessor, LinkEffects {

    /** How long until sessions are looked for that another node of the cluster has let go. */
    private static final long ADOPTION_MILLIS = 5_000;
    /** A switch that refuses some rule is never right: after that time its other nodes must not go without router. */
    static final long COMPARISON_MILLIS = 60_000;
    private static final int ADVERTISEMENTS_A_LIFETIME = 3;
    private static final long MILLIS = 1_000;

    private final LinkPorts ports;
    private final Attachments attachments;
    private final Predicate<DeviceId> master;
    private final LongSupplier clock;
    private final Consumer<String> counter;
    private final Presence presence;
    private final Questions questions = new Questions();
    private final Hearing hearing;
    private final Dhcpv4Agent dhcpv4;
    private final Dhcpv6Agent dhcpv6;
    private final Map<Long, NodeSession> advertised = new ConcurrentHashMap<>();
    private final DueQueue<Long> advertisements = new DueQueue<>();
    /** Since when gateways are this node's and their switches not compared yet; used by the one who ticks. */
    private final Map<String, Long> comparedSince = new ConcurrentHashMap<>();
    private volatile long adoptAt;

    /**
     * Makes the links of gateways.
     *
     * @param master tells whether this node of the cluster is the master of a switch
     * @param clock milliseconds on the scale of the bindings, {@link org.pmip.protocol.lma.Moment#millis}
     * @param counter told by name of each packet-in's class, and of what came that led to nothing
     */
    public HomeLinks(PacketService packets, Predicate<DeviceId> master, Attachments attachments,
                     Collection<GatewayLinks> gateways, LongSupplier clock, Consumer<String> counter) {
        this.ports = new LinkPorts(packets, gateways);
        this.attachments = attachments;
        this.master = master;
        this.clock = clock;
        this.counter = counter;
        this.presence = new Presence(attachments, this::probe, this::isMine);
        this.dhcpv4 = new Dhcpv4Agent(ports, attachments, clock, counter);
        this.dhcpv6 = new Dhcpv6Agent(ports, attachments, clock, counter);
        this.hearing = new Hearing(ports, attachments, presence, questions, dhcpv4, dhcpv6, this::say, clock,
                counter);
    }

    @Override
    public void process(PacketContext context) {
        InboundPacket inbound = context.inPacket();
        ConnectPoint port = inbound.receivedFrom();
        Optional<PacketInReason> reason = PacketInReason.of(inbound);
        Optional<GatewayLinks> gateway = ports.gateway(port.deviceId());
        if (context.isHandled() || gateway.isEmpty() || reason.isEmpty()) {
            return;
        }
        ByteBuffer unparsed = inbound.unparsed().duplicate();
        unparsed.rewind();
        byte[] frame = new byte[unparsed.remaining()];
        unparsed.get(frame);
        Optional<AccessLink> link = AccessLink.vlanOf(frame).flatMap(vlan -> gateway.get().link(port, vlan));
        switch (reason.get().puntClass()) {
            case ROUTER_SOLICITATION:
            case NEIGHBOUR_DISCOVERY:
            case ARP:
            case STATION:
            case OTHER:
                link.ifPresent(one -> {
                    context.block();
                    counter.accept(Punts.counted(reason.get().puntClass()));
                    hearing.heard(one, reason.get().puntClass(), frame);
                });
                break;
            case DHCP:
                context.block();
                counter.accept(Punts.counted(reason.get().puntClass()));
                link.ifPresentOrElse(one -> hearing.heard(one, reason.get().puntClass(), frame),
                        () -> answered(gateway.get(), frame));
                break;
            default:
                break;
        }
    }

    /** What a DHCP server says that a node's message was relayed to. */
    private void answered(GatewayLinks gateway, byte[] frame) {
        if (Hearing.isIpv6(frame)) {
            dhcpv6.answered(gateway, frame);
        } else {
            dhcpv4.answered(gateway, frame);
        }
    }

    /** A port of a switch went down: whoever was attached there has left. */
    public void portDown(ConnectPoint port) {
        ports.gateway(port.deviceId()).filter(gateway -> master.test(gateway.device())).ifPresent(gateway -> {
            for (AccessLink link : gateway.links(port)) {
                attachments.detached(Attachment.of(gateway.gateway(), link.name(), new byte[0],
                        gateway.accessTechnology()));
            }
        });
    }

    /** Somebody else found an interface on a port and VLAN, 0 for none; elsewhere than on our links it is ignored. */
    public void hostCame(ConnectPoint port, int vlan, MacAddress node) {
        link(port, vlan).ifPresent(link -> hearing.announced(new Place(link, node)));
    }

    /** Somebody else found that an interface has left a port and VLAN. */
    void hostLeft(ConnectPoint port, int vlan, MacAddress node) {
        link(port, vlan).ifPresent(link ->
                attachments.detached(link.attachment(node, ports.gateway(link).accessTechnology())));
    }

    private Optional<AccessLink> link(ConnectPoint port, int vlan) {
        return ports.gateway(port.deviceId()).filter(gateway -> master.test(gateway.device()))
                .flatMap(gateway -> gateway.link(port, vlan));
    }

    /** Does what is due; to be called several times a second. */
    public void tick() {
        long now = clock.getAsLong();
        for (long id : advertisements.due(now)) {
            NodeSession known = advertised.get(id);
            if (known != null) {
                repeat(known, now);
            }
        }
        presence.tick(now);
        // Asked just after the binding came into force, and before this node's copy of the sessions knew of it.
        for (Place place : questions.places()) {
            attachments.at(place.link().attachment(place.node(), ports.gateway(place.link()).accessTechnology()))
                    .filter(session -> session.binding().isPresent())
                    .ifPresent(session -> questions.answer(place, session, now));
        }
        if (now >= adoptAt) {
            adoptAt = now + ADOPTION_MILLIS;
            questions.sweep(now);
            adopt(now);
        }
    }

    private void repeat(NodeSession known, long now) {
        Optional<NodeSession> session = attachments.at(known.entry().attachment())
                .filter(one -> one.sessionId() == known.sessionId() && one.binding().isPresent());
        if (session.filter(this::isMine).isPresent()) {
            say(session.get());
        } else {
            advertised.remove(known.sessionId());
        }
    }

    private boolean isMine(NodeSession session) {
        return ports.place(session).filter(place -> master.test(place.link().port().deviceId())).isPresent();
    }

    /** Sessions whose advertisements nobody repeats: after a start, or when another node of the cluster failed. */
    private void adopt(long now) {
        for (GatewayLinks gateway : ports.gateways()) {
            if (isReady(gateway, now)) {
                for (NodeSession session : attachments.active(gateway.gateway())) {
                    if (!advertised.containsKey(session.sessionId()) && ports.place(session).isPresent()) {
                        say(session);
                        presence.watch(session, gateway.probeInterval(), now);
                    }
                }
            }
        }
    }

    /** Whether the switch can be relied on to have what the sessions need. */
    private boolean isReady(GatewayLinks gateway, long now) {
        if (!master.test(gateway.device())) {
            comparedSince.remove(gateway.gateway());
            return false;
        }
        if (attachments.compared(gateway.gateway())) {
            comparedSince.remove(gateway.gateway());
            return true;
        }
        return now - comparedSince.computeIfAbsent(gateway.gateway(), name -> now) >= COMPARISON_MILLIS;
    }

    @Override
    public void advertise(NodeSession session) {
        long now = clock.getAsLong();
        ports.place(session).ifPresent(place -> {
            say(session);
            // A host that asked while its radio changed links, where nobody heard it, asks again after a second only.
            session.binding().flatMap(binding -> ports.voice(ports.gateway(place.link()), session)
                    .announcement(binding, place.node())).ifPresent(frame -> ports.send(place.link(), frame));
            presence.watch(session, ports.gateway(place.link()).probeInterval(), now);
            questions.answer(place, session, now);
        });
    }

    /** Advertises what a session has now, and sees to it that this is repeated. */
    private void say(NodeSession session) {
        long now = clock.getAsLong();
        Optional<Place> place = ports.place(session);
        Optional<Binding> binding = session.binding();
        if (place.isEmpty() || binding.isEmpty()) {
            return;
        }
        GatewayLinks gateway = ports.gateway(place.get().link());
        ports.voice(gateway, session).advertisement(binding.get(), place.get().node(), session.linkLocal(), now)
                .ifPresent(frame -> ports.send(place.get().link(), frame));
        long left = Math.max(MILLIS, binding.get().endsAt() - now);
        long lifetime = Math.min(gateway.settings(session.node()).routerLifetime() * MILLIS, left);
        advertised.put(session.sessionId(), session);
        advertisements.at(session.sessionId(), now + lifetime / ADVERTISEMENTS_A_LIFETIME);
    }

    @Override
    public void withdraw(NodeSession session, List<Ip6Prefix> prefixes, boolean staysRouter) {
        ports.place(session).ifPresent(place -> ports.send(place.link(),
                ports.voice(ports.gateway(place.link()), session).withdrawal(prefixes, staysRouter, place.node(),
                        session.linkLocal())));
    }

    @Override
    public void removed(NodeSession session) {
        advertised.remove(session.sessionId());
        advertisements.remove(session.sessionId());
        presence.forget(session);
    }

    /**
     * How much longer it is waited for the answer of a session's node that was asked whether it is there.
     *
     * @param timeout how long it has for that, milliseconds
     * @return milliseconds, 0 when its time is over; empty if this node of the cluster awaits no answer
     */
    public OptionalLong awaits(long sessionId, long timeout) {
        return presence.awaits(sessionId, timeout, clock.getAsLong());
    }

    @Override
    public void checkPresence(NodeSession session) {
        ports.place(session).ifPresentOrElse(
                place -> {
                    if (session.canBeAsked()) {
                        presence.check(session, ports.gateway(place.link()).probeInterval(), clock.getAsLong());
                    } else {
                        // Its silence would say nothing; what it answers tells its address for the next time.
                        probe(session);
                        attachments.presence(session, true);
                    }
                },
                () -> attachments.presence(session, false));
    }

    private void probe(NodeSession session) {
        ports.place(session).ifPresent(place -> {
            GatewayLinks gateway = ports.gateway(place.link());
            ports.voice(gateway, session).probes(session, place.node())
                    .forEach(frame -> ports.send(place.link(), frame));
        });
    }

    @Override
    public void tearDown(NodeSession session) {
        removed(session);
        ports.place(session).ifPresent(place -> {
            questions.forget(place);
            hearing.forget(place);
        });
    }

    @Override
    public void deny(NodeSession session, String why) {
        ports.place(session).ifPresent(questions::forget);
        attachments.denied(session);
    }
}
