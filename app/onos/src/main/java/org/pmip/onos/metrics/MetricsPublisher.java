// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.metrics;

import java.util.List;
import java.util.Map;
import org.onlab.metrics.MetricsService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;

/** Shows both roles' statistics among ONOS's metrics while there is a service for them. Thread-safe. */
@Component(immediate = true)
public class MetricsPublisher {

    @Reference
    protected LmaService lma;

    @Reference
    protected MagService mag;

    private MetricsService service;
    private boolean active;
    private List<Gauges> shown = List.of();

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
            shown = List.of(
                    new Gauges(service, "lma", lma.statistics(),
                            Map.of("bindings", () -> (long) lma.bindings().size()), lma::drops),
                    new Gauges(service, "mag", mag.statistics(),
                            Map.of("mobile-nodes", () -> (long) mag.lists().size()), mag::drops));
        }
    }

    private void hide() {
        shown.forEach(Gauges::close);
        shown = List.of();
    }
}
