// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;

/** Who holds what must be unique: the part of an anchor's host that hands out numbers, keys, prefixes and addresses. */
final class Claims {

    private static final int PROBES = 1 << 16;
    private static final long FIRST_KEY = 0x0a000000L;

    private final Map<Ip6Prefix, String> prefixes = new HashMap<>();
    private final Map<OperatorAddress, String> addresses = new HashMap<>();
    private long nextSession = 1;
    private long nextKey;
    private long keySpace = 1L << 24;

    /** Leaves so many uplink keys in all, those in use included. */
    void keySpace(long count) {
        keySpace = count;
    }

    Supply obtain(String key, Needs needs, Supply before, LmaPolicy policy, Collection<MobileNodeRecord> records) {
        Supply supply = before;
        if (needs.sessionId()) {
            supply = supply.withSessionId(nextSession++);
        }
        if (needs.uplinkKey()) {
            Optional<Long> free = freeKey(records);
            supply = free.isPresent() ? supply.withUplinkKey(free.get()) : supply.withNothingLeft();
        }
        for (Ip6Prefix prefix : needs.named()) {
            String holder = prefixes.putIfAbsent(prefix, key);
            supply = holder == null || holder.equals(key) ? supply.withClaimed(prefix) : supply.withTaken(prefix);
        }
        for (int i = 0; i < needs.prefixes(); i++) {
            Optional<Ip6Prefix> prefix = freePrefix(key, policy, needs.pools(policy));
            supply = prefix.isPresent() ? supply.withAllocated(prefix.get()) : supply.withNothingLeft();
        }
        int operator = needs.operator();
        if (needs.ipv4Named().isPresent()) {
            Ip4Address named = needs.ipv4Named().get();
            supply = addresses.putIfAbsent(new OperatorAddress(operator, named), key) == null
                    ? supply.withIpv4(named) : supply.withIpv4Taken();
        }
        if (needs.ipv4()) {
            Optional<Ip4Address> address = freeAddress(operator, key, policy);
            supply = address.isPresent() ? supply.withIpv4(address.get()) : supply.withNothingLeft();
        }
        if (needs.sessionsAt().isPresent()) {
            supply = supply.withSessionsAt(records.stream().flatMap(record -> record.entries().stream())
                    .filter(entry -> entry.proxyCoa().equals(needs.sessionsAt().get())).count());
        }
        return supply;
    }

    /** The least recently given key that no session has and that has rested. */
    private Optional<Long> freeKey(Collection<MobileNodeRecord> records) {
        Set<Long> held = records.stream().flatMap(record -> record.heldUplinkKeys().stream())
                .collect(Collectors.toCollection(HashSet::new));
        for (long i = 0; i < Math.min(keySpace, held.size() + 1L); i++) {
            long candidate = FIRST_KEY + nextKey++ % keySpace;
            if (!held.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private Optional<Ip4Address> freeAddress(int operator, String key, LmaPolicy policy) {
        for (Ipv4Pool pool : policy.ipv4Pools(operator)) {
            long first = pool.preferredIndex(key);
            for (long i = 0; i < pool.size(); i++) {
                Ip4Address address = pool.addressAt((first + i) % pool.size());
                if (pool.assigns(address) && !policy.reserved(operator, address)
                        && addresses.putIfAbsent(new OperatorAddress(operator, address), key) == null) {
                    return Optional.of(address);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Ip6Prefix> freePrefix(String key, LmaPolicy policy, List<PrefixPool> pools) {
        for (PrefixPool pool : pools) {
            long first = pool.preferredIndex(key);
            for (long i = 0; i < Math.min(PROBES, pool.size()); i++) {
                Ip6Prefix prefix = pool.prefixAt((first + i) % pool.size());
                if (!pool.excluded(prefix) && !policy.reserved(prefix) && prefixes.putIfAbsent(prefix, key) == null) {
                    return Optional.of(prefix);
                }
            }
        }
        return Optional.empty();
    }

    /** What a node's record does not hold goes back. */
    void settle(MobileNodeRecord record) {
        Set<Ip6Prefix> heldPrefixes = record.heldPrefixes();
        prefixes.entrySet().removeIf(claim -> claim.getValue().equals(record.key())
                && !heldPrefixes.contains(claim.getKey()));
        Set<OperatorAddress> heldAddresses = record.heldAddresses();
        addresses.entrySet().removeIf(claim -> claim.getValue().equals(record.key())
                && !heldAddresses.contains(claim.getKey()));
    }

    Map<Ip6Prefix, String> prefixes() {
        return Map.copyOf(prefixes);
    }

    Map<String, String> addresses() {
        return addresses.entrySet().stream()
                .collect(Collectors.toMap(claim -> claim.getKey().toString(), Map.Entry::getValue));
    }
}
