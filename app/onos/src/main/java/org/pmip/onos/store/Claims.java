// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;

/**
 * Who holds what, by name: the map of the cluster, and on every node a copy of it to look up. Thread-safe.
 *
 * @param <T> what is held; its text is its name in the map
 */
public abstract class Claims<T> {

    private final ClusterMap<String> map;
    private final Replica<String> replica;

    /** Opens them with somebody who is told who holds what, as this node comes to know it. */
    Claims(StorageService storage, ApplicationId application, String name, Replica.Observer<String> observer) {
        map = new ClusterMap<>(storage, application, name, Serializer.using(KryoNamespaces.BASIC));
        replica = new Replica<>(map.followed(), observer);
        replica.open();
    }

    /** Claims it; false if anybody holds it, this mobile node included. */
    final boolean take(String claimed, String mobileNode) {
        return map.putIfAbsent(claimed, mobileNode) == null;
    }

    /**
     * Claims it by name.
     *
     * @return false if another mobile node holds it
     */
    public boolean claim(T claimed, String mobileNode) {
        return claimNamed(claimed.toString(), mobileNode);
    }

    /** The same by its name in the map. */
    final boolean claimNamed(String claimed, String mobileNode) {
        Versioned<String> holder = map.putIfAbsent(claimed, mobileNode);
        return holder == null || holder.value().equals(mobileNode);
    }

    /** Gives it back, if this mobile node holds it. */
    public final void release(T claimed, String mobileNode) {
        map.remove(claimed.toString(), mobileNode);
    }

    /** Gives it back, if nobody has claimed it anew since this version. */
    final boolean release(String claimed, long version) {
        return map.removeVersion(claimed, version);
    }

    /** Who holds it, as far as this node knows. */
    public final Optional<String> holder(T claimed) {
        return Optional.ofNullable(replica.view().get(claimed.toString())).map(Versioned::value);
    }

    /** All claims that this node knows of. */
    final Map<String, Versioned<String>> view() {
        return replica.view();
    }

    /** Who holds what, by its name, as far as this node knows. */
    public final Map<String, String> holders() {
        return replica.view().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().value()));
    }

    /** Reads all claims and mends what this node knows where it differs. Blocks. */
    public final void refresh() {
        replica.refresh();
    }

    /** Stops following the map; what is stored stays. */
    public final void close() {
        replica.close();
    }
}
