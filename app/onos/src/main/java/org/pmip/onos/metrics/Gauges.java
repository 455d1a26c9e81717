// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Timer;
import com.google.common.base.Suppliers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.onlab.metrics.MetricsComponent;
import org.onlab.metrics.MetricsFeature;
import org.onlab.metrics.MetricsService;
import org.pmip.onos.statistics.Statistics;
import org.pmip.pipeconf.DropReason;

/**
 * Shows one role's statistics among ONOS's metrics, as component {@code pmip} with the role as feature: each count as
 * a gauge that reads it, each latency as a timer that is told of it, each kind of drop in the switches as a gauge. What
 * is never read costs nothing but the timers. Thread-safe.
 */
final class Gauges implements Statistics.Observer {

    private static final String COMPONENT = "pmip";
    /** The switches' counters are read from all their entries, which is too much for each of many gauges. */
    private static final long DROPS_SECONDS = 5;

    private final MetricsService metrics;
    private final Statistics<?> statistics;
    private final MetricsComponent component;
    private final MetricsFeature feature;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Set<String> names = new HashSet<>();
    private boolean closed;

    /**
     * Begins to show them.
     *
     * @param role the feature's name
     * @param more gauges by name, besides the counts
     * @param drops gives the packets that the role's switches dropped, by reason in lower case
     */
    Gauges(MetricsService metrics, String role, Statistics<?> statistics, Map<String, Supplier<Long>> more,
           Supplier<Map<String, Long>> drops) {
        this.metrics = metrics;
        this.statistics = statistics;
        this.component = metrics.registerComponent(COMPONENT);
        this.feature = component.registerFeature(role);
        for (Statistics.Timed step : statistics.latencies().keySet()) {
            timers.put(step.word(), metrics.createTimer(component, feature, step.word()));
            names.add(step.word());
        }
        more.forEach(this::gauge);
        Supplier<Map<String, Long>> read = Suppliers.memoizeWithExpiration(drops::get, DROPS_SECONDS,
                TimeUnit.SECONDS);
        for (DropReason reason : DropReason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            gauge("dropped." + name, () -> read.get().getOrDefault(name, 0L));
        }
        statistics.follow(this);
    }

    @Override
    public void counted(String name) {
        gauge(metricName(name), () -> statistics.of(name));
    }

    @Override
    public void took(Statistics.Timed step, long nanos) {
        timers.get(step.word()).update(nanos, TimeUnit.NANOSECONDS);
    }

    /** Shows them no more. */
    synchronized void close() {
        closed = true;
        statistics.leave(this);
        names.forEach(name -> metrics.removeMetric(component, feature, name));
    }

    private synchronized void gauge(String name, Supplier<Long> value) {
        if (!closed && names.add(name)) {
            metrics.registerMetric(component, feature, name, (Gauge<Long>) value::get);
        }
    }

    /** The name of a count as metrics have them: {@code rejected 154, over the rate limit} has hyphens in the gaps. */
    static String metricName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
