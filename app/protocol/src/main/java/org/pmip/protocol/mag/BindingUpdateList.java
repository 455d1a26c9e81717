// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The Binding Update List of one mobile node, of all gateways of a cluster: the unit of storage. It also holds the
 * sequence number and timestamp sent last, which serving gateways must share (draft-ietf-netlmm-proxymip6-10 section
 * 5.5). Immutable.
 */
public final class BindingUpdateList {

    private final MobileNodeIdentifier mobileNode;
    private final int sequence;
    private final long timestamp;
    private final List<BindingUpdateListEntry> entries;

    /**
     * Makes a list.
     *
     * @param sequence the Sequence field sent last, 0 to 65535
     * @param timestamp the Timestamp option sent last, 48.16 fixed point; 0 for none
     */
    public BindingUpdateList(MobileNodeIdentifier mobileNode, int sequence, long timestamp,
                             List<BindingUpdateListEntry> entries) {
        this.mobileNode = Objects.requireNonNull(mobileNode, "mobileNode");
        this.sequence = sequence;
        this.timestamp = timestamp;
        this.entries = List.copyOf(entries);
    }

    /** The list of a node that is nowhere. */
    public static BindingUpdateList none(MobileNodeIdentifier mobileNode) {
        return new BindingUpdateList(mobileNode, 0, 0, List.of());
    }

    /** The name under which a node is stored and configured, the same as at the anchor. */
    public static String key(MobileNodeIdentifier mobileNode) {
        return MobileNodeRecord.key(mobileNode);
    }

    /** See {@link #key(MobileNodeIdentifier)}. */
    public String key() {
        return key(mobileNode);
    }

    /** Who the node is. */
    public MobileNodeIdentifier mobileNode() {
        return mobileNode;
    }

    /** The Sequence field sent last. */
    public int sequence() {
        return sequence;
    }

    /** The Timestamp option sent last; 0 for none. */
    public long timestamp() {
        return timestamp;
    }

    /** The entries, in order of creation. */
    public List<BindingUpdateListEntry> entries() {
        return entries;
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The first entry that fits. */
    public Optional<BindingUpdateListEntry> first(Predicate<BindingUpdateListEntry> fits) {
        return entries.stream().filter(fits).findFirst();
    }

    /** The entry of that number. */
    public Optional<BindingUpdateListEntry> session(long sessionId) {
        return first(entry -> entry.sessionId() == sessionId);
    }

    /** When the engine next has something to do; empty if nothing falls due. */
    public OptionalLong deadline() {
        return entries.stream().map(BindingUpdateListEntry::deadline).filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong).min();
    }

    /** The downlink keys that the entries hold. */
    public Set<Long> downlinkKeys() {
        Set<Long> keys = new HashSet<>();
        entries.forEach(entry -> entry.downlinkKey().ifPresent(keys::add));
        return keys;
    }

    /**
     * The sessions that take over another gateway's at the same anchor, while they are asked for, each with the
     * binding that the anchor will most likely give it: what the other one has. A gateway that sets up delivery by it
     * in advance loses none of the packets that come before the anchor's acknowledgement does; nothing else may be done
     * by it.
     */
    public List<BindingUpdateListEntry> expected() {
        List<BindingUpdateListEntry> out = new ArrayList<>();
        for (BindingUpdateListEntry entry : entries) {
            if (entry.state() == BindingUpdateListEntry.State.REGISTERING && entry.binding().isEmpty()
                    && entry.replaces() != 0) {
                session(entry.replaces()).filter(old -> old.forwards() && old.anchor().equals(entry.anchor())
                                && old.downlinkKey().equals(entry.downlinkKey())
                                && !old.attachment().gateway().equals(entry.attachment().gateway()))
                        .ifPresent(old -> out.add(entry.toBuilder().binding(old.binding()).build()));
            }
        }
        return out;
    }

    /** The list with this entry added, or in place of the one of the same number. */
    public BindingUpdateList with(BindingUpdateListEntry changed) {
        List<BindingUpdateListEntry> next = new ArrayList<>(entries.size() + 1);
        boolean found = false;
        for (BindingUpdateListEntry entry : entries) {
            boolean same = entry.sessionId() == changed.sessionId();
            next.add(same ? changed : entry);
            found |= same;
        }
        if (!found) {
            next.add(changed);
        }
        return new BindingUpdateList(mobileNode, sequence, timestamp, next);
    }

    /** The list without the entry of that number. */
    public BindingUpdateList without(long sessionId) {
        List<BindingUpdateListEntry> next = new ArrayList<>(entries);
        next.removeIf(entry -> entry.sessionId() == sessionId);
        return new BindingUpdateList(mobileNode, sequence, timestamp, next);
    }

    /** The list with another sequence number and timestamp sent last. */
    public BindingUpdateList order(int lastSequence, long lastTimestamp) {
        return new BindingUpdateList(mobileNode, lastSequence, lastTimestamp, entries);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BindingUpdateList && mobileNode.equals(((BindingUpdateList) other).mobileNode)
                && sequence == ((BindingUpdateList) other).sequence
                && timestamp == ((BindingUpdateList) other).timestamp
                && entries.equals(((BindingUpdateList) other).entries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mobileNode, sequence, timestamp, entries);
    }

    @Override
    public String toString() {
        return key() + " " + entries;
    }
}
