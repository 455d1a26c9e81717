// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;

/** Regular access beside sessions with the mobility service that take its place, and beside other configurations. */
class PlainOrderTest extends PlainNodesBed {

    @Test
    void aSessionWithTheMobilityServiceTakesThePlace() {
        nodes.attached(at("mag1", 1), false);
        Ip6Prefix own = at(at("mag1", 1));
        PlainLeaving left = nodes.overtaken(at("mag1", 1)).orElseThrow();
        assertThat(left.entries()).as("goes with the session's write").hasSize(1);
        assertThat(left.ready()).isCompleted();
        assertThat(seen).endsWith("withdraw " + own + " and stay", "removed " + own);
        assertThat(nodes.overtaken(at("mag1", 1))).isEmpty();
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        assertThat(services.visitedPrefixes.holders()).as("the switch still has its entries").hasSize(1);
        left.over();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    void whoIsOvertakenWhileTheSwitchIsWrittenIsToldOfNoPrefixAfterwards() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        Ip6Prefix own = at(at("mag1", 1));
        PlainLeaving left = nodes.overtaken(at("mag1", 1)).orElseThrow();
        assertThat(left.ready()).as("the session's entries must not be overwritten").isNotDone();
        answer.complete(null);
        assertThat(left.ready()).isCompleted();
        left.over();
        assertThat(seen).containsExactly("-0 +1", "withdraw " + own + " and stay", "removed " + own);
        assertThat(services.visitedPrefixes.holders()).isEmpty();
        nodes.attached(at("mag1", 1), false);
        assertThat(seen).as("the next time").endsWith("-0 +1", "advertise " + own);
    }

    @Test
    void aSessionThatOvertakesWaitsForAWriteThatIsRefusedToo() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        PlainLeaving left = nodes.overtaken(at("mag1", 1)).orElseThrow();
        answer.completeExceptionally(new IllegalStateException("table full"));
        assertThat(left.ready()).isCompleted();
        left.over();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
        assertThat(seen).noneMatch(line -> line.startsWith("advertise"));
    }

    @Test
    void nobodyOvertakesBetweenTheLastLookAndTheWrite() throws Exception {
        CompletableFuture<Optional<PlainLeaving>> overtaken = new CompletableFuture<>();
        Thread other = new Thread(() -> overtaken.complete(nodes.overtaken(at("mag1", 1))), "overtaking");
        overtaking = () -> {
            other.start();
            while (other.getState() != Thread.State.BLOCKED && other.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            assertThat(overtaken).as("it waits until the write has begun").isNotDone();
        };
        nodes.attached(at("mag1", 1), false);
        PlainLeaving left = overtaken.get(60, TimeUnit.SECONDS).orElseThrow();
        assertThat(left.entries()).hasSize(1);
        assertThat(left.ready()).isCompleted();
        left.over();
        assertThat(seen).first().isEqualTo("-0 +1");
        assertThat(seen.get(seen.size() - 1)).as("whatever it was told before").startsWith("removed");
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    void aPlaceThatHasItAgainKeepsIt() {
        nodes.attached(at("mag1", 1), false);
        PlainLeaving left = nodes.overtaken(at("mag1", 1)).orElseThrow();
        nodes.attached(at("mag1", 1), false);
        left.over();
        assertThat(services.visitedPrefixes.holders()).containsOnlyKeys(at(at("mag1", 1)).toString());
    }

    @Test
    void whoWaitsForItsTurnIsServedByTheConfigurationThatCountsThen() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag2", 1), false);
        PlainNodes former = nodes;
        nodes = configured();
        former.stop();
        seen.clear();
        CompletableFuture<Void> first = answer;
        answer = CompletableFuture.completedFuture(null);
        first.completeExceptionally(new CancellationException("another configuration"));
        assertThat(nodes.at(at("mag1", 1))).as("asked for again, after the other place").isPresent();
        assertThat(seen).endsWith("-1 +1", "advertise " + at(at("mag1", 1)));
        assertThat(services.visitedPrefixes.holders()).hasSize(1);
    }

    @Test
    void withoutGatewaysNobodyIsServed() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag2", 1), false);
        services.plain = Optional.empty();
        nodes.stop();
        seen.clear();
        answer.completeExceptionally(new CancellationException("no gateways"));
        assertThat(seen).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
        assertThat(services.places.isEmpty()).isTrue();
    }

    @Test
    void whoIsOvertakenBeforeTheSwitchIsWrittenGetsNothing() {
        store.onClaim = () -> overtake(at("mag1", 1));
        nodes.attached(at("mag1", 1), false);
        assertThat(seen).containsExactly("-0 +0");
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    void whoWaitedForTheSwitchWhenItWasOvertakenGetsNothing() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag1", 1), false);
        assertThat(overtake(at("mag1", 1))).isEqualTo(1);
        seen.clear();
        answer.complete(null);
        assertThat(seen).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    void aConfigurationThatIsNoneAnyMoreTakesNothingBack() {
        nodes.attached(at("mag1", 1), false);
        entitled = false;
        nodes.stop();
        nodes.sweep(() -> seen.add("compare"));
        assertThat(seen).doesNotContain("compare");
        assertThat(nodes.at(at("mag1", 1))).isPresent();
    }
}
