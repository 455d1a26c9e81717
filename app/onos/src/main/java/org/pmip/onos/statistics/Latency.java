// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.statistics;

/** How long something took, over all times that it was done; microseconds throughout. Immutable. */
public final class Latency {

    private final long count;
    private final long mean;
    private final long median;
    private final long percentile95;
    private final long percentile99;
    private final long greatest;

    Latency(long count, long mean, long median, long percentile95, long percentile99, long greatest) {
        this.count = count;
        this.mean = mean;
        this.median = median;
        this.percentile95 = percentile95;
        this.percentile99 = percentile99;
        this.greatest = greatest;
    }

    /** How many times it was done. */
    public long count() {
        return count;
    }

    /** The arithmetic mean; 0 if it was never done. */
    public long mean() {
        return mean;
    }

    /** What half of them did not exceed, at most 1/16 too great; 0 if it was never done. */
    public long median() {
        return median;
    }

    /** What 95 of 100 did not exceed, at most 1/16 too great; 0 if it was never done. */
    public long percentile95() {
        return percentile95;
    }

    /** What 99 of 100 did not exceed, at most 1/16 too great; 0 if it was never done. */
    public long percentile99() {
        return percentile99;
    }

    /** The longest; 0 if it was never done. */
    public long greatest() {
        return greatest;
    }

    @Override
    public String toString() {
        return count + " times, mean " + mean + " µs, median " + median + " µs, 95 % " + percentile95 + " µs, 99 % "
                + percentile99 + " µs, longest " + greatest + " µs";
    }
}
