// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.onlab.util.ImmutableByteSequence;
import org.onosproject.net.DeviceId;
import org.onosproject.net.pi.model.PiActionId;
import org.onosproject.net.pi.model.PiMatchFieldId;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiExactFieldMatch;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiMatchKey;
import org.onosproject.net.pi.runtime.PiTableEntry;

/**
 * What the writer of table entries makes of sightings and of wishes that come at the same time.
 */
class TableWriterTest {
    private static final PiTableEntry ENTRY = PiTableEntry.builder().forTable(PiTableId.of("table"))
        .withMatchKey(PiMatchKey.builder().addFieldMatch(new PiExactFieldMatch(PiMatchFieldId.of("field"),
            ImmutableByteSequence.copyFrom(7))).build())
        .withAction(PiAction.builder().withId(PiActionId.of("action")).build()).build();
    private static final PiHandle HANDLE = ENTRY.handle(DeviceId.deviceId("device:a"));

    private final TableWriter writer = new TableWriter(null, Runnable::run);

    private UpdateStatus status(CompletableFuture<UpdateStatus> done) {
        writer.drain();
        return done.getNow(null);
    }

    @Test
    void failsWithoutASession() {
        assertThat(status(writer.put(HANDLE, ENTRY)).code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(writer.accepted(HANDLE)).isNull();
    }

    @Test
    void takesWhatIsThereForDone() {
        writer.seen(HANDLE, ENTRY, 10);
        assertThat(writer.accepted(HANDLE).wanted()).isFalse();
        assertThat(status(writer.put(HANDLE, ENTRY)).ok()).isTrue();
        assertThat(writer.accepted(HANDLE).wanted()).isTrue();
    }

    @Test
    void keepsASeenEntryThatSomebodyAsksForBeforeItIsRemoved() {
        writer.seen(HANDLE, ENTRY, 10);
        CompletableFuture<UpdateStatus> put = writer.put(HANDLE, ENTRY);
        writer.removeUnwanted(HANDLE, ENTRY);
        writer.drain();
        assertThat(put.getNow(null).ok()).isTrue();
        assertThat(writer.accepted(HANDLE)).isNotNull();
    }

    @Test
    void removesNothingThatIsNotThere() {
        assertThat(status(writer.remove(HANDLE, ENTRY)).ok()).isTrue();
    }

    @Test
    void believesAReadingOnlyOfEntriesOlderThanTheReading() {
        writer.seen(HANDLE, ENTRY, 10);
        writer.seen(HANDLE, null, 5);
        assertThat(writer.accepted(HANDLE)).as("accepted after the reading began").isNotNull();
        writer.seen(HANDLE, null, 11);
        assertThat(writer.accepted(HANDLE)).as("missed by a later reading").isNull();
    }
}
