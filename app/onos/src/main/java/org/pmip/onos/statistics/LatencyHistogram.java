// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.statistics;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations in classes that are at most 1/16 wide of their lower bound, from 1 µs to 2^36 µs (19 hours), so that a
 * percentile read from it is at most that much too great. Notes without a lock and without garbage. Thread-safe; a
 * summary that is taken meanwhile has some of the newest durations and not others.
 */
final class LatencyHistogram {

    private static final int NANOS_PER_MICRO = 1_000;
    /** Each power of two from 2^4 on is cut in so many classes; below it, each microsecond is one. */
    private static final int PARTS = 16;
    private static final int PARTS_BITS = 4;
    private static final int GREATEST_BITS = 36;
    private static final int CLASSES = (GREATEST_BITS - PARTS_BITS + 1) * PARTS;

    private final AtomicLongArray classes = new AtomicLongArray(CLASSES);
    private final LongAdder sum = new LongAdder();
    private final AtomicLong greatest = new AtomicLong();

    /**
     * Notes a duration.
     *
     * @param nanos nanoseconds; less than 0 counts as 0
     */
    void note(long nanos) {
        long micros = Math.min(Math.max(0, nanos) / NANOS_PER_MICRO, (1L << GREATEST_BITS) - 1);
        classes.incrementAndGet(classOf(micros));
        sum.add(micros);
        if (micros > greatest.get()) {
            greatest.accumulateAndGet(micros, Math::max);
        }
    }

    private static int classOf(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - PARTS_BITS;
        return shift * PARTS + (int) (micros >> shift);
    }

    /** The greatest duration of a class. */
    private static long lastOf(int number) {
        if (number < PARTS) {
            return number;
        }
        int shift = number / PARTS - 1;
        return ((long) (number % PARTS + PARTS + 1) << shift) - 1;
    }

    /** What it has now. */
    Latency summary() {
        long[] counts = new long[CLASSES];
        long count = 0;
        for (int i = 0; i < CLASSES; i++) {
            counts[i] = classes.get(i);
            count += counts[i];
        }
        long most = greatest.get();
        return new Latency(count, count == 0 ? 0 : sum.sum() / count, percentile(counts, count, most, 500),
                percentile(counts, count, most, 950), percentile(counts, count, most, 990), most);
    }

    private static long percentile(long[] counts, long count, long most, int thousandths) {
        // The smallest duration that so many of all do not exceed.
        long rank = (count * thousandths + 999) / 1_000;
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(lastOf(i), most);
            }
        }
        return 0;
    }
}
