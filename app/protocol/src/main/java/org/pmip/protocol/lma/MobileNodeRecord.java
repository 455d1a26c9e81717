// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * All Binding Cache Entries of one Mobile Node Identifier: the unit of storage, so that each lookup rule of
 * draft-ietf-netlmm-proxymip6-10 section 5.4.1 is one read and each change one compare-and-set; and with them what must
 * rest before others may have it. Immutable.
 */
public final class MobileNodeRecord {

    private final MobileNodeIdentifier mobileNode;
    private final List<BindingCacheEntry> entries;
    private final List<Remnant> remnants;

    /** Makes a record without remnants; an empty list stands for a node without sessions. */
    public MobileNodeRecord(MobileNodeIdentifier mobileNode, List<BindingCacheEntry> entries) {
        this(mobileNode, entries, List.of());
    }

    /** Makes a record. */
    public MobileNodeRecord(MobileNodeIdentifier mobileNode, List<BindingCacheEntry> entries,
                            List<Remnant> remnants) {
        this.mobileNode = mobileNode;
        this.entries = List.copyOf(entries);
        this.remnants = List.copyOf(remnants);
    }

    /** The record of a node that has no session. */
    public static MobileNodeRecord none(MobileNodeIdentifier mobileNode) {
        return new MobileNodeRecord(mobileNode, List.of());
    }

    /**
     * The name under which a node is stored and configured: a network access identifier as it is, anything else as
     * its subtype and hexadecimal octets; so is a network access identifier that reads like that.
     */
    public static String key(MobileNodeIdentifier mobileNode) {
        byte[] octets = mobileNode.identifier();
        if (mobileNode.subtype() == MobileNodeIdentifier.NAI) {
            if (isPrintableAscii(octets)) {
                String text = new String(octets, StandardCharsets.ISO_8859_1);
                return readsLikeHexadecimal(text) ? hexadecimal(mobileNode) : text;
            }
            String text = new String(octets, StandardCharsets.UTF_8);
            if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), octets)
                    && text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        }
        return hexadecimal(mobileNode);
    }

    private static String hexadecimal(MobileNodeIdentifier mobileNode) {
        StringBuilder out = new StringBuilder().append(mobileNode.subtype()).append(':');
        for (byte octet : mobileNode.identifier()) {
            out.append(String.format("%02x", octet & 0xff));
        }
        return out.toString();
    }

    /** Whether a name could be another node's subtype and octets. */
    private static boolean readsLikeHexadecimal(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == 0 || at == text.length() || text.charAt(at) != ':') {
            return false;
        }
        return text.chars().skip(at + 1L).allMatch(one -> one >= '0' && one <= '9' || one >= 'a' && one <= 'f');
    }

    private static boolean isPrintableAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < ' ' || octet > '~') {
                return false;
            }
        }
        return true;
    }

    /** See {@link #key(MobileNodeIdentifier)}. */
    public String key() {
        return key(mobileNode);
    }

    /** Who the node is. */
    public MobileNodeIdentifier mobileNode() {
        return mobileNode;
    }

    /** The node's sessions, in order of creation. */
    public List<BindingCacheEntry> entries() {
        return entries;
    }

    /** What sessions of the node have let go of and nobody else may have yet. */
    public List<Remnant> remnants() {
        return remnants;
    }

    /** Whether there is nothing to keep: no session, and nothing that rests. */
    public boolean isEmpty() {
        return entries.isEmpty() && remnants.isEmpty();
    }

    /** All prefixes that nobody else may have. */
    public Set<Ip6Prefix> heldPrefixes() {
        Set<Ip6Prefix> held = new LinkedHashSet<>();
        entries.forEach(entry -> held.addAll(entry.prefixes()));
        remnants.forEach(remnant -> held.addAll(remnant.prefixes()));
        return held;
    }

    /** All IPv4 home addresses that nobody else of the same operator may have. */
    public Set<OperatorAddress> heldAddresses() {
        Set<OperatorAddress> held = new LinkedHashSet<>();
        entries.forEach(entry -> entry.ipv4Home().ifPresent(home ->
                held.add(new OperatorAddress(entry.operator(), home.address()))));
        remnants.forEach(remnant -> remnant.ipv4Home().ifPresent(home ->
                held.add(new OperatorAddress(remnant.operator(), home.address()))));
        return held;
    }

    /** All uplink keys that nobody else may have. */
    public Set<Long> heldUplinkKeys() {
        Set<Long> held = new LinkedHashSet<>();
        entries.stream().filter(entry -> entry.gre() == GreMode.KEYS).forEach(entry -> held.add(entry.uplinkKey()));
        remnants.forEach(remnant -> remnant.uplinkKey().ifPresent(held::add));
        return held;
    }

    /** The first session that fits. */
    public Optional<BindingCacheEntry> first(Predicate<BindingCacheEntry> fits) {
        for (BindingCacheEntry entry : entries) {
            if (fits.test(entry)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** The node's only session; empty if it has none or several. */
    public Optional<BindingCacheEntry> only() {
        return entries.size() == 1 ? Optional.of(entries.get(0)) : Optional.empty();
    }

    /** The session of that number. */
    public Optional<BindingCacheEntry> session(long sessionId) {
        return first(entry -> entry.sessionId() == sessionId);
    }

    /** The record with this session added, or in place of the one of the same number. */
    public MobileNodeRecord with(BindingCacheEntry changed) {
        List<BindingCacheEntry> next = new ArrayList<>(entries.size() + 1);
        boolean found = false;
        for (BindingCacheEntry entry : entries) {
            boolean same = entry.sessionId() == changed.sessionId();
            next.add(same ? changed : entry);
            found |= same;
        }
        if (!found) {
            next.add(changed);
        }
        if (remnants.isEmpty()) {
            return new MobileNodeRecord(mobileNode, next, remnants);
        }
        List<Remnant> left = new ArrayList<>(remnants);
        left.replaceAll(remnant -> remnant.without(changed));
        left.removeIf(Remnant::isEmpty);
        return new MobileNodeRecord(mobileNode, next, left);
    }

    /** The record without the sessions that fit; what they held is free at once. */
    public MobileNodeRecord without(Predicate<BindingCacheEntry> fits) {
        List<BindingCacheEntry> next = new ArrayList<>(entries);
        next.removeIf(fits);
        return new MobileNodeRecord(mobileNode, next, remnants);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MobileNodeRecord && mobileNode.equals(((MobileNodeRecord) other).mobileNode)
                && entries.equals(((MobileNodeRecord) other).entries)
                && remnants.equals(((MobileNodeRecord) other).remnants);
    }

    @Override
    public int hashCode() {
        return mobileNode.hashCode() * 31 + entries.hashCode();
    }

    @Override
    public String toString() {
        return key() + " " + entries + (remnants.isEmpty() ? "" : " resting " + remnants);
    }
}
