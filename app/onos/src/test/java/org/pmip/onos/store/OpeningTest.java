// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.Surroundings;

/** Components and a store that is away when they start. */
class OpeningTest {

    private static final long PATIENCE_MILLIS = 60_000;
    private static final long SHORT_MILLIS = 20;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch back = new CountDownLatch(1);

    private Opening opening(Runnable open, long pause) {
        return new Opening("test", () -> {
            attempts.incrementAndGet();
            open.run();
        }, () -> told.add("opened"), () -> told.add("abandoned"), pause);
    }

    /** As Atomix does, which is not to be interrupted. */
    private void waitForTheStore() {
        boolean interrupted = false;
        while (back.getCount() > 0) {
            try {
                assertThat(back.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void mostOftenTheStoreIsThere() {
        opening(() -> { }, PATIENCE_MILLIS).begin(PATIENCE_MILLIS);
        assertThat(told).containsExactly("opened");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aStoreThatRefusesIsTriedAgain() {
        Opening opening = opening(() -> {
            if (attempts.get() < 4) {
                throw new StorageException.Unavailable();
            }
        }, 1);
        opening.begin(PATIENCE_MILLIS);
        Surroundings.until("it is open", () -> !told.isEmpty());
        assertThat(told).containsExactly("opened");
        assertThat(attempts).hasValue(4);
    }

    @Test
    void nobodyWaitsForAStoreThatHasRefused() {
        Opening opening = opening(() -> {
            throw new StorageException.Unavailable();
        }, PATIENCE_MILLIS);
        opening.begin(Long.MAX_VALUE);
        assertThat(attempts).hasValue(1);
        opening.close();
        Surroundings.until("it is given up", () -> !told.isEmpty());
        assertThat(told).containsExactly("abandoned");
    }

    @Test
    void whoStartsDoesNotWaitForAStoreThatIsSilent() {
        opening(this::waitForTheStore, 1).begin(SHORT_MILLIS);
        assertThat(told).isEmpty();
        back.countDown();
        Surroundings.until("it is open", () -> !told.isEmpty());
        assertThat(told).containsExactly("opened");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whoStopsDoesNotWaitForItEither() {
        Opening opening = opening(this::waitForTheStore, 1);
        opening.begin(SHORT_MILLIS);
        opening.close();
        assertThat(told).isEmpty();
        back.countDown();
        Surroundings.until("what was opened late is closed", () -> !told.isEmpty());
        assertThat(told).containsExactly("abandoned");
    }

    @Test
    void whoStopsWaitsForWhatWasBegunWithTheStores() {
        CountDownLatch begun = new CountDownLatch(1);
        Opening opening = new Opening("test", () -> { }, () -> {
            begun.countDown();
            waitForTheStore();
            told.add("opened");
        }, () -> told.add("abandoned"));
        opening.begin(SHORT_MILLIS);
        Surroundings.until("it has begun", () -> begun.getCount() == 0);
        Thread stop = new Thread(opening::close);
        stop.start();
        Surroundings.until("it waits", () -> stop.getState() == Thread.State.BLOCKED);
        back.countDown();
        Surroundings.until("it has stopped", () -> !stop.isAlive());
        assertThat(told).containsExactly("opened");
    }
}
