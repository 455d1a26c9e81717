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
                byNode.put(key, next.getAsLong());
                byTime.computeIfAbsent(next.getAsLong(), time -> new HashMap<>())
                        .put(key, record.get().mobileNode());
            }
        }
    }

    /** The nodes whose time is over. They stay noted until their record changes. */
    synchronized List<MobileNodeIdentifier> due(long now) {
        List<MobileNodeIdentifier> due = new ArrayList<>();
        byTime.headMap(now, true).values().forEach(nodes -> due.addAll(nodes.values()));
        return due;
    }
}
