// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What people are told of what is done later. */
class WaitingTest {

    private static final long LONG = 60;

    @Test
    void whatIsDoneIsTheAnswer() {
        assertThat(Waiting.on("", CompletableFuture.completedFuture(7), LONG)).isEqualTo(7);
    }

    @Test
    void whatFailsSaysWhyWithTheNameOfWhatItIsAbout() {
        IllegalStateException why = new IllegalStateException("the store is away");
        assertThatThrownBy(() -> Waiting.on("session 7: ", CompletableFuture.failedFuture(why), LONG))
                .isInstanceOf(IllegalStateException.class).hasMessage("session 7: the store is away").hasCause(why);
    }

    @Test
    void aFailureWithoutWordsIsNotToldAsNull() {
        assertThatThrownBy(() -> Waiting.on("", CompletableFuture.failedFuture(new ArithmeticException()), LONG))
                .isInstanceOf(IllegalStateException.class).hasMessage("java.lang.ArithmeticException");
    }

    @Test
    void whatTakesLongerGoesOn() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        assertThatThrownBy(() -> Waiting.on("session 7: ", future, 0)).isInstanceOf(IllegalStateException.class)
                .hasMessage("session 7: not done after 0 s; it goes on");
        assertThat(future).isNotDone();
    }

    @Test
    void whoIsInterruptedStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Waiting.on("", new CompletableFuture<>(), LONG))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("it goes on");
        assertThat(Thread.interrupted()).isTrue();
    }
}
