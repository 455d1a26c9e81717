// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.lma.LmaService;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** What others may ask the gateways. No method waits for a store, a switch or the network. */
public interface MagService {

    /** Whether every gateway's switch is there and, where this node of the cluster keeps it, holds what it should. */
    boolean ready();

    /** The Binding Update Lists of all gateways of the cluster, as far as this node knows. */
    Collection<BindingUpdateList> lists();

    /** The list of a mobile node. */
    Optional<BindingUpdateList> list(String mobileNode);

    /** The table entries that a session should have in its gateway's switch, in words; none while it forwards not. */
    Collection<String> entries(BindingUpdateList list, BindingUpdateListEntry entry);

    /** What a session counted at its gateway's switch, octets as received there; at most some seconds old. */
    LmaService.Traffic traffic(BindingUpdateList list, BindingUpdateListEntry entry);

    /** What is known of the path of a session's tunnel; empty while the session has none. */
    Optional<Paths.State> path(BindingUpdateList list, BindingUpdateListEntry entry);

    /** A list as JSON: the node's attachments and what it has there. */
    ObjectNode summary(BindingUpdateList list);

    /** All that is known of a node: its attachments with the signalling under way and the table entries. */
    ObjectNode describe(BindingUpdateList list);

    /**
     * Ends a session: de-registers it at its anchor where its gateway is there and the anchor may have a binding, and
     * otherwise, or if it is being de-registered already, forgets it at once, with what its anchor refused.
     *
     * @param mobileNode its identifier
     * @return false if there is no such session; exceptionally if that cannot be done now
     */
    CompletableFuture<Boolean> delete(String mobileNode, long sessionId);

    /**
     * Compares the gateways' switches that this node of the cluster keeps with the sessions and mends what differs.
     *
     * @param gateway whose switch; empty for all
     * @return completes with the number of rules that were wrong; exceptionally with an IllegalStateException that
     *     names the node to be asked if this one keeps none of them
     * @throws IllegalArgumentException if no gateway has that name
     */
    CompletableFuture<Integer> reconcile(Optional<String> gateway);

    /** The gateways as JSON, with the number of attachments at each. */
    ArrayNode gateways();

    /** What was done since the application was started on this node, and how long it took. */
    MagStatistics statistics();

    /** Packets that the gateways' switches have dropped, all of them together, by reason; at most some seconds old. */
    Map<String, Long> drops();

    /**
     * The gateways, whether they are ready, the statistics, the latencies in microseconds, and the drops as one JSON
     * object.
     */
    default ObjectNode report() {
        return MagSnapshot.report(this);
    }

    /**
     * An interface has come to an access link, say those who know better than the switch.
     *
     * @param vlan VLAN identifier, 0 for untagged frames
     * @param hint a value of {@link org.pmip.protocol.wire.option.HandoffIndicator} from 1 to 4
     * @param identity whose interface it is, where that is known better than from the profiles
     * @throws IllegalArgumentException if the port and VLAN are no access link, or nobody knows whose interface it is
     */
    default void attach(ConnectPoint port, int vlan, MacAddress node, int hint,
                        Optional<MobileNodeIdentifier> identity) {
        attach(port, vlan, node, Handoff.of(hint), identity);
    }

    /**
     * The same with what the node had at a gateway that does not share the lists of these.
     *
     * @throws IllegalArgumentException if the port and VLAN are no access link, nobody knows whose interface it is, or
     *     the node is served by another anchor here
     */
    void attach(ConnectPoint port, int vlan, MacAddress node, Handoff how, Optional<MobileNodeIdentifier> identity);

    /**
     * An interface has left an access link.
     *
     * @throws IllegalArgumentException if the port and VLAN are no access link
     */
    void detach(ConnectPoint port, int vlan, MacAddress node);
}
