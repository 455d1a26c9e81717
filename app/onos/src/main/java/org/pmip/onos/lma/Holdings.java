// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.onlab.packet.Ip6Prefix;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Needs;
import org.pmip.protocol.lma.Supply;

/** What has been set aside for one request, and the way back for what it does not use. Not thread-safe. */
final class Holdings {

    private final String mobileNode;
    private final LmaPolicy policy;
    private final PrefixClaims claims;
    private final NumberBlocks sessionIds;
    private final NumberBlocks uplinkKeys;
    private Supply supply = Supply.NOTHING;

    Holdings(String mobileNode, LmaPolicy policy, PrefixClaims claims, NumberBlocks sessionIds,
             NumberBlocks uplinkKeys) {
        this.mobileNode = mobileNode;
        this.policy = policy;
        this.claims = claims;
        this.sessionIds = sessionIds;
        this.uplinkKeys = uplinkKeys;
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
    }

    /** Gives back what the record does not hold. Numbers need no way back: they come round again by themselves. */
    void giveBackExcept(MobileNodeRecord record) {
        Set<Ip6Prefix> held = record.heldPrefixes();
        supply.allocated().stream().filter(prefix -> !held.contains(prefix))
                .forEach(prefix -> claims.release(prefix, mobileNode));
        supply.claimed().stream().filter(prefix -> !held.contains(prefix))
                .forEach(prefix -> claims.release(prefix, mobileNode));
        supply = Supply.NOTHING;
    }
}
