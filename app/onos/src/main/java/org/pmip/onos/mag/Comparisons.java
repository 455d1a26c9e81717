// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.onosproject.net.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The comparisons of gateways' switches with the sessions: of each switch one at a time, again for every reason that
 * comes while one goes on, and until one has succeeded. Thread-safe.
 */
final class Comparisons {

    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);
    /** In place of a number of rules: the switch is not there, or another node's. */
    static final int NOT_OURS = -1;
    private static final long RETRY_MILLIS = 1_000;
    private static final long SECOND_LOOK_MILLIS = 5_000;

    private static final class Switch {
        private boolean running;
        private boolean again;
        private boolean done;
        private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    }

    private final Function<DeviceId, CompletableFuture<Integer>> compare;
    private final Executor workers;
    private final LongFunction<Executor> later;
    private final Map<DeviceId, Switch> switches = new HashMap<>();
    private boolean stopped;

    /**
     * Makes it.
     *
     * @param compare makes one comparison, in which so many rules were written or removed, or
     *     {@link #NOT_OURS}
     * @param later what runs a task after so many milliseconds
     */
    Comparisons(Function<DeviceId, CompletableFuture<Integer>> compare, Executor workers,
                LongFunction<Executor> later) {
        this.compare = compare;
        this.workers = workers;
        this.later = later;
    }

    /**
     * There is a reason to compare a switch, though one be going on: that may have looked already.
     *
     * @return completes when a comparison that began later has succeeded
     */
    synchronized CompletableFuture<Void> begin(DeviceId device) {
        CompletableFuture<Void> success = new CompletableFuture<>();
        if (stopped) {
            return success;
        }
        Switch one = switches.computeIfAbsent(device, key -> new Switch());
        one.waiting.add(success);
        if (one.running) {
            one.again = true;
        } else {
            one.running = true;
            run(device, workers);
        }
        return success;
    }

    /** The switch is not there, or another node's: what was found of it counts no more. */
    synchronized void forget(DeviceId device) {
        switches.computeIfAbsent(device, key -> new Switch()).done = false;
    }

    /** Whether the switch has been found right, or made so. */
    synchronized boolean done(DeviceId device) {
        return switches.containsKey(device) && switches.get(device).done;
    }

    /** Nothing is begun any more. */
    synchronized void stop() {
        stopped = true;
    }

    private void run(DeviceId device, Executor when) {
        when.execute(() -> {
            List<CompletableFuture<Void>> told;
            synchronized (this) {
                Switch one = switches.get(device);
                if (stopped) {
                    return;
                }
                told = one.waiting;
                one.waiting = new ArrayList<>();
                one.again = false;
            }
            CompletableFuture<Integer> result;
            try {
                result = compare.apply(device);
            } catch (RuntimeException e) {
                result = CompletableFuture.failedFuture(e);
            }
            result.whenComplete((count, failure) -> over(device, told, count, failure));
        });
    }

    private void over(DeviceId device, List<CompletableFuture<Void>> told, Integer count, Throwable failure) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            Switch one = switches.get(device);
            if (failure != null) {
                one.waiting.addAll(told);
                run(device, later.apply(RETRY_MILLIS));
            } else if (one.again) {
                run(device, workers);
            } else {
                one.running = false;
                one.done = count != NOT_OURS;
                if (count > 0) {
                    // What ended while the rules were written may have been written again.
                    later.apply(SECOND_LOOK_MILLIS).execute(() -> begin(device));
                }
            }
        }
        if (failure != null) {
            LOG.warn("{} does not take its rules yet: {}; trying again", device, failure.toString());
        } else {
            if (count != NOT_OURS) {
                LOG.info("{} holds what it should, {} rules were written", device, count);
            }
            told.forEach(one -> one.complete(null));
        }
    }

    /** Runs tasks on workers after a time. */
    static LongFunction<Executor> after(ScheduledExecutorService timer, Executor workers) {
        return millis -> task -> timer.schedule(() -> workers.execute(task), millis, TimeUnit.MILLISECONDS);
    }
}
