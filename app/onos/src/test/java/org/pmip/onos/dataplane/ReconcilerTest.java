// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageException;

/** Comparisons of a switch for reasons that come at any time. */
class ReconcilerTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:1");

    private final Deque<CompletableFuture<Integer>> passes = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Long> pauses = new ArrayList<>();
    private final Turns turns = new Turns();
    private boolean wanted = true;
    private RuntimeException failure;
    private int afterwards;
    private final Reconciler reconciler = make(1_000);

    private Reconciler make(long firstPause) {
        return new Reconciler(DEVICE, progress -> {
            if (failure != null) {
                throw failure;
            }
            CompletableFuture<Integer> pass = new CompletableFuture<>();
            passes.add(pass);
            return pass;
        }, () -> {
            if (failure instanceof StorageException) {
                throw failure;
            }
            return wanted;
        }, () -> afterwards++, turns, Runnable::run, (millis, task) -> {
            pauses.add(millis);
            later.add(task);
        }, firstPause);
    }

    @Test
    void passesAreMadeUntilOneFindsNothing() {
        reconciler.begin();
        assertThat(reconciler.done()).isFalse();
        passes.remove().complete(7);
        assertThat(reconciler.done()).isTrue();
        later.remove().run();
        passes.remove().complete(1);
        later.remove().run();
        passes.remove().complete(0);
        assertThat(later).isEmpty();
        assertThat(pauses).containsExactly(1_000L, 2_000L);
        assertThat(afterwards).isEqualTo(3);
        reconciler.begin();
        assertThat(reconciler.done()).isFalse();
        assertThat(passes).hasSize(1);
    }

    @Test
    void aReasonThatComesDuringAPassMakesAnother() {
        CompletableFuture<Void> first = reconciler.begin();
        CompletableFuture<Void> second = reconciler.begin();
        assertThat(passes).as("one at a time").hasSize(1);
        passes.remove().complete(0);
        assertThat(first).isCompleted();
        assertThat(second).as("that pass may have begun before the reason").isNotDone();
        assertThat(reconciler.done()).isFalse();
        passes.remove().complete(0);
        assertThat(second).isCompleted();
        assertThat(reconciler.done()).isTrue();
        assertThat(passes).isEmpty();
        assertThat(later).isEmpty();
    }

    @Test
    void aReasonDoesNotWaitForAPauseToEnd() {
        reconciler.begin();
        passes.remove().complete(7);
        Runnable late = later.remove();
        reconciler.begin();
        assertThat(passes).as("the switch may have come back empty").hasSize(1);
        late.run();
        assertThat(passes).as("one at a time").hasSize(1);
        passes.remove().complete(0);
        assertThat(reconciler.done()).isTrue();
        assertThat(passes).isEmpty();
    }

    @Test
    void aPassThatFailsIsMadeAgain() {
        CompletableFuture<Void> success = reconciler.begin();
        passes.remove().completeExceptionally(new IllegalStateException("refused"));
        failure = new IllegalStateException("a bug");
        later.remove().run();
        failure = new StorageException.Unavailable();
        later.remove().run();
        assertThat(reconciler.done()).isFalse();
        assertThat(success).isNotDone();
        failure = null;
        later.remove().run();
        passes.remove().complete(0);
        assertThat(success).isCompleted();
        assertThat(reconciler.done()).isTrue();
        assertThat(pauses).containsExactly(1_000L, 1_000L, 1_000L);
    }

    @Test
    void aPassOnSomebodysWordWaitsForTheOneThatIsOnItsWay() {
        reconciler.begin();
        CompletableFuture<Integer> asked = reconciler.now();
        assertThat(passes).as("one at a time").hasSize(1);
        passes.remove().complete(0);
        assertThat(passes).hasSize(1);
        assertThat(asked).isNotDone();
        reconciler.begin();
        assertThat(passes).as("one at a time").hasSize(1);
        passes.remove().complete(4);
        assertThat(asked).isCompletedWithValue(4);
        passes.remove().complete(0);
        assertThat(reconciler.done()).isTrue();
        failure = new IllegalStateException("no store");
        assertThat(reconciler.now()).isCompletedExceptionally();
        failure = null;
        assertThat(reconciler.now()).as("after a failure").isNotDone();
        assertThat(passes).hasSize(1);
    }

    @Test
    void whoDoesNotKeepTheSwitchLeavesIt() {
        wanted = false;
        assertThat(reconciler.begin()).as("another node sees to it").isCompleted();
        assertThat(passes).isEmpty();
        assertThat(reconciler.done()).isFalse();
        wanted = true;
        reconciler.begin();
        passes.remove().complete(3);
        wanted = false;
        later.remove().run();
        assertThat(passes).isEmpty();
    }

    @Test
    void aSwitchThatNeverComesToRestIsLookedAtLessOften() {
        reconciler.begin();
        for (int i = 0; i < 12; i++) {
            passes.remove().complete(1);
            later.remove().run();
        }
        assertThat(pauses).startsWith(1_000L, 2_000L, 4_000L).endsWith(256_000L, 300_000L, 300_000L, 300_000L);
    }

    @Test
    void theFirstPauseIsAsLongAsAsked() {
        Reconciler patient = make(5_000);
        patient.begin();
        for (int i = 0; i < 4; i++) {
            passes.remove().complete(1);
            later.remove().run();
        }
        assertThat(pauses).containsExactly(5_000L, 10_000L, 20_000L, 40_000L);
        assertThatThrownBy(() -> make(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsBegunOnceItIsStoppedAndWhoWaitsIsTold() {
        CompletableFuture<Void> first = reconciler.begin();
        CompletableFuture<Void> second = reconciler.begin();
        CompletableFuture<Integer> asked = reconciler.now();
        reconciler.stop();
        assertThatThrownBy(second::join).isInstanceOf(CancellationException.class)
                .hasMessageContaining(DEVICE.toString());
        passes.remove().complete(5);
        assertThat(first).as("nobody knows what else has been written by then").isCompletedExceptionally();
        assertThat(asked).isCompletedExceptionally();
        assertThat(reconciler.begin()).isCompletedExceptionally();
        assertThat(reconciler.done()).isFalse();
        assertThat(passes).isEmpty();
        assertThat(later).isEmpty();
    }

    @Test
    void theNextConfigurationWaitsForThePassOfTheLast() {
        reconciler.begin();
        reconciler.stop();
        Reconciler next = make(1_000);
        next.begin();
        assertThat(passes).hasSize(1);
        passes.remove().completeExceptionally(new IllegalStateException("stopped"));
        assertThat(passes).hasSize(1);
        passes.remove().complete(0);
        assertThat(next.done()).isTrue();
        assertThat(reconciler.done()).isFalse();
    }
}
