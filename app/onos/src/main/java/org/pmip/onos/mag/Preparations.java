// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.MagTransition;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up in the next gateway's switch what delivers packets to a node, while the node's session is still asked for
 * there. The anchor turns the traffic round before its answer is on its way, and the node is let in when the answer has
 * come, by one entry more. Thread-safe.
 */
final class Preparations {

    private static final Logger LOG = LoggerFactory.getLogger(Preparations.class);
    /** More than that is forgotten, which costs a few writes. */
    private static final int GREATEST = 100_000;

    private final Map<Long, CompletableFuture<Boolean>> under = new ConcurrentHashMap<>();

    /** Prepares what a transition has become to expect. */
    void begin(MagProcessor.Switches switches, MobileNodeIdentifier node, MagTransition transition) {
        Map<Long, Placed> before = expected(switches, node, transition.before().expected());
        expected(switches, node, transition.after().expected()).forEach((session, placed) -> {
            if (!before.containsKey(session)) {
                if (under.size() >= GREATEST) {
                    under.clear();
                }
                under.put(session, switches.change(List.of(), List.of(placed)).handle((nothing, failure) -> {
                    if (failure != null) {
                        LOG.debug("{}: nothing is prepared for it: {}", placed, failure.toString());
                    }
                    return failure == null;
                }));
            }
        });
    }

    /**
     * What was prepared and is expected no more, because it has come, or will not come.
     *
     * @return completes when it is known whether the switches have it
     */
    CompletableFuture<List<Placed>> over(MagProcessor.Switches switches, MobileNodeIdentifier node,
                                         MagTransition transition) {
        Map<Long, Placed> over = expected(switches, node, transition.before().expected());
        transition.after().expected().forEach(entry -> over.remove(entry.sessionId()));
        CompletableFuture<List<Placed>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (Map.Entry<Long, Placed> one : over.entrySet()) {
            CompletableFuture<Boolean> prepared = under.remove(one.getKey());
            CompletableFuture<Boolean> known =
                    prepared == null ? CompletableFuture.completedFuture(false) : prepared;
            all = all.thenCombine(known, (found, has) -> {
                found.add(has ? one.getValue() : one.getValue().uncertain());
                return found;
            });
        }
        return all;
    }

    /** Whether a transition ends an expectation. */
    static boolean ends(MagTransition transition) {
        return transition.before().expected().stream().anyMatch(entry -> transition.after().expected().stream()
                .noneMatch(still -> still.sessionId() == entry.sessionId()));
    }

    private static Map<Long, Placed> expected(MagProcessor.Switches switches, MobileNodeIdentifier node,
                                              List<BindingUpdateListEntry> entries) {
        Map<Long, Placed> out = new LinkedHashMap<>();
        entries.forEach(entry -> switches.placed(node, entry).map(Placed::closed)
                .ifPresent(placed -> out.put(entry.sessionId(), placed)));
        return out;
    }
}
