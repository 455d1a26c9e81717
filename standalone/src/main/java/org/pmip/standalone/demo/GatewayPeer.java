// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.MobilityMessage;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * A mobile access gateway with as much sense as the demonstration needs: registers nodes and stands in for them at both
 * ends of the tunnel.
 */
final class GatewayPeer extends Peer {

    private static final int ATTEMPTS = 5;
    private static final long INITIAL_BINDACK_TIMEOUT_MILLIS = 1_000;
    private static final int LIFETIME = 150;
    private static final int NO_KEY = -1;

    private final Ip6Address anchor;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final BlockingQueue<BindingAcknowledgement> answers = new LinkedBlockingQueue<>();
    private int sequence;

    GatewayPeer(Map<String, String> options) {
        super(options);
        anchor = Ip6Address.valueOf(required(options, "lma"));
    }

    /** What the gateway keeps of a registered node. */
    private static final class Session {
        private final Ip6Prefix prefix;
        private final boolean gre;
        private final long downlinkKey;
        private final long uplinkKey;

        Session(Ip6Prefix prefix, boolean gre, long downlinkKey, long uplinkKey) {
            this.prefix = prefix;
            this.gre = gre;
            this.downlinkKey = downlinkKey;
            this.uplinkKey = uplinkKey;
        }
    }

    /** The one address that each mobile node of the demonstration uses of its prefix. */
    static Ip6Address host(Ip6Prefix prefix) {
        byte[] octets = prefix.address().toOctets();
        octets[15] = 1;
        return Ip6Address.valueOf(octets);
    }

    @Override
    void received(byte[] frame) {
        if (frame.length < Frames.ETHERNET + Frames.IPV6) {
            return;
        }
        byte[] packet = Arrays.copyOfRange(frame, Frames.ETHERNET, frame.length);
        if (!Frames.destination(packet).equals(address())) {
            return;
        }
        if ((packet[6] & 0xff) == Frames.MOBILITY) {
            answered(Arrays.copyOfRange(packet, Frames.IPV6, packet.length));
        } else {
            tunnelled(frame, packet);
        }
    }

    private void answered(byte[] octets) {
        try {
            MobilityMessage message = MobilityHeaderCodec.decode(octets, anchor, address());
            if (message instanceof BindingAcknowledgement) {
                answers.add((BindingAcknowledgement) message);
            }
        } catch (DecodeException e) {
            System.err.println("gateway " + address() + ": " + e.getMessage());
        }
    }

    private void tunnelled(byte[] frame, byte[] packet) {
        int inner = Frames.IPV6 + ((packet[6] & 0xff) == Frames.GRE ? (packet[Frames.IPV6] & 0x20) != 0 ? 8 : 4 : 0);
        if (inner > packet.length) {
            return;
        }
        byte[] user = Arrays.copyOfRange(packet, inner, packet.length);
        if (!Frames.isUser(user)) {
            return;
        }
        for (Session session : sessions.values()) {
            if (session.prefix.contains(Frames.destination(user))) {
                byte[] sent = Frames.user(Frames.source(user), Frames.destination(user), Frames.HOP_LIMIT - 1,
                        Frames.number(user), Frames.nanos(user), Frames.size(user));
                byte[] expected = Frames.ethernet(switchMac(), mac(),
                        tunnel(anchor, address(), session.gre, session.downlinkKey, sent));
                if (Arrays.equals(frame, expected)) {
                    good(Frames.destination(user));
                } else {
                    bad(frame, expected);
                }
                return;
            }
        }
    }

    private static byte[] tunnel(Ip6Address source, Ip6Address destination, boolean gre, long key, byte[] packet) {
        return Frames.ipv6(source, destination, gre ? Frames.GRE : Frames.IPV6_IN_IPV6, Frames.HOP_LIMIT,
                gre ? Frames.gre(key, packet) : packet);
    }

    @Override
    Map<String, Object> command(String verb, Map<String, String> options) throws Exception {
        switch (verb) {
            case "attach":
                return attach(options);
            case "detach":
                return detach(options);
            case "measure":
                return measure(options);
            case "send":
                return sendSome(options);
            default:
                throw new IllegalArgumentException("unknown command " + verb);
        }
    }

    private Map<String, Object> attach(Map<String, String> options) throws Exception {
        String node = required(options, "node");
        String gre = options.getOrDefault("gre", "none");
        String prefix = options.get("prefix");
        List<MobilityOption> wishes = new ArrayList<>();
        wishes.add(prefix == null ? HomeNetworkPrefix.allZero()
                : HomeNetworkPrefix.of(Ip6Prefix.valueOf(prefix)));
        long downlinkKey = NO_KEY;
        if (gre.equals("mode")) {
            wishes.add(GreKey.modeOnly());
        } else if (!gre.equals("none")) {
            downlinkKey = Long.decode(gre);
            wishes.add(GreKey.of(downlinkKey));
        }
        int handoff = Integer.parseInt(options.getOrDefault("hi", "1"));
        long began = System.nanoTime();
        BindingAcknowledgement answer = exchange(() -> begin(node, handoff, LIFETIME).options(wishes).build());
        long micros = (System.nanoTime() - began) / 1_000;
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("status", answer.status());
        out.put("name", Status.name(answer.status()));
        out.put("us", micros);
        if (Status.accepts(answer.status())) {
            Ip6Prefix assigned = answer.first(HomeNetworkPrefix.class).orElseThrow().prefix();
            GreKey key = answer.first(GreKey.class).orElse(null);
            boolean keys = key != null && key.hasKey();
            sessions.put(node, new Session(assigned, key != null, keys ? downlinkKey : NO_KEY,
                    keys ? key.key() : NO_KEY));
            out.put("prefix", assigned);
            out.put("host", host(assigned));
            out.put("lifetime", answer.lifetime() * 4);
            out.put("gre", key == null ? "none" : keys ? "keys" : "mode");
            out.put("uplink", keys ? String.format("0x%08x", key.key()) : "none");
        }
        return out;
    }

