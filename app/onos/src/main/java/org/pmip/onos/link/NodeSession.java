// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.Registration;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** A session of a mobile node as it stood at some moment: whose it is and its Binding Update List entry. Immutable. */
public final class NodeSession {

    private static final int MAC = 6;

    private final MobileNodeIdentifier node;
    private final BindingUpdateListEntry entry;
    private final boolean confirmed;

    /** Makes a session of a node. */
    public NodeSession(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        this(node, entry, true);
    }

    private NodeSession(MobileNodeIdentifier node, BindingUpdateListEntry entry, boolean confirmed) {
        this.node = Objects.requireNonNull(node, "node");
        this.entry = Objects.requireNonNull(entry, "entry");
        this.confirmed = confirmed;
    }

    /** The same while the switch has not confirmed its entries: nothing may be said of its binding. */
    public NodeSession unconfirmed() {
        return new NodeSession(node, entry, false);
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
    public Optional<MacAddress> mac() {
        byte[] identifier = entry.attachment().linkLayerIdentifier();
        return identifier.length == MAC ? Optional.of(MacAddress.valueOf(Arrays.copyOf(identifier, MAC)))
                : Optional.empty();
    }

    /** The node's link-local address; unspecified if it is not known. */
    Ip6Address linkLocal() {
        return entry.attachment().nodeLinkLocal();
    }

    /** The binding, while it is in force and the switch has its entries. */
    public Optional<Binding> binding() {
        return confirmed && entry.state() == BindingUpdateListEntry.State.ACTIVE ? entry.binding() : Optional.empty();
    }

    /** The IPv4 home address that the node has, as far as is known; also while its next binding is asked for. */
    Optional<Ip4Address> ipv4() {
        return entry.binding().isPresent() ? entry.binding().flatMap(Binding::ipv4Home).map(Ipv4Home::address)
                : entry.registration().filter(request -> entry.replaces() != 0).flatMap(Registration::ipv4)
                        .filter(address -> !address.isZero());
    }

    /**
     * Whether the node has an address at which it can be asked if it is there. Of one that has just come and that did
     * not say its link-local address nothing is known, so that its silence means nothing.
     */
    boolean canBeAsked() {
        boolean ipv6 = entry.binding().map(held -> !held.prefixes().isEmpty()).orElseGet(() -> entry.replaces() != 0
                && entry.registration().flatMap(Registration::prefixes).filter(held -> !held.isEmpty()).isPresent());
        return !linkLocal().isZero() || ipv6 || ipv4().isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeSession && node.equals(((NodeSession) other).node)
                && entry.equals(((NodeSession) other).entry) && confirmed == ((NodeSession) other).confirmed;
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
