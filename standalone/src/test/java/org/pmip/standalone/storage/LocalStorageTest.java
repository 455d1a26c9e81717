// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.atomix.protocols.raft.session.RaftSession;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.store.atomix.primitives.impl.AtomixConsistentMapBuilder;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.Versioned;
import org.pmip.standalone.Await;

class LocalStorageTest {
    private static final String NAME = "sessions";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;
    private LocalStorage storage;

    @BeforeEach
    void start() throws InterruptedException {
        storage = LocalStorage.start(folder);
    }

    /** On a busy machine that takes longer than {@link LocalStorage#close} waits. */
    @AfterEach
    void stop() throws Exception {
        storage.getAtomix().stop().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private AsyncConsistentMap<String, String> open() {
        AtomixConsistentMapBuilder<String, String> builder =
            new AtomixConsistentMapBuilder<>(storage.getAtomix(), "raft");
        builder.withName(NAME);
        builder.withSerializer(Serializer.using(KryoNamespaces.BASIC));
        return builder.buildAsyncMap();
    }

    private static <T> T answer(CompletableFuture<T> operation) throws Exception {
        return operation.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Two threads of the leader keep the number of a session's last command, and no lock: one can set it back to what
     * it was. The next command then seems to have come before its turn and is put aside, and nobody takes it up when
     * the number is right again.
     */
    @Test
    void aCommandThatTheLeaderHasForgottenIsSentAgain() throws Exception {
        AsyncConsistentMap<String, String> map = open();
        answer(map.put("mn", "first"));
        answer(map.put("mn", "second"));
        RaftSession session = RaftInside.sessionOf(storage, NAME);
        long last = session.getRequestSequence();
        RaftInside.setBack(session, last - 1);
        CompletableFuture<Versioned<String>> third = map.put("mn", "third");
        Await.until("the command is put aside", () -> session.getCommand(last + 1) != null);
        assertThat(third).isNotDone();
        session.setRequestSequence(last);
        assertThat(answer(third).value()).isEqualTo("second");
        assertThat(answer(map.get("mn")).value()).isEqualTo("third");
    }
}
