// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a component's stores in a thread of its own: where the cluster's store is away, ONOS keeps who opens something
 * waiting until it is there, or refuses, and then it is tried again. Thread-safe.
 */
public final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final int DOUBLINGS = 5;
    private static final long PATIENCE_MILLIS = 5_000;

    private final String whose;
    private final Runnable open;
    private final Runnable opened;
    private final Runnable abandon;
    private final long firstPauseMillis;
    private final Thread thread;
    /** The first attempt is over, and if it has succeeded, all of it. */
    private final CountDownLatch tried = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean closed;

    /**
     * Makes one.
     *
     * @param whose for people, and for the thread's name
     * @param open opens what is not open yet; may block for as long as it likes, and throws what keeps it from opening
     * @param opened done once all is open
     * @param abandon done in place of that where nobody wants it any more
     */
    public Opening(String whose, Runnable open, Runnable opened, Runnable abandon) {
        this(whose, open, opened, abandon, FIRST_PAUSE_MILLIS);
    }

    /** The same with another time after which a store that has refused is asked again; each further one is longer. */
    Opening(String whose, Runnable open, Runnable opened, Runnable abandon, long firstPauseMillis) {
        this.whose = whose;
        this.firstPauseMillis = firstPauseMillis;
        this.open = open;
        this.opened = opened;
        this.abandon = abandon;
        this.thread = new Thread(this::run, "pmip-" + whose + "-stores");
        // It may have to wait for a store that never comes back.
        thread.setDaemon(true);
    }

    /**
     * Begins, and waits for an answer of the store, but for 5 s at the most: most often it is there, and the component
     * at work when ONOS makes it known.
     */
    public void begin() {
        begin(PATIENCE_MILLIS);
    }

    /** The same with another time to wait, in milliseconds. */
    void begin(long patienceMillis) {
        thread.start();
        try {
            if (!tried.await(patienceMillis, TimeUnit.MILLISECONDS)) {
                LOG.warn("{}: the store does not answer yet; nothing works before it does", whose);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int failures = 0;
        while (closing.getCount() > 0 && !isOpen(failures)) {
            tried.countDown();
            try {
                // True once it is to end.
                if (closing.await(firstPauseMillis << Math.min(failures++, DOUBLINGS), TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        try {
            synchronized (this) {
                if (closed || closing.getCount() == 0) {
                    // Who is interrupted cannot ask a store for anything.
                    Thread.interrupted();
                    abandon.run();
                } else {
                    opened.run();
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: does not work, though the store is there", whose, e);
            throw e;
        } finally {
            tried.countDown();
        }
    }

    private boolean isOpen(int failures) {
        try {
            open.run();
            if (failures > 0) {
                LOG.info("{}: the store is there", whose);
            }
            return true;
        } catch (RuntimeException e) {
            if (failures == 0) {
                LOG.warn("{}: the store cannot be opened yet: {}; trying again", whose, e.toString(), e);
            } else {
                LOG.debug("{}: the store cannot be opened yet: {}", whose, e.toString());
            }
            return false;
        }
    }

    /** Opens nothing any more. What was begun once all was open is waited for, what still waits for a store is not. */
    public void close() {
        closing.countDown();
        thread.interrupt();
        synchronized (this) {
            closed = true;
        }
    }
}
