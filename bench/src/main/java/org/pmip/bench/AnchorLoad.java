// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.lma.Supply;
import org.pmip.protocol.lma.Transition;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * Whole messages through the anchor's engine, octets to octets, over a store in memory that holds few sessions or many:
 * {@code bench/anchor.sh} starts it. What counts is processor time of the whole process, collections of garbage
 * included, so that other work on the machine disturbs it little.
 */
public final class AnchorLoad {

    private static final int BATCH = 2_000;
    private static final Ip6Address POOL = Ip6Address.valueOf("2001:db8:100::");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final LmaEngine engine = Domain.engine();
    private final Map<String, MobileNodeRecord> store;
    private final com.sun.management.OperatingSystemMXBean system =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Random random = new Random(5213);
    private final int sessions;
    /** Which of the two gateways each node is at. */
    private final boolean[] atSecond;
    private long millis;
    private int sequence;

    AnchorLoad(int sessions) {
        this.sessions = sessions;
        store = new HashMap<>(sessions * 2);
        atSecond = new boolean[sessions];
    }

    /**
     * Measures.
     *
     * @param arguments numbers of standing sessions, the first of them to compare with; then the seconds for each kind
     *     of message as {@code seconds=N}
     */
    public static void main(String[] arguments) throws DecodeException {
        int seconds = Arrays.stream(arguments).filter(word -> word.startsWith("seconds="))
                .mapToInt(word -> Integer.parseInt(word.substring(8))).findFirst().orElse(10);
        int[] sizes = Arrays.stream(arguments).filter(word -> !word.contains("=")).mapToInt(Integer::parseInt)
                .toArray();
        new AnchorLoad(1_000).warmUp();
        double[] first = null;
        for (int size : sizes) {
            AnchorLoad load = new AnchorLoad(size);
            double[] figures = load.measure(seconds, System.out);
            for (int i = 0; first != null && i < figures.length; i++) {
                System.out.printf("  cost of %s against %d sessions: %.2f%n", NAMES[i], sizes[0],
                        first[i] / figures[i]);
            }
            first = first == null ? figures : first;
        }
    }

    private static final String[] NAMES = {"initial attachment", "extension", "handoff"};

    private void warmUp() throws DecodeException {
        attachAll();
        for (int i = 0; i < 50; i++) {
            run(false);
            run(true);
        }
    }

    /** Messages a second of processor time, for each of {@link #NAMES}. */
    double[] measure(int seconds, PrintStream out) throws DecodeException {
        double[] figures = {attachAll(), repeat(seconds, false), repeat(seconds, true)};
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        out.printf("%,d sessions, %,d MiB of heap in use (%,d octets a session), limit %,d MiB%n", store.size(), used,
                (used << 20) / Math.max(1, store.size()), runtime.maxMemory() >> 20);
        for (int i = 0; i < figures.length; i++) {
            out.printf("  %s: %,.0f messages a second, %.2f us each%n", NAMES[i], figures[i], 1e6 / figures[i]);
        }
        return figures;
    }

    private double attachAll() throws DecodeException {
        long nanos = 0;
        int rounds = Math.max(1, 200_000 / sessions);
        for (int round = 0; round < rounds; round++) {
            store.clear();
            for (int from = 0; from < sessions; from += BATCH) {
                int[] nodes = IntStream.range(from, Math.min(from + BATCH, sessions)).toArray();
                nanos += batch(nodes, HandoffIndicator.NEW_INTERFACE);
            }
        }
        return rounds * (double) sessions * 1e9 / nanos;
    }

    private double repeat(int seconds, boolean handoff) throws DecodeException {
        long nanos = 0;
        long messages = 0;
        do {
            nanos += run(handoff);
            messages += BATCH;
        } while (nanos < seconds * 1_000_000_000L);
        return messages * 1e9 / nanos;
    }

    private long run(boolean handoff) throws DecodeException {
        int[] nodes = random.ints(0, sessions).distinct().limit(Math.min(BATCH, sessions)).toArray();
        long nanos = 0;
        for (int done = 0; done < BATCH; done += nodes.length) {
            nanos += batch(nodes, handoff ? HandoffIndicator.BETWEEN_GATEWAYS : HandoffIndicator.UNCHANGED);
        }
        return nanos;
    }

    /** Sends one message for each node; the messages are made before the clock starts. */
    private long batch(int[] nodes, int handoff) throws DecodeException {
        millis += 1_000;
        byte[][] messages = new byte[nodes.length][];
        Ip6Address[] gateways = new Ip6Address[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            atSecond[nodes[i]] ^= handoff == HandoffIndicator.BETWEEN_GATEWAYS;
            gateways[i] = atSecond[nodes[i]] ? Domain.MAG2 : Domain.MAG1;
            messages[i] = MobilityHeaderCodec.encode(update(nodes[i], handoff), gateways[i], Domain.LMAA);
        }
        Moment now = new Moment(millis, START.plusMillis(millis));
        long octets = 0;
        long before = system.getProcessCpuTime();
        for (int i = 0; i < nodes.length; i++) {
            octets += message(nodes[i], messages[i], gateways[i], now).answer().orElseThrow().mobilityHeader().length;
        }
        long nanos = system.getProcessCpuTime() - before;
        if (octets < nodes.length) {
            throw new IllegalStateException("answers without octets");
        }
        return nanos;
    }

    private Transition message(int node, byte[] octets, Ip6Address gateway, Moment now) throws DecodeException {
        BindingUpdate update = (BindingUpdate) MobilityHeaderCodec.decode(octets, gateway, Domain.LMAA);
        MobileNodeIdentifier name = LmaEngine.mobileNode(update).orElseThrow();
        String key = MobileNodeRecord.key(name);
        MobileNodeRecord record = store.get(key);
        Request request = new Request(update, gateway, Domain.LMAA, octets, now);
        Transition transition = record != null ? engine.process(record, request, now, Supply.NOTHING)
                : engine.process(MobileNodeRecord.none(name), request, now, Supply.NOTHING);
        if (transition.kind() == Transition.Kind.NEEDS) {
            Supply supply = Supply.NOTHING.withSessionId(node + 1L).withUplinkKey(node + 1L)
                    .withAllocated(prefix(node));
            transition = engine.process(MobileNodeRecord.none(name), request, now, supply);
        }
        if (!transition.changes()) {
            throw new IllegalStateException("not accepted: " + transition);
        }
        store.put(key, transition.after());
        return transition;
    }

    private BindingUpdate update(int node, int handoff) {
        sequence = sequence + 1 & 0xffff;
        return BindingUpdate.proxyBuilder().sequence(sequence).lifetime(900)
                .option(MobileNodeIdentifier.ofNai("mn" + node + "@example.net"))
                .option(HomeNetworkPrefix.allZero())
                .option(HandoffIndicator.of(handoff))
                .option(AccessTechnologyType.of(AccessTechnologyType.WLAN))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, (byte) (node >> 24), (byte) (node >> 16),
                    (byte) (node >> 8), (byte) node}))
                .option(LinkLocalAddress.of(Ip6Address.ZERO))
                .option(Timestamp.of(START.plusMillis(millis)))
                .option(GreKey.of(0x0a000000L + node)).build();
    }

    private static Ip6Prefix prefix(int node) {
        byte[] octets = POOL.toOctets();
        octets[5] = (byte) (node >> 16);
        octets[6] = (byte) (node >> 8);
        octets[7] = (byte) node;
        return Ip6Prefix.valueOf(Ip6Address.valueOf(octets), 64);
    }
}
