// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.util.function.LongSupplier;

/** A token bucket. Thread-safe. */
public final class RateLimit {

    private final double perMilli;
    private final double burst;
    private final LongSupplier millis;
    private double tokens;
    private long last;

    /**
     * Makes a full bucket.
     *
     * @param perSecond how many tokens come in a second
     * @param burst how many it holds
     * @param millis a clock; no tokens come while it goes backwards
     */
    public RateLimit(int perSecond, int burst, LongSupplier millis) {
        this.perMilli = perSecond / 1_000.0;
        this.burst = burst;
        this.millis = millis;
        this.tokens = burst;
        this.last = millis.getAsLong();
    }

    /** Takes a token if there is one. */
    public synchronized boolean allows() {
        long now = millis.getAsLong();
        tokens = Math.min(burst, tokens + Math.max(0, now - last) * perMilli);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
