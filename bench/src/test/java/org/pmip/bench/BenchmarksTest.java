// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.pmip.protocol.lma.Transition;
import org.pmip.protocol.wire.MobilityHeaderCodec;

/** The benchmarks do what their names say; how long that takes is not asked here. */
class BenchmarksTest {

    @Test
    void codecRoundTrips() throws Exception {
        CodecBenchmark benchmark = new CodecBenchmark();
        benchmark.setUp();
        assertThat(MobilityHeaderCodec.encode(benchmark.decodeUpdate(), Domain.MAG1, Domain.LMAA))
                .isEqualTo(benchmark.encodeUpdate());
        assertThat(MobilityHeaderCodec.encode(benchmark.decodeAcknowledgement(), Domain.LMAA, Domain.MAG1))
                .isEqualTo(benchmark.encodeAcknowledgement());
    }

    @Test
    void engineAcceptsEachRequest() {
        EngineBenchmark benchmark = new EngineBenchmark();
        benchmark.setUp();
        assertThat(benchmark.register().kind()).isEqualTo(Transition.Kind.REGISTERED);
        assertThat(benchmark.extend().kind()).isEqualTo(Transition.Kind.EXTENDED);
        assertThat(benchmark.handOff().kind()).isEqualTo(Transition.Kind.HANDED_OFF);
        assertThat(benchmark.repeat().kind()).isEqualTo(Transition.Kind.REPEATED);
    }

    @Test
    void theAnchorAcceptsWholeMessages() throws Exception {
        for (double figure : new AnchorLoad(50).measure(0, new PrintStream(OutputStream.nullOutputStream()))) {
            assertThat(figure).isPositive();
        }
    }

    @Test
    void switchForwardsEveryPacketWithItsTunnel() throws Exception {
        SwitchBenchmark benchmark = new SwitchBenchmark();
        benchmark.sessions = 10;
        benchmark.payload = 64;
        benchmark.setUp();
        SwitchBenchmark.Sink sink = new SwitchBenchmark.Sink();
        for (int i = 0; i < 2048; i++) {
            assertThat(benchmark.decapsulate(sink)).isEqualTo(14 + 40 + 64);
            assertThat(benchmark.encapsulate(sink)).isEqualTo(14 + 40 + 8 + 40 + 64);
        }
    }

    @Test
    void switchFindsEveryPrefix() throws Exception {
        for (String lengths : new String[] {"64", "29-64"}) {
            PrefixBenchmark benchmark = new PrefixBenchmark();
            benchmark.prefixes = 300;
            benchmark.lengths = lengths;
            benchmark.setUp();
            SwitchBenchmark.Sink sink = new SwitchBenchmark.Sink();
            for (int i = 0; i < 1024; i++) {
                assertThat(benchmark.encapsulate(sink)).isEqualTo(14 + 40 + 8 + 40 + 64);
            }
        }
    }
}
