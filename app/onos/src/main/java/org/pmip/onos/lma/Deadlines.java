// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** Which mobile nodes have a session whose time runs out next. Thread-safe. */
final class Deadlines {

    /** When a node is due again whose record stays as it is. */
    static final long AGAIN_MILLIS = 1_000;

    private final TreeMap<Long, Map<String, MobileNodeIdentifier>> byTime = new TreeMap<>();
    private final Map<String, Long> byNode = new HashMap<>();

    /** Notes a node's record as it is now, or that it is gone. */
    synchronized void note(String key, Optional<MobileNodeRecord> record) {
        Long old = byNode.remove(key);
        if (old != null) {
            Map<String, MobileNodeIdentifier> nodes = byTime.get(old);
            nodes.remove(key);
            if (nodes.isEmpty()) {
                byTime.remove(old);
            }
        }
        if (record.isPresent()) {
            OptionalLong next = LmaEngine.nextDeadline(record.get());
            if (next.isPresent()) {
                note(key, record.get().mobileNode(), next.getAsLong());
            }
        }
    }

    private void note(String key, MobileNodeIdentifier node, long time) {
        byNode.put(key, time);
        byTime.computeIfAbsent(time, at -> new HashMap<>()).put(key, node);
    }

    /** The nodes whose time is over, on the cluster's scale; as long as that is not known, nobody's is. */
    List<MobileNodeIdentifier> due(SteadyClock clock) {
        return clock.agreed() ? due(clock.millis()) : List.of();
    }

    /**
     * The nodes whose time is over. Those whose record does not change are due again after a while, for what was begun
     * for them may have failed, and not before, for it may only take its time.
     */
    synchronized List<MobileNodeIdentifier> due(long now) {
        List<MobileNodeIdentifier> due = new ArrayList<>();
        for (Map.Entry<Long, Map<String, MobileNodeIdentifier>> first = byTime.firstEntry();
                first != null && first.getKey() <= now; first = byTime.firstEntry()) {
            byTime.remove(first.getKey());
            first.getValue().forEach((key, node) -> {
                due.add(node);
                note(key, node, now + AGAIN_MILLIS);
            });
        }
        return due;
    }
}
