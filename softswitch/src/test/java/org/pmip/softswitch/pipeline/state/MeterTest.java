// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.MeterArray.Config;

/** Meters over long times and at great rates. */
class MeterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ORIGIN = Long.MIN_VALUE / 2;

    @Test
    void theLongRunRateIsTheCommittedOne() {
        Meter meter = new Meter(new Config(1000, 10, 3000, 30), ORIGIN);
        int[] colors = new int[3];
        for (int i = 0; i < 100_000; i++) {
            colors[meter.execute(ORIGIN + i * (SECOND / 10_000), 1)]++;
        }
        // Ten seconds: both buckets begin full.
        assertThat(colors[Meter.GREEN]).isBetween(10_000, 10_010);
        assertThat(colors[Meter.GREEN] + colors[Meter.YELLOW]).isBetween(30_000 - 10, 30_030);
    }

    @Test
    void noRoundingIsLostAtOddRates() {
        Meter meter = new Meter(new Config(7, 1, 7, 1), ORIGIN);
        int green = 0;
        for (int i = 0; i < 1_000_000; i++) {
            green += meter.execute(ORIGIN + i * 1_000_003L, 1) == Meter.GREEN ? 1 : 0;
        }
        assertThat(green).isBetween(6990, 7001);
    }

    @Test
    void greatRatesAndLongPausesDoNotOverflow() {
        long rate = Long.MAX_VALUE;
        Meter meter = new Meter(new Config(rate, rate, rate, rate), 0);
        assertThat(meter.execute(0, Long.MAX_VALUE)).isEqualTo(Meter.GREEN);
        assertThat(meter.execute(Long.MAX_VALUE, 1500)).isEqualTo(Meter.GREEN);
        Meter fast = new Meter(new Config(100_000_000_000L, 100, 100_000_000_000L, 100), 0);
        assertThat(fast.execute(1, 100)).isEqualTo(Meter.GREEN);
        assertThat(fast.execute(1, 100)).isEqualTo(Meter.RED);
        assertThat(fast.execute(2, 100)).isEqualTo(Meter.GREEN);
        Meter year = new Meter(new Config(1_000_000_000L, 1, 1_000_000_000L, 1), 0);
        assertThat(year.execute(365L * 86400 * SECOND, 1)).isEqualTo(Meter.GREEN);
        assertThat(year.execute(365L * 86400 * SECOND, 1)).isEqualTo(Meter.RED);
        assertThat(year.execute(365L * 86400 * SECOND + 1, 1)).isEqualTo(Meter.GREEN);
    }

    @Test
    void aClockThatStepsBackGivesNothing() {
        Meter meter = new Meter(new Config(1, 1, 1, 1), 10 * SECOND);
        assertThat(meter.execute(0, 1)).isEqualTo(Meter.GREEN);
        assertThat(meter.execute(0, 1)).isEqualTo(Meter.RED);
        assertThat(meter.execute(10 * SECOND, 1)).isEqualTo(Meter.RED);
        assertThat(meter.execute(11 * SECOND, 1)).isEqualTo(Meter.GREEN);
    }

    @Test
    void zeroRatesLetNothingThroughOnceTheBurstIsGone() {
        Meter meter = new Meter(new Config(0, 0, 0, 1), 0);
        assertThat(meter.execute(1, 1)).isEqualTo(Meter.YELLOW);
        assertThat(meter.execute(SECOND, 1)).isEqualTo(Meter.RED);
    }
}
