// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.TableException;

/** One packet through the product's pipeline on the softswitch core, one thread, sessions taken in turn. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SwitchBenchmark {

    private static final int FLOWS = 1024;

    /** Sessions in the switch. */
    @Param({"1", "10000"})
    int sessions;

    /** Octets of payload after the inner IPv6 header. */
    @Param({"64", "1200"})
    int payload;

    private Pipeline pipeline;
    private byte[][] uplink;
    private byte[][] downlink;
    private int next;
    private final Sink sink = new Sink();

    /** Fills the switch and makes the frames. */
    @Setup
    public void setUp() throws IOException, PipelineException, TableException {
        pipeline = new AnchorSwitch(sessions).pipeline();
        uplink = new byte[FLOWS][];
        downlink = new byte[FLOWS][];
        for (int i = 0; i < FLOWS; i++) {
            // Spread over all sessions, not the first ones, for the caches' sake.
            int session = 1 + (int) ((long) i * sessions / FLOWS);
            uplink[i] = AnchorSwitch.uplink(session, payload);
            downlink[i] = AnchorSwitch.downlink(session, payload);
        }
    }

    /** Decapsulates GRE with key. */
    @Benchmark
    public int decapsulate() {
        return pass(AnchorSwitch.TRANSPORT_PORT, uplink);
    }

    /** Encapsulates in GRE with key. */
    @Benchmark
    public int encapsulate() {
        return pass(AnchorSwitch.HOME_PORT, downlink);
    }

    private int pass(int port, byte[][] frames) {
        byte[] frame = frames[next++ & FLOWS - 1];
        sink.length = 0;
        pipeline.receive(port, frame, 0, frame.length, sink);
        return sink.length;
    }

    /** Keeps what a packet became, as a port would look at it. */
    private static final class Sink implements Pipeline.Output {
        private int length;

        @Override
        public void transmit(int port, byte[] frame, int offset, int octets) {
            length = octets;
        }

        @Override
        public void digest(String name, byte[][] fields) {
            throw new IllegalStateException("the pipeline has no digests");
        }
    }
}
