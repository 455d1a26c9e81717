// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.OperatorAddress;

/**
 * Who holds which IPv4 home address of which operator: a claim is made before a session is stored and given back when
 * it is gone, so that no two nodes of the cluster hand out one address. Thread-safe.
 */
public final class AddressClaims extends Claims<OperatorAddress> {

    /** Opens the claims. */
    public AddressClaims(StorageService storage, ApplicationId application) {
        super(storage, application, "pmip-ipv4-addresses");
    }

    /**
     * Claims some address from the operator's pools, the one that the node had before if that is free.
     *
     * @return empty if the pools are used up
     */
    public Optional<Ip4Address> allocate(LmaPolicy policy, int operator, String mobileNode) {
        for (Ipv4Pool pool : policy.ipv4Pools(operator)) {
            long start = pool.preferredIndex(mobileNode);
            for (long i = 0; i < pool.size(); i++) {
                Ip4Address candidate = pool.addressAt((start + i) % pool.size());
                String name = new OperatorAddress(operator, candidate).toString();
                if (!known(name) && pool.assigns(candidate) && !policy.reserved(operator, candidate)
                        && take(name, mobileNode)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
