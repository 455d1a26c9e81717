// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.UplinkSession;
import org.pmip.pipeconf.entity.UplinkSource;
import org.pmip.pipeconf.generated.P4;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.PacketIn;

/** What takes more than one frame, or a change of the entries; each leaves the test network as it was. */
final class SpecialCases {
    private final Bench bench;
    private final List<Vector> vectors;

    SpecialCases(Bench bench, List<Vector> vectors) {
        this.bench = bench;
        this.vectors = vectors;
    }

    private Vector vector(String name) {
        return vectors.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    }

    /** A packet-out to a port leaves as it is, even what no table would pass on. */
    void packetOutToPort() throws Exception {
        byte[] frame = HexFormat.of().parseHex("0180c200000e00005e0053030806" + "ab".repeat(46));
        bench.client().packetOut(3, false, 0, frame);
        Target.Frame out = bench.frame();
        assertThat(out.octets()).isEqualTo(frame);
        assertThat(out.port()).isEqualTo(3);
    }

    /** A packet-out through the pipeline is routed in its domain, with its hop limit left alone. */
    void packetOutThroughPipeline() throws Exception {
        Vector transit = vector("transit/transport");
        bench.client().packetOut(0, true, 0, transit.in().octets());
        Target.Frame out = bench.frame();
        byte[] expected = transit.out().octets().clone();
        expected[21] = transit.in().octets()[21];
        assertThat(out.octets()).isEqualTo(expected);
        assertThat(out.port()).isEqualTo(transit.out().port());

        Vector downlink = vector("gre-key/downlink/ip6");
        bench.client().packetOut(0, true, 1, downlink.in().octets());
        out = bench.frame();
        expected = downlink.out().octets().clone();
        int innerHopLimit = 14 + 40 + 8 + 7;
        expected[innerHopLimit] = downlink.in().octets()[21];
        assertThat(out.octets()).isEqualTo(expected);
        assertThat(out.port()).isEqualTo(downlink.out().port());
    }

    /** Above the rate of its class the controller is spared, and each packet that it is spared is counted. */
    void puntLimit() throws Exception {
        Vector signalling = vector("punt/binding-update");
        int burst = 5;
        int sent = 60;
        bench.client().limit(P4.Meters.PUNT_METER.id(), PuntClass.MOBILITY_SIGNALLING.code(), 1, burst);
        long before = spared();
        int passed = 0;
        for (int i = 1; i <= sent; i++) {
            // One at a time: bmv2 loses frames of a burst before it looks at them.
            bench.target().send(signalling.in().port(), signalling.in().octets());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (passed + spared() - before < i && System.nanoTime() < end) {
                if (bench.client().packetIns().poll(1, TimeUnit.MILLISECONDS) != null) {
                    passed++;
                }
            }
            assertThat(passed + spared() - before).as("passed or counted as dropped").isEqualTo(i);
        }
        assertThat(passed).isGreaterThanOrEqualTo(burst).isLessThan(sent / 2);
        // Other classes are not touched by it.
        bench.check(vector("punt/echo-request"));
        bench.client().limit(P4.Meters.PUNT_METER.id(), PuntClass.MOBILITY_SIGNALLING.code(), 1_000_000, 1_000_000);
    }

    /** What is too big is counted, and the controller learns of it within the rate, with the size that fits. */
    void tooBigIsReported() throws Exception {
        List<DropCounter> report = List.of(DropCounter.builder().reason(DropReason.TOO_BIG).report().build());
        Vector tooBig = vector("drop/too-big");
        Vector overIp4 = vector("drop/over-ip4/too-big");
        bench.client().modify(report);
        try {
            bench.check(tooBig);
            assertReported(tooBig, 1500 - 48);
            bench.check(overIp4);
            assertReported(overIp4, 1500 - 40);
            bench.client().limit(P4.Meters.PUNT_METER.id(), PuntClass.TOO_BIG.code(), 1, 1);
            int sent = 20;
            for (int i = 0; i < sent; i++) {
                bench.check(tooBig);
            }
            Vector echo = vector("punt/echo-request");
            bench.target().send(echo.in().port(), echo.in().octets());
            int reported = 0;
            while (Bench.metadata(bench.packetIn(), 3) == PuntClass.TOO_BIG.code()) {
                reported++;
            }
            assertThat(reported).isPositive().isLessThan(sent / 2);
        } finally {
            bench.client().limit(P4.Meters.PUNT_METER.id(), PuntClass.TOO_BIG.code(), 1_000_000, 1_000_000);
            bench.client().modify(List.of(DropCounter.builder().reason(DropReason.TOO_BIG).build()));
        }
    }

    /** A frame of a node that is attached nowhere is dropped, counted, and shown to the controller, tag and all. */
    void unknownNodeIsReported() throws Exception {
        bench.client().modify(List.of(DropCounter.builder().reason(DropReason.UNKNOWN_NODE).report().build()));
        try {
            for (String name : List.of("drop/access/unknown-node/mac", "drop/access/unknown-node/vlan")) {
                Vector unknown = vector(name);
                bench.check(unknown);
                PacketIn packetIn = bench.packetIn();
                assertThat(packetIn.getPayload().toByteArray()).isEqualTo(unknown.in().octets());
                assertThat(Bench.metadata(packetIn, 1)).as("port").isEqualTo(unknown.in().port());
                assertThat(Bench.metadata(packetIn, 3)).isEqualTo(PuntClass.STATION.code());
            }
        } finally {
            bench.client().modify(List.of(DropCounter.builder().reason(DropReason.UNKNOWN_NODE).build()));
        }
    }

