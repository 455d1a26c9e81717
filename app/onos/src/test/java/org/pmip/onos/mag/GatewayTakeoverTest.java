// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.flow.FlowRule;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.Surroundings;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * Nodes of a cluster, on one store, are one after another the master of a gateway's switch: what one has begun the next
 * one finishes. Time passes only where the test lets it.
 */
class GatewayTakeoverTest extends GatewayTakeoverBed {

    @Test
    void whatTheSwitchHasLostOfASessionIsWrittenAgain() throws Exception {
        Member member = new Member();
        member.takesOver();
        Set<FlowRule> without = onos.rules();
        member.solicit();
        member.accepted(member.request());
        Surroundings.until("the node is told of its router", () -> !advertisements.isEmpty());
        Set<FlowRule> entries = new HashSet<>(onos.rules());
        entries.removeAll(without);
        assertThat(entries).isNotEmpty();
        onos.lose(entries);
        refused(member);
        Surroundings.until("the entries are there again", () -> onos.rules().containsAll(entries));
        onos.lose(entries);
        pass(60);
        refused(member);
        Surroundings.until("the entries are there once more", () -> onos.rules().containsAll(entries));
    }

    @Test
    @Requirement({"PMIP10-6.9.4-3", "PMIP10-6.9.1.3-2", "PMIP10-6.9.1.3-3"})
    void requestsAreRepeatedAndLifetimesExtendedByWhoeverIsTheMasterThen() throws Exception {
        Member first = new Member();
        Member second = new Member();
        Member third = new Member();
        first.takesOver();
        first.solicit();
        BindingUpdate lost = first.request();
        first.dies();
        second.takesOver();
        pass(2);
        BindingUpdate repeated = second.request();
        assertThat(repeated.first(MobileNodeIdentifier.class)).isEqualTo(lost.first(MobileNodeIdentifier.class));
        assertThat(repeated.lifetime()).isEqualTo(lost.lifetime());
        assertThat(advertisements).as("before the binding is in force").isEmpty();
        second.accepted(repeated);
        Surroundings.until("the node is told of its prefix", () -> !advertisements.isEmpty());
        assertThat(isActive(second)).isTrue();
        assertThat(List.of(entries("access_nodes"), entries("access_deliveries"))).containsOnly(1L);
        BindingUpdateList registered = second.services.lists.find("mn1@example.net").orElseThrow();

        second.dies();
        third.takesOver();
        pass(3_001);
        BindingUpdate extension = third.request();
        assertThat(extension.first(HandoffIndicator.class).orElseThrow().value())
                .isEqualTo(HandoffIndicator.UNCHANGED);
        assertThat(extension.first(HomeNetworkPrefix.class).orElseThrow().prefix()).isEqualTo(HOME);
        third.accepted(extension);
        Surroundings.until("the lifetime counts from the extension on", () -> third.services.lists
                .find("mn1@example.net").filter(list -> list.deadline().isPresent() && list.deadline().getAsLong()
                        > registered.deadline().getAsLong()).isPresent());
        assertThat(isActive(third)).isTrue();
        assertThat(List.of(entries("access_nodes"), entries("access_deliveries"))).containsOnly(1L);
        assertThat(advertisements).allSatisfy(told -> assertThat(told.prefixes()).singleElement()
                .satisfies(prefix -> {
                    assertThat(prefix.prefix()).isEqualTo(HOME);
                    assertThat(prefix.valid()).isPositive();
                }));
        assertThat(third.requests).as("once").isEmpty();
    }

    @Test
    void aSwitchThatObeysAnotherNodeByNowHasRefusedNoSession() throws Exception {
        Member first = new Member();
        Member second = new Member();
        first.takesOver();
        first.solicit();
        BindingUpdate request = first.request();
        onos.refusing = Optional.of(() -> commander = NodeId.nodeId("another"));
        first.accepted(request);
        Surroundings.until("nothing is known of the entries", () -> counted.contains("no word of the switch"));
        workers.submit(() -> { }).get();
        assertThat(first.requests).as("no de-registration").isEmpty();
        assertThat(advertisements).as("before the switch has the entries").isEmpty();
        first.dies();
        onos.refusing = Optional.empty();
        second.takesOver();
        second.solicit();
        Surroundings.until("the node is told of its prefix", () -> !advertisements.isEmpty());
        assertThat(isActive(second)).isTrue();
        assertThat(List.of(entries("access_nodes"), entries("access_deliveries"))).containsOnly(1L);
        assertThat(second.requests).isEmpty();
    }

