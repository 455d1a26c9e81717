// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.store.service.StorageException;
import org.pmip.pipeconf.entity.PipelineEntity;

/**
 * Writes entities to switches through ONOS and says when a switch has them. What comes while a switch is busy is
 * written to it in one piece, see {@link GroupCommit}. All configurations that follow upon each other write through the
 * same one, so that two of them do not change an entry at a time. Thread-safe.
 */
public final class RuleWriter {

    private final FlowRuleService rules;
    private final SwitchReading reading;
    private final Function<DeviceId, NodeId> master;
    private final ApplicationId application;
    private final Map<DeviceId, GroupCommit> devices = new ConcurrentHashMap<>();

    /**
     * Makes the writer of an application.
     *
     * @param reading tells what a switch itself has
     * @param master tells which node of the cluster commands a switch; null if none does
     */
    public RuleWriter(FlowRuleService rules, SwitchReading reading, Function<DeviceId, NodeId> master,
                      ApplicationId application) {
        this.rules = rules;
        this.reading = reading;
        this.master = master;
        this.application = application;
    }

    /**
     * Whether nobody can say what has become of a write: ONOS does not tell of a master that died, nor does a store
     * that is away, a switch that has another master by now has refused nothing but who wrote, and what a configuration
     * wrote that counts no more is the next one's to compare.
     */
    public static boolean isUnknown(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof StorageException || cause instanceof TimeoutException
                || cause instanceof CancellationException;
    }

    /** The rule that an entity is in a switch. */
    FlowRule rule(DeviceId device, PipelineEntity entity) {
        return entity.toFlowRule(device, application);
    }

    /** This application's rules in all switches, as ONOS last read them. */
    Iterable<FlowEntry> entries() {
        return rules.getFlowEntriesById(application);
    }

    /**
     * This application's rules that a switch itself has; empty if it is none that can be read.
     *
     * @throws IllegalStateException if the switch does not tell
     */
    Optional<List<FlowEntry>> read(DeviceId device) {
        return reading.read(device).map(all -> all.stream().filter(entry -> entry.appId() == application.id())
                .collect(Collectors.toList()));
    }

    /**
     * Writes stages one after another and then removes what is not wanted any more. After a refusal no further stage
     * is written.
     *
     * @return completes when the switch has accepted all; exceptionally, with the rules, when it refused one, with a
     *     TimeoutException when nothing is heard: ONOS hands rules over to the switch's master, which may die; and with
     *     a CancellationException when one was refused while the switch changed its master, or has none. On a thread of
     *     ONOS's, which must not be blocked
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
        NodeId begun = master.apply(device);
        return devices.computeIfAbsent(device, key -> new GroupCommit(rules)).write(steps)
                .handle((nothing, failure) -> failure == null ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.<Void>failedFuture(judged(device, begun, failure)))
                .thenCompose(next -> next);
    }

    /** A former master's words are refused whatever they say. */
    private Throwable judged(DeviceId device, NodeId begun, Throwable failure) {
        NodeId now = master.apply(device);
        if (isUnknown(failure) || now != null && now.equals(begun)) {
            return failure;
        }
        CancellationException unknown = new CancellationException(device + " is commanded by " + now + " and was by "
                + begun + ": " + failure.getMessage());
        unknown.initCause(failure);
        return unknown;
    }

    private void add(List<List<FlowRuleOperation>> steps, DeviceId device, Collection<PipelineEntity> stage,
                     FlowRuleOperation.Type type) {
        if (!stage.isEmpty()) {
            List<FlowRuleOperation> step = new ArrayList<>(stage.size());
            stage.forEach(entity -> step.add(new FlowRuleOperation(rule(device, entity), type)));
            steps.add(step);
        }
    }
}
