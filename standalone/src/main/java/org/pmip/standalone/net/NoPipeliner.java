// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.net;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.lang3.tuple.Pair;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flowobjective.FilteringObjective;
import org.onosproject.net.flowobjective.FlowObjectiveService;
import org.onosproject.net.flowobjective.ForwardingObjective;
import org.onosproject.net.flowobjective.NextObjective;
import org.onosproject.net.flowobjective.Objective;
import org.onosproject.net.flowobjective.ObjectiveError;

/**
 * Answers flow objectives as ONOS does for a device whose driver has no pipeliner, which is the case for all
 * devices here: with the error that says so. ONOS's packet manager needs the service to be there. Safe for use by
 * many threads.
 */
public final class NoPipeliner implements FlowObjectiveService {
    private final AtomicInteger nextId = new AtomicInteger();

    private static void refuse(Objective objective) {
        objective.context().ifPresent(context -> context.onError(objective, ObjectiveError.NOPIPELINER));
    }

    @Override
    public void filter(DeviceId deviceId, FilteringObjective objective) {
        refuse(objective);
    }

    @Override
    public void forward(DeviceId deviceId, ForwardingObjective objective) {
        refuse(objective);
    }

    @Override
    public void next(DeviceId deviceId, NextObjective objective) {
        refuse(objective);
    }

    @Override
    public int allocateNextId() {
        return nextId.incrementAndGet();
    }

    @Override
    public void initPolicy(String policy) {
        throw new UnsupportedOperationException("Flow objective policies are not supported");
    }

    @Override
    public Map<Pair<Integer, DeviceId>, List<String>> getNextMappingsChain() {
        return Map.of();
    }

    @Override
    @Deprecated
    public List<String> getNextMappings() {
        return List.of();
    }

    @Override
    public List<String> getPendingFlowObjectives() {
        return List.of();
    }

    @Override
    public void purgeAll(DeviceId deviceId, ApplicationId appId) {
        // No objective is ever kept.
    }
}
