// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;

/**
 * Tells whether this node reaches the cluster's stores. Reading does not: a node that is cut off reads what it has. So
 * something is written, which takes a majority. Thread-safe.
 */
public final class Roll {

    private static final String KEY = "called";

    private final ConsistentMap<String, Long> map;

    /** Opens it. */
    public Roll(StorageService storage, ApplicationId application) {
        map = Unavailable.unless(() -> storage.<String, Long>consistentMapBuilder()
                .withName("pmip-roll")
                .withApplicationId(application)
                .withSerializer(Serializer.using(KryoNamespaces.BASIC))
                .build());
    }

    /**
     * Waits for the stores' answer. Blocks.
     *
     * @throws org.onosproject.store.service.StorageException if there is none
     */
    public void call() {
        Unavailable.unless(() -> map.put(KEY, System.currentTimeMillis()));
    }
}
