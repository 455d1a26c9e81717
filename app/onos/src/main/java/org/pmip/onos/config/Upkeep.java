// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a component work by the configuration that there is: whenever that may have changed, and again after a while
 * where it could not be done, for a store may be away. Thread-safe; one attempt at a time.
 */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final int DOUBLINGS = 5;

    private final String whose;
    private final Runnable apply;
    private final ScheduledExecutorService executor;
    private int failures;
    private long attempt;
    private volatile boolean closed;

    /**
     * Makes it.
     *
     * @param whose for people
     * @param apply brings the component to what the configuration says now; may block; throws what keeps it from that
     * @param executor where that is done, for nothing else; ends with this
     */
    public Upkeep(String whose, Runnable apply, ScheduledExecutorService executor) {
        this.whose = whose;
        this.apply = apply;
        this.executor = executor;
    }

    /** The configuration may have changed. */
    public void changed() {
        if (!closed) {
            executor.execute(this::now);
        }
    }

    /** The same on this thread: when this returns it is done, or will be tried again after 1, 2, 4 and at most 32 s. */
    public synchronized void now() {
        if (closed) {
            return;
        }
        attempt++;
        try {
            apply.run();
            if (failures > 0) {
                LOG.info("{}: the configuration is in force", whose);
            }
            failures = 0;
        } catch (RuntimeException e) {
            if (closed) {
                return;
            }
            long own = attempt;
            executor.schedule(() -> again(own), FIRST_PAUSE_MILLIS << Math.min(failures, DOUBLINGS),
                    TimeUnit.MILLISECONDS);
            if (failures++ == 0) {
                LOG.warn("{}: the configuration cannot be put in force yet: {}; trying again", whose, e.toString(), e);
            } else {
                LOG.debug("{}: the configuration cannot be put in force yet: {}", whose, e.toString());
            }
        }
    }

    /** Unless something has come up meanwhile that could not wait. */
    private synchronized void again(long own) {
        if (own == attempt) {
            now();
        }
    }

    /** Nothing is tried any more; what is being tried is interrupted and waited for. */
    public void close() {
        closed = true;
        executor.shutdownNow();
        synchronized (this) {
            attempt++;
        }
    }
}
