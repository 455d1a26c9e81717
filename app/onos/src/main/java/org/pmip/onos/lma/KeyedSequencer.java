// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another for each key and side by side for different keys: the messages of one mobile node stay
 * in order, also while one of them waits for the switch. Thread-safe.
 */
public final class KeyedSequencer {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedSequencer.class);

    private final Executor executor;
    private final int greatestQueue;
    private final Map<String, Queue<Supplier<CompletableFuture<Void>>>> queues = new HashMap<>();

    /**
     * Makes a sequencer.
     *
     * @param executor runs the tasks' first, synchronous part
     * @param greatestQueue how many tasks may wait for one key
     */
    public KeyedSequencer(Executor executor, int greatestQueue) {
        this.executor = executor;
        this.greatestQueue = greatestQueue;
    }

    /**
     * Adds a task.
     *
     * @return false if too many wait for this key; the task was not taken
     */
    public boolean submit(String key, Supplier<CompletableFuture<Void>> task) {
        return submit(key, task, greatestQueue);
    }

    /** Adds a task that nobody would add again, however many wait: its kind must be rare by itself. */
    public void submitAlways(String key, Supplier<CompletableFuture<Void>> task) {
        submit(key, task, Integer.MAX_VALUE);
    }

    private boolean submit(String key, Supplier<CompletableFuture<Void>> task, int most) {
        synchronized (queues) {
            Queue<Supplier<CompletableFuture<Void>>> waiting = queues.get(key);
            if (waiting != null) {
                return waiting.size() < most && waiting.add(task);
            }
            queues.put(key, new ArrayDeque<>());
        }
        start(key, task);
        return true;
    }

    /** How many keys have a task under way. */
    int active() {
        synchronized (queues) {
            return queues.size();
        }
    }

    private void start(String key, Supplier<CompletableFuture<Void>> task) {
        executor.execute(() -> run(key, task));
    }

    private void run(String key, Supplier<CompletableFuture<Void>> task) {
        CompletableFuture<Void> done;
        try {
            done = task.get();
        } catch (Throwable e) {
            // An error, a missing class for one, must not hold up the next task of the key for ever either.
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.error("{}: a task failed", key, failure);
            }
            next(key);
        });
    }

    private void next(String key) {
        Supplier<CompletableFuture<Void>> task;
        synchronized (queues) {
            task = queues.get(key).poll();
            if (task == null) {
                queues.remove(key);
                return;
            }
        }
        start(key, task);
    }
}
