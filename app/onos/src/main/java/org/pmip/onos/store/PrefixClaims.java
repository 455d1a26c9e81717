// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.PrefixPool;

/**
 * Who holds which home network prefix: a claim is made before a session is stored and given back when it is gone, so
 * that no two nodes of the cluster hand out one prefix. Thread-safe.
 */
public final class PrefixClaims extends Claims<Ip6Prefix> {

    /** Opens the claims. */
    public PrefixClaims(StorageService storage, ApplicationId application) {
        super(storage, application, "pmip-prefixes");
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
                if (!known(candidate.toString()) && !pool.excluded(candidate)
                        && !policy.reserved(candidate) && take(candidate.toString(), mobileNode)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