    private Map<String, Object> detach(Map<String, String> options) throws Exception {
        String node = required(options, "node");
        Session session = sessions.get(node);
        if (session == null) {
            throw new IllegalArgumentException(node + " is not registered here");
        }
        BindingAcknowledgement answer = exchange(() -> begin(node, HandoffIndicator.UNKNOWN, 0)
                .option(HomeNetworkPrefix.of(session.prefix)).build());
        return Map.of("status", answer.status(), "name", Status.name(answer.status()));
    }

    /** Registers nodes one after another, extends and de-registers each, and says how long each answer took. */
    private Map<String, Object> measure(Map<String, String> options) throws Exception {
        int count = Integer.parseInt(required(options, "count"));
        long[] attach = new long[count];
        long[] extend = new long[count];
        for (int i = 0; i < count; i++) {
            String node = "measured" + i + "@example.net";
            Map<String, Object> first = attach(Map.of("node", node, "gre", Long.toString(0x1000L + i)));
            attach[i] = (Long) first.get("us");
            extend[i] = (Long) attach(Map.of("node", node, "gre", Long.toString(0x1000L + i), "hi", "5",
                    "prefix", first.get("prefix").toString())).get("us");
            detach(Map.of("node", node));
            sessions.remove(node);
        }
        Arrays.sort(attach);
        Arrays.sort(extend);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("attach-median-us", attach[count / 2]);
        out.put("attach-p99-us", attach[Math.min(count - 1, count * 99 / 100)]);
        out.put("extend-median-us", extend[count / 2]);
        out.put("extend-p99-us", extend[Math.min(count - 1, count * 99 / 100)]);
        return out;
    }

    private BindingUpdate.Builder begin(String node, int handoff, int lifetime) {
        sequence = sequence + 1 & 0xffff;
        return BindingUpdate.proxyBuilder().sequence(sequence).lifetime(lifetime)
                .option(MobileNodeIdentifier.ofNai(node))
                .option(HandoffIndicator.of(handoff))
                .option(AccessTechnologyType.of(AccessTechnologyType.ETHERNET))
                .option(MobileNodeLinkLayerIdentifier.of(linkLayer(node)))
                .option(Timestamp.of(Instant.now()));
    }

    /** A locally administered MAC address that stays with the node. */
    private static byte[] linkLayer(String node) {
        int hash = node.hashCode();
        return new byte[] {2, 0, (byte) (hash >> 24), (byte) (hash >> 16), (byte) (hash >> 8), (byte) hash};
    }

    /**
     * Sends a request until it is answered. Each attempt carries the time and number of its own
     * (RFC 5213 section 6.9.4), and one whose time the anchor did not like is made anew.
     */
    private BindingAcknowledgement exchange(Supplier<BindingUpdate> requests)
            throws IOException, InterruptedException {
        // What is still there answers an earlier request and is of no interest.
        answers.clear();
        Set<Integer> sent = new HashSet<>();
        long timeout = INITIAL_BINDACK_TIMEOUT_MILLIS;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BindingUpdate update = requests.get();
            sent.add(update.sequence());
            send(Frames.ipv6(address(), anchor, Frames.MOBILITY, Frames.HOP_LIMIT,
                    MobilityHeaderCodec.encode(update, address(), anchor)));
            BindingAcknowledgement answer = answer(sent, timeout);
            if (answer != null && (answer.status() != Status.TIMESTAMP_MISMATCH || attempt == ATTEMPTS - 1)) {
                return answer;
            }
            timeout *= 2;
        }
        throw new IOException("no answer from " + anchor + " after " + ATTEMPTS + " attempts");
    }

    private BindingAcknowledgement answer(Set<Integer> sent, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            BindingAcknowledgement answer = answers.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer != null && sent.contains(answer.sequence())) {
                return answer;
            }
        }
        return null;
    }

    private Map<String, Object> sendSome(Map<String, String> options) {
        Session session = sessions.get(required(options, "node"));
        if (session == null) {
            throw new IllegalArgumentException(options.get("node") + " is not registered here");
        }
        Ip6Address to = Ip6Address.valueOf(required(options, "to"));
        Ip6Address from = options.containsKey("from") ? Ip6Address.valueOf(options.get("from"))
                : host(session.prefix);
        int count = Integer.parseInt(required(options, "count"));
        int size = Integer.parseInt(options.getOrDefault("size", "100"));
        long key = options.containsKey("key") ? Long.decode(options.get("key")) : session.uplinkKey;
        paced(count, i -> send(tunnel(address(), anchor, session.gre, key,
                Frames.user(from, to, Frames.HOP_LIMIT, i, System.nanoTime(), size))));
        return Map.of("sent", count);
    }
}
