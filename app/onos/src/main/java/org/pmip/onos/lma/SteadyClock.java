// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.pmip.protocol.lma.Moment;

/**
 * This node's time: deadlines on a scale that starts at the wall clock's value and then runs with the monotonic one,
 * so that a step of the host's clock ends no session early; timestamps by the wall clock itself. The scale is put right
 * by {@link ScaleAgreement} where the nodes of a cluster began with different ones. Thread-safe.
 */
public final class SteadyClock {

    private final Clock wall;
    private final LongSupplier nanos;
    private final AtomicLong offset;
    private volatile boolean agreed = true;

    /**
     * Makes one of other clocks.
     *
     * @param wall for timestamps, and for where the scale begins
     * @param nanos a monotonic clock, nanoseconds
     */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.offset = new AtomicLong(wallLead());
    }

    /** A clock of the machine's own. */
    public static SteadyClock ofSystem() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    /** The present. */
    public Moment now() {
        return new Moment(millis(), wall.instant());
    }

    /** The present on the scale of deadlines, {@link Moment#millis}. */
    public long millis() {
        return offset.get() + steadyMillis();
    }

    /** Milliseconds that nothing but time moves, from anywhere; for intervals that nobody else hears of. */
    public long steadyMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    /**
     * Whether the scale is the cluster's. Until then a deadline that seems to be over says nothing: it may have been
     * written on another scale.
     */
    public boolean agreed() {
        return agreed;
    }

    void agreed(boolean value) {
        agreed = value;
    }

    /** Moves the scale by so many milliseconds, back if negative. */
    void step(long millis) {
        offset.addAndGet(millis);
    }

    /** By how many milliseconds the wall clock leads the monotonic one: changes where one of the two is moved. */
    long wallLead() {
        return wall.millis() - steadyMillis();
    }
}
