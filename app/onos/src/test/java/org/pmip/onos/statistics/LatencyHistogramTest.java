// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LatencyHistogramTest {

    private static final long NANOS = 1_000;

    @Test
    void nothingTookNoTime() {
        Latency latency = new LatencyHistogram().summary();
        assertThat(List.of(latency.count(), latency.mean(), latency.median(), latency.percentile99(),
                latency.greatest())).containsOnly(0L);
    }

    @Test
    void percentilesOfHundred() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 100; i++) {
            histogram.note(i * 100 * NANOS);
        }
        Latency latency = histogram.summary();
        assertThat(latency.count()).isEqualTo(100);
        assertThat(latency.mean()).isEqualTo(5_050);
        assertThat(latency.median()).isBetween(5_000L, 5_000L * 17 / 16);
        assertThat(latency.percentile95()).isBetween(9_500L, 10_000L);
        assertThat(latency.percentile99()).isBetween(9_900L, 10_000L);
        assertThat(latency.greatest()).isEqualTo(10_000);
    }

    @Test
    void clocksThatGoBackAndEndlessWaitsFit() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.note(-5);
        assertThat(histogram.summary().greatest()).isZero();
        histogram.note(Long.MAX_VALUE);
        assertThat(histogram.summary().greatest()).isEqualTo((1L << 36) - 1);
        assertThat(histogram.summary().percentile99()).isEqualTo((1L << 36) - 1);
    }

    /** Never less than the exact percentile, and at most 1/16 more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 99, 100, 101, 1_000})
    void percentilesAreNearTheExactOnes(int count) {
        Random random = new Random(count);
        LatencyHistogram histogram = new LatencyHistogram();
        // As many small ones as great ones.
        long[] micros = IntStream.range(0, count).mapToLong(i -> random.nextLong() >>> 28 + random.nextInt(36))
                .sorted().toArray();
        Arrays.stream(micros).forEach(one -> histogram.note(one * NANOS));
        Latency latency = histogram.summary();
        near(latency.median(), micros[(count + 1) / 2 - 1]);
        near(latency.percentile95(), micros[(count * 95 + 99) / 100 - 1]);
        near(latency.percentile99(), micros[(count * 99 + 99) / 100 - 1]);
        assertThat(latency.greatest()).isEqualTo(micros[count - 1]);
        assertThat(latency.count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 1_023, 1_024, 1_025, (1L << 36) - 1})
    void oneDurationIsItsOwnPercentile(long micros) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.note(micros * NANOS);
        assertThat(histogram.summary().median()).isEqualTo(micros);
        assertThat(histogram.summary().mean()).isEqualTo(micros);
    }

    private static void near(long read, long exact) {
        assertThat(read).isBetween(exact, exact + exact / 16);
    }
}
