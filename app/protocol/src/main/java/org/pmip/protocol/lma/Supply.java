// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;

/**
 * Values that must be unique across mobile nodes and that the caller has set aside for one request, because an earlier
 * run of the engine said that it {@link Transition#needs needs} them. What a transition does not use goes back.
 * Immutable.
 */
public final class Supply {

    /** Nothing set aside: how every request starts. */
    public static final Supply NOTHING =
            new Supply(OptionalLong.empty(), OptionalLong.empty(), List.of(), Set.of(), Set.of(), false,
                    Optional.empty(), false, OptionalLong.empty());

    private final OptionalLong sessionId;
    private final OptionalLong uplinkKey;
    private final List<Ip6Prefix> allocated;
    private final Set<Ip6Prefix> claimed;
    private final Set<Ip6Prefix> taken;
    private final boolean exhausted;
    private final Optional<Ip4Address> ipv4;
    private final boolean ipv4Taken;
    private final OptionalLong sessionsAt;

    private Supply(OptionalLong sessionId, OptionalLong uplinkKey, List<Ip6Prefix> allocated,
                   Set<Ip6Prefix> claimed, Set<Ip6Prefix> taken, boolean exhausted, Optional<Ip4Address> ipv4,
                   boolean ipv4Taken, OptionalLong sessionsAt) {
        this.sessionId = sessionId;
        this.uplinkKey = uplinkKey;
        this.allocated = List.copyOf(allocated);
        this.claimed = Set.copyOf(claimed);
        this.taken = Set.copyOf(taken);
        this.exhausted = exhausted;
        this.ipv4 = ipv4;
        this.ipv4Taken = ipv4Taken;
        this.sessionsAt = sessionsAt;
    }

    /** A session number that no other session has. */
    public OptionalLong sessionId() {
        return sessionId;
    }

    /** An uplink GRE key that no other session has. */
    public OptionalLong uplinkKey() {
        return uplinkKey;
    }

    /** Prefixes from the pool that no other session has. */
    public List<Ip6Prefix> allocated() {
        return allocated;
    }

    /** Prefixes that were asked for by name and are held for this request. */
    public Set<Ip6Prefix> claimed() {
        return claimed;
    }

    /** Prefixes that were asked for by name and that another session holds. */
    public Set<Ip6Prefix> taken() {
        return taken;
    }

    /** Whether something that was needed is used up. */
    public boolean exhausted() {
        return exhausted;
    }

    /** An IPv4 home address that no other session of the node's operator has, from a pool or as it was asked for. */
    public Optional<Ip4Address> ipv4() {
        return ipv4;
    }

    /** Whether another session holds the IPv4 home address that was asked for by name. */
    public boolean ipv4Taken() {
        return ipv4Taken;
    }

    /** How many sessions the request's gateway has, those of this mobile node included. */
    public OptionalLong sessionsAt() {
        return sessionsAt;
    }

    /** The same with the number of sessions at the request's gateway. */
    public Supply withSessionsAt(long count) {
        return new Supply(sessionId, uplinkKey, allocated, claimed, taken, exhausted, ipv4, ipv4Taken,
                OptionalLong.of(count));
    }

    /** The same with an IPv4 home address that is held for this request. */
    public Supply withIpv4(Ip4Address address) {
        return new Supply(sessionId, uplinkKey, allocated, claimed, taken, exhausted, Optional.of(address), false,
                sessionsAt);
    }

    /** The same with the word that another session holds the IPv4 home address that was asked for by name. */
    public Supply withIpv4Taken() {
        return new Supply(sessionId, uplinkKey, allocated, claimed, taken, exhausted, Optional.empty(), true,
                sessionsAt);
    }

    /** The same with a session number. */
    public Supply withSessionId(long value) {
        return new Supply(OptionalLong.of(value), uplinkKey, allocated, claimed, taken, exhausted, ipv4, ipv4Taken,
                sessionsAt);
    }

    /** The same with an uplink key. */
    public Supply withUplinkKey(long value) {
        return new Supply(sessionId, OptionalLong.of(value), allocated, claimed, taken, exhausted, ipv4, ipv4Taken,
                sessionsAt);
    }

    /** The same with one more prefix from the pool. */
    public Supply withAllocated(Ip6Prefix prefix) {
        List<Ip6Prefix> next = new ArrayList<>(allocated);
        next.add(prefix);
        return new Supply(sessionId, uplinkKey, next, claimed, taken, exhausted, ipv4, ipv4Taken, sessionsAt);
    }

    /** The same with one more prefix held by name. */
    public Supply withClaimed(Ip6Prefix prefix) {
        Set<Ip6Prefix> next = new HashSet<>(claimed);
        next.add(prefix);
        return new Supply(sessionId, uplinkKey, allocated, next, taken, exhausted, ipv4, ipv4Taken, sessionsAt);
    }

    /** The same with one more prefix that another session holds. */
    public Supply withTaken(Ip6Prefix prefix) {
        Set<Ip6Prefix> next = new HashSet<>(taken);
        next.add(prefix);
        return new Supply(sessionId, uplinkKey, allocated, claimed, next, exhausted, ipv4, ipv4Taken, sessionsAt);
    }

    /** The same with the word that something needed is used up. */
    public Supply withNothingLeft() {
        return new Supply(sessionId, uplinkKey, allocated, claimed, taken, true, ipv4, ipv4Taken, sessionsAt);
    }

    @Override
    public String toString() {
        return "session " + sessionId + " key " + uplinkKey + " prefixes " + allocated + " claimed " + claimed
                + " taken " + taken + ipv4.map(address -> " " + address).orElse("") + (exhausted ? " exhausted" : "");
    }
}
