// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import org.onosproject.persistence.PersistenceService;
import org.onosproject.persistence.PersistentMapBuilder;
import org.onosproject.persistence.PersistentSetBuilder;

/**
 * Says that maps and sets which one node writes to its own disk are not to be had here: ONOS makes them of a part
 * that is not published. What has to outlive a restart belongs into a {@code ConsistentMap}, which the store of the
 * host can keep on disk.
 */
public final class NoPersistentMaps implements PersistenceService {
    private static final String REFUSAL =
        "Node-local persistent collections are not available in the standalone host; use a ConsistentMap";

    @Override
    public <K, V> PersistentMapBuilder<K, V> persistentMapBuilder() {
        throw new UnsupportedOperationException(REFUSAL);
    }

    @Override
    public <E> PersistentSetBuilder<E> persistentSetBuilder() {
        throw new UnsupportedOperationException(REFUSAL);
    }
}
