// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Clock;
import java.util.function.LongSupplier;
import org.pmip.protocol.lma.Moment;

/**
 * The anchor's time: deadlines on a scale that starts at the wall clock's value and then runs with the monotonic one,
 * so that a step of the host's clock ends no session early; timestamps by the wall clock itself. Thread-safe.
 */
public final class SteadyClock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock wall;
    private final LongSupplier nanos;
    private final long offset;

    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.offset = wall.millis() - nanos.getAsLong() / NANOS_PER_MILLI;
    }

    /** A clock of the machine's own. */
    public static SteadyClock ofSystem() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    /** The present. */
    public Moment now() {
        return new Moment(offset + nanos.getAsLong() / NANOS_PER_MILLI, wall.instant());
    }
}
