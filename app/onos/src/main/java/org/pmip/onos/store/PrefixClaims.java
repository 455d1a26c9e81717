// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.NumberRuns;
import org.pmip.protocol.lma.PrefixPool;

/**
 * Who holds which home network prefix: a claim is made before a session is stored and given back when it is gone, so
 * that no two nodes of the cluster hand out one prefix. Prefixes of different lengths that share addresses come from
 * a change of the configuration: what was held before it is respected as far as this node knows. Thread-safe.
 */
public final class PrefixClaims extends Claims<Ip6Prefix> {

    private final Held held;

    /** Opens the claims. */
    public PrefixClaims(StorageService storage, ApplicationId application) {
        this(storage, application, new Held());
    }

    private PrefixClaims(StorageService storage, ApplicationId application, Held held) {
        super(storage, application, "pmip-prefixes", (claimed, before, after) -> held.note(claimed, after != null));
        this.held = held;
    }

    /** What is held, by length: prefixes of one length are the same or share nothing. */
    private static final class Held {
        private final Map<Integer, NumberRuns> byLength = new TreeMap<>();

        synchronized void note(String claimed, boolean there) {
            Ip6Prefix prefix = Ip6Prefix.valueOf(claimed);
            NumberRuns runs = byLength.computeIfAbsent(prefix.prefixLength(), length -> new NumberRuns());
            if (there) {
                runs.add(prefix);
            } else {
                runs.remove(prefix);
            }
            byLength.values().removeIf(NumberRuns::isEmpty);
        }

        synchronized boolean hasPartOf(Ip6Prefix prefix) {
            return byLength.entrySet().stream().anyMatch(one -> one.getKey() != prefix.prefixLength()
                    && one.getValue().touches(prefix));
        }

        synchronized OptionalLong search(Function<Collection<NumberRuns>, OptionalLong> how) {
            return how.apply(byLength.values());
        }
    }

    /**
     * Claims a prefix by name.
     *
     * @return false if another mobile node holds it, or one that shares addresses with it
     */
    @Override
    public boolean claim(Ip6Prefix prefix, String mobileNode) {
        boolean shared = held.hasPartOf(prefix) && view().entrySet().stream().anyMatch(one -> {
            Ip6Prefix other = Ip6Prefix.valueOf(one.getKey());
            return !one.getValue().value().equals(mobileNode) && (other.contains(prefix) || prefix.contains(other));
        });
        return !shared && super.claim(prefix, mobileNode);
    }

    /**
     * Claims some prefix from pools, the one that the node had before if that is free.
     *
     * @return empty if the pools are used up
     */
    public Optional<Ip6Prefix> allocate(LmaPolicy policy, List<PrefixPool> pools, String mobileNode) {
        for (PrefixPool pool : pools) {
            long start = pool.preferredIndex(mobileNode);
            Optional<Ip6Prefix> found = allocate(policy, pool, start, pool.size(), mobileNode)
                    .or(() -> allocate(policy, pool, 0, start, mobileNode));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Ip6Prefix> allocate(LmaPolicy policy, PrefixPool pool, long from, long end, String mobileNode) {
        long next = from;
        while (next < end) {
            long begin = next;
            OptionalLong index = held.search(runs -> policy.nextFree(pool, runs, begin, end));
            if (index.isEmpty()) {
                return Optional.empty();
            }
            Ip6Prefix candidate = pool.prefixAt(index.getAsLong());
            if (take(candidate.toString(), mobileNode)) {
                return Optional.of(candidate);
            }
            next = index.getAsLong() + 1;
        }
        return Optional.empty();
    }
}
