// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.pmip.protocol.lma.PrefixPool;

/**
 * Which visited prefix is advertised at which place to a node without the mobility service; the claim is all that is
 * stored of such a node. Thread-safe.
 */
public final class VisitedPrefixes extends Claims<Ip6Prefix> {

    /**
     * Opens the claims.
     *
     * @param taken told of a prefix and its place whenever one is taken, by whichever node of the cluster
     * @param free told of a prefix and its former place whenever one is given back
     */
    public VisitedPrefixes(StorageService storage, ApplicationId application, BiConsumer<Ip6Prefix, String> taken,
                           BiConsumer<Ip6Prefix, String> free) {
        super(storage, application, "pmip-visited-prefixes", (claimed, before, after) -> {
            if (before != null && !before.equals(after)) {
                free.accept(Ip6Prefix.valueOf(claimed), before);
            }
            if (after != null) {
                taken.accept(Ip6Prefix.valueOf(claimed), after);
            }
        });
    }

    /**
     * Claims a prefix for a place: the same one whenever that is free, so that a node that returns finds what it had.
     *
     * @param node by which the search begins
     * @return empty if the pool is used up
     */
    public Optional<Ip6Prefix> allocate(PrefixPool pool, String node, String place) {
        long start = pool.preferredIndex(node);
        for (long i = 0; i < pool.size(); i++) {
            Ip6Prefix candidate = pool.prefixAt((start + i) % pool.size());
            String name = candidate.toString();
            boolean others = known(name) && !view().get(name).value().equals(place);
            if (!others && claim(candidate, place)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
