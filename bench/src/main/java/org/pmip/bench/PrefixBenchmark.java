// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
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

/** One packet through the product's pipeline, whose home network is one of many all over the address space. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrefixBenchmark {
    private static final int FRAMES = 4096;
    private static final int PAYLOAD = 64;
    /** Of every 20 prefixes of a mixed table, about as the Internet's IPv6 tables are made up. */
    private static final int[] MIXED = {48, 48, 48, 48, 48, 48, 48, 48, 48, 32, 32, 32, 44, 44, 40, 40, 36, 46, 29, 64};

    /** Home networks in the switch. */
    @Param({"100", "10000", "100000"})
    int prefixes;

    /** Their lengths: all the same, or as mixed as in a router of the Internet. */
    @Param({"64", "29-64"})
    String lengths;

    private Pipeline pipeline;
    private byte[][] frames;

    /** Fills the switch and makes the frames. */
    @Setup
    public void setUp() throws IOException, PipelineException, TableException {
        AnchorSwitch anchor = new AnchorSwitch(1);
        pipeline = anchor.pipeline();
        Random random = new Random(6);
        frames = new byte[Math.min(prefixes, FRAMES)][];
        Set<Ip6Prefix> known = new HashSet<>();
        byte[] octets = new byte[16];
        while (known.size() < prefixes) {
            random.nextBytes(octets);
            // Global unicast addresses are 2000::/3.
            octets[0] = (byte) (0x20 | octets[0] & 0x1f);
            Ip6Prefix prefix = Ip6Prefix.valueOf(octets, "64".equals(lengths) ? 64
                    : MIXED[random.nextInt(MIXED.length)]);
            if (known.add(prefix)) {
                anchor.addHomeNetwork(prefix);
                // Of many prefixes some are taken, from all over the table.
                frames[(int) ((known.size() - 1L) * frames.length / prefixes)] =
                        AnchorSwitch.downlink(Ip6Address.valueOf(octets), PAYLOAD);
            }
        }
    }

    /** Finds the home network and encapsulates in GRE with key. */
    @Benchmark
    public int encapsulate(SwitchBenchmark.Sink sink) {
        return sink.pass(pipeline, AnchorSwitch.HOME_PORT, frames[sink.turn(frames.length)]);
    }
}
