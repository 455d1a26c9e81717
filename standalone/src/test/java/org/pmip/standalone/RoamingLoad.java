// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.PrefixInformation;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.protocol.mag.link.RouterSolicitation;
import org.pmip.protocol.wire.DecodeException;

/**
 * Hosts that go from cell to cell, and what routers told them. An access point announces who comes, or the host asks
 * for its router; it goes on asking until it is told, and answers whoever asks whether it is there. Checks while it
 * runs that no word of a router contradicts another. Thread-safe; frames are answered on the threads that bring them.
 */
final class RoamingLoad {
    private static final long FIRST_MAC = 0x020000000001L;
    private static final int PORT = 5001;
    private static final int LAYER2_UPDATE_OCTETS = 60;
    private static final byte[] LAYER2_UPDATE = {0, 6, 0, 1, (byte) 0xaf, (byte) 0x81, 1, 0};
    private static final MacAddress ROUTER = MacAddress.valueOf(RoamingDomain.ROUTER_MAC);
    private static final Ip6Address CORRESPONDENT = Ip6Address.valueOf("2001:db8:ffff::1");
    /** RFC 4861 section 10: RTR_SOLICITATION_INTERVAL, and less for the first. */
    private static final long FIRST_SOLICITATION_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEXT_SOLICITATION_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int NOWHERE = -1;

    /** A host. */
    static final class Node {
        final String name;
        final MacAddress mac;
        private Ip6Prefix prefix;
        private int cell = NOWHERE;
        private boolean waiting;
        private long since;
        private long nextSolicitation;

        Node(int number) {
            name = "mn" + number + "@example.net";
            mac = MacAddress.valueOf(FIRST_MAC + number);
        }
    }

    private final RoamingDomain domain;
    private final Random random;
    private final Map<MacAddress, Node> nodes = new LinkedHashMap<>();
    private final Map<Ip6Prefix, Node> prefixes = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    /** Datagrams by where they came out: {@code home} or the number of a cell, who it was from or to, their number. */
    private final Set<String> arrivals = new HashSet<>();
    private final Map<Integer, Long> firstAfterMark = new HashMap<>();
    private boolean silent;
    private boolean asking = true;
    private long mark;

    RoamingLoad(RoamingDomain domain, long seed, int size) {
        this.domain = domain;
        random = new Random(seed);
        for (int i = 0; i < size; i++) {
            Node node = new Node(i);
            nodes.put(node.mac, node);
        }
        for (int cell = 0; cell < RoamingDomain.GATEWAYS.size(); cell++) {
            int heardIn = cell;
            domain.cell(cell).add(frame -> heard(heardIn, frame));
        }
        domain.home().add(this::arrived);
    }

    /** Interfaces by the names of their hosts. */
    static Map<String, String> interfaces(int size) {
        Map<String, String> out = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Node node = new Node(i);
            out.put(node.name, node.mac.toString());
        }
        return out;
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    synchronized Ip6Prefix prefix(Node node) {
        return node.prefix;
    }

    synchronized int cell(Node node) {
        return node.cell;
    }

    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** From now on it is noted when a host that comes to a cell from now on is told of its router there. */
    synchronized void mark() {
        mark = System.nanoTime();
        firstAfterMark.clear();
    }

    /** How long after the mark the first host that came to that cell later was told of its router, ms; -1 if none. */
    synchronized long firstAfterMark(int cell) {
        return firstAfterMark.containsKey(cell) ? (firstAfterMark.get(cell) - mark) / 1_000_000 : -1;
    }

    /** From now on hosts solicit routers where they wait, or only answer. */
    synchronized void asking(boolean now) {
        asking = now;
    }

    /** From now on nobody says anything any more. */
    synchronized void silence() {
        silent = true;
    }

    /** Has all go to cells by lot for the first time. */
    synchronized void come() {
        nodes.values().forEach(node -> go(node, random.nextInt(RoamingDomain.GATEWAYS.size())));
    }

    /**
     * Has so many hosts that wait for nothing go to a cell from another one, where they ask for their router once.
     *
     * @return those hosts
     */
    synchronized List<Node> go(int count, int cell) {
        List<Node> gone = new ArrayList<>();
        for (Node node : nodes.values()) {
            if (gone.size() < count && !node.waiting && node.cell != cell) {
                arrive(node, cell);
                solicit(node);
                gone.add(node);
            }
        }
        return gone;
    }

    private void go(Node node, int cell) {
        arrive(node, cell);
        if (random.nextBoolean()) {
            announce(node);
        } else {
            solicit(node);
        }
    }

    private void arrive(Node node, int cell) {
        node.cell = cell;
        node.waiting = true;
        node.since = System.nanoTime();
        node.nextSolicitation = node.since + FIRST_SOLICITATION_NANOS;
        count("arrivals");
    }

    private void solicit(Node node) {
        count("solicitations");
        domain.cell(node.cell).send(RouterSolicitation.frame(node.mac,
            Ip6Address.valueOf(IPv6.getLinkLocalAddress(node.mac.toBytes()))).octets());
    }

