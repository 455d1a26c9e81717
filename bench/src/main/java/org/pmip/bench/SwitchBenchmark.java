// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.TableException;

/** One packet through the product's pipeline on the softswitch core, sessions taken in turn. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SwitchBenchmark {

    private static final int FLOWS = 1024;

    /** Sessions in the switch. */
    @Param({"1", "10000", "65536"})
    int sessions;

    /** Octets of payload after the inner IPv6 header. */
    @Param({"64", "1200"})
    int payload;

    private Pipeline pipeline;
    private byte[][] uplink;
    private byte[][] downlink;

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
    public int decapsulate(Sink sink) {
        return pass(AnchorSwitch.TRANSPORT_PORT, uplink, sink);
    }

    /** Encapsulates in GRE with key. */
    @Benchmark
    public int encapsulate(Sink sink) {
        return pass(AnchorSwitch.HOME_PORT, downlink, sink);
    }

    /** Encapsulates on two threads, each with sessions of its own: as many nanoseconds as on one, if they scale. */
    @Benchmark
    @Threads(2)
    public int encapsulateOnTwoThreads(Sink sink) {
        return pass(AnchorSwitch.HOME_PORT, downlink, sink);
    }

    private int pass(int port, byte[][] frames, Sink sink) {
        // Even and odd flows for two threads.
        return sink.pass(pipeline, port, frames[(sink.next += 2) & FLOWS - 1]);
    }

    /** Keeps what a packet became, as a port would look at it, and which flow of a thread is next. */
    @State(Scope.Thread)
    public static class Sink implements Pipeline.Output {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private int next = COUNT.getAndIncrement() & 1;
        private int length;

        /** The next of so many. */
        int turn(int count) {
            next = next + 1 < count ? next + 1 : 0;
            return next;
        }

        /** Octets of what a frame becomes; 0 when it is lost. */
        int pass(Pipeline pipeline, int port, byte[] frame) {
            length = 0;
            pipeline.receive(port, frame, 0, frame.length, this);
            return length;
        }

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
