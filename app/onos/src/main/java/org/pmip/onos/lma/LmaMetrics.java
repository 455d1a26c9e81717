// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Timer;
import com.google.common.base.Suppliers;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.onlab.metrics.MetricsComponent;
import org.onlab.metrics.MetricsFeature;
import org.onlab.metrics.MetricsService;
import org.pmip.pipeconf.DropReason;

/**
 * Shows an anchor's statistics among ONOS's metrics, as component {@code pmip}, feature {@code lma}: each count as a
 * gauge that reads it, each latency as a timer that is told of it, each kind of drop in the switch as a gauge. What is
 * never read costs nothing but the timers. Thread-safe.
 */
final class LmaMetrics implements LmaStatistics.Observer {

    private static final String COMPONENT = "pmip";
    private static final String FEATURE = "lma";
    /** The switch's counters are read from all its entries, which is too much for each of many gauges. */
    private static final long DROPS_SECONDS = 5;

    private final MetricsService metrics;
    private final LmaService lma;
    private final MetricsComponent component;
    private final MetricsFeature feature;
    private final Map<LmaStatistics.Step, Timer> timers = new EnumMap<>(LmaStatistics.Step.class);
    private final Set<String> names = new HashSet<>();
    private boolean closed;

    private LmaMetrics(MetricsService metrics, LmaService lma) {
        this.metrics = metrics;
        this.lma = lma;
        this.component = metrics.registerComponent(COMPONENT);
        this.feature = component.registerFeature(FEATURE);
    }

    /** Begins to show them. */
    static LmaMetrics show(MetricsService metrics, LmaService lma) {
        LmaMetrics shown = new LmaMetrics(metrics, lma);
        for (LmaStatistics.Step step : LmaStatistics.Step.values()) {
            shown.timers.put(step, metrics.createTimer(shown.component, shown.feature, step.word()));
            shown.names.add(step.word());
        }
        Supplier<Map<String, Long>> drops =
                Suppliers.memoizeWithExpiration(lma::drops, DROPS_SECONDS, TimeUnit.SECONDS);
        shown.gauge("bindings", () -> (long) lma.bindings().size());
        for (DropReason reason : DropReason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            shown.gauge("dropped." + name, () -> drops.get().getOrDefault(name, 0L));
        }
        lma.statistics().follow(shown);
        return shown;
    }

    @Override
    public void counted(String name) {
        gauge(metricName(name), () -> lma.statistics().of(name));
    }

    @Override
    public void took(LmaStatistics.Step step, long nanos) {
        timers.get(step).update(nanos, TimeUnit.NANOSECONDS);
    }

    /** Shows them no more. */
    synchronized void close() {
        closed = true;
        lma.statistics().leave(this);
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
