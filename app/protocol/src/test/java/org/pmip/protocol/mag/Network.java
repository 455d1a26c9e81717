// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;

/**
 * Gateways and anchor with a network between them that loses, delays, repeats and reorders, and a mobile node that is
 * where it is, whatever the gateways were told.
 */
final class Network {

    final Site site;
    final AnchorHost anchor;
    /** Where each interface really is, by its number. */
    final Map<Integer, Attachment> places = new HashMap<>();
    private final Random random;
    private final List<Packet> packets = new ArrayList<>();
    private int taken;
    private int loss;
    private int repetition;
    private int delay = 1;

    Network(Site site, GrePolicy gre, LmaParameters parameters, long seed) {
        this.site = site;
        this.anchor = new AnchorHost(gre, parameters);
        this.random = new Random(seed);
        site.present = entry -> Optional.of(places.containsValue(entry.attachment()));
    }

    /** From now on so many of a hundred packets are lost or repeated, and delayed by up to that many milliseconds. */
    void weather(int lostPercent, int repeatedPercent, int longestDelay) {
        loss = lostPercent;
        repetition = repeatedPercent;
        delay = longestDelay;
    }

    static Attachment place(int card, int gateway, int port) {
        return Attachment.of("mag" + gateway, "port" + port, new byte[] {2, 0, 0, 0, 0, (byte) card},
                AccessTechnologyType.WLAN);
    }

    void attach(int card, Attachment place) {
        places.put(card, place);
        site.event(MagEvent.attached(place, HandoffIndicator.UNKNOWN, Optional.empty()));
        pass(0);
    }

    /** The interface is not there any more; whether the gateway hears of it is another matter. */
    void vanish(int card) {
        places.remove(card);
    }

    void detached(Attachment place) {
        site.detach(place);
        pass(0);
    }

    void pass(long by) {
        long end = site.millis + by;
        collect();
        OptionalLong next = next();
        for (int rounds = 0; next.isPresent() && next.getAsLong() <= end; rounds++) {
            if (rounds > 100_000) {
                throw new AssertionError("the network never comes to rest");
            }
            site.millis = Math.max(site.millis, next.getAsLong());
            deliver();
            answered(anchor.timer(site.now()));
            site.pass(0);
            collect();
            next = next();
        }
        site.millis = end;
    }

    private OptionalLong next() {
        LongStream own = packets.stream().mapToLong(packet -> packet.due);
        LongStream hosts = LongStream.concat(site.deadline().stream(), anchor.deadline().stream());
        return LongStream.concat(own, hosts).min();
    }

    private void deliver() {
        for (Packet packet : List.copyOf(packets)) {
            if (packet.due <= site.millis && packets.remove(packet)) {
                if (packet.toAnchor) {
                    answered(anchor.receive(packet.octets, packet.gateway, site.now()));
                } else {
                    acknowledge(packet);
                }
            }
        }
    }

    private void acknowledge(Packet packet) {
        try {
            boolean ipv4 = packet.gateway.isIp4();
            BindingAcknowledgement message = (BindingAcknowledgement) (ipv4
                    ? MobilityHeaderCodec.decodeWithoutChecksum(packet.octets)
                    : MobilityHeaderCodec.decode(packet.octets, Site.LMAA, packet.gateway.getIp6Address()));
            site.event(MagEngine.mobileNode(message).orElseThrow(),
                    MagEvent.acknowledged(message, ipv4 ? Site.LMAA4 : Site.LMAA, packet.gateway));
        } catch (DecodeException e) {
            throw new AssertionError(e);
        }
    }

    private void answered(List<AnchorHost.Answered> answers) {
        answers.forEach(answer -> put(answer.octets, answer.gateway, false));
    }

    /** What the gateways have sent goes on its way. */
    private void collect() {
        for (; taken < site.sent.size(); taken++) {
            OutgoingUpdate message = site.sent.get(taken);
            put(message.mobilityHeader(), message.source(), true);
        }
    }

    private void put(byte[] octets, IpAddress gateway, boolean toAnchor) {
        if (random.nextInt(100) >= loss) {
            packets.add(new Packet(octets, gateway, toAnchor, site.millis + 1 + random.nextInt(delay)));
        }
        if (random.nextInt(100) < repetition) {
            packets.add(new Packet(octets, gateway, toAnchor, site.millis + 1 + random.nextInt(delay)));
        }
    }

    private static final class Packet {
        private final byte[] octets;
        private final IpAddress gateway;
        private final boolean toAnchor;
        private final long due;

        private Packet(byte[] octets, IpAddress gateway, boolean toAnchor, long due) {
            this.octets = octets;
            this.gateway = gateway;
            this.toAnchor = toAnchor;
            this.due = due;
        }
    }
}
