// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;

/** What the engine lacks to accept a request; see {@link Supply}. Immutable. */
public final class Needs {

    private final boolean sessionId;
    private final boolean uplinkKey;
    private final int prefixes;
    private final List<Ip6Prefix> named;
    private final boolean ipv4;
    private final Optional<Ip4Address> ipv4Named;

    Needs(boolean sessionId, boolean uplinkKey, int prefixes, List<Ip6Prefix> named, boolean ipv4,
          Optional<Ip4Address> ipv4Named) {
        this.sessionId = sessionId;
        this.uplinkKey = uplinkKey;
        this.prefixes = prefixes;
        this.named = List.copyOf(named);
        this.ipv4 = ipv4;
        this.ipv4Named = ipv4Named;
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

    /** Which prefixes must be held by name, if nobody else holds them. */
    public List<Ip6Prefix> named() {
        return named;
    }

    /** Whether an IPv4 home address is needed, any one that the node's operator has. */
    public boolean ipv4() {
        return ipv4;
    }

    /** Which IPv4 home address must be held by name, if no other session of the node's operator holds it. */
    public Optional<Ip4Address> ipv4Named() {
        return ipv4Named;
    }

    boolean isEmpty() {
        return !sessionId && !uplinkKey && prefixes == 0 && named.isEmpty() && !ipv4 && ipv4Named.isEmpty();
    }

    @Override
    public String toString() {
        return (sessionId ? "session number, " : "") + (uplinkKey ? "uplink key, " : "") + prefixes
                + " prefixes, by name " + named + (ipv4 ? ", an IPv4 address" : "")
                + ipv4Named.map(address -> ", " + address).orElse("");
    }
}
