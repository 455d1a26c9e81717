// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.onos.link.Questions.Question;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.link.ArpFrame;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.Dhcpv6Relay;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.NeighborAdvertisement;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.mag.link.RouterSolicitation;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * Understands what nodes say on their links. Whatever it is, it shows that the node is there: it attaches one that is
 * new to the link, and answers the question whether one is still there. Thread-safe.
 */
final class Hearing {

    /** Within that time a second frame of a node that is being attached says nothing new. */
    private static final long SAME_SIGN_MILLIS = 200;
    /** The same of a node that its anchor keeps waiting, or refuses: chatty ones must not keep the store busy. */
    private static final long WAITING_SIGN_MILLIS = 5_000;
    /** Whoever arrives says so in several ways, one after the other. */
    private static final long ARRIVAL_MILLIS = 1_000;
    private static final int GREATEST_MEMORY = 20_000;
    private static final int LAYER2_UPDATE_LENGTH = 6;
    private static final int XID = 0xaf;

    /** What a frame tells of whoever sends it. */
    private enum Sign {
        /** It is there, or was: a late frame of it may have got here. */
        LIFE,
        /** It asks for something, as one does who is new. */
        QUESTION,
        /** It says what is said once, on arrival. */
        ARRIVAL
    }

    private final LinkPorts ports;
    private final Attachments attachments;
    private final Presence presence;
    private final Questions questions;
    private final Dhcpv4Agent dhcpv4;
    private final Dhcpv6Agent dhcpv6;
    private final Consumer<NodeSession> advertise;
    private final LongSupplier clock;
    private final Consumer<String> counter;
    private final Map<Place, Long> signs = new ConcurrentHashMap<>();
    private final RefusedFrames refused = new RefusedFrames();

    /**
     * Makes an ear.
     *
     * @param advertise repeats the advertisement to a node that asks for it
     */
    Hearing(LinkPorts ports, Attachments attachments, Presence presence, Questions questions, Dhcpv4Agent dhcpv4,
            Dhcpv6Agent dhcpv6, Consumer<NodeSession> advertise, LongSupplier clock, Consumer<String> counter) {
        this.ports = ports;
        this.attachments = attachments;
        this.presence = presence;
        this.questions = questions;
        this.dhcpv4 = dhcpv4;
        this.dhcpv6 = dhcpv6;
        this.advertise = advertise;
        this.clock = clock;
        this.counter = counter;
    }

    void heard(AccessLink link, PuntClass what, byte[] frame) {
        Place place = new Place(link, AccessLink.senderOf(frame));
        if (place.node().isMulticast() || place.node().equals(MacAddress.ZERO)) {
            counter.accept("no sender on an access link");
            return;
        }
        Optional<MobileNodeIdentifier> node = attachments.identify(link, place.node(),
                clientId(what, frame));
        if (node.isEmpty()) {
            counter.accept("unknown interface on an access link");
            return;
        }
        try {
            switch (what) {
                case ROUTER_SOLICITATION:
                    routerSolicitation(place, node.get(), frame);
                    break;
                case NEIGHBOUR_DISCOVERY:
                    neighbour(place, node.get(), frame);
                    break;
                case ARP:
                    arp(place, node.get(), frame);
                    break;
                case DHCP:
                    dhcp(place, node.get(), frame);
                    break;
                default:
                    Optional<NodeSession> session = present(place, node.get(), ListenerQuery.reporter(frame)
                            .orElse(Ip6Address.ZERO), isLayer2Update(frame) ? Sign.ARRIVAL : Sign.LIFE);
                    if (what == PuntClass.STATION && session.isPresent()
                            && refused.showThatEntriesAreMissing(place, clock.getAsLong())) {
                        attachments.entriesAreMissing(session.get());
                    }
                    break;
            }
        } catch (DecodeException e) {
            counter.accept("undecodable on an access link");
        }
    }

