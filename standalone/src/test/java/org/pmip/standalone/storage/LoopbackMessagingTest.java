// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atomix.cluster.messaging.MessagingException;
import io.atomix.utils.net.Address;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackMessagingTest {
    private static final Address HERE = Address.from("127.0.0.1", 9876);
    private static final Address ELSEWHERE = Address.from("127.0.0.1", 9877);
    private static final byte[] WORD = "word".getBytes(StandardCharsets.US_ASCII);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final LoopbackMessaging messaging = new LoopbackMessaging(HERE, SHORT);

    @BeforeEach
    void start() {
        messaging.start().join();
        messaging.registerHandler("echo", (from, bytes) -> CompletableFuture.completedFuture(bytes));
        messaging.registerHandler("silence", (from, bytes) -> new CompletableFuture<>());
    }

    private static void assertGivenUp(CompletableFuture<byte[]> answer) {
        assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void anAnswerIsHandedOver() {
        assertThat(messaging.sendAndReceive(HERE, "echo", WORD, true).join()).isEqualTo(WORD);
        assertThat(messaging.sendAndReceive(HERE, "echo", WORD, true, Runnable::run).join()).isEqualTo(WORD);
        assertThat(messaging.sendAndReceive(HERE, "echo", WORD, true, LONG).join()).isEqualTo(WORD);
    }

    @Test
    void whoSetsNoLimitIsNotLeftWaiting() {
        assertGivenUp(messaging.sendAndReceive(HERE, "silence", WORD, true));
        assertGivenUp(messaging.sendAndReceive(HERE, "silence", WORD, true, Runnable::run));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void aLimitThatIsNoneIsTheOwnOne(String none) {
        Duration limit = none == null ? null : Duration.parse(none);
        assertGivenUp(messaging.sendAndReceive(HERE, "silence", WORD, true, limit));
    }

    @Test
    void whoSetsALimitWaitsForThat() {
        LoopbackMessaging patient = new LoopbackMessaging(HERE, LONG);
        patient.start().join();
        patient.registerHandler("silence", (from, bytes) -> new CompletableFuture<>());
        assertGivenUp(patient.sendAndReceive(HERE, "silence", WORD, true, SHORT));
    }

    @Test
    void thereIsNobodyElse() {
        assertThatThrownBy(() -> messaging.sendAndReceive(ELSEWHERE, "echo", WORD, true).get())
            .hasCauseInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> messaging.sendAndReceive(HERE, "unknown", WORD, true).get())
            .hasCauseInstanceOf(MessagingException.NoRemoteHandler.class);
    }
}
