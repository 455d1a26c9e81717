// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Map;
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
public final class AddressClaims {

    private final Claims claims;

    /** Opens the claims. */
    public AddressClaims(StorageService storage, ApplicationId application) {
        claims = new Claims(storage, application, "pmip-ipv4-addresses");
    }

    /**
     * Claims an address by name.
     *
     * @return false if another mobile node of the operator holds it
     */
    public boolean claim(OperatorAddress address, String mobileNode) {
        return claims.claim(address.toString(), mobileNode);
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
                if (!claims.known(name) && pool.assigns(candidate) && !policy.reserved(operator, candidate)
                        && claims.take(name, mobileNode)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Gives an address back, if this mobile node holds it. */
    public void release(OperatorAddress address, String mobileNode) {
        claims.release(address.toString(), mobileNode);
    }

    /** Who holds what, by operator and address such as {@code 1/10.1.0.7}, as far as this node knows. */
    public Map<String, String> holders() {
        return claims.holders();
    }

    Claims claims() {
        return claims;
    }

    /** Reads all claims and mends what this node knows where it differs. Blocks. */
    public void refresh() {
        claims.refresh();
    }

    /** Stops following the map; what is stored stays. */
    public void close() {
        claims.close();
    }
}
