// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.PipelineEntities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupCommitTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.pmip");

    private final List<FlowRuleOperations> sent = new ArrayList<>();
    private final GroupCommit commit = new GroupCommit(new FlowRuleServiceAdapter() {
        @Override
        public void apply(FlowRuleOperations operations) {
            sent.add(operations);
        }
    }, 120_000, 120_000);

    private static FlowRule rule(int number, int session) {
        return HomeNetwork.builder().domain(1).destination(Ip6Prefix.valueOf("2001:db8:0:" + number + "::/64"))
                .sessionId(session).build().toFlowRule(DEVICE, APPLICATION);
    }

    private static FlowRuleOperation add(int number, int session) {
        return new FlowRuleOperation(rule(number, session), FlowRuleOperation.Type.ADD);
    }

    private static FlowRuleOperation add(int number) {
        return add(number, number);
    }

    private static FlowRuleOperation remove(int number) {
        return new FlowRuleOperation(rule(number, number), FlowRuleOperation.Type.REMOVE);
    }

    @SafeVarargs
    private CompletableFuture<Void> write(List<FlowRuleOperation>... steps) {
        return commit.write(List.of(steps));
    }

    /** The switch is busy with two groups from now on. */
    private void busy() {
        write(List.of(add(100)));
        write(List.of(add(101)));
        assertThat(sent).hasSize(2);
    }

    private FlowRuleOperations group(int index) {
        return sent.get(index);
    }

    /** What a group is made of: two operations are the same when they look so. */
    private ListAssert<String> operations(int index) {
        assertThat(group(index).stages()).hasSize(1);
        return assertThat(words(group(index).stages().get(0).toArray(FlowRuleOperation[]::new)));
    }

    private static List<String> words(FlowRuleOperation... operations) {
        return Stream.of(operations).map(one -> one.type() + " " + PipelineEntities.fromFlowRule(one.rule()))
                .collect(Collectors.toList());
    }

    private void accept(int index) {
        group(index).callback().onSuccess(group(index));
    }

    private void refuse(int index, FlowRule... refused) {
        FlowRuleOperations.Builder builder = FlowRuleOperations.builder();
        for (FlowRule rule : refused) {
            builder.add(rule);
        }
        group(index).callback().onError(builder.build());
    }

    @Test
    void whatComesWhileTheSwitchIsBusyGoesTogether() {
        busy();
        CompletableFuture<Void> one = write(List.of(add(1), add(2)));
        CompletableFuture<Void> other = write(List.of(remove(3)));
        assertThat(sent).hasSize(2);
        accept(0);
        operations(2).containsExactlyInAnyOrderElementsOf(words(add(1), add(2), remove(3)));
        assertThat(one).isNotDone();
        accept(2);
        assertThat(one).isCompleted();
        assertThat(other).isCompleted();
    }

    @Test
    void aStepWaitsForTheOneBeforeAndGoesWithWhatElseWaits() {
        CompletableFuture<Void> steps = write(List.of(add(1)), List.of(add(2)), List.of(remove(3)));
        write(List.of(add(100)));
        CompletableFuture<Void> late = write(List.of(add(4)));
        accept(0);
        operations(2).containsExactlyInAnyOrderElementsOf(words(add(2), add(4)));
        accept(2);
        assertThat(late).isCompleted();
        assertThat(steps).isNotDone();
        operations(3).containsExactlyInAnyOrderElementsOf(words(remove(3)));
        accept(3);
        assertThat(steps).isCompleted();
    }

    @Test
    void aRefusedRuleFailsItsChangeAloneAndEndsIt() {
        busy();
        CompletableFuture<Void> good = write(List.of(add(1)), List.of(add(2)));
        CompletableFuture<Void> bad = write(List.of(add(3), add(4)), List.of(add(5)));
        accept(0);
        refuse(2, rule(4, 4));
        assertThatThrownBy(bad::join).hasRootCauseMessage("refused: ADD home_networks");
        assertThat(good).isNotDone();
        operations(3).containsExactlyInAnyOrderElementsOf(words(add(2)));
        accept(3);
        assertThat(good).isCompleted();
    }

    @Test
    void aFailureThatNamesNoRuleFailsAllOfTheGroup() {
        busy();
        List<CompletableFuture<Void>> both = List.of(write(List.of(add(1))), write(List.of(add(2))));
        accept(0);
        refuse(2);
        assertThat(both).allSatisfy(one -> assertThat(one).isCompletedExceptionally());
    }

    @Test
    void twoThatWantTheSameRuleShareIt() {
        busy();
        CompletableFuture<Void> one = write(List.of(add(1), add(2)));
        CompletableFuture<Void> other = write(List.of(add(1), add(3)));
        accept(0);
        operations(2).containsExactlyInAnyOrderElementsOf(words(add(1), add(2), add(3)));
        refuse(2, rule(1, 1));
        assertThat(one).isCompletedExceptionally();
        assertThat(other).isCompletedExceptionally();
    }

    @Test
    void twoThatWantARuleDifferentlyGoOneAfterTheOther() {
        busy();
        CompletableFuture<Void> first = write(List.of(add(1, 7)));
        CompletableFuture<Void> second = write(List.of(remove(1)));
        // Wants what the first one wants, and yet must not overtake the second.
        CompletableFuture<Void> third = write(List.of(add(1, 7)));
        CompletableFuture<Void> other = write(List.of(add(2)));
        accept(0);
        operations(2).containsExactlyInAnyOrderElementsOf(words(add(1, 7), add(2)));
        accept(1);
        assertThat(sent).as("the rule is still on its way").hasSize(3);
        accept(2);
        assertThat(first).isCompleted();
        assertThat(other).isCompleted();
        operations(3).containsExactlyInAnyOrderElementsOf(words(remove(1)));
        accept(3);
        assertThat(second).isCompleted();
        operations(4).containsExactlyInAnyOrderElementsOf(words(add(1, 7)));
        accept(4);
        assertThat(third).isCompleted();
    }

    @Test
    void aGroupHasAnEnd() {
        busy();
        List<FlowRuleOperation> many = IntStream.range(1_000, 1_900).mapToObj(GroupCommitTest::add)
                .collect(Collectors.toList());
        write(many);
        write(IntStream.range(2_000, 2_200).mapToObj(GroupCommitTest::add).collect(Collectors.toList()));
        write(List.of(add(1)));
        accept(0);
        operations(2).hasSize(901);
        accept(1);
        operations(3).hasSize(200);
    }

    @Test
    void aStepThatIsGreaterThanAGroupGoesAlone() {
        busy();
        write(IntStream.range(1_000, 3_000).mapToObj(GroupCommitTest::add).collect(Collectors.toList()));
        write(List.of(add(1)));
        accept(0);
        operations(2).hasSize(2_000);
        accept(1);
        operations(3).containsExactlyInAnyOrderElementsOf(words(add(1)));
    }

    @Test
    void whatIsNeverAnsweredFailsAndKeepsNobodyBack() {
        List<FlowRuleOperations> seen = new ArrayList<>();
        CompletableFuture<FlowRuleOperations> third = new CompletableFuture<>();
        GroupCommit impatient = new GroupCommit(new FlowRuleServiceAdapter() {
            @Override
            public synchronized void apply(FlowRuleOperations operations) {
                seen.add(operations);
                if (seen.size() == 3) {
                    third.complete(operations);
                }
            }
        }, 120_000, 10);
        impatient.write(List.of(List.of(add(1))));
        impatient.write(List.of(List.of(add(2))));
        CompletableFuture<Void> result = impatient.write(List.of(List.of(add(1))));
        FlowRuleOperations operations = third.orTimeout(60, TimeUnit.SECONDS).join();
        operations.callback().onSuccess(operations);
        assertThat(result.orTimeout(60, TimeUnit.SECONDS).handle((nothing, failure) -> failure).join()).isNull();

        GroupCommit forgotten = new GroupCommit(new FlowRuleServiceAdapter(), 10, 120_000);
        assertThatThrownBy(() -> forgotten.write(List.of(List.of(add(1)))).join())
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void whatHasFailedMeanwhileIsNotWritten() {
        busy();
        CompletableFuture<Void> failed = write(List.of(add(1)));
        failed.cancel(false);
        write(List.of(add(2)));
        accept(0);
        operations(2).containsExactlyInAnyOrderElementsOf(words(add(2)));
    }
}
