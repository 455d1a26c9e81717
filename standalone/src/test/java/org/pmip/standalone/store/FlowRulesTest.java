// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEvent;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchRequest;

@SuppressWarnings("deprecation") // storeFlowRule, by which ONOS's manager stores a rule that it has found
class FlowRulesTest {
    private static final DeviceId DEVICE = DeviceId.deviceId("device:one");

    private boolean master = true;
    private final List<FlowRuleBatchEvent> events = new ArrayList<>();
    private final List<FlowRuleBatchOperation> given = new ArrayList<>();
    private final CompletableFuture<Set<FlowRule>> answer = new CompletableFuture<>();
    /** Asked for nothing but whether this node is the device's master. */
    private final FlowRules rules = new FlowRules((MastershipService) Proxy.newProxyInstance(
        FlowRulesTest.class.getClassLoader(), new Class<?>[] {MastershipService.class},
        (proxy, method, arguments) -> method.getName().equals("isLocalMaster") && master), batch -> {
        given.add(batch);
        return answer;
    });

    @BeforeEach
    void withoutManager() {
        rules.setDelegate(events::add);
    }

    private static FlowRuleBatchOperation batch(long number, FlowRule... rules) {
        return new FlowRuleBatchOperation(Stream.of(rules).map(rule -> new FlowRuleBatchEntry(
            FlowRuleBatchEntry.FlowRuleOperation.ADD, rule)).toList(), DEVICE, number);
    }

    private static FlowRule rule(int port) {
        return DefaultFlowRule.builder().forDevice(DEVICE).withPriority(1).makePermanent().forTable(0)
            .fromApp(new DefaultApplicationId(1, "org.pmip"))
            .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build())
            .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build()).build();
    }

    private FlowEntry only() {
        assertThat(rules.getFlowEntries(DEVICE)).hasSize(1);
        return rules.getFlowEntries(DEVICE).iterator().next();
    }

    @Test
    void aRuleThatADeviceNoLongerHasIsGone() {
        rules.storeFlowRule(rule(2));
        FlowEntry seen = only();
        rules.deleteFlowRule(rule(2));
        assertThat(seen.state()).isEqualTo(FlowEntry.FlowEntryState.PENDING_REMOVE);
        assertThat(rules.removeFlowRule(seen).subject()).isSameAs(seen);
        assertThat(rules.getFlowEntries(DEVICE)).isEmpty();
    }

    @Test
    void aRuleThatWasAskedForAgainStaysWhateverAnOlderReadingSays() {
        rules.storeFlowRule(rule(2));
        rules.deleteFlowRule(rule(2));
        FlowEntry seen = only();
        rules.storeFlowRule(rule(3));
        assertThat(rules.removeFlowRule(seen)).isNull();
        assertThat(only().treatment()).isEqualTo(rule(3).treatment());
        assertThat(only().state()).isEqualTo(FlowEntry.FlowEntryState.PENDING_ADD);
    }

    @Test
    void aRuleThatIsRemovedWhileAReadingIsLookedThroughStaysRemoved() {
        rules.storeFlowRule(rule(2));
        FlowEntry seen = only();
        assertThat(rules.addOrUpdateFlowRule(seen).type()).isEqualTo(FlowRuleEvent.Type.RULE_ADDED);
        rules.deleteFlowRule(rule(2));
        rules.removeFlowRule(seen);
        assertThat(rules.addOrUpdateFlowRule(seen)).isNull();
        assertThat(rules.getFlowEntries(DEVICE)).isEmpty();
    }

    @Test
    void whatIsForADeviceOfAnotherHostIsGivenToItAndItsAnswerCounts() {
        master = false;
        FlowRuleBatchOperation batch = batch(7, rule(2));
        rules.storeBatch(batch);
        assertThat(given).containsExactly(batch);
        assertThat(events).as("not before the other host says").isEmpty();
        answer.complete(Set.of());
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(FlowRuleBatchEvent.Type.BATCH_OPERATION_COMPLETED);
            assertThat(event.subject().batchId()).isEqualTo(7);
            assertThat(event.result().isSuccess()).isTrue();
        });
        assertThat(rules.getFlowEntries(DEVICE)).isEmpty();
        rules.storeBatch(batch(8, rule(2)));
        assertThat(events).hasSize(2);
    }

    @Test
    void whatNoHostTakesIsRefused() {
        master = false;
        answer.completeExceptionally(new IllegalStateException("nobody"));
        rules.storeBatch(batch(7, rule(2)));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.result().isSuccess()).isFalse();
            assertThat(event.result().failedItems()).containsExactly(rule(2));
        });
    }

    @Test
    void anotherHostIsAnsweredWhenTheDeviceHasAnswered() {
        CompletableFuture<Set<FlowRule>> refused = rules.storeForAnother(batch(7, rule(2)));
        assertThat(events).as("the manager is to write it").singleElement()
            .matches(event -> event.type() == FlowRuleBatchEvent.Type.BATCH_OPERATION_REQUESTED);
        long number = events.get(0).subject().batchId();
        assertThat(number).as("a number that no batch of this host has").isNegative();
        assertThat(refused).isNotDone();
        rules.batchOperationComplete(FlowRuleBatchEvent.completed(new FlowRuleBatchRequest(number, Set.of()),
            new CompletedBatchOperation(false, Set.of(rule(2)), DEVICE)));
        assertThat(refused.join()).containsExactly(rule(2));
        assertThat(events).as("the manager did not ask").hasSize(1);
        assertThat(only().treatment()).isEqualTo(rule(2).treatment());
    }

    @Test
    void whoCommandsTheDeviceNoMoreRefuses() {
        master = false;
        assertThat(rules.storeForAnother(batch(7, rule(2))).join()).containsExactly(rule(2));
        assertThat(given).isEmpty();
    }
}
