// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;

/** The number by which the switch knows a tunnel; a pair of end points has the same on every node. Thread-safe. */
public final class TunnelNumbers {

    private final ClusterMap<Long> map;
    private final AtomicCounter counter;
    private final Map<String, Long> known = new ConcurrentHashMap<>();
    private final MapEventListener<String, Long> forgotten = event -> {
        if (event.newValue() == null) {
            known.remove(event.key());
        }
    };

    /** Opens the numbers. */
    public TunnelNumbers(StorageService storage, ApplicationId application) {
        // Each tunnel is asked for once.
        map = new ClusterMap<>(storage, application, "pmip-tunnels", Serializer.using(KryoNamespaces.BASIC), 1);
        counter = storage.getAtomicCounter("pmip-tunnel-numbers");
        // Another node would give the tunnel another number.
        Unavailable.unless(() -> map.followed().addListener(forgotten));
    }

    /** Stops following the map; what is stored stays. */
    public void close() {
        Unavailable.unless(() -> map.followed().removeListener(forgotten));
    }

    /**
     * The number of a tunnel, 1 or more; assigned when it is first asked for and never changed.
     *
     * @param port the far end's UDP port, 0 without UDP
     */
    public long of(IpAddress near, IpAddress far, int port) {
        String ends = near + " " + far + (port == 0 ? "" : " " + port);
        Long number = known.get(ends);
        if (number != null) {
            return number;
        }
        return Unavailable.unless(() -> assigned(ends));
    }

    /** One at a time, as a session with the store may have one operation under way only. */
    private synchronized long assigned(String ends) {
        Long given = known.get(ends);
        if (given != null) {
            return given;
        }
        long number = stored(ends);
        known.put(ends, number);
        return number;
    }

    private long stored(String ends) {
        Versioned<Long> stored = map.get(ends);
        if (stored != null) {
            return stored.value();
        }
        long fresh = counter.incrementAndGet();
        Versioned<Long> other = map.putIfAbsent(ends, fresh);
        return other == null ? fresh : other.value();
    }
}
