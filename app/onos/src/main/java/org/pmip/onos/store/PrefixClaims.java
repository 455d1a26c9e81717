// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.PrefixPool;

/**
 * Who holds which home network prefix: a claim is made before a session is stored and given back when it is gone, so
 * that no two nodes of the cluster hand out one prefix. Thread-safe.
 */
public final class PrefixClaims {

    private final ConsistentMap<String, String> map;
    private final Map<String, String> copy = new ConcurrentHashMap<>();
    private final MapEventListener<String, String> listener;

    /** Opens the claims. */
    public PrefixClaims(StorageService storage, ApplicationId application) {
        map = storage.<String, String>consistentMapBuilder()
                .withName("pmip-prefixes")
                .withApplicationId(application)
                .withSerializer(Serializer.using(KryoNamespaces.BASIC))
                .build();
        listener = event -> {
            if (event.newValue() == null) {
                copy.remove(event.key());
            } else {
                copy.put(event.key(), event.newValue().value());
            }
        };
        map.addListener(listener);
        for (String prefix : map.keySet()) {
            Versioned<String> holder = map.get(prefix);
            if (holder != null) {
                copy.put(prefix, holder.value());
            }
        }
    }

    /**
     * Claims a prefix by name.
     *
     * @return false if another mobile node holds it
     */
    public boolean claim(Ip6Prefix prefix, String mobileNode) {
        Versioned<String> holder = map.putIfAbsent(prefix.toString(), mobileNode);
        return holder == null || holder.value().equals(mobileNode);
    }

    /**
     * Claims some prefix from pools, the one that the node had before if that is free.
     *
     * @return empty if the pools are used up
     */
    public Optional<Ip6Prefix> allocate(LmaPolicy policy, List<PrefixPool> pools, String mobileNode) {
        for (PrefixPool pool : pools) {
            long start = pool.preferredIndex(mobileNode);
            for (long i = 0; i < pool.size(); i++) {
                Ip6Prefix candidate = pool.prefixAt((start + i) % pool.size());
                if (!copy.containsKey(candidate.toString()) && !pool.excluded(candidate)
                        && !policy.reserved(candidate)
                        && map.putIfAbsent(candidate.toString(), mobileNode) == null) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Gives a prefix back, if this mobile node holds it. */
    public void release(Ip6Prefix prefix, String mobileNode) {
        map.remove(prefix.toString(), mobileNode);
    }

    /** Who holds what, by prefix, as far as this node knows. */
    public Map<String, String> holders() {
        return Map.copyOf(copy);
    }

    /** When a claim was made, in milliseconds since 1970; empty if there is none now. */
    public Optional<Long> claimedAt(String prefix) {
        return Optional.ofNullable(map.get(prefix)).map(Versioned::creationTime);
    }

    /** Stops following the map; what is stored stays. */
    public void close() {
        map.removeListener(listener);
    }
}
