// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.TableException;

/**
 * One two-rate three-colour marker, colour-blind (RFC 2698). Tokens are counted from the moment of configuration, so
 * that no rounding adds up. Thread-safe.
 */
public final class Meter {
    /** Conforms to both rates. */
    public static final int GREEN = 0;
    /** Exceeds the committed rate. */
    public static final int YELLOW = 1;
    /** Exceeds the peak rate. */
    public static final int RED = 2;

    private static final long SECOND = 1_000_000_000L;
    /** Up to here rate * nanoseconds of one second fits into a long. */
    private static final long EXACT_RATE = Long.MAX_VALUE / SECOND;

    private final MeterArray.Config config;
    private final long origin;
    private final Bucket committed;
    private final Bucket peak;

    /** With full buckets at that time in nanoseconds. */
    public Meter(MeterArray.Config config, long now) {
        this.config = config;
        origin = now;
        committed = new Bucket(config.cir(), config.cburst());
        peak = new Bucket(config.pir(), config.pburst());
    }

    /** Throws INVALID with what is wrong, if something is. */
    public static void check(MeterArray.Config config) throws TableException {
        if (config.cir() < 0 || config.cburst() < 0 || config.pir() < 0 || config.pburst() < 0) {
            throw new TableException(TableException.Kind.INVALID,
                    "meter rates and bursts must not be negative: " + config);
        }
        if (config.pir() < config.cir()) {
            throw new TableException(TableException.Kind.INVALID, "peak rate (pir) " + config.pir()
                    + " is below committed rate (cir) " + config.cir() + ": raise pir");
        }
    }

    /** What it was made with. */
    public MeterArray.Config config() {
        return config;
    }

    /** The colour of a packet that takes so many tokens at that time. */
    public synchronized int execute(long now, long tokens) {
        long elapsed = Math.max(0, now - origin);
        if (!peak.take(elapsed, tokens)) {
            return RED;
        }
        return committed.take(elapsed, tokens) ? GREEN : YELLOW;
    }

    private static final class Bucket {
        private final long rate;
        private final long burst;
        private long tokens;
        /** Tokens that were added since the beginning, spilt ones too. */
        private long added;

        Bucket(long rate, long burst) {
            this.rate = rate;
            this.burst = burst;
            tokens = burst;
        }

        boolean take(long elapsed, long wanted) {
            long total = since(elapsed);
            if (total > added) {
                long fresh = total - added;
                tokens = burst - tokens <= fresh ? burst : tokens + fresh;
                added = total;
            }
            if (tokens < wanted) {
                return false;
            }
            tokens -= wanted;
            return true;
        }

        private long since(long elapsed) {
            long seconds = elapsed / SECOND;
            long rest = elapsed % SECOND;
            if (rate > EXACT_RATE || seconds > 0 && rate > Long.MAX_VALUE / 2 / seconds) {
                double total = (double) rate * elapsed / SECOND;
                return total >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) total;
            }
            return rate * seconds + rate * rest / SECOND;
        }
    }
}
