// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
import org.pmip.protocol.wire.option.Timestamp;

/**
 * Mobile nodes that come, stay, move and go, each with one request at a time that is repeated until it is answered, and
 * what the answers said. Checks while it runs that no answer contradicts another. For one thread.
 */
final class ClusterLoad {
    private static final long FIRST_REPETITION_NANOS = 1_000_000_000L;
    private static final int DEREGISTRATIONS = 6;

    /** What a mobile node asks for. */
    enum Wish { ATTACH, EXTEND, MOVE, LEAVE }

    /** A mobile node. */
    static final class Node {
        final String name;
        final boolean keys;
        /** What the last success said; no prefix while it is not attached. */
        Ip6Prefix prefix;
        int gateway;
        long uplink = -1;
        long downlink = -1;
        /** Those of the requests that were made for the wish. */
        private final Set<Integer> sequences = new HashSet<>();
        private int sequence;
        private Wish wish;
        private int target;
        private int attempts;
        private long repeatAt;
        private long asked;
        private long newDownlink;

        Node(String name, boolean keys) {
            this.name = name;
            this.keys = keys;
        }

        boolean attached() {
            return prefix != null;
        }
    }

    private final ClusterDomain domain;
    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Node> outstanding = new LinkedHashSet<>();
    private final Map<String, Node> byName = new HashMap<>();
    private final Map<Ip6Prefix, Node> prefixes = new HashMap<>();
    private final Map<Long, Node> keys = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private final Map<Wish, Long> firstSuccess = new HashMap<>();
    private final Map<Wish, List<Long>> micros = new HashMap<>();
    private long mark;
    private long lastDownlink = 0x1000;
    private int lifetime = 150;

    ClusterLoad(ClusterDomain domain, long seed, int nodes) {
        this.domain = domain;
        random = new Random(seed);
        for (int i = 0; i < nodes; i++) {
            Node node = new Node("mn" + i + "@example.net", i % 2 == 0);
            this.nodes.add(node);
            byName.put(node.name, node);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    Map<String, Long> counts() {
        return counts;
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** From now on it is noted when the first request of each kind that is made from now on is fulfilled. */
    void mark() {
        mark = System.nanoTime();
        firstSuccess.clear();
        micros.clear();
    }

    /** How long after the mark the first request of that kind was fulfilled, in milliseconds; -1 if none was. */
    long firstAfterMark(Wish wish) {
        Long at = firstSuccess.get(wish);
        return at == null ? -1 : (at - mark) / 1_000_000;
    }

    /** How long requests of each kind took from the first message to the success, in microseconds, since the mark. */
    List<Long> micros(Wish wish) {
        return micros.getOrDefault(wish, List.of());
    }

    /** Makes sessions of this lifetime from now on, in units of 4 s. */
    void lifetime(int units) {
        lifetime = units;
    }

    /** Begins so many requests a second, of nodes and kinds by lot, for a time. */
    void run(long millis, int rate) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long begun = 0;
        for (long passed = 0; passed < millis; passed = (System.nanoTime() - began) / 1_000_000) {
            for (; begun < passed * rate / 1_000; begun++) {
                beginSome();
            }
            step(2);
        }
    }

    private void beginSome() throws IOException {
        Node node = nodes.get(random.nextInt(nodes.size()));
        if (node.wish != null) {
            return;
        }
        if (!node.attached()) {
            begin(node, Wish.ATTACH);
        } else {
            int lot = random.nextInt(10);
            begin(node, lot < 4 ? Wish.EXTEND : lot < 8 ? Wish.MOVE : Wish.LEAVE);
        }
    }

    void begin(Node node, Wish wish) throws IOException {
        // What may still come for an earlier wish is no answer to this one.
        node.sequences.clear();
        node.wish = wish;
        outstanding.add(node);
        node.attempts = 0;
        node.asked = System.nanoTime();
        node.target = wish == Wish.ATTACH ? random.nextInt(2) : wish == Wish.MOVE ? 1 - node.gateway : node.gateway;
        node.newDownlink = !node.keys ? -1 : wish == Wish.ATTACH || wish == Wish.MOVE ? ++lastDownlink
            : node.downlink;
        send(node);
    }

    /** Has each node fulfil a wish, and waits until all are. */
    void all(Wish wish, long millis) throws IOException, InterruptedException {
        for (Node node : nodes) {
            if (node.wish == null && node.attached() == (wish != Wish.ATTACH)) {
                begin(node, wish);
            }
            step(1);
        }
        settle(millis);
    }

    /**
     * Has each node fulfil a wish as fast as answers come, with so many requests under way.
     *
     * @return requests answered a second
     */
    double pump(Wish wish, int window, long millis) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int count = 0;
        for (Node node : nodes) {
            if (node.wish == null && node.attached() == (wish != Wish.ATTACH)) {
                begin(node, wish);
                count++;
            }
            while (outstanding.size() >= window) {
                step(1);
            }
        }
        settle(millis);
        return count * 1e9 / (System.nanoTime() - began);
    }

    /** Has nodes fulfil a wish at a steady rate, one node after another, for a time. */
    void pace(Wish wish, int rate, long millis) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long begun = 0;
        int next = 0;
        for (long passed = 0; passed < millis; passed = (System.nanoTime() - began) / 1_000_000) {
            for (; begun < passed * rate / 1_000; begun++) {
                Node node = nodes.get(next++ % nodes.size());
                if (node.wish == null && node.attached() == (wish != Wish.ATTACH)) {
                    begin(node, wish);
                }
            }
            step(1);
        }
    }

