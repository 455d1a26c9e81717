// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the switch with the sessions whenever it must, until a pass finds nothing wrong. Sessions come and go while
 * a pass is on its way, and what it writes of them may be past by then: the next pass finds that. Thread-safe.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long LONG_PAUSE_MILLIS = 30_000;
    private static final int QUICK_PASSES = 5;

    private final String name;
    private final Supplier<CompletableFuture<Integer>> comparison;
    private final BooleanSupplier wanted;
    private final Runnable afterwards;
    private final Executor executor;
    private final Later later;
    /** Between two passes; nothing goes on until the pause of this number is over. */
    private boolean pausing;
    private long pause;
    private boolean running;
    /** Done when no pass is on its way. */
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private int passes;
    private long triggers;
    private volatile boolean done;

    /** Runs something after a time in milliseconds. */
    interface Later {
        void after(long millis, Runnable task);
    }

    /**
     * Makes it.
     *
     * @param name of the switch, for people
     * @param comparison one pass; completes with the number of rules that were wrong; may block before it returns
     * @param wanted whether the switch is there and it is this node that keeps it
     * @param afterwards done after each pass that nothing was against
     */
    Reconciler(String name, Supplier<CompletableFuture<Integer>> comparison, BooleanSupplier wanted,
               Runnable afterwards, Executor executor, Later later) {
        this.name = name;
        this.comparison = comparison;
        this.wanted = wanted;
        this.afterwards = afterwards;
        this.executor = executor;
        this.later = later;
    }

    /** Whether a pass has been made since the last reason for one. */
    boolean done() {
        return done;
    }

    /** There is a reason to compare: what was done before does not count any more. */
    synchronized void begin() {
        done = false;
        triggers++;
        passes = 0;
        if (!running || pausing) {
            running = true;
            pausing = false;
            pause++;
            executor.execute(this::pass);
        }
    }

    private void pass() {
        long reason;
        synchronized (this) {
            if (!wanted.getAsBoolean()) {
                running = false;
                return;
            }
            reason = triggers;
        }
        inTurn().whenComplete((count, failure) -> ended(reason, failure == null ? count : 0, failure));
    }

    /**
     * Makes a pass out of turn, on somebody's word, when the one that is on its way has ended: two at a time would
     * write everything twice.
     *
     * @return completes with the number of rules that were wrong
     */
    CompletableFuture<Integer> now() {
        return CompletableFuture.supplyAsync(this::inTurn, executor).thenCompose(pass -> pass);
    }

    private CompletableFuture<Integer> inTurn() {
        CompletableFuture<Void> before;
        CompletableFuture<Integer> own = new CompletableFuture<>();
        synchronized (this) {
            before = last;
            last = own.handle((count, failure) -> null);
        }
        (before.isDone() ? compare() : before.thenComposeAsync(ended -> compare(), executor))
                .whenComplete((count, failure) -> {
                    if (failure == null) {
                        own.complete(count);
                    } else {
                        own.completeExceptionally(failure);
                    }
                });
        return own;
    }

    private CompletableFuture<Integer> compare() {
        try {
            return comparison.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void ended(long reason, int count, Throwable failure) {
        if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            LOG.warn("{} is not as it should be yet: {}; trying again", name, cause.toString());
            next(PAUSE_MILLIS);
        } else if (reason != triggers) {
            next(0);
        } else {
            if (!done || count > 0) {
                LOG.info("{} holds what it should, {} rules were written", name, count);
            }
            done = true;
            executor.execute(afterwards);
            if (count == 0) {
                running = false;
            } else {
                // Under load there is always something that has just changed.
                next(Math.min(PAUSE_MILLIS << Math.min(passes++, QUICK_PASSES), LONG_PAUSE_MILLIS));
            }
        }
    }

    private void next(long millis) {
        pausing = true;
        pause++;
        long own = pause;
        later.after(millis, () -> resume(own));
    }

    /** Unless something has come up meanwhile that could not wait. */
    private synchronized void resume(long own) {
        if (pausing && own == pause) {
            pausing = false;
            executor.execute(this::pass);
        }
    }
}
