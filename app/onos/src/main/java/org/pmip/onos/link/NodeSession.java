// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** A session of a mobile node as it stood at some moment: whose it is and its Binding Update List entry. Immutable. */
public final class NodeSession {

    private static final int MAC = 6;

    private final MobileNodeIdentifier node;
    private final BindingUpdateListEntry entry;

    /** Makes a session of a node. */
    public NodeSession(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        this.node = Objects.requireNonNull(node, "node");
        this.entry = Objects.requireNonNull(entry, "entry");
    }

    /** Whose session it is. */
    public MobileNodeIdentifier node() {
        return node;
    }

    /** The entry of its Binding Update List. */
    public BindingUpdateListEntry entry() {
        return entry;
    }

    /** The session's number. */
    public long sessionId() {
        return entry.sessionId();
    }

    /** The node's address on the link; empty if its link-layer identifier is no MAC address. */
    Optional<MacAddress> mac() {
        byte[] identifier = entry.attachment().linkLayerIdentifier();
        return identifier.length == MAC ? Optional.of(MacAddress.valueOf(Arrays.copyOf(identifier, MAC)))
                : Optional.empty();
    }

    /** The node's link-local address; unspecified if it is not known. */
    Ip6Address linkLocal() {
        return entry.attachment().nodeLinkLocal();
    }

    /** The binding, while it is in force. */
    Optional<Binding> binding() {
        return entry.state() == BindingUpdateListEntry.State.ACTIVE ? entry.binding() : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeSession && node.equals(((NodeSession) other).node)
                && entry.equals(((NodeSession) other).entry);
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, entry);
    }

    @Override
    public String toString() {
        return node + " " + entry;
    }
}
