// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Needs;
import org.pmip.protocol.lma.OperatorAddress;
import org.pmip.protocol.lma.Supply;

/** What has been set aside for one request, and the way back for what it does not use. Not thread-safe. */
final class Holdings {

    private static final long CERTAIN_MILLIS = StoreCare.TICK_MILLIS / 2;

    private final String mobileNode;
    private final LmaPolicy policy;
    private final PrefixClaims claims;
    private final AddressClaims addresses;
    private final NumberBlocks sessionIds;
    private final NumberBlocks uplinkKeys;
    private final ToLongFunction<IpAddress> sessionsAt;
    private Supply supply = Supply.NOTHING;
    private Optional<OperatorAddress> ipv4 = Optional.empty();

    Holdings(String mobileNode, LmaPolicy policy, Stocks stocks) {
        this.mobileNode = mobileNode;
        this.policy = policy;
        this.claims = stocks.prefixes;
        this.addresses = stocks.addresses;
        this.sessionIds = stocks.sessionIds;
        this.uplinkKeys = stocks.uplinkKeys;
        this.sessionsAt = stocks.sessionsAt;
    }

    /** Where everything that is set aside comes from. Immutable. */
    static final class Stocks {
        final PrefixClaims prefixes;
        final AddressClaims addresses;
        final NumberBlocks sessionIds;
        final NumberBlocks uplinkKeys;
        final ToLongFunction<IpAddress> sessionsAt;

        Stocks(PrefixClaims prefixes, AddressClaims addresses, NumberBlocks sessionIds, NumberBlocks uplinkKeys,
               ToLongFunction<IpAddress> sessionsAt) {
            this.prefixes = prefixes;
            this.addresses = addresses;
            this.sessionIds = sessionIds;
            this.uplinkKeys = uplinkKeys;
            this.sessionsAt = sessionsAt;
        }

        /** Gives back what one record held and the next does not. */
        void release(MobileNodeRecord before, MobileNodeRecord after) {
            Set<Ip6Prefix> gone = new HashSet<>(before.heldPrefixes());
            gone.removeAll(after.heldPrefixes());
            gone.forEach(prefix -> prefixes.release(prefix, before.key()));
            Set<OperatorAddress> left = new HashSet<>(before.heldAddresses());
            left.removeAll(after.heldAddresses());
            left.forEach(address -> addresses.release(address, before.key()));
        }
    }

    Supply supply() {
        return supply;
    }

    void obtain(Needs needs) {
        if (needs.sessionId()) {
            OptionalLong number = sessionIds.next();
            supply = number.isPresent() ? supply.withSessionId(number.getAsLong()) : supply.withNothingLeft();
        }
        if (needs.uplinkKey()) {
            OptionalLong key = uplinkKeys.next();
            supply = key.isPresent() ? supply.withUplinkKey(key.getAsLong()) : supply.withNothingLeft();
        }
        for (Ip6Prefix prefix : needs.named()) {
            supply = claims.claim(prefix, mobileNode) ? supply.withClaimed(prefix) : supply.withTaken(prefix);
        }
        for (int i = 0; i < needs.prefixes(); i++) {
            Optional<Ip6Prefix> prefix = claims.allocate(policy, needs.pools(policy), mobileNode);
            supply = prefix.isPresent() ? supply.withAllocated(prefix.get()) : supply.withNothingLeft();
        }
        if (needs.ipv4()) {
            Optional<Ip4Address> address = addresses.allocate(policy, needs.operator(), mobileNode);
            ipv4 = address.map(one -> new OperatorAddress(needs.operator(), one));
            supply = address.isPresent() ? supply.withIpv4(address.get()) : supply.withNothingLeft();
        }
        needs.ipv4Named().ifPresent(address -> {
            OperatorAddress named = new OperatorAddress(needs.operator(), address);
            ipv4 = addresses.claim(named, mobileNode) ? Optional.of(named) : Optional.empty();
            supply = ipv4.isPresent() ? supply.withIpv4(address) : supply.withIpv4Taken();
        });
        needs.sessionsAt().ifPresent(gateway -> supply = supply.withSessionsAt(sessionsAt.applyAsLong(gateway)));
    }

    /**
     * Whether what was set aside is still this node's, now that a record holds it. A claim that no record holds goes
     * to others after a time; nothing has to be asked for a request that was far quicker.
     *
     * @param millis how long ago it was begun to set things aside
     */
    boolean confirmed(MobileNodeRecord record, long millis) {
        if (millis < CERTAIN_MILLIS) {
            return true;
        }
        for (Ip6Prefix prefix : record.heldPrefixes()) {
            if (!claims.claim(prefix, mobileNode)) {
                return false;
            }
        }
        for (OperatorAddress address : record.heldAddresses()) {
            if (!addresses.claim(address, mobileNode)) {
                return false;
            }
        }
        return true;
    }

    /** Gives back what the record does not hold. Numbers need no way back: they come round again by themselves. */
    void giveBackExcept(MobileNodeRecord record) {
        Set<Ip6Prefix> held = record.heldPrefixes();
        supply.allocated().stream().filter(prefix -> !held.contains(prefix))
                .forEach(prefix -> claims.release(prefix, mobileNode));
        supply.claimed().stream().filter(prefix -> !held.contains(prefix))
                .forEach(prefix -> claims.release(prefix, mobileNode));
        ipv4.filter(own -> !record.heldAddresses().contains(own)).ifPresent(own -> addresses.release(own, mobileNode));
        ipv4 = Optional.empty();
        supply = Supply.NOTHING;
    }
}
