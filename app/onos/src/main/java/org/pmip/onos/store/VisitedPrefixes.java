// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.pmip.protocol.lma.PrefixPool;

/**
 * Which visited prefix is advertised at which place to a node without the mobility service; the claim is all that is
 * stored of such a node. Thread-safe.
 */
public final class VisitedPrefixes extends Claims<Ip6Prefix> {

    /** Which pools were found used up, and how many prefixes had been given back until then. */
    private final Map<Ip6Prefix, Long> usedUp = new ConcurrentHashMap<>();
    private final AtomicLong givenBack;

    /**
     * Opens the claims.
     *
     * @param taken told of a prefix and its place whenever one is taken, by whichever node of the cluster
     * @param free told of a prefix and its former place whenever one is given back
     */
    public VisitedPrefixes(StorageService storage, ApplicationId application, BiConsumer<Ip6Prefix, String> taken,
                           BiConsumer<Ip6Prefix, String> free) {
        this(storage, application, taken, free, new AtomicLong());
    }

    private VisitedPrefixes(StorageService storage, ApplicationId application, BiConsumer<Ip6Prefix, String> taken,
                            BiConsumer<Ip6Prefix, String> free, AtomicLong givenBack) {
        super(storage, application, "pmip-visited-prefixes", (claimed, before, after) -> {
            if (before != null && !before.equals(after)) {
                givenBack.incrementAndGet();
                free.accept(Ip6Prefix.valueOf(claimed), before);
            }
            if (after != null) {
                taken.accept(Ip6Prefix.valueOf(claimed), after);
            }
        });
        this.givenBack = givenBack;
    }

    /** Whether a search found none free in a pool, and nothing was given back since. */
    public boolean isUsedUp(PrefixPool pool) {
        Long then = usedUp.get(pool.prefix());
        return then != null && then == givenBack.get();
    }

    /**
     * Claims a prefix for a place: the same one whenever that is free, so that a node that returns finds what it had.
     * A place that has one already {@link #claim}s that.
     *
     * @param node by which the search begins
     * @return empty if the pool is used up
     */
    public Optional<Ip6Prefix> allocate(PrefixPool pool, String node, String place) {
        if (isUsedUp(pool)) {
            // Made up interfaces are many: each one's search would look at up to 65536 prefixes.
            return Optional.empty();
        }
        long now = givenBack.get();
        boolean certain = true;
        long start = pool.preferredIndex(node);
        for (long i = 0; i < pool.size(); i++) {
            Ip6Prefix candidate = pool.prefixAt((start + i) % pool.size());
            String name = candidate.toString();
            Versioned<String> holder = view().get(name);
            boolean others = holder != null && !holder.value().equals(place);
            if (!others && claim(candidate, place)) {
                return Optional.of(candidate);
            }
            // Only of those that are known it is heard when they are given back.
            certain &= others;
        }
        if (certain) {
            usedUp.put(pool.prefix(), now);
        }
        return Optional.empty();
    }
}
