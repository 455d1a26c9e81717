// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;

/** One thing after another for each switch. */
class TurnsTest {

    private static final DeviceId ONE = DeviceId.deviceId("device:1");
    private static final DeviceId TWO = DeviceId.deviceId("device:2");

    private final Turns turns = new Turns();
    private final List<CompletableFuture<Integer>> begun = new ArrayList<>();

    private CompletableFuture<Integer> take(DeviceId device) {
        return turns.take(device, () -> {
            begun.add(new CompletableFuture<>());
            return begun.get(begun.size() - 1);
        }, Runnable::run);
    }

    @Test
    void whatIsUnderWayIsWaitedForHoweverItEnds() {
        CompletableFuture<Integer> first = take(ONE);
        CompletableFuture<Integer> second = take(ONE);
        CompletableFuture<Integer> third = take(ONE);
        assertThat(begun).hasSize(1);
        begun.get(0).completeExceptionally(new IllegalStateException("refused"));
        assertThat(first).isCompletedExceptionally();
        assertThat(begun).hasSize(2);
        begun.get(1).complete(2);
        assertThat(second).isCompletedWithValue(2);
        begun.get(2).complete(3);
        assertThat(third).isCompletedWithValue(3);
        assertThat(turns.active()).isZero();
    }

    @Test
    void anotherSwitchWaitsForNobody() {
        take(ONE);
        take(TWO);
        assertThat(begun).hasSize(2);
        assertThat(turns.active()).isEqualTo(2);
    }

    @Test
    void whatThrowsIsOver() {
        CompletableFuture<Integer> failed = turns.take(ONE, () -> {
            throw new NoClassDefFoundError("of a bundle that was replaced");
        }, Runnable::run);
        assertThat(failed).isCompletedExceptionally();
        take(ONE);
        assertThat(begun).hasSize(1);
    }
}