    private static Optional<byte[]> clientId(PuntClass what, byte[] frame) {
        if (what != PuntClass.DHCP || isIpv6(frame)) {
            return Optional.empty();
        }
        try {
            return Dhcpv4Message.decode(Ipv4UdpFrame.decode(frame).data()).option(Dhcpv4Message.CLIENT_IDENTIFIER);
        } catch (DecodeException e) {
            // What is wrong with it is said when it is answered.
            return Optional.empty();
        }
    }

    /** Somebody else says that an interface has come to a link. */
    void announced(Place place) {
        attachments.identify(place.link(), place.node(), Optional.empty())
                .ifPresent(node -> present(place, node, Ip6Address.ZERO, Sign.ARRIVAL));
    }

    void forget(Place place) {
        signs.remove(place);
        refused.forget(place);
    }

    private void routerSolicitation(Place place, MobileNodeIdentifier node, byte[] frame) throws DecodeException {
        RouterSolicitation asked = RouterSolicitation.decode(Ipv6Frame.decode(frame));
        Optional<NodeSession> session = present(place, node, asked.source(), Sign.ARRIVAL);
        session.filter(one -> knows(one, asked.source())).ifPresent(advertise);
    }

    /** Whether a session has that link-local address already; else the gateway learns of it and advertises itself. */
    private static boolean knows(NodeSession session, Ip6Address source) {
        return !source.isLinkLocal() || session.linkLocal().equals(source);
    }

    private void neighbour(Place place, MobileNodeIdentifier node, byte[] frame) throws DecodeException {
        Ipv6Frame packet = Ipv6Frame.decode(frame);
        // The switch looks behind extension headers too, with which none is valid.
        if (packet.nextHeader() == Ipv6Frame.ICMPV6 && (packet.payload()[0] & 0xff) == NeighborAdvertisement.TYPE) {
            NeighborAdvertisement.decode(packet);
            present(place, node, packet.source(), Sign.LIFE);
            return;
        }
        NeighborSolicitation asked = NeighborSolicitation.decode(packet);
        Question question = session -> ports.voice(ports.gateway(place.link()), session).answer(asked, place.node())
                .ifPresent(answer -> ports.send(place.link(), answer));
        Optional<NodeSession> session = asked.testsAddress()
                ? present(place, node, asked.target(), Sign.ARRIVAL)
                : present(place, node, asked.source(), Sign.QUESTION);
        ask(place, session, question);
    }

    private void arp(Place place, MobileNodeIdentifier node, byte[] frame) throws DecodeException {
        ArpFrame asked = ArpFrame.decode(frame);
        Question question = session -> ports.voice(ports.gateway(place.link()), session)
                .answer(asked, session.binding().flatMap(binding -> binding.ipv4Home()))
                .ifPresent(answer -> ports.send(place.link(), answer));
        Optional<NodeSession> session = present(place, node, Ip6Address.ZERO,
                asked.isRequest() ? Sign.QUESTION : Sign.LIFE);
        if (asked.isRequest()) {
            ask(place, session, question);
        }
    }

    private void dhcp(Place place, MobileNodeIdentifier node, byte[] frame) throws DecodeException {
        if (frame.length > 0 && isIpv6(frame)) {
            Ipv6Frame packet = Ipv6Frame.decode(frame);
            if (packet.destinationPort() == Dhcpv6Relay.SERVER_PORT && packet.source().isLinkLocal()) {
                ask(place, present(place, node, packet.source(), Sign.QUESTION),
                        session -> dhcpv6.relay(place, session, packet.source(), packet.data()));
            }
            return;
        }
        Ipv4UdpFrame packet = Ipv4UdpFrame.decode(frame);
        if (packet.destinationPort() != Ipv4UdpFrame.SERVER_PORT) {
            return;
        }
        Dhcpv4Message asked = Dhcpv4Message.decode(packet.data());
        if (!asked.hardware().equals(place.node())) {
            // The lease would be another node's.
            counter.accept("DHCP for another interface");
            return;
        }
        // Who renews its lease has an address, and tells it.
        Sign sign = asked.client().isZero() ? Sign.ARRIVAL : Sign.QUESTION;
        ask(place, present(place, node, Ip6Address.ZERO, sign), session -> dhcpv4.asked(place, session, asked));
    }