    private void assertReported(Vector vector, int mtu) throws Exception {
        PacketIn packetIn = bench.packetIn();
        assertThat(packetIn.getPayload().toByteArray()).isEqualTo(vector.in().octets());
        assertThat(Bench.metadata(packetIn, 3)).isEqualTo(PuntClass.TOO_BIG.code());
        assertThat(Bench.metadata(packetIn, 4)).as("domain").isEqualTo(1);
        assertThat(Bench.metadata(packetIn, 5)).as("mtu").isEqualTo(mtu);
    }

    private long spared() {
        return bench.client().counters(List.of(DropCounter.builder().reason(DropReason.PUNT_RATE).build())).get(0);
    }

    /** Each direction of a session is counted, in octets as received, and only what was sent on in the uplink. */
    void accounting() throws Exception {
        UplinkSession uplink = UplinkSession.builder().sessionId(3).build();
        DownlinkSession downlink = DownlinkSession.builder().sessionId(3).encapsulation(Encapsulation.GRE_KEY)
                .tunnelId(TestNetwork.MAG_1).key(0x2003).build();
        Tunnel tunnel = Tunnel.builder().outerSource(IpAddress.valueOf("2001:db8:0:11::1"))
                .outerDestination(IpAddress.valueOf(TestNetwork.LMA)).tunnelId(TestNetwork.MAG_1).domain(1).build();
        CounterData up = bench.client().counter(uplink);
        CounterData down = bench.client().counter(downlink);
        CounterData peer = bench.client().counter(tunnel);
        bench.check(vector("gre-key/uplink/ip6"));
        bench.check(vector("gre-key/downlink/ip6"));
        bench.check(vector("drop/key-missing"));
        bench.check(vector("drop/unknown-key"));
        bench.check(vector("drop/hop-limit/inner"));
        bench.check(vector("drop/hop-limit/1"));
        assertCounted(up, bench.client().counter(uplink), vector("gre-key/uplink/ip6"));
        assertCounted(down, bench.client().counter(downlink), vector("gre-key/downlink/ip6"));
        assertThat(bench.client().counter(tunnel).getPacketCount() - peer.getPacketCount()).isEqualTo(4);
    }

    private static void assertCounted(CounterData before, CounterData after, Vector vector) {
        assertThat(after.getPacketCount() - before.getPacketCount()).isEqualTo(1);
        assertThat(after.getByteCount() - before.getByteCount()).isEqualTo(vector.in().octets().length);
    }

    /** A handoff is two modifications: then the new gateway's packets pass, the old one's are dropped. */
    void handoff() throws Exception {
        DownlinkSession before = DownlinkSession.builder().sessionId(3).encapsulation(Encapsulation.GRE_KEY)
                .tunnelId(TestNetwork.MAG_1).key(0x2003).build();
        DownlinkSession after = DownlinkSession.builder().sessionId(3).encapsulation(Encapsulation.GRE_KEY)
                .tunnelId(TestNetwork.MAG_2).key(0x2004).build();
        bench.client().modify(List.of(after, source(TestNetwork.MAG_2)));
        try {
            Vector uplink = vector("gre-key/uplink/ip6");
            bench.check(new Vector("from the old gateway", uplink.in(), DropReason.WRONG_OUTER_SOURCE));
            bench.check(new Vector("from the new gateway", fromMag2(uplink.in()), uplink.out()));
            bench.target().send(3, vector("gre-key/downlink/ip6").in().octets());
            Target.Frame out = bench.frame();
            assertThat(out.port()).isEqualTo(2);
            assertThat(HexFormat.of().formatHex(out.octets(), 38, 62))
                    .isEqualTo("20010db8000000120000000000000001" + "200086dd" + "00002004");
        } finally {
            bench.client().modify(List.of(before, source(TestNetwork.MAG_1)));
        }
        bench.check(vector("gre-key/uplink/ip6"));
        bench.check(vector("gre-key/downlink/ip6"));
    }

    private static UplinkSource source(int mag) {
        return UplinkSource.builder().domain(1).source(IpPrefix.valueOf("2001:db8:100:3::/64")).sessionId(3)
                .tunnelId(mag).encapsulation(Encapsulation.GRE_KEY).key(0x1003).build();
    }

    /* The same frame with MAG 2's outer source, through MAG 2's port. */
    private static Target.Frame fromMag2(Target.Frame frame) {
        byte[] octets = frame.octets().clone();
        octets[5] = 2;
        octets[11] = 0x12;
        octets[14 + 8 + 7] = 0x12;
        return new Target.Frame(2, octets);
    }

    /** Entries that go take their traffic with them, and their counters start from nothing when they come back. */
    void detachAndAttach() throws Exception {
        UplinkSession session = UplinkSession.builder().sessionId(3).build();
        List<UplinkSession> entries = List.of(session);
        bench.client().delete(entries);
        Vector uplink = vector("gre-key/uplink/ip6");
        bench.check(new Vector("detached", uplink.in(), DropReason.UNKNOWN_SESSION));
        bench.client().insert(entries);
        bench.check(uplink);
        assertThat(bench.client().counter(session).getPacketCount()).isEqualTo(1);
    }

    /** A full table says so, and what was there before stays as it was. */
    void fullTable(Status.Code expected) throws Exception {
        List<LocalAddress> added = new ArrayList<>();
        try {
            assertThatThrownBy(() -> {
                for (int i = 0; i <= P4.LocalAddresses.SIZE; i++) {
                    LocalAddress next = LocalAddress.builder().domain(7).address(IpAddress.valueOf(0x0A000001 + i))
                            .build();
                    bench.client().insert(List.of(next));
                    added.add(next);
                }
            }).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> assertThat(
                    P4Client.errorCodes(failure)).containsExactly(expected.value()));
        } finally {
            bench.client().delete(added);
        }
        bench.check(vector("gre-key/uplink/ip6"));
    }
}
