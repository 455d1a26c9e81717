// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Optional;
import org.onlab.metrics.MetricsService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shows the anchor's statistics among ONOS's metrics while there is a service for them. Thread-safe. */
@Component(immediate = true)
public class LmaMetricsPublisher {

    @Reference
    protected LmaService lma;

    private MetricsService service;
    private boolean active;
    private Optional<LmaMetrics> shown = Optional.empty();

    /** Starts the component. */
    @Activate
    protected synchronized void activate() {
        active = true;
        show();
    }

    /** Takes the metrics away. */
    @Deactivate
    protected synchronized void deactivate() {
        active = false;
        hide();
    }

    /** The service is there. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected synchronized void bindMetrics(MetricsService metrics) {
        hide();
        service = metrics;
        show();
    }

    /** The service goes. */
    protected synchronized void unbindMetrics(MetricsService metrics) {
        if (service == metrics) {
            hide();
            service = null;
        }
    }

    private void show() {
        if (active && service != null) {
            shown = Optional.of(LmaMetrics.show(service, lma));
        }
    }

    private void hide() {
        shown.ifPresent(LmaMetrics::close);
        shown = Optional.empty();
    }
}