    private void announce(Node node) {
        domain.cell(node.cell).send(ByteBuffer.allocate(LAYER2_UPDATE_OCTETS).put(MacAddress.BROADCAST.toBytes())
            .put(node.mac.toBytes()).put(LAYER2_UPDATE).array());
    }

    /** Has so many hosts a second, by lot, go to the other cell for a time. */
    void run(long millis, int rate) {
        long began = System.nanoTime();
        long begun = 0;
        for (long passed = 0; passed < millis; passed = (System.nanoTime() - began) / 1_000_000) {
            for (; begun < passed * rate / 1_000; begun++) {
                moveSome();
            }
            step();
        }
    }

    private synchronized void moveSome() {
        Node node = nodes().get(random.nextInt(nodes.size()));
        if (!node.waiting) {
            go(node, 1 - node.cell);
        }
    }

    /** Waits until all have been told of their router where they are. */
    void settle(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (List<String> waiting = waiting(); !waiting.isEmpty(); waiting = waiting()) {
            assertThat(System.nanoTime()).as("not told of their router within " + millis + " ms: %s; %s", waiting,
                counts()).isLessThan(until);
            step();
        }
    }

    private synchronized List<String> waiting() {
        return nodes.values().stream().filter(node -> node.waiting).map(node -> node.name + " in cell " + node.cell
            + " for " + (System.nanoTime() - node.since) / 1_000_000 + " ms").toList();
    }

    private void step() {
        LockSupport.parkNanos(STEP_NANOS);
        synchronized (this) {
            long now = System.nanoTime();
            for (Node node : nodes.values()) {
                if (asking && node.waiting && now - node.nextSolicitation >= 0) {
                    node.nextSolicitation = now + NEXT_SOLICITATION_NANOS;
                    solicit(node);
                }
            }
        }
    }

    private synchronized void heard(int cell, byte[] frame) {
        Node node = nodes.get(MacAddress.valueOf(java.util.Arrays.copyOf(frame, MacAddress.MAC_ADDRESS_LENGTH)));
        if (node == null || node.cell != cell || silent) {
            // What comes to a cell that a host has left, nobody hears.
            return;
        }
        try {
            Ipv6Frame packet = Ipv6Frame.decode(frame);
            if (packet.nextHeader() == Ipv6Frame.UDP) {
                arrivals.add(cell + " " + node.name + " " + ByteBuffer.wrap(packet.data()).getInt());
            } else if ((packet.payload()[0] & 0xff) == RouterAdvertisement.TYPE) {
                advertised(node, RouterAdvertisement.decode(packet));
            } else {
                // It is asked whether it is there. Whatever it says shows that it is.
                announce(node);
            }
        } catch (DecodeException e) {
            contradictions.add(node.name + " does not understand " + e.getMessage());
        }
    }

    private void advertised(Node node, RouterAdvertisement told) {
        for (PrefixInformation one : told.prefixes()) {
            if (one.valid() == 0) {
                contradictions.add(LocalTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + node.name + " is told that "
                    + one.prefix() + " is no longer its prefix");
                continue;
            }
            if (node.prefix != null && !node.prefix.equals(one.prefix())) {
                contradictions.add(node.name + " had " + node.prefix + " and is told " + one.prefix());
            }
            Node other = prefixes.put(one.prefix(), node);
            if (other != null && other != node) {
                contradictions.add(one.prefix() + " is told to " + node.name + " and is " + other.name + "'s");
            }
            node.prefix = one.prefix();
            if (node.waiting) {
                node.waiting = false;
                count("told");
                if (node.since - mark >= 0) {
                    firstAfterMark.putIfAbsent(node.cell, System.nanoTime());
                }
            }
        }
    }

    private static Ip6Address address(Node node) {
        byte[] octets = node.prefix.address().toOctets();
        octets[15] = 1;
        return Ip6Address.valueOf(octets);
    }

    private synchronized void arrived(byte[] frame) {
        try {
            Ipv6Frame packet = Ipv6Frame.decode(frame);
            if (packet.nextHeader() == Ipv6Frame.UDP) {
                arrivals.add("home " + packet.source() + " " + ByteBuffer.wrap(packet.data()).getInt());
            }
        } catch (DecodeException e) {
            contradictions.add("the correspondent node does not understand " + e.getMessage());
        }
    }

    /** Sends a numbered datagram from a host to the correspondent node and one to it. */
    synchronized void send(Node node, int number) {
        byte[] data = ByteBuffer.allocate(32).putInt(number).array();
        domain.cell(node.cell).send(Ipv6Frame.udp(node.mac, ROUTER, address(node), PORT, CORRESPONDENT, PORT, data)
            .octets());
        domain.home().send(Ipv6Frame.udp(MacAddress.valueOf(RoamingDomain.CORRESPONDENT_MAC),
            MacAddress.valueOf(RoamingDomain.HOME_MAC), CORRESPONDENT, PORT, address(node), PORT, data).octets());
    }

    /** Whether both have come, each to where it should. */
    synchronized boolean arrived(Node node, int number) {
        return arrivals.contains("home " + address(node) + " " + number)
            && arrivals.contains(node.cell + " " + node.name + " " + number);
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }
}
