// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.util.concurrent.atomic.LongAdder;

/** Counts frames and octets of one port. Thread-safe; counting never blocks. */
public final class PortCounters {
    private final LongAdder framesIn = new LongAdder();
    private final LongAdder octetsIn = new LongAdder();
    private final LongAdder dropsIn = new LongAdder();
    private final LongAdder framesOut = new LongAdder();
    private final LongAdder octetsOut = new LongAdder();
    private final LongAdder dropsOut = new LongAdder();

    /**
     * The counters at one moment.
     *
     * @param dropsIn frames that came in and could not be given to a pipeline
     * @param dropsOut frames that were to leave and could not
     */
    public record Snapshot(long framesIn, long octetsIn, long dropsIn, long framesOut, long octetsOut,
                           long dropsOut) { }

    void in(int octets) {
        framesIn.increment();
        octetsIn.add(octets);
    }

    void out(int octets) {
        framesOut.increment();
        octetsOut.add(octets);
    }

    /** One frame that came in was lost. */
    public void dropIn() {
        dropsIn.increment();
    }

    /** One frame that was to leave was lost. */
    public void dropOut() {
        dropsOut.increment();
    }

    /** What was counted until now. */
    public Snapshot snapshot() {
        return new Snapshot(framesIn.sum(), octetsIn.sum(), dropsIn.sum(), framesOut.sum(), octetsOut.sum(),
                dropsOut.sum());
    }
}
