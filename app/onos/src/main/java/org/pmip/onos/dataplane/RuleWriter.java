// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.pipeconf.entity.PipelineEntity;

/** Writes entities to a switch through ONOS and says when the switch has them. Thread-safe. */
final class RuleWriter {

    /** Far above what a busy switch takes; gateways have repeated their requests several times by then. */
    private static final long ANSWER_SECONDS = 15;

    private final FlowRuleService rules;
    private final ApplicationId application;

    RuleWriter(FlowRuleService rules, ApplicationId application) {
        this.rules = rules;
        this.application = application;
    }

    /**
     * Writes stages one after another and then removes what is not wanted any more.
     *
     * @return completes when the switch has accepted all; exceptionally, with the rules, when it refused one, and with
     *     a TimeoutException when nothing is heard: ONOS hands rules over to the switch's master, which may die
     */
    CompletableFuture<Void> write(DeviceId device, List<? extends Collection<PipelineEntity>> stages,
                                  Collection<PipelineEntity> gone) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
        boolean any = false;
        for (Collection<PipelineEntity> stage : stages) {
            if (!stage.isEmpty()) {
                if (any) {
                    operations.newStage();
                }
                // Adding a rule whose match is there already replaces its treatment: P4Runtime MODIFY.
                stage.forEach(entity -> operations.add(entity.toFlowRule(device, application)));
                any = true;
            }
        }
        if (!gone.isEmpty()) {
            if (any) {
                operations.newStage();
            }
            gone.forEach(entity -> operations.remove(entity.toFlowRule(device, application)));
            any = true;
        }
        if (!any) {
            return CompletableFuture.completedFuture(null);
        }
        rules.apply(operations.build(new FlowRuleOperationsContext() {
            @Override
            public void onSuccess(FlowRuleOperations done) {
                result.complete(null);
            }

            @Override
            public void onError(FlowRuleOperations failed) {
                // ONOS does not tell which of them: their tables show where to look.
                result.completeExceptionally(new IllegalStateException("refused one of: " + failed.stages().stream()
                        .flatMap(Collection::stream).map(one -> one.type() + " " + one.rule().table())
                        .collect(Collectors.joining(", "))));
            }
        }));
        return result.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