    /** Waits until every request is answered. */
    void settle(long millis) throws IOException, InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (!outstanding.isEmpty()) {
            assertThat(System.nanoTime()).as("without an answer within " + millis + " ms: %s; %s",
                outstanding.stream().limit(20).map(node -> node.name + " " + node.wish + " " + node.attempts)
                .toList(), counts).isLessThan(until);
            step(5);
        }
    }

    private void send(Node node) throws IOException {
        // Each node counts for itself: 65,536 numbers would soon come round among the messages of all.
        node.sequence = node.sequence + 1 & 0xffff;
        node.attempts++;
        node.repeatAt = System.nanoTime() + FIRST_REPETITION_NANOS;
        count("sent " + node.wish);
        if (node.attempts > 1) {
            count("repeated");
        }
        int handoff = switch (node.wish) {
            case ATTACH -> HandoffIndicator.NEW_INTERFACE;
            case EXTEND -> HandoffIndicator.UNCHANGED;
            case MOVE -> HandoffIndicator.BETWEEN_GATEWAYS;
            case LEAVE -> HandoffIndicator.UNKNOWN;
        };
        BindingUpdate.Builder update = BindingUpdate.proxyBuilder().sequence(node.sequence)
            .lifetime(node.wish == Wish.LEAVE ? 0 : lifetime)
            .option(MobileNodeIdentifier.ofNai(node.name))
            .option(HandoffIndicator.of(handoff))
            .option(AccessTechnologyType.of(AccessTechnologyType.ETHERNET))
            .option(MobileNodeLinkLayerIdentifier.of(linkLayer(node.name)))
            .option(Timestamp.of(Instant.now()))
            .option(node.attached() ? HomeNetworkPrefix.of(node.prefix) : HomeNetworkPrefix.allZero());
        if (node.keys && node.wish != Wish.LEAVE) {
            update.option(GreKey.of(node.newDownlink));
        }
        node.sequences.add(node.sequence);
        domain.signal(node.target, MobilityHeaderCodec.encode(update.build(),
            ClusterDomain.GATEWAYS[node.target], ClusterDomain.ANCHOR));
    }

    private static byte[] linkLayer(String name) {
        int hash = name.hashCode();
        return new byte[] {2, 0, (byte) (hash >> 24), (byte) (hash >> 16), (byte) (hash >> 8), (byte) hash};
    }

    private void step(long millis) throws IOException, InterruptedException {
        for (ClusterDomain.Signal signal = domain.signal(millis); signal != null; signal = domain.signal(0)) {
            answered(signal);
        }
        long now = System.nanoTime();
        for (Node node : List.copyOf(outstanding)) {
            if (node.repeatAt - now <= 0) {
                if (node.wish == Wish.LEAVE && node.attempts == DEREGISTRATIONS) {
                    // A session that is gone already is not spoken of any more; to be sure, the node comes again.
                    count("left unanswered");
                    left(node);
                    begin(node, Wish.ATTACH);
                } else {
                    send(node);
                }
            }
        }
    }

    private void answered(ClusterDomain.Signal signal) throws IOException {
        BindingAcknowledgement answer;
        try {
            MobilityMessage message = MobilityHeaderCodec.decode(signal.octets(), ClusterDomain.ANCHOR,
                ClusterDomain.GATEWAYS[signal.gateway()]);
            if (!(message instanceof BindingAcknowledgement)) {
                return;
            }
            answer = (BindingAcknowledgement) message;
        } catch (DecodeException e) {
            contradictions.add("undecodable answer " + e.getMessage());
            return;
        }
        Node node = answer.first(MobileNodeIdentifier.class).map(id ->
            byName.get(new String(id.identifier(), StandardCharsets.UTF_8))).orElse(null);
        if (node == null) {
            contradictions.add("an answer to nobody: " + answer);
            return;
        }
        if (node.wish == null || signal.gateway() != node.target || !node.sequences.remove(answer.sequence())) {
            count("late answer " + answer.status());
            return;
        }
        if (answer.status() == Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED) {
            // A repetition was faster; its answer is on its way, or the next one gets it.
            count("overtaken");
            return;
        }
        if (!Status.accepts(answer.status())) {
            count("status " + answer.status());
            if (answer.status() != Status.INSUFFICIENT_RESOURCES) {
                contradictions.add(node.name + " " + node.wish + " was refused with " + answer.status());
            }
            return;
        }
        count("done " + node.wish);
        if (node.asked - mark >= 0) {
            long now = System.nanoTime();
            firstSuccess.putIfAbsent(node.wish, now);
            micros.computeIfAbsent(node.wish, wish -> new ArrayList<>()).add((now - node.asked) / 1_000);
        }
        accepted(node, answer);
        node.wish = null;
        outstanding.remove(node);
    }

    private void accepted(Node node, BindingAcknowledgement answer) {
        if (node.wish == Wish.LEAVE) {
            left(node);
            return;
        }
        Ip6Prefix prefix = answer.first(HomeNetworkPrefix.class).orElseThrow().prefix();
        long uplink = answer.first(GreKey.class).filter(GreKey::hasKey).map(GreKey::key).orElse(-1L);
        if (node.attached() && (!node.prefix.equals(prefix) || node.uplink != uplink)) {
            contradictions.add(node.name + " had " + node.prefix + " " + node.uplink + ", " + node.wish + " gave "
                + prefix + " " + uplink);
        }
        hold(prefixes, prefix, node);
        if (node.keys) {
            hold(keys, uplink, node);
        }
        node.prefix = prefix;
        node.uplink = uplink;
        node.downlink = node.newDownlink;
        node.gateway = node.target;
    }

    private <T> void hold(Map<T, Node> holders, T what, Node node) {
        Node other = holders.put(what, node);
        if (other != null && other != node) {
            contradictions.add(what + " was given to " + node.name + " and is " + other.name + "'s");
        }
    }

    private void left(Node node) {
        if (node.attached()) {
            prefixes.remove(node.prefix, node);
            keys.remove(node.uplink, node);
        }
        node.prefix = null;
        node.uplink = -1;
    }

    /** All sessions have run out. */
    void allGone() {
        nodes.forEach(this::left);
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }
}
