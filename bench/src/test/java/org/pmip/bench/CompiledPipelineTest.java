// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.PipelineLoader;

/** The product's pipeline compiled: it does what the interpreter does, and allocates nothing for a packet. */
class CompiledPipelineTest {
    private static final int SESSIONS = 50;

    /** What left a pipeline. */
    private static final class Seen implements Pipeline.Output {
        private final List<String> frames = new ArrayList<>();

        @Override
        public void transmit(int port, byte[] frame, int offset, int length) {
            frames.add(port + " " + HexFormat.of().formatHex(frame, offset, offset + length));
        }

        @Override
        public void digest(String name, byte[][] fields) {
            frames.add(name + " " + Arrays.deepToString(fields));
        }
    }

    private static List<String> outcome(Pipeline pipeline, int port, byte[] frame) {
        Seen seen = new Seen();
        pipeline.receive(port, frame, 0, frame.length, seen);
        return seen.frames;
    }

    @Test
    void doesWhatTheInterpreterDoes() throws Exception {
        Pipeline compiled = new AnchorSwitch(SESSIONS).pipeline();
        Pipeline interpreted = new AnchorSwitch(SESSIONS, PipelineLoader::interpret).pipeline();
        Random random = new Random(5845);
        int through = 0;
        for (int i = 0; i < 20_000; i++) {
            int session = 1 + random.nextInt(SESSIONS + 2);
            int payload = random.nextInt(100);
            boolean up = random.nextBoolean();
            byte[] frame = up ? AnchorSwitch.uplink(session, payload) : AnchorSwitch.downlink(session, payload);
            for (int change = random.nextInt(4); change > 0; change--) {
                // Mostly in the headers of the outer packet and of the tunnel.
                int at = random.nextInt(Math.min(frame.length, 70));
                frame[at] = (byte) random.nextInt(random.nextBoolean() ? 256 : 8);
            }
            if (random.nextInt(8) == 0) {
                frame = Arrays.copyOf(frame, random.nextInt(frame.length + 20));
            }
            int port = up ? AnchorSwitch.TRANSPORT_PORT : AnchorSwitch.HOME_PORT;
            List<String> outcome = outcome(compiled, port, frame);
            assertThat(outcome).as("frame %d", i).isEqualTo(outcome(interpreted, port, frame));
            through += outcome.size();
        }
        assertThat(through).isGreaterThan(1000);
    }

    @Test
    void allocatesNothingForAPacket() throws Exception {
        SwitchBenchmark benchmark = new SwitchBenchmark();
        benchmark.sessions = 10;
        benchmark.payload = 64;
        benchmark.setUp();
        SwitchBenchmark.Sink sink = new SwitchBenchmark.Sink();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first packets make what is used again and again, and while the virtual machine still exchanges the code
        // of these methods for faster one, as it likes, it may make an object that the faster code does without.
        int round = 0;
        long octets;
        do {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5000; i++) {
                benchmark.decapsulate(sink);
                benchmark.encapsulate(sink);
            }
            octets = threads.getCurrentThreadAllocatedBytes() - before;
            round++;
        } while (octets > 0 && round < 100);
        assertThat(octets).as("octets for 10,000 packets, round %d", round).isZero();
    }
}
