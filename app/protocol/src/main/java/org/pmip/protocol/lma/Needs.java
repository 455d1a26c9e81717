// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;

/** What the engine lacks to accept a request; see {@link Supply}. Immutable. */
public final class Needs {

    private final boolean sessionId;
    private final boolean uplinkKey;
    private final int prefixes;
    private final List<Ip6Prefix> named;
    private final boolean ipv4;
    private final Optional<Ip4Address> ipv4Named;
    private final Optional<List<Ip6Prefix>> within;
    private final Optional<IpAddress> sessionsAt;
    private final int operator;

    Needs(boolean sessionId, boolean uplinkKey, int prefixes, List<Ip6Prefix> named, boolean ipv4,
          Optional<Ip4Address> ipv4Named, Optional<List<Ip6Prefix>> within, Optional<IpAddress> sessionsAt,
          int operator) {
        this.sessionId = sessionId;
        this.uplinkKey = uplinkKey;
        this.prefixes = prefixes;
        this.named = List.copyOf(named);
        this.ipv4 = ipv4;
        this.ipv4Named = ipv4Named;
        this.within = within;
        this.sessionsAt = sessionsAt;
        this.operator = operator;
    }

    /** The operator of IPv4 home addresses: the session's, which may have begun when its node had another one. */
    public int operator() {
        return operator;
    }

    /** Whether a session number is needed. */
    public boolean sessionId() {
        return sessionId;
    }

    /** Whether an uplink key is needed. */
    public boolean uplinkKey() {
        return uplinkKey;
    }

    /** How many prefixes from a pool are needed. */
    public int prefixes() {
        return prefixes;
    }

    /** The pools that these may come from: where the gateway is for some prefixes only, those parts of the policy's. */
    public List<PrefixPool> pools(LmaPolicy policy) {
        return within.map(limits -> policy.pools().stream()
                .flatMap(pool -> limits.stream().flatMap(limit -> pool.within(limit).stream()))
                .collect(Collectors.toList())).orElse(policy.pools());
    }

    /** The gateway, by Proxy-CoA, whose number of sessions is needed because there is a cap on it. */
    public Optional<IpAddress> sessionsAt() {
        return sessionsAt;
    }

    /** Which prefixes must be held by name, if nobody else holds them. */
    public List<Ip6Prefix> named() {
        return named;
    }

    /** Whether an IPv4 home address is needed, any one that the {@link #operator} has. */
    public boolean ipv4() {
        return ipv4;
    }

    /** Which IPv4 home address must be held by name, if no other session of the {@link #operator} holds it. */
    public Optional<Ip4Address> ipv4Named() {
        return ipv4Named;
    }

    boolean isEmpty() {
        return !sessionId && !uplinkKey && prefixes == 0 && named.isEmpty() && !ipv4 && ipv4Named.isEmpty()
                && sessionsAt.isEmpty();
    }

    @Override
    public String toString() {
        return (sessionId ? "session number, " : "") + (uplinkKey ? "uplink key, " : "") + prefixes
                + " prefixes, by name " + named + (ipv4 ? ", an IPv4 address" : "")
                + ipv4Named.map(address -> ", " + address).orElse("")
                + sessionsAt.map(address -> ", the number of sessions at " + address).orElse("");
    }
}
