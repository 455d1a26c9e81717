// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.PipelineEntity;
import p4.v1.P4RuntimeOuterClass.PacketIn;

/** A target with the pipeline and the test network in it, and the means to see what it does with a frame. */
final class Bench implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("pmip.root", ".."));
    static final Path BUILD = ROOT.resolve("p4src/build");
    static final Path VECTORS = ROOT.resolve("p4src/tests/vectors/packets.txt");
    static final Path PORTS = ROOT.resolve("p4src/tests/vectors/ports.py");
    private static final long PATIENCE_SECONDS = 20;

    private final Target target;
    private final P4Client client;

    Bench(Target target) throws Exception {
        this.target = target;
        try {
            client = new P4Client(target, BUILD);
            client.insert(TestNetwork.entities());
            TestLayer2.groups(client);
        } catch (Exception | Error e) {
            // Nobody else knows of the switch yet, and its process would outlive the tests.
            target.close();
            throw e;
        }
    }

    P4Client client() {
        return client;
    }

    Target target() {
        return target;
    }

    /** Sends the vector's frame and compares what becomes of it. */
    void check(Vector vector) throws Exception {
        assertThat(target.received()).as("left over from an earlier case").isEmpty();
        if (vector.drop() != null) {
            dropped(vector.drop(), vector.in());
        } else if (vector.punt() != null) {
            target.send(vector.in().port(), vector.in().octets());
            PacketIn packetIn = packetIn();
            assertThat(hex(packetIn.getPayload().toByteArray())).isEqualTo(hex(vector.in().octets()));
            assertThat(metadata(packetIn, 1)).as("ingress port").isEqualTo(vector.in().port());
            assertThat(metadata(packetIn, 3)).as("reason").isEqualTo(vector.punt().code());
        } else {
            target.send(vector.in().port(), vector.in().octets());
            List<String> left = new ArrayList<>();
            for (int i = 0; i < vector.outs().size(); i++) {
                left.add(text(frame()));
            }
            assertThat(left).containsExactlyInAnyOrderElementsOf(vector.outs().stream().map(Bench::text).toList());
        }
        assertThat(target.received()).as("a second frame").isEmpty();
    }

    /** The next frame that leaves the switch. */
    Target.Frame frame() throws InterruptedException {
        Target.Frame frame = target.received().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(frame).as("a frame out of the switch").isNotNull();
        return frame;
    }

    /** The next packet that the controller gets. */
    PacketIn packetIn() throws InterruptedException {
        PacketIn packetIn = client.packetIns().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(packetIn).as("a packet-in").isNotNull();
        return packetIn;
    }

    static long metadata(PacketIn packetIn, int id) {
        return new BigInteger(1, packetIn.getMetadataList().stream().filter(m -> m.getMetadataId() == id)
                .findFirst().orElseThrow().getValue().toByteArray()).longValueExact();
    }

    private void dropped(DropReason reason, Target.Frame in) throws Exception {
        List<Long> before = drops();
        target.send(in.port(), in.octets());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<Long> after = drops();
        while (after.equals(before) && System.nanoTime() < end && target.received().isEmpty()) {
            Thread.onSpinWait();
            after = drops();
        }
        assertThat(target.received()).isEmpty();
        for (DropReason each : DropReason.values()) {
            int index = each.ordinal();
            assertThat(after.get(index) - before.get(index)).as("drops by " + each)
                    .isEqualTo(each == reason ? 1 : 0);
        }
    }

    /** Dropped packets by reason, in the order of the reasons. */
    List<Long> drops() {
        return client.counters(List.of(DropReason.values()).stream()
                .map(reason -> (PipelineEntity) DropCounter.builder().reason(reason).build()).toList());
    }

    private static String text(Target.Frame frame) {
        return "port " + frame.port() + ": " + hex(frame.octets());
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    @Override
    public void close() throws Exception {
        client.close();
        target.close();
    }
}
