// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** When a configuration is put in force, and when that is tried again. */
class UpkeepTest {

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Long> pauses = new ArrayList<>();
    private boolean broken;
    private int attempts;
    private boolean ended;
    private final Upkeep upkeep = new Upkeep("anchor", this::apply, executor());

    private void apply() {
        attempts++;
        if (broken) {
            throw new IllegalStateException("the store is away");
        }
    }

    private ScheduledExecutorService executor() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "execute":
                            ((Runnable) arguments[0]).run();
                            return null;
                        case "schedule":
                            later.add((Runnable) arguments[0]);
                            pauses.add((Long) arguments[1]);
                            return null;
                        case "shutdownNow":
                            ended = true;
                            return List.of();
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    @Test
    void whatCannotBeDoneIsTriedAgainAtLongerIntervals() {
        broken = true;
        upkeep.changed();
        for (int i = 0; i < 7; i++) {
            later.remove().run();
        }
        assertThat(attempts).isEqualTo(8);
        assertThat(pauses).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 32_000L, 32_000L);
        broken = false;
        later.remove().run();
        assertThat(attempts).isEqualTo(9);
        assertThat(later).isEmpty();
        broken = true;
        upkeep.now();
        assertThat(pauses).as("a failure of its own").endsWith(1_000L);
    }

    @Test
    void aChangeDoesNotWaitAndWhatWasToBeTriedAgainIsDropped() {
        broken = true;
        upkeep.changed();
        broken = false;
        upkeep.changed();
        assertThat(attempts).isEqualTo(2);
        later.remove().run();
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void nothingIsTriedOnceItIsClosed() {
        broken = true;
        upkeep.changed();
        upkeep.close();
        assertThat(ended).isTrue();
        later.remove().run();
        upkeep.changed();
        upkeep.now();
        assertThat(attempts).isEqualTo(1);
        assertThat(later).isEmpty();
    }
}
