// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.protocol.mag.BindingUpdateList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for tunnels of gateways that no session uses. For one thread at a time. */
final class TunnelSweep {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelSweep.class);
    private static final long INTERVAL_MILLIS = 10_000;

    private final MagManager.Services services;
    private final AccessPlane plane;
    private final Predicate<DeviceId> kept;
    private final Function<BindingUpdateList, ? extends Collection<Placed>> sessions;
    private long next;

    /**
     * Makes it.
     *
     * @param kept whether this node of the cluster keeps a switch, and has it as it should be
     * @param sessions those of a list that have, or are about to have, entries in a switch
     */
    TunnelSweep(MagManager.Services services, AccessPlane plane, Predicate<DeviceId> kept,
                Function<BindingUpdateList, ? extends Collection<Placed>> sessions) {
        this.services = services;
        this.plane = plane;
        this.kept = kept;
        this.sessions = sessions;
        this.next = services.clock.millis() + INTERVAL_MILLIS;
    }

    /** To be called several times a second. */
    void tick(long now) {
        if (now >= next) {
            next = now + INTERVAL_MILLIS;
            services.workers.execute(this::sweep);
        }
    }

    private void sweep() {
        try {
            List<Placed> all = services.lists.all().stream().map(sessions).flatMap(Collection::stream)
                    .collect(Collectors.toList());
            plane.removeUnusedTunnels(all, kept);
            plane.age(services.clock.steadyMillis(), kept);
        } catch (RuntimeException e) {
            // On a thread that others use as well.
            LOG.error("unused tunnels were not looked for", e);
        }
    }
}
