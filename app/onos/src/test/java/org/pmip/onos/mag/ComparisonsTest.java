// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;

/** Comparisons of switches for reasons that come at any time. */
class ComparisonsTest {

    private static final DeviceId SWITCH = DeviceId.deviceId("device:mag1");
    private final List<CompletableFuture<Integer>> begun = new ArrayList<>();
    private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
    private final Comparisons comparisons = new Comparisons(device -> {
        begun.add(new CompletableFuture<>());
        return begun.get(begun.size() - 1);
    }, Runnable::run, millis -> task -> timers.computeIfAbsent(millis, key -> new ArrayList<>()).add(task));

    private void over(int number, int count) {
        begun.get(number).complete(count);
    }

    @Test
    void aReasonThatComesMeanwhileIsNotForgotten() {
        CompletableFuture<Void> first = comparisons.begin(SWITCH);
        CompletableFuture<Void> second = comparisons.begin(SWITCH);
        assertThat(begun).hasSize(1);
        over(0, 0);
        assertThat(first).isDone();
        assertThat(second).as("the first one may have looked before").isNotDone();
        assertThat(comparisons.done(SWITCH)).isFalse();
        assertThat(begun).hasSize(2);
        over(1, 0);
        assertThat(second).isDone();
        assertThat(comparisons.done(SWITCH)).isTrue();
        assertThat(begun).hasSize(2);
        assertThat(timers).isEmpty();
    }

    @Test
    void itIsTriedUntilItSucceeds() {
        CompletableFuture<Void> success = comparisons.begin(SWITCH);
        begun.get(0).completeExceptionally(new IllegalStateException("refused"));
        assertThat(success).isNotDone();
        timers.pollFirstEntry().getValue().forEach(Runnable::run);
        over(1, 3);
        assertThat(success).isCompleted();
        assertThat(comparisons.done(SWITCH)).isTrue();
        assertThat(timers.pollFirstEntry().getValue()).as("a second look").hasSize(1);
    }

    @Test
    void aSwitchOfAnotherNodeIsNotDone() {
        CompletableFuture<Void> success = comparisons.begin(SWITCH);
        over(0, Comparisons.NOT_OURS);
        assertThat(success).isCompleted();
        assertThat(comparisons.done(SWITCH)).isFalse();
        comparisons.begin(SWITCH);
        over(1, 0);
        assertThat(comparisons.done(SWITCH)).isTrue();
        comparisons.forget(SWITCH);
        assertThat(comparisons.done(SWITCH)).isFalse();
    }

    @Test
    void nothingIsBegunOnceItIsStopped() {
        comparisons.begin(SWITCH);
        comparisons.begin(SWITCH);
        comparisons.stop();
        over(0, 5);
        comparisons.begin(SWITCH);
        assertThat(begun).hasSize(1);
        assertThat(timers).isEmpty();
    }
}
