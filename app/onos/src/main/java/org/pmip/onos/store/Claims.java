// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;

/** Who holds what, by name: the map of the cluster, and on every node a copy of it to look up. Thread-safe. */
final class Claims {

    private final ConsistentMap<String, String> map;
    private final Map<String, String> copy = new ConcurrentHashMap<>();
    private final FirstReading loading = new FirstReading();
    private final MapEventListener<String, String> listener;

    Claims(StorageService storage, ApplicationId application, String name) {
        map = storage.<String, String>consistentMapBuilder()
                .withName(name)
                .withApplicationId(application)
                .withSerializer(Serializer.using(KryoNamespaces.BASIC))
                .build();
        listener = event -> observe(event.key(), event.newValue());
        map.addListener(listener);
        FirstReading.of(map, loading, this::apply);
    }

    private void observe(String claimed, Versioned<String> holder) {
        loading.changed(claimed, () -> apply(claimed, holder));
    }

    private void apply(String claimed, Versioned<String> holder) {
        if (holder == null) {
            copy.remove(claimed);
        } else {
            copy.put(claimed, holder.value());
        }
    }

    /** Whether somebody holds it, as far as this node knows. */
    boolean known(String claimed) {
        return copy.containsKey(claimed);
    }

    /** Claims it; false if anybody holds it, this mobile node included. */
    boolean take(String claimed, String mobileNode) {
        return map.putIfAbsent(claimed, mobileNode) == null;
    }

    /** Claims it; true too if this mobile node holds it already. */
    boolean claim(String claimed, String mobileNode) {
        Versioned<String> holder = map.putIfAbsent(claimed, mobileNode);
        return holder == null || holder.value().equals(mobileNode);
    }

    /** Gives it back, if this mobile node holds it. */
    void release(String claimed, String mobileNode) {
        map.remove(claimed, mobileNode);
    }

    Map<String, String> holders() {
        return Map.copyOf(copy);
    }

    void close() {
        map.removeListener(listener);
    }
}
