// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
import org.onosproject.net.flow.FlowRuleService;

/**
 * The way to one switch. A change is steps that are written one after another; while some are on their way, the next
 * steps of all other changes gather and go together, since a write costs ONOS and the switch far more than a rule does.
 * A rule that is refused fails the change that it belongs to and no other. A rule is in one group at a time, so that
 * two changes of it arrive in their order. Thread-safe.
 */
final class GroupCommit {

    /** Two, so that the switch works on one while ONOS makes the other ready. */
    private static final int GREATEST_UNDER_WAY = 2;
    /** Rules after which a group is full; a step is never torn. */
    private static final int FULL = 1_000;
    /** Far above what a busy switch takes; gateways have repeated their requests several times by then. */
    private static final long ANSWER_MILLIS = 15_000;
    /** ONOS never tells what became of rules that it gave to a master that died: others must not wait for those. */
    private static final long PATIENCE_MILLIS = 500;

    private final FlowRuleService rules;
    private final long answerMillis;
    private final long patienceMillis;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private final Set<Group> underWay = new HashSet<>();

    /** What one caller wants. */
    private static final class Change {
        private final List<List<FlowRuleOperation>> steps;
        private final CompletableFuture<Void> result = new CompletableFuture<>();
        private int next;

        Change(List<List<FlowRuleOperation>> steps) {
            this.steps = steps;
        }

        List<FlowRuleOperation> step() {
            return steps.get(next);
        }
    }

    /** What is written in one piece. */
    private static final class Group {
        private final Map<FlowRule, FlowRuleOperation> operations = new LinkedHashMap<>();
        private final List<Change> changes = new ArrayList<>();
    }

    GroupCommit(FlowRuleService rules) {
        this(rules, ANSWER_MILLIS, PATIENCE_MILLIS);
    }

    /**
     * Makes it.
     *
     * @param answerMillis after which a change without an answer fails
     * @param patienceMillis after which a group without an answer does not keep others back
     */
    GroupCommit(FlowRuleService rules, long answerMillis, long patienceMillis) {
        this.rules = rules;
        this.answerMillis = answerMillis;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Writes a change.
     *
     * @param steps rules of this switch, no rule twice in a step; at least one step, none of them empty
     * @return completes when the switch has taken all steps; exceptionally when it refused a rule, after which no
     *     further step is written, and with a TimeoutException when nothing is heard
     */
    CompletableFuture<Void> write(List<List<FlowRuleOperation>> steps) {
        Change change = new Change(steps);
        synchronized (this) {
            waiting.add(change);
        }
        proceed();
        return change.result.orTimeout(answerMillis, TimeUnit.MILLISECONDS);
    }

    /** Writes what waits, as far as it may. */
    private void proceed() {
        for (Group group = next(); group != null; group = next()) {
            send(group);
        }
    }

    private synchronized Group next() {
        if (waiting.isEmpty() || underWay.size() >= GREATEST_UNDER_WAY) {
            return null;
        }
        Group group = new Group();
        // Rules that others wait for: who comes after them must not overtake them.
        Set<FlowRule> kept = new HashSet<>();
        for (Iterator<Change> all = waiting.iterator(); all.hasNext() && group.operations.size() < FULL;) {
            Change change = all.next();
            if (change.result.isDone()) {
                all.remove();
            } else if (fits(change, group, kept)) {
                all.remove();
                group.changes.add(change);
                change.step().forEach(operation -> group.operations.put(operation.rule(), operation));
            } else {
                change.step().forEach(operation -> kept.add(operation.rule()));
            }
        }
        if (group.changes.isEmpty()) {
            return null;
        }
        underWay.add(group);
        return group;
    }

    private boolean isUnderWay(FlowRule rule) {
        for (Group group : underWay) {
            if (group.operations.containsKey(rule)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(Change change, Group group, Set<FlowRule> kept) {
        for (FlowRuleOperation operation : change.step()) {
            FlowRuleOperation other = group.operations.get(operation.rule());
            boolean same = other == null
                    || other.type() == operation.type() && other.rule().exactMatch(operation.rule());
            if (!same || kept.contains(operation.rule()) || isUnderWay(operation.rule())) {
                return false;
            }
        }
        return group.operations.isEmpty() || group.operations.size() + change.step().size() <= FULL;
    }

    private void send(Group group) {
        FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
        group.operations.values().forEach(operation -> {
            if (operation.type() == FlowRuleOperation.Type.REMOVE) {
                operations.remove(operation.rule());
            } else {
                operations.add(operation.rule());
            }
        });
        CompletableFuture.delayedExecutor(patienceMillis, TimeUnit.MILLISECONDS).execute(() -> {
            if (leave(group)) {
                proceed();
            }
        });
        rules.apply(operations.build(new FlowRuleOperationsContext() {
            @Override
            public void onSuccess(FlowRuleOperations done) {
                answered(group, Set.of());
            }

            @Override
            public void onError(FlowRuleOperations failed) {
                Set<FlowRule> refused = failed.stages().stream().flatMap(Set::stream).map(FlowRuleOperation::rule)
                        .collect(Collectors.toSet());
                // Should ONOS not tell which, none of them can be relied on.
                answered(group, refused.isEmpty() ? group.operations.keySet() : refused);
            }
        }));
    }

    private synchronized boolean leave(Group group) {
        return underWay.remove(group);
    }

    private void answered(Group group, Set<FlowRule> refused) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            underWay.remove(group);
            for (int i = group.changes.size() - 1; i >= 0; i--) {
                Change change = group.changes.get(i);
                String failed = refused.isEmpty() ? "" : change.step().stream()
                        .filter(operation -> refused.contains(operation.rule()))
                        .map(operation -> operation.type() + " " + operation.rule().table())
                        .collect(Collectors.joining(", "));
                if (!failed.isEmpty()) {
                    news.add(() -> change.result.completeExceptionally(
                            new IllegalStateException("refused: " + failed)));
                } else if (++change.next == change.steps.size()) {
                    news.add(() -> change.result.complete(null));
                } else {
                    // Who began earlier also ends earlier.
                    waiting.addFirst(change);
                }
            }
        }
        // The switch has work before anybody is told.
        proceed();
        news.forEach(Runnable::run);
    }
}
