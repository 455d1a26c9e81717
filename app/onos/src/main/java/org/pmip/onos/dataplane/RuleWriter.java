// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.pipeconf.entity.PipelineEntity;

/**
 * Writes entities to switches through ONOS and says when a switch has them. What comes while a switch is busy is
 * written to it in one piece, see {@link GroupCommit}. Thread-safe.
 */
final class RuleWriter {

    private final FlowRuleService rules;
    private final ApplicationId application;
    private final Executor tellers;
    private final Map<DeviceId, GroupCommit> devices = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param tellers run what follows upon an answer: it may block, and neither ONOS's threads nor the one that keeps
     *     time may be blocked
     */
    RuleWriter(FlowRuleService rules, ApplicationId application, Executor tellers) {
        this.rules = rules;
        this.tellers = tellers;
        this.application = application;
    }

    /**
     * Writes stages one after another and then removes what is not wanted any more. After a refusal no further stage
     * is written.
     *
     * @return completes when the switch has accepted all; exceptionally, with the rules, when it refused one, and with
     *     a TimeoutException when nothing is heard: ONOS hands rules over to the switch's master, which may die
     */
    CompletableFuture<Void> write(DeviceId device, List<? extends Collection<PipelineEntity>> stages,
                                  Collection<PipelineEntity> gone) {
        List<List<FlowRuleOperation>> steps = new ArrayList<>();
        // Adding a rule whose match is there already replaces its treatment: P4Runtime MODIFY.
        stages.forEach(stage -> add(steps, device, stage, FlowRuleOperation.Type.ADD));
        add(steps, device, gone, FlowRuleOperation.Type.REMOVE);
        if (steps.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return devices.computeIfAbsent(device, key -> new GroupCommit(rules)).write(steps)
                .whenCompleteAsync((nothing, failure) -> { }, tellers);
    }

    private void add(List<List<FlowRuleOperation>> steps, DeviceId device, Collection<PipelineEntity> stage,
                     FlowRuleOperation.Type type) {
        if (!stage.isEmpty()) {
            List<FlowRuleOperation> step = new ArrayList<>(stage.size());
            stage.forEach(entity -> step.add(new FlowRuleOperation(entity.toFlowRule(device, application), type)));
            steps.add(step);
        }
    }
}
