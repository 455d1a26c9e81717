// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.onosproject.net.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a switch with the sessions whenever it must, until a pass finds nothing wrong. Sessions come and go while a
 * pass is on its way, and what it writes of them may be past by then: the next pass finds that. Thread-safe.
 */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 300_000;
    private static final int DOUBLINGS = 9;

    private final DeviceId device;
    private final Function<Progress, CompletableFuture<Integer>> comparison;
    private final BooleanSupplier wanted;
    private final Runnable afterwards;
    private final Turns turns;
    private final Executor executor;
    private final Later later;
    private final long firstPause;
    private final Progress progress = new Progress();
    /** Done when a pass has succeeded that has not begun yet. */
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    /** Between two passes; nothing goes on until the pause of this number is over. */
    private boolean pausing;
    private long pause;
    private boolean running;
    private int passes;
    private long triggers;
    private String complaint = "";
    private volatile boolean done;
    private volatile boolean stopped;

    /** Runs something after a time in milliseconds. */
    public interface Later {
        /** Runs the task once, on any thread; must not block. */
        void after(long millis, Runnable task);
    }

    /**
     * Makes it.
     *
     * @param comparison one pass; completes with the number of rules that were wrong; may block before it returns
     * @param wanted whether the switch is there and it is this node that keeps it; must not block
     * @param afterwards done after each pass that nothing was against
     * @param turns shared by all that compare the same switches
     * @param executor where passes are begun
     * @param firstPause milliseconds, 1 or more, from a pass that found something to the next; each further one is
     *     twice as long, up to 5 minutes
     */
    public Reconciler(DeviceId device, Function<Progress, CompletableFuture<Integer>> comparison,
                      BooleanSupplier wanted, Runnable afterwards, Turns turns, Executor executor, Later later,
                      long firstPause) {
        if (firstPause < 1) {
            throw new IllegalArgumentException("a pause of " + firstPause + " ms is none");
        }
        this.device = device;
        this.comparison = comparison;
        this.wanted = wanted;
        this.afterwards = afterwards;
        this.turns = turns;
        this.executor = executor;
        this.later = later;
        this.firstPause = firstPause;
    }

    /** Whether a pass has been made since the last reason for one. */
    public boolean done() {
        return done;
    }

    /** How far the last pass, or the one that is on its way, is. */
    public Progress.Snapshot progress() {
        return progress.snapshot();
    }

    /**
     * There is a reason to compare: what was done before does not count any more.
     *
     * @return completes when a pass that began later has succeeded, or at once when that is another node's to do;
     *     exceptionally when this is stopped before
     */
    public CompletableFuture<Void> begin() {
        CompletableFuture<Void> success;
        synchronized (this) {
            if (stopped) {
                return CompletableFuture.failedFuture(cancelled());
            }
            done = false;
            triggers++;
            passes = 0;
            success = new CompletableFuture<>();
            waiting.add(success);
            if (running && !pausing) {
                return success;
            }
            running = true;
            pausing = false;
            pause++;
        }
        executor.execute(this::pass);
        return success;
    }

    /** Nothing is begun any more; who waits is told so. */
    public void stop() {
        List<CompletableFuture<Void>> left;
        synchronized (this) {
            stopped = true;
            done = false;
            left = waiting;
            waiting = new ArrayList<>();
        }
        left.forEach(one -> one.completeExceptionally(cancelled()));
    }

    private CancellationException cancelled() {
        return new CancellationException(device + " is compared by another configuration");
    }

    private void pass() {
        long reason;
        List<CompletableFuture<Void>> told;
        synchronized (this) {
            if (stopped) {
                return;
            }
            reason = triggers;
            told = waiting;
            waiting = new ArrayList<>();
        }
        boolean mine;
        try {
            mine = wanted.getAsBoolean();
        } catch (RuntimeException e) {
            // ONOS asks its stores who is master.
            ended(reason, told, null, e);
            return;
        }
        if (mine) {
            inTurn().whenComplete((count, failure) -> ended(reason, told, count, failure));
        } else {
            left(reason, told);
        }
    }

    private void left(long reason, List<CompletableFuture<Void>> told) {
        boolean again;
        synchronized (this) {
            again = reason != triggers;
            running = again;
        }
        told.forEach(one -> one.complete(null));
        if (again) {
            executor.execute(this::pass);
        }
    }

    /**
     * Makes a pass out of turn, on somebody's word, when the one that is on its way has ended: two at a time would
     * write everything twice.
     *
     * @return completes with the number of rules that were wrong
     */
    public CompletableFuture<Integer> now() {
        return inTurn();
    }

    private CompletableFuture<Integer> inTurn() {
        return turns.take(device, () -> {
            // The turn may have come long after it was asked for.
            if (stopped) {
                throw cancelled();
            }
            return comparison.apply(progress);
        }, executor);
    }

    private void ended(long reason, List<CompletableFuture<Void>> told, Integer count, Throwable failure) {
        boolean over;
        synchronized (this) {
            over = stopped;
            if (over) {
                waiting.addAll(told);
            } else if (failure != null) {
                waiting.addAll(told);
                complain(failure instanceof CompletionException ? failure.getCause() : failure);
                next(RETRY_MILLIS);
            } else {
                succeeded(reason, count);
            }
        }
        if (over) {
            stop();
        } else if (failure == null) {
            told.forEach(one -> one.complete(null));
        }
    }

    private void succeeded(long reason, int count) {
        complaint = "";
        if (reason != triggers) {
            executor.execute(this::pass);
            return;
        }
        if (!done || count > 0) {
            LOG.info("{} holds what it should, {} rules were written", device, count);
        }
        done = true;
        executor.execute(afterwards);
        if (count == 0) {
            running = false;
        } else {
            // Under load there is always something that has just changed.
            next(Math.min(firstPause << Math.min(passes++, DOUBLINGS), LONGEST_PAUSE_MILLIS));
        }
    }

    /** A switch that refuses does so every second. */
    private void complain(Throwable cause) {
        if (complaint.equals(cause.toString())) {
            LOG.debug("{} is not as it should be yet: {}", device, complaint);
        } else {
            complaint = cause.toString();
            LOG.warn("{} is not as it should be yet: {}; trying again every second", device, complaint);
        }
    }

    private void next(long millis) {
        pausing = true;
        pause++;
        long own = pause;
        later.after(millis, () -> resume(own));
    }

    /** Unless something has come up meanwhile that could not wait. */
    private void resume(long own) {
        synchronized (this) {
            if (!pausing || own != pause) {
                return;
            }
            pausing = false;
        }
        executor.execute(this::pass);
    }
}
