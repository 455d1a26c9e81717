// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private final Deque<CompletableFuture<Integer>> passes = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Long> pauses = new ArrayList<>();
    private boolean wanted = true;
    private RuntimeException failure;
    private int afterwards;
    private final Reconciler reconciler = new Reconciler("device:1", () -> {
        if (failure != null) {
            throw failure;
        }
        CompletableFuture<Integer> pass = new CompletableFuture<>();
        passes.add(pass);
        return pass;
    }, () -> wanted, () -> afterwards++, Runnable::run, (millis, task) -> {
        pauses.add(millis);
        later.add(task);
    });

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
        reconciler.begin();
        reconciler.begin();
        assertThat(passes).as("one at a time").hasSize(1);
        passes.remove().complete(0);
        assertThat(reconciler.done()).as("that pass may have begun before the reason").isFalse();
        later.remove().run();
        passes.remove().complete(0);
        assertThat(reconciler.done()).isTrue();
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
        reconciler.begin();
        passes.remove().completeExceptionally(new IllegalStateException("refused"));
        failure = new IllegalStateException("no store");
        later.remove().run();
        assertThat(reconciler.done()).isFalse();
        failure = null;
        later.remove().run();
        passes.remove().complete(0);
        assertThat(reconciler.done()).isTrue();
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
        reconciler.begin();
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
        assertThat(pauses).startsWith(1_000L, 2_000L, 4_000L).endsWith(30_000L, 30_000L);
    }
}
