// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip4Address;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.StorageService;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.NumberRuns;
import org.pmip.protocol.lma.OperatorAddress;

/**
 * Who holds which IPv4 home address of which operator: a claim is made before a session is stored and given back when
 * it is gone, so that no two nodes of the cluster hand out one address. Thread-safe.
 */
public final class AddressClaims extends Claims<OperatorAddress> {

    private final Held held;

    /** Opens the claims. */
    public AddressClaims(StorageService storage, ApplicationId application) {
        this(storage, application, new Held());
    }

    private AddressClaims(StorageService storage, ApplicationId application, Held held) {
        super(storage, application, "pmip-ipv4-addresses",
                (claimed, before, after) -> held.note(OperatorAddress.valueOf(claimed), after != null));
        this.held = held;
    }

    /** What is held, by operator. */
    private static final class Held {
        private final Map<Integer, NumberRuns> byOperator = new HashMap<>();

        synchronized void note(OperatorAddress claimed, boolean there) {
            long number = Integer.toUnsignedLong(claimed.address().toInt());
            NumberRuns runs = byOperator.computeIfAbsent(claimed.operator(), operator -> new NumberRuns());
            if (there) {
                runs.add(number, number);
            } else {
                runs.remove(number, number);
            }
        }

        synchronized OptionalLong search(LmaPolicy policy, Ipv4Pool pool, long from, long end) {
            return policy.nextFree(pool, byOperator.getOrDefault(pool.operator(), new NumberRuns()), from, end);
        }
    }

    /**
     * Claims some address from the operator's pools, the one that the node had before if that is free.
     *
     * @return empty if the pools are used up
     */
    public Optional<Ip4Address> allocate(LmaPolicy policy, int operator, String mobileNode) {
        for (Ipv4Pool pool : policy.ipv4Pools(operator)) {
            long start = pool.preferredIndex(mobileNode);
            Optional<Ip4Address> found = allocate(policy, pool, start, pool.size(), mobileNode)
                    .or(() -> allocate(policy, pool, 0, start, mobileNode));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Ip4Address> allocate(LmaPolicy policy, Ipv4Pool pool, long from, long end, String mobileNode) {
        long next = from;
        while (next < end) {
            OptionalLong index = held.search(policy, pool, next, end);
            if (index.isEmpty()) {
                return Optional.empty();
            }
            Ip4Address candidate = pool.addressAt(index.getAsLong());
            if (take(new OperatorAddress(pool.operator(), candidate).toString(), mobileNode)) {
                return Optional.of(candidate);
            }
            next = index.getAsLong() + 1;
        }
        return Optional.empty();
    }
}
