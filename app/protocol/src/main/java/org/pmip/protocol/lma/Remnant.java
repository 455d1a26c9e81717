// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip6Prefix;

/**
 * What a session has let go of and nobody else may have yet: an uplink key while packets with it may be on their way,
 * or prefixes and an IPv4 home address that the mobile node finds again should it return. Immutable.
 */
public final class Remnant {

    private final OptionalLong uplinkKey;
    private final List<Ip6Prefix> prefixes;
    private final Optional<Ipv4Home> ipv4Home;
    private final int operator;
    private final long until;

    /**
     * Makes a remnant.
     *
     * @param uplinkKey a key that rests
     * @param prefixes prefixes kept for the node
     * @param ipv4Home an IPv4 home address kept for the node
     * @param operator routing domain of that address
     * @param until when all this is free for others, on the scale of {@link Moment#millis}
     */
    public Remnant(OptionalLong uplinkKey, List<Ip6Prefix> prefixes, Optional<Ipv4Home> ipv4Home, int operator,
                   long until) {
        this.uplinkKey = uplinkKey;
        this.prefixes = List.copyOf(prefixes);
        this.ipv4Home = ipv4Home;
        this.operator = operator;
        this.until = until;
    }

    static Remnant key(BindingCacheEntry of, long until) {
        return new Remnant(OptionalLong.of(of.uplinkKey()), List.of(), Optional.empty(), of.operator(), until);
    }

    static Remnant assignments(BindingCacheEntry of, long until) {
        return new Remnant(OptionalLong.empty(), of.prefixes(), of.ipv4Home(), of.operator(), until);
    }

    /** A key that rests. */
    public OptionalLong uplinkKey() {
        return uplinkKey;
    }

    /** Prefixes kept for the node. */
    public List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    /** An IPv4 home address kept for the node. */
    public Optional<Ipv4Home> ipv4Home() {
        return ipv4Home;
    }

    /** Routing domain of the address. */
    public int operator() {
        return operator;
    }

    /** When all this is free for others, on the scale of {@link Moment#millis}. */
    public long until() {
        return until;
    }

    boolean isEmpty() {
        return uplinkKey.isEmpty() && prefixes.isEmpty() && ipv4Home.isEmpty();
    }

    /** The same without what a session of the node has taken up again. */
    Remnant without(BindingCacheEntry session) {
        if (session.prefixes().stream().noneMatch(prefixes::contains)
                && (ipv4Home.isEmpty() || !session.ipv4Home().equals(ipv4Home)
                        || session.operator() != operator)) {
            return this;
        }
        List<Ip6Prefix> left = new ArrayList<>(prefixes);
        left.removeAll(session.prefixes());
        boolean sameAddress = session.ipv4Home().equals(ipv4Home) && session.operator() == operator;
        return new Remnant(uplinkKey, left, sameAddress ? Optional.empty() : ipv4Home, operator, until);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Remnant && uplinkKey.equals(((Remnant) other).uplinkKey)
                && prefixes.equals(((Remnant) other).prefixes) && ipv4Home.equals(((Remnant) other).ipv4Home)
                && operator == ((Remnant) other).operator && until == ((Remnant) other).until;
    }

    @Override
    public int hashCode() {
        return Objects.hash(uplinkKey, prefixes, ipv4Home, operator, until);
    }

    @Override
    public String toString() {
        return "until " + until + (uplinkKey.isPresent() ? String.format(" key 0x%08x", uplinkKey.getAsLong()) : "")
                + (prefixes.isEmpty() ? "" : " " + prefixes) + ipv4Home.map(home -> " " + home).orElse("");
    }
}
