// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the anchor did, by name, and how long it took, since it was started on this node. What console, REST and
 * ONOS's metrics show is read from here. Thread-safe.
 */
public final class LmaStatistics {

    /** How often the store gave no answer. */
    static final String STORE_NOT_AVAILABLE = "store not available";

    /** What is timed. */
    public enum Step {
        /**
         * From a Binding Update's acceptance to the hand-over of its Binding Acknowledgement: the wait for earlier
         * messages of the same mobile node is in it, and so is one of MaxDelayBeforeNewBCEAssign.
         */
        ANSWER("pbuToPba"),
        /** Of that, the reading and writing of the record and the claims of addresses, repetitions included. */
        STORE("store"),
        /** Of that, from the plan of the table entries to the switch's yes or no. */
        FLOW("flow");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        /** Its name in statistics and metrics. */
        public String word() {
            return word;
        }
    }

    /** Told of what is new. Must not block; thread-safe. */
    public interface Observer {

        /** Something is counted for the first time, or was before the observer came; perhaps told more than once. */
        void counted(String name);

        /** Something took so many nanoseconds. */
        void took(Step step, long nanos);
    }

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<Step, LatencyHistogram> latencies = new EnumMap<>(Step.class);
    private final List<Observer> observers = new CopyOnWriteArrayList<>();

    /** Makes statistics of nothing yet. */
    public LmaStatistics() {
        for (Step step : Step.values()) {
            latencies.put(step, new LatencyHistogram());
        }
    }

    void count(String name) {
        LongAdder count = counts.get(name);
        if (count == null) {
            count = counts.computeIfAbsent(name, key -> new LongAdder());
            observers.forEach(observer -> observer.counted(name));
        }
        count.increment();
    }

    /**
     * Notes how long something took.
     *
     * @param began its {@link System#nanoTime}
     */
    void since(Step step, long began) {
        long nanos = System.nanoTime() - began;
        latencies.get(step).note(nanos);
        for (Observer observer : observers) {
            observer.took(step, nanos);
        }
    }

    /** How often something was done; 0 if never. */
    long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** The counts by name, for example {@code registered} or {@code rejected 154}. */
    public Map<String, Long> counts() {
        Map<String, Long> out = new TreeMap<>();
        counts.forEach((name, count) -> out.put(name, count.sum()));
        return out;
    }

    /** How long each step took. */
    public Map<Step, Latency> latencies() {
        Map<Step, Latency> out = new EnumMap<>(Step.class);
        latencies.forEach((step, histogram) -> out.put(step, histogram.summary()));
        return out;
    }

    /** From now on, tells the observer; first of all that was counted so far. */
    public void follow(Observer observer) {
        observers.add(observer);
        counts.keySet().forEach(observer::counted);
    }

    /** Tells the observer no more. */
    public void leave(Observer observer) {
        observers.remove(observer);
    }

    @Override
    public String toString() {
        return counts() + ", " + latencies();
    }
}
