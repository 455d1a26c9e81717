// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.time.Instant;

/**
 * An instant on the two scales that the anchor needs: one for intervals, one to compare with the clocks of gateways.
 *
 * <p>Keeping them apart lets lifetimes run on while the host's wall clock is stepped. Immutable.
 */
public final class Moment {

    private final long millis;
    private final Instant wall;

    /**
     * Makes a moment.
     *
     * @param millis milliseconds on a scale that never goes backwards and that all owners of a record share
     * @param wall the anchor's idea of the time of day
     */
    public Moment(long millis, Instant wall) {
        this.millis = millis;
        this.wall = wall;
    }

    /** Milliseconds on the scale of deadlines. */
    public long millis() {
        return millis;
    }

    /** The time of day. */
    public Instant wall() {
        return wall;
    }

    @Override
    public String toString() {
        return wall + " (" + millis + " ms)";
    }
}
