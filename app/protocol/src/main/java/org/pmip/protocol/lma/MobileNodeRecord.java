// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * All Binding Cache Entries of one Mobile Node Identifier: the unit of storage, so that each lookup rule of
 * draft-ietf-netlmm-proxymip6-10 section 5.4.1 is one read and each change one compare-and-set. Immutable.
 */
public final class MobileNodeRecord {

    private final MobileNodeIdentifier mobileNode;
    private final List<BindingCacheEntry> entries;

    /** Makes a record; an empty list stands for a node without sessions. */
    public MobileNodeRecord(MobileNodeIdentifier mobileNode, List<BindingCacheEntry> entries) {
        this.mobileNode = mobileNode;
        this.entries = List.copyOf(entries);
    }

    /** The record of a node that has no session. */
    public static MobileNodeRecord none(MobileNodeIdentifier mobileNode) {
        return new MobileNodeRecord(mobileNode, List.of());
    }

    /**
     * The name under which a node is stored and configured: a network access identifier as it is, anything else as
     * its subtype and hexadecimal octets.
     */
    public static String key(MobileNodeIdentifier mobileNode) {
        if (mobileNode.subtype() == MobileNodeIdentifier.NAI) {
            String text = new String(mobileNode.identifier(), StandardCharsets.UTF_8);
            if (java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), mobileNode.identifier())
                    && text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        }
        StringBuilder out = new StringBuilder().append(mobileNode.subtype()).append(':');
        for (byte octet : mobileNode.identifier()) {
            out.append(String.format("%02x", octet & 0xff));
        }
        return out.toString();
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

    /** Whether the node has no session. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The first session that fits. */
    public Optional<BindingCacheEntry> first(Predicate<BindingCacheEntry> fits) {
        return entries.stream().filter(fits).findFirst();
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
        return new MobileNodeRecord(mobileNode, next);
    }

    /** The record without the sessions that fit. */
    public MobileNodeRecord without(Predicate<BindingCacheEntry> fits) {
        List<BindingCacheEntry> next = new ArrayList<>(entries);
        next.removeIf(fits);
        return new MobileNodeRecord(mobileNode, next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MobileNodeRecord && mobileNode.equals(((MobileNodeRecord) other).mobileNode)
                && entries.equals(((MobileNodeRecord) other).entries);
    }

    @Override
    public int hashCode() {
        return mobileNode.hashCode() * 31 + entries.hashCode();
    }

    @Override
    public String toString() {
        return key() + " " + entries;
    }
}
