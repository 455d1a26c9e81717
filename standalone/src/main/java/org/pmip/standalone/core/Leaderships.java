// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.cluster.Leader;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.LeadershipEvent;
import org.onosproject.cluster.LeadershipStore;
import org.onosproject.cluster.LeadershipStoreDelegate;
import org.onosproject.cluster.NodeId;
import org.onosproject.store.AbstractStore;

/**
 * Who leads which topic in a cluster of one: the node itself, from the moment it runs for it. Safe for use by many
 * threads.
 */
public final class Leaderships extends AbstractStore<LeadershipEvent, LeadershipStoreDelegate>
    implements LeadershipStore {
    private final Map<String, Leadership> led = new ConcurrentHashMap<>();
    private final Map<String, Long> terms = new ConcurrentHashMap<>();

    @Override
    public synchronized Leadership addRegistration(String topic) {
        Leadership known = led.get(topic);
        if (known != null) {
            return known;
        }
        long term = terms.merge(topic, 1L, Long::sum);
        Leadership won = new Leadership(topic, new Leader(SingleNode.ID, term, System.currentTimeMillis()),
            List.of(SingleNode.ID));
        led.put(topic, won);
        notifyDelegate(new LeadershipEvent(LeadershipEvent.Type.LEADER_AND_CANDIDATES_CHANGED, won));
        return won;
    }

    @Override
    public synchronized void removeRegistration(String topic) {
        if (led.remove(topic) != null) {
            notifyDelegate(new LeadershipEvent(LeadershipEvent.Type.LEADER_AND_CANDIDATES_CHANGED,
                new Leadership(topic, null, List.of())));
        }
    }

    @Override
    public void removeRegistration(NodeId nodeId) {
        if (SingleNode.ID.equals(nodeId)) {
            List.copyOf(led.keySet()).forEach(this::removeRegistration);
        }
    }

    @Override
    public boolean moveLeadership(String topic, NodeId toNodeId) {
        return SingleNode.ID.equals(toNodeId) && led.containsKey(topic);
    }

    @Override
    public boolean makeTopCandidate(String topic, NodeId nodeId) {
        return moveLeadership(topic, nodeId);
    }

    @Override
    public Leadership getLeadership(String topic) {
        return led.get(topic);
    }

    @Override
    public Map<String, Leadership> getLeaderships() {
        return Map.copyOf(led);
    }
}
