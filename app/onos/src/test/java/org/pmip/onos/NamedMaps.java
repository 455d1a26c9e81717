// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.TestStorageService;

/** ONOS's test stores, whose maps are the same for all who open them by one name, as in ONOS. Thread-safe. */
public class NamedMaps extends TestStorageService {

    private final Map<String, ConsistentMap<?, ?>> maps = new ConcurrentHashMap<>();

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            @SuppressWarnings("unchecked") // Who opens a map by its name knows its types, as in ONOS.
            public ConsistentMap<K, V> build() {
                return (ConsistentMap<K, V>) maps.computeIfAbsent(name(), name -> NamedMaps.super
                        .<K, V>consistentMapBuilder().withName(name).withSerializer(serializer()).build());
            }

            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw new UnsupportedOperationException("nobody asks for it");
            }
        };
    }
}
