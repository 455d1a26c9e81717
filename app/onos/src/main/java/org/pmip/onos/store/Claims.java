// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Map;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;

/** Who holds what, by name: the map of the cluster, and on every node a copy of it to look up. Thread-safe. */
final class Claims {

    private final ConsistentMap<String, String> map;
    private final Replica<String> replica;

    Claims(StorageService storage, ApplicationId application, String name) {
        map = Unavailable.unless(() -> storage.<String, String>consistentMapBuilder()
                .withName(name)
                .withApplicationId(application)
                .withSerializer(Serializer.using(KryoNamespaces.BASIC))
                .build());
        replica = new Replica<>(map, (claimed, before, after) -> { });
        replica.open();
    }

    /** Whether somebody holds it, as far as this node knows. */
    boolean known(String claimed) {
        return replica.view().containsKey(claimed);
    }

    /** Claims it; false if anybody holds it, this mobile node included. */
    boolean take(String claimed, String mobileNode) {
        return Unavailable.unless(() -> map.putIfAbsent(claimed, mobileNode)) == null;
    }

    /** Claims it; true too if this mobile node holds it already. */
    boolean claim(String claimed, String mobileNode) {
        Versioned<String> holder = Unavailable.unless(() -> map.putIfAbsent(claimed, mobileNode));
        return holder == null || holder.value().equals(mobileNode);
    }

    /** Gives it back, if this mobile node holds it. */
    void release(String claimed, String mobileNode) {
        Unavailable.unless(() -> map.remove(claimed, mobileNode));
    }

    /** Gives it back, if nobody has claimed it anew since this version. */
    boolean release(String claimed, long version) {
        return Unavailable.unless(() -> map.remove(claimed, version));
    }

    /** All claims that this node knows of. */
    Map<String, Versioned<String>> view() {
        return replica.view();
    }

    Map<String, String> holders() {
        return replica.view().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().value()));
    }

    void refresh() {
        replica.refresh();
    }

    void close() {
        replica.close();
    }
}
