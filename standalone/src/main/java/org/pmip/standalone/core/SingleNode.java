// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.onlab.packet.IpAddress;
import org.onosproject.cluster.ClusterEventListener;
import org.onosproject.cluster.ClusterService;
import org.onosproject.cluster.ControllerNode;
import org.onosproject.cluster.DefaultControllerNode;
import org.onosproject.cluster.Node;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.Version;
import org.onosproject.net.intent.WorkPartitionEventListener;
import org.onosproject.net.intent.WorkPartitionService;

/**
 * A controller cluster with this process as its only node: it is always there, so that no event ever tells of a
 * change, and every partition of work is its own. Immutable, safe for use by many threads.
 */
public final class SingleNode implements ClusterService {
    /** Identity of the node. */
    public static final NodeId ID = NodeId.nodeId("127.0.0.1");

    private final ControllerNode node = new DefaultControllerNode(ID, IpAddress.valueOf("127.0.0.1"));
    private final Instant since = Instant.now();
    private final Version version;

    /**
     * Creates the cluster.
     *
     * @param version of ONOS that the node is said to run
     */
    public SingleNode(Version version) {
        this.version = version;
    }

    @Override
    public ControllerNode getLocalNode() {
        return node;
    }

    @Override
    public Set<ControllerNode> getNodes() {
        return Set.of(node);
    }

    @Override
    public Set<Node> getConsensusNodes() {
        return Set.of(node);
    }

    @Override
    public ControllerNode getNode(NodeId nodeId) {
        return ID.equals(nodeId) ? node : null;
    }

    @Override
    public ControllerNode.State getState(NodeId nodeId) {
        return ID.equals(nodeId) ? ControllerNode.State.READY : ControllerNode.State.INACTIVE;
    }

    @Override
    public Version getVersion(NodeId nodeId) {
        return ID.equals(nodeId) ? version : null;
    }

    @Override
    public Instant getLastUpdatedInstant(NodeId nodeId) {
        return ID.equals(nodeId) ? since : null;
    }

    @Override
    public void addListener(ClusterEventListener listener) {
        // Membership never changes.
    }

    @Override
    public void removeListener(ClusterEventListener listener) {
        // See addListener.
    }

    /** Partitions of work, all of which belong to the one node. */
    public static final class Work implements WorkPartitionService {
        @Override
        public <K> boolean isMine(K id, Function<K, Long> hasher) {
            return true;
        }

        @Override
        public <K> NodeId getLeader(K id, Function<K, Long> hasher) {
            return ID;
        }

        @Override
        public void addListener(WorkPartitionEventListener listener) {
            // Leaders of partitions never change.
        }

        @Override
        public void removeListener(WorkPartitionEventListener listener) {
            // See addListener.
        }
    }
}
