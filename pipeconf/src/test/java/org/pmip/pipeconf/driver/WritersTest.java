// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiMatchKey;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;

class WritersTest {

    private static final PiTableEntryHandle ENTRY = PiTableEntry.builder().forTable(PiTableId.of("t"))
            .withMatchKey(PiMatchKey.EMPTY).build().handle(DeviceId.deviceId("device:lma1"));
    private final Writers writers = new Writers();

    @Test
    void aWriteThatBeganBeforeTheReadAndEndsAfterItIsKnownToTheReader() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        CompletableFuture<String> write = CompletableFuture.supplyAsync(() -> writers.write(List.of(ENTRY), () -> {
            begun.countDown();
            await(read);
            return "written";
        }));
        await(begun);
        assertThat(seen(read::countDown)).containsExactly(ENTRY);
        assertThat(write.get(30, TimeUnit.SECONDS)).isEqualTo("written");
    }

    @Test
    void aWriteThatEndedBeforeIsNot() {
        writers.write(List.of(ENTRY), () -> "written");
        assertThat(seen(() -> { })).isEmpty();
        writers.write(List.of(ENTRY), () -> "written");
        assertThat(seen(() -> { })).isEmpty();
    }

    @Test
    void whoWritesWaitsForConclusionsAndNotForTheReader() {
        Set<PiTableEntryHandle> seen = new HashSet<>();
        writers.read(conclusions -> {
            conclusions.draw(seen::addAll);
            assertThat(seen).isEmpty();
            CompletableFuture.runAsync(() -> writers.write(List.of(ENTRY), () -> "written")).join();
            conclusions.draw(seen::addAll);
            return "read";
        });
        assertThat(seen).containsExactly(ENTRY);
    }

    private Set<PiTableEntryHandle> seen(Runnable read) {
        Set<PiTableEntryHandle> seen = new HashSet<>();
        return writers.read(conclusions -> {
            read.run();
            conclusions.draw(seen::addAll);
            return seen;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
