// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.statistics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what one role did, by name, and how long it took, since it was started on this node. What console, REST and
 * ONOS's metrics show is read from here. Thread-safe.
 *
 * @param <S> what is timed
 */
public class Statistics<S extends Enum<S> & Statistics.Timed> {

    /** Something that is timed. */
    public interface Timed {
        /** Its name in statistics and metrics. */
        String word();
    }

    /** Told of what is new. Must not block; thread-safe. */
    public interface Observer {

        /** Something is counted for the first time, or was before the observer came; perhaps told more than once. */
        void counted(String name);

        /** Something took so many nanoseconds. */
        void took(Timed step, long nanos);
    }

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<S, LatencyHistogram> latencies;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();

    /**
     * Makes statistics of nothing yet.
     *
     * @param steps all that is timed
     */
    protected Statistics(Class<S> steps) {
        latencies = new EnumMap<>(steps);
        for (S step : steps.getEnumConstants()) {
            latencies.put(step, new LatencyHistogram());
        }
    }

    /** Something was done once more. */
    public void count(String name) {
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
    public void since(S step, long began) {
        long nanos = System.nanoTime() - began;
        latencies.get(step).note(nanos);
        for (Observer observer : observers) {
            observer.took(step, nanos);
        }
    }

    /** How often something was done; 0 if never. */
    public long of(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }

    /** The counts by name, for example {@code registered} or {@code rejected 154}. */
    public Map<String, Long> counts() {
        Map<String, Long> out = new TreeMap<>();
        counts.forEach((name, count) -> out.put(name, count.sum()));
        return out;
    }

    /** How long each step took, in the order of the steps. */
    public Map<S, Latency> latencies() {
        Map<S, Latency> out = new EnumMap<>(latencies.keySet().iterator().next().getDeclaringClass());
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

    /** The latencies as JSON, an object each by its word; microseconds throughout. */
    public ObjectNode latenciesAsJson() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        latencies().forEach((step, latency) -> all.putObject(step.word()).put("count", latency.count())
                .put("mean", latency.mean()).put("median", latency.median())
                .put("percentile95", latency.percentile95()).put("percentile99", latency.percentile99())
                .put("greatest", latency.greatest()));
        return all;
    }

    @Override
    public String toString() {
        return counts() + ", " + latencies();
    }
}
