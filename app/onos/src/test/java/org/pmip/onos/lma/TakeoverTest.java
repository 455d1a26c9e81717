// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** A node of the cluster goes on where another one died, or has not yet noticed that it is not the owner any more. */
class TakeoverTest {

    private static final String NODE = "mn@example.net";

    private final SharedStorage storage = new SharedStorage();
    private final Fixture former = new Fixture(storage);
    private final Fixture next = new Fixture(storage);
    /** What the switch has of the node, whoever wrote it. */
    private MobileNodeRecord table;

    @BeforeEach
    void joinSwitch() {
        for (Fixture one : List.of(former, next)) {
            one.tables = (before, after) -> {
                table = after;
                return CompletableFuture.completedFuture(null);
            };
        }
    }

    private void dies(Fixture one) {
        one.tables = (before, after) -> new CompletableFuture<>();
    }

    @Test
    void whatTheFormerOwnerStoredAndDidNotWriteIsWrittenBeforeTheRepeatedRequestIsAnswered() {
        Request request = former.request(MAG1, NODE, 1, 100);
        dies(former);
        former.processor.accept(request);
        assertThat(former.answers).isEmpty();
        CompletableFuture<Void> written = new CompletableFuture<>();
        next.tables = (before, after) -> {
            table = after;
            return written;
        };
        next.processor.accept(request);
        assertThat(next.answers).as("the switch has not taken it yet").isEmpty();
        assertThat(table).isEqualTo(next.record(NODE));
        written.complete(null);
        assertThat(next.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(next.rewritten).hasSize(1);
        next.processor.accept(request);
        assertThat(next.answers).hasSize(2);
        assertThat(next.rewritten).as("now it is known what the switch has").hasSize(1);
    }

    @Test
    void anExtensionAtANewOwnerWritesAllThatTheSessionNeeds() {
        dies(former);
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        next.now += 1_000;
        next.request(MAG1, NODE, 1, 100);
        next.processor.accept(next.request(MAG1, NODE, 5, 100));
        assertThat(next.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(next.rewritten).containsExactly(next.record(NODE));
        next.processor.accept(next.request(MAG1, NODE, 5, 100));
        assertThat(next.answers).hasSize(2);
        assertThat(next.rewritten).hasSize(1);
    }

    @Test
    void aRepeatedRequestGetsNoAnswerWhereTheSwitchRefuses() {
        Request request = former.request(MAG1, NODE, 1, 100);
        dies(former);
        former.processor.accept(request);
        next.tables = (before, after) -> CompletableFuture.failedFuture(new IllegalStateException("full"));
        next.processor.accept(request);
        assertThat(next.answers).isEmpty();
    }

    @Test
    void whereTheSwitchSaysNothingTheNextRequestIsAnsweredOnceAllIsWritten() {
        former.tables = (before, after) -> CompletableFuture.failedFuture(new CompletionException(
                new TimeoutException()));
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        assertThat(former.answers).isEmpty();
        assertThat(former.record(NODE).entries()).as("it may be in the switch").hasSize(1);
        former.tables = (before, after) -> CompletableFuture.completedFuture(null);
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        assertThat(former.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(former.rewritten).containsExactly(former.record(NODE));
    }

    @Test
    void anotherSwitchIsWrittenInFull() {
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        former.processor.accept(former.request(MAG1, NODE, 5, 100));
        assertThat(former.rewritten).isEmpty();
        former.processor.doubtTables();
        former.processor.accept(former.request(MAG1, NODE, 5, 100));
        assertThat(former.rewritten).containsExactly(former.record(NODE));
    }

    @Test
    void whoIsNoOwnerAnyMoreLeavesTheSwitchAsTheLatestRecordWantsIt() {
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        former.owner = false;
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        former.tables = (before, after) -> stuck.thenRun(() -> table = after);
        former.processor.accept(former.request(MAG1, NODE, 5, 100));
        next.request(MAG1, NODE, 1, 100);
        next.request(MAG1, NODE, 1, 100);
        next.processor.accept(next.request(MAG2, NODE, 3, 100));
        assertThat(next.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        stuck.complete(null);
        assertThat(table).as("the late writer has looked again").isEqualTo(next.record(NODE));
        assertThat(table.entries()).extracting("proxyCoa").containsExactly(MAG2);
        assertThat(former.answers).as("its success would not be true").hasSize(1);
        assertThat(former.statistics.counts()).containsEntry("overtaken by another node", 1L);
    }

    @Test
    void whoIsNoOwnerAnyMoreEndsNothingForWantOfTime() {
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        former.processor.accept(former.request(MAG1, NODE, 4, 0));
        former.pass(60_000);
        next.pass(60_000);
        // Was due while it was the owner, and is worked on only now.
        former.owner = false;
        former.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(former.record(NODE).entries()).as("whose entries it could not take out").hasSize(1);
        next.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(next.record(NODE).isEmpty()).isTrue();
        assertThat(table.entries()).isEmpty();
    }

    @Test
    void aNodeThatIsNoOwnerCanDelete() {
        former.processor.accept(former.request(MAG1, NODE, 1, 100));
        next.owner = false;
        long session = next.record(NODE).entries().get(0).sessionId();
        assertThat(next.processor.delete(MobileNodeIdentifier.ofNai(NODE), session).join()).isTrue();
        assertThat(table.entries()).isEmpty();
        assertThat(next.claims.holders()).isEmpty();
    }
}
