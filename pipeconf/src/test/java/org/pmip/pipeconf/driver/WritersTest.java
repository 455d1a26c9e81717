// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import static org.assertj.core.api.Assertions.assertThat;

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
        Set<PiTableEntryHandle> written = writers.read(() -> {
            read.countDown();
            return "read";
        }, (found, during) -> Set.copyOf(during));
        assertThat(written).containsExactly(ENTRY);
        assertThat(write.get(30, TimeUnit.SECONDS)).isEqualTo("written");
    }

    @Test
    void aWriteThatEndedBeforeIsNot() {
        writers.write(List.of(ENTRY), () -> "written");
        assertThat(seen()).isEmpty();
        writers.write(List.of(ENTRY), () -> "written");
        assertThat(seen()).isEmpty();
    }

    private Set<PiTableEntryHandle> seen() {
        return writers.read(() -> "read", (found, during) -> Set.copyOf(during));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
