// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a task leaves for the next one of its key. */
class KeyedSequencerTest {

    private final List<String> done = new ArrayList<>();

    private CompletableFuture<Void> note(String what) {
        done.add(what);
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void anErrorHoldsUpNothing() {
        KeyedSequencer sequencer = new KeyedSequencer(Runnable::run, 1);
        CompletableFuture<Void> first = new CompletableFuture<>();
        assertThat(sequencer.submit("mn", () -> first)).isTrue();
        assertThat(sequencer.submit("mn", () -> {
            throw new NoClassDefFoundError("a class of a bundle that is being changed");
        })).isTrue();

        first.complete(null);

        assertThat(sequencer.active()).isZero();
        assertThat(sequencer.submit("mn", () -> note("next"))).isTrue();
        assertThat(done).containsExactly("next");
    }

    @Test
    void whatNobodyWouldAddAgainIsTakenHoweverManyWait() {
        KeyedSequencer sequencer = new KeyedSequencer(Runnable::run, 1);
        CompletableFuture<Void> first = new CompletableFuture<>();
        sequencer.submit("mn", () -> first);
        assertThat(sequencer.submit("mn", () -> note("a frame"))).isTrue();
        assertThat(sequencer.submit("mn", () -> note("another frame"))).isFalse();
        sequencer.submitAlways("mn", () -> note("its port went down"));
        sequencer.submitAlways("mn", () -> note("its profile changed"));
        first.complete(null);
        assertThat(done).containsExactly("a frame", "its port went down", "its profile changed");
        assertThat(sequencer.active()).isZero();
    }

    @Test
    void aTaskThatFailedLaterHoldsUpNothingEither() {
        KeyedSequencer sequencer = new KeyedSequencer(Runnable::run, 2);
        CompletableFuture<Void> first = new CompletableFuture<>();
        sequencer.submit("mn", () -> first);
        sequencer.submit("mn", () -> note("one"));
        sequencer.submit("mn", () -> note("two"));
        assertThat(sequencer.submit("mn", () -> note("too many"))).isFalse();

        first.completeExceptionally(new StackOverflowError());

        assertThat(done).containsExactly("one", "two");
        assertThat(sequencer.active()).isZero();
    }
}