    /**
     * Whether an access point says on behalf of a station that it has just associated (IEEE 802.11F section 6.3): LLC
     * XID in a frame of IEEE 802.3, in which 6 octets follow the length.
     */
    private static boolean isLayer2Update(byte[] frame) {
        int at = frame.length > 12 && frame[12] == (byte) 0x81 && frame[13] == 0 ? 16 : 12;
        return frame.length >= at + 5 && frame[at] == 0 && frame[at + 1] == LAYER2_UPDATE_LENGTH
                && frame[at + 4] == (byte) XID;
    }

    static boolean isIpv6(byte[] frame) {
        int at = frame.length > 12 && frame[12] == (byte) 0x81 && frame[13] == 0 ? 16 : 12;
        return frame.length > at + 1 && frame[at] == (byte) 0x86 && frame[at + 1] == (byte) 0xdd;
    }

    /** Answers at once where the binding is in force, else as soon as it is. */
    private void ask(Place place, Optional<NodeSession> session, Question question) {
        if (session.isPresent()) {
            question.answer(session.get());
            return;
        }
        questions.ask(place, question, clock.getAsLong());
        // The binding may have come into force in between.
        GatewayLinks gateway = ports.gateway(place.link());
        attachments.at(place.link().attachment(place.node(), gateway.accessTechnology()))
                .filter(one -> one.binding().isPresent())
                .ifPresent(one -> questions.answer(place, one, clock.getAsLong()));
    }

    /**
     * The node is there.
     *
     * @param linkLocal an address of its own, if it is a link-local one
     * @return its session, if the binding is in force
     */
    private Optional<NodeSession> present(Place place, MobileNodeIdentifier node, Ip6Address linkLocal,
                                          Sign sign) {
        GatewayLinks gateway = ports.gateway(place.link());
        Attachment attachment = place.link().attachment(place.node(), gateway.accessTechnology());
        if (linkLocal.isLinkLocal()) {
            attachment = attachment.withNodeLinkLocal(linkLocal);
        }
        long now = clock.getAsLong();
        Optional<NodeSession> session = attachments.at(attachment);
        if (session.flatMap(NodeSession::binding).isPresent() && session.get().node().equals(node)) {
            presence.heard(session.get(), now);
            if (!knows(session.get(), linkLocal)) {
                attachments.attached(node, attachment, HandoffIndicator.UNKNOWN);
            }
            if (sign == Sign.ARRIVAL && isNew(place, now, ARRIVAL_MILLIS)) {
                attachments.cameAgain(session.get(), attachment);
            }
            return session;
        }
        boolean answers = session.filter(presence::answered).isPresent();
        boolean left = sign == Sign.LIFE && session.filter(one -> one.entry().state() == State.SUPERSEDED).isPresent();
        // A late frame of a node that is elsewhere by now must not call it back.
        long memory = !answers && session.filter(one -> waits(one, node, linkLocal)).isPresent()
                ? WAITING_SIGN_MILLIS : SAME_SIGN_MILLIS;
        if (!left && isNew(place, now, memory)) {
            attachments.attached(node, attachment, HandoffIndicator.UNKNOWN);
        }
        return Optional.empty();
    }

    /** Whether all that a sign of life says is known: it hastens no answer of the anchor. */
    private static boolean waits(NodeSession session, MobileNodeIdentifier node, Ip6Address linkLocal) {
        State state = session.entry().state();
        boolean asked = state == State.REGISTERING && session.entry().waiting() != Waiting.PRESENCE;
        return (asked || state == State.DENIED) && session.node().equals(node) && knows(session, linkLocal);
    }

    private boolean isNew(Place place, long now, long memory) {
        if (signs.size() >= GREATEST_MEMORY) {
            signs.values().removeIf(at -> at + SAME_SIGN_MILLIS <= now);
        }
        boolean[] fresh = new boolean[1];
        signs.compute(place, (key, at) -> {
            // The scale of time may have been set back.
            fresh[0] = at == null || at + memory <= now || at > now;
            return fresh[0] ? Long.valueOf(now) : at;
        });
        return fresh[0];
    }
}