    @Test
    @Requirement("PMIP10-6.9.4-4")
    void whoWasAskedByAMasterThatDiedIsAskedAgainBeforeItCountsAsGone() throws Exception {
        Member first = new Member();
        Member second = new Member();
        first.takesOverAndServes();
        first.answered = false;
        pass(3_001);
        Surroundings.until("the node is asked before the extension", () -> first.asked > 0);
        first.dies();
        second.takesOver();
        // The time for an answer to the former master is over.
        pass(60);
        BindingUpdate extension = second.request();
        assertThat(extension.lifetime()).as("no de-registration").isPositive();
        assertThat(second.asked).isPositive();
        assertThat(isActive(second)).isTrue();
    }

    @Test
    @Requirement("PMIP10-6.9.4-4")
    void aStoreThatAnswersLateMakesNobodyLeave() throws Exception {
        Member member = new Member();
        member.takesOverAndServes();
        member.answered = false;
        // The timer does not wait for that.
        storedLate(member::looks);
        pass(3_001);
        Surroundings.until("the node is asked", () -> member.asked > 0);
        member.services.processor.perform(MobileNodeIdentifier.ofNai("mn1@example.net"), MagEvent.policyChanged())
                .get();
        assertThat(member.requests).as("it has had no time to answer").isEmpty();
        assertThat(isActive(member)).isTrue();
        member.solicit();
        assertThat(member.request().lifetime()).as("an extension").isPositive();
    }

    @Test
    @Requirement("PMIP10-6.9.4-4")
    void whoDoesNotAnswerInItsTimeIsGoneThoughTheStoreAnsweredLate() throws Exception {
        Member member = new Member();
        member.takesOverAndServes();
        member.answered = false;
        storedLate(() -> { });
        pass(3_001);
        Surroundings.until("the node is asked", () -> member.asked > 0);
        for (int seconds = 1; member.requests.isEmpty(); seconds++) {
            assertThat(seconds).as("seconds that it has").isLessThan(6);
            pass(1);
            member.looks();
        }
        assertThat(member.request().lifetime()).as("a de-registration").isZero();
    }

    /** Whatever the clocks of their machines show, and wherever one of them is set meanwhile. */
    @ParameterizedTest
    @CsvSource({"0, 7200000, 0", "0, -7200000, 0", "-300000, 0, 0", "7200000, 0, 0", "0, 0, 3600000",
        "0, 0, -3600000"})
    @Requirement("PMIP10-6.9.1.3-2")
    void clocksThatDifferNeitherHastenNorDelayAnExtension(long one, long other, long step) throws Exception {
        Member first = new Member(one);
        Member second = new Member(other);
        first.takesOverAndServes();
        first.machine.stepped(step);
        pass(1_000);
        first.dies();
        second.machine.stepped(-step);
        second.takesOver();
        int told = advertisements.size();
        pass(1_900);
        // The deadlines are looked at before the advertisements.
        Surroundings.until("the next master tells the node of its router", () -> advertisements.size() > told
                && advertisements.get(advertisements.size() - 1).prefixes().get(0).valid() <= 1_100);
        workers.submit(() -> { }).get();
        assertThat(second.requests).as("not early").isEmpty();
        assertThat(advertisements.get(advertisements.size() - 1).prefixes().get(0).valid())
                .as("what is left of 4000 s").isBetween(1_050L, 1_100L);
        pass(110);
        assertThat(second.request().first(HandoffIndicator.class).orElseThrow().value()).as("in time")
                .isEqualTo(HandoffIndicator.UNCHANGED);
        assertThat(isActive(second)).isTrue();
    }
}
