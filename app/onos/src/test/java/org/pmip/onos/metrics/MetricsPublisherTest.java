// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.metrics;

import com.codahale.metrics.MetricFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.metrics.MetricsManager;
import org.pmip.onos.lma.FakeLma;
import org.pmip.onos.lma.LmaStatistics.Step;
import org.pmip.onos.mag.FakeMag;
import org.pmip.onos.mag.MagStatistics;

import static org.assertj.core.api.Assertions.assertThat;

/** ONOS's own metrics manager, and the component that shows both roles' statistics there. */
class MetricsPublisherTest {

    private final MetricsManager metrics = new MetricsManager();
    private final FakeLma lma = new FakeLma().with("anna@example.net", FakeLma.session(1).build());
    private final FakeMag mag = new FakeMag().with("mn1@example.net", FakeMag.session(1).build());
    private final MetricsPublisher publisher = new MetricsPublisher();

    @BeforeEach
    void start() {
        publisher.lma = lma;
        publisher.mag = mag;
        publisher.activate();
    }

    private Object gauge(String name) {
        return metrics.getGauges(MetricFilter.ALL).get("pmip.lma." + name).getValue();
    }

    @Test
    void withoutAServiceNothingIsShownAndNothingFails() {
        lma.statistics().count("registered");
        lma.statistics().since(Step.STORE, System.nanoTime());
        assertThat(lma.statistics().counts()).containsEntry("registered", 4L);
        publisher.deactivate();
    }

    @Test
    void whatWasCountedBeforeAndAfterIsShown() {
        publisher.bindMetrics(metrics);
        assertThat(gauge("registered")).isEqualTo(3L);
        assertThat(gauge("bindings")).isEqualTo(1L);
        assertThat(gauge("dropped.unknown_key")).isEqualTo(7L);
        assertThat(gauge("dropped.session_ending")).isEqualTo(0L);
        lma.statistics().count("registered");
        lma.statistics().count("rejected 130, over the rate limit");
        assertThat(gauge("registered")).isEqualTo(4L);
        assertThat(gauge("rejected-130-over-the-rate-limit")).isEqualTo(1L);
    }

    @Test
    void theGatewaysAreShownToo() {
        publisher.bindMetrics(metrics);
        assertThat(mags("mobile-nodes")).isEqualTo(1L);
        assertThat(mags("sent")).isEqualTo(3L);
        assertThat(mags("dropped.unknown_node")).isEqualTo(4L);
        mag.statistics().count("handed off");
        mag.statistics().count("acknowledged with status 130");
        mag.statistics().count("punted router solicitation");
        assertThat(mags("handed-off")).isEqualTo(1L);
        assertThat(mags("acknowledged-with-status-130")).isEqualTo(1L);
        assertThat(mags("punted-router-solicitation")).isEqualTo(1L);
        mag.statistics().since(MagStatistics.Step.ATTACH, System.nanoTime() - 7_000_000);
        assertThat(metrics.getTimers(MetricFilter.ALL).get("pmip.mag.attachToAdvertisement").getSnapshot().getMin())
                .isGreaterThanOrEqualTo(7_000_000);
    }

    private Object mags(String name) {
        return metrics.getGauges(MetricFilter.ALL).get("pmip.mag." + name).getValue();
    }

    @Test
    void latenciesAreTimers() {
        publisher.bindMetrics(metrics);
        lma.statistics().since(Step.ANSWER, System.nanoTime() - 5_000_000);
        assertThat(metrics.getTimers(MetricFilter.ALL)).containsOnlyKeys("pmip.lma.pbuToPba", "pmip.lma.store",
                "pmip.lma.flow", "pmip.mag.attachToAdvertisement", "pmip.mag.store", "pmip.mag.flow");
        assertThat(metrics.getTimers(MetricFilter.ALL).get("pmip.lma.pbuToPba").getCount()).isEqualTo(1);
        assertThat(metrics.getTimers(MetricFilter.ALL).get("pmip.lma.pbuToPba").getSnapshot().getMin())
                .isGreaterThanOrEqualTo(5_000_000);
        assertThat(lma.statistics().latencies().get(Step.ANSWER).greatest()).isGreaterThanOrEqualTo(5_000);
    }

    @Test
    void allIsTakenAwayWithTheServiceOrTheComponent() {
        publisher.bindMetrics(metrics);
        publisher.unbindMetrics(metrics);
        assertThat(metrics.getMetrics()).isEmpty();
        lma.statistics().count("expired");
        assertThat(metrics.getMetrics()).isEmpty();
        publisher.bindMetrics(metrics);
        assertThat(gauge("expired")).isEqualTo(1L);
        publisher.deactivate();
        assertThat(metrics.getMetrics()).isEmpty();
        lma.statistics().since(Step.FLOW, System.nanoTime());
        lma.statistics().count("deleted");
        assertThat(metrics.getMetrics()).isEmpty();
    }

    @Test
    void anotherServiceTakesOver() {
        publisher.bindMetrics(metrics);
        MetricsManager other = new MetricsManager();
        publisher.bindMetrics(other);
        publisher.unbindMetrics(metrics);
        assertThat(metrics.getMetrics()).isEmpty();
        assertThat(other.getMetrics()).containsKeys("pmip.lma.registered", "pmip.lma.store");
    }
}
