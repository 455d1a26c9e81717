// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import org.junit.jupiter.api.Test;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.Status;

/** Two nodes of a cluster work on one mobile node at the same time. */
class ConflictTest {

    private static final String NODE = "mn@example.net";
    private static final String BINDINGS = "pmip-bindings";

    private final SharedStorage storage = new SharedStorage();
    private final Fixture here = new Fixture(storage);
    private final Fixture there = new Fixture(storage);

    private void once(Runnable disturbance) {
        storage.disturb(BINDINGS, () -> {
            storage.disturb("", () -> { });
            disturbance.run();
        });
    }

    @Test
    void whatAnotherNodeHasWrittenMeanwhileIsDecidedUpon() {
        here.processor.accept(here.request(MAG1, NODE, 1, 100));
        Request extension = here.request(MAG1, NODE, 5, 100);
        Request handoff = here.request(MAG2, NODE, 3, 100);
        once(() -> there.processor.accept(handoff));
        here.processor.accept(extension);
        assertThat(there.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(here.lastAnswer().status()).as("it is older than the handoff").isEqualTo(
                Status.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        assertThat(here.record(NODE).entries()).extracting("proxyCoa").containsExactly(MAG2);
        assertThat(here.statistics.counts()).containsEntry("store conflicts", 1L);
    }

    @Test
    void twoNodesThatGetTheSameFirstRequestMakeOneSession() {
        Request request = here.request(MAG1, NODE, 1, 100);
        once(() -> there.processor.accept(request));
        here.processor.accept(request);
        assertThat(here.record(NODE).entries()).hasSize(1);
        assertThat(here.lastAnswer()).isEqualTo(there.lastAnswer());
        assertThat(here.claims.holders()).containsOnlyKeys(
                here.record(NODE).entries().get(0).prefixes().get(0).toString());
        assertThat(here.statistics.counts()).containsEntry("store conflicts", 1L).containsEntry("repeated", 1L);
    }

    @Test
    void aRecordThatNeverComesToRestIsLeftToTheNextTry() {
        here.processor.accept(here.request(MAG1, NODE, 1, 100));
        storage.disturb(BINDINGS, () -> storage.touch(BINDINGS, NODE));
        here.processor.accept(here.request(MAG2, NODE, 3, 100));
        assertThat(here.answers).hasSize(1);
        assertThat(here.statistics.counts()).containsEntry("store conflicts", 16L)
                .containsEntry("given up after store conflicts", 1L);
        storage.disturb("", () -> { });
        here.processor.accept(here.request(MAG2, NODE, 3, 100));
        assertThat(here.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(here.record(NODE).entries()).extracting("proxyCoa").containsExactly(MAG2);
    }

    @Test
    void twoNodesDoNotHandOutOnePrefixOrAddress() {
        here.processor.accept(here.request(MAG1, "one@example.net", 1, 100));
        there.processor.accept(there.request(MAG1, "two@example.net", 1, 100));
        there.processor.accept(there.request(MAG1, "three@example.net", 1, 100));
        assertThat(there.lastAnswer().status()).as("the pool has two prefixes").isEqualTo(
                Status.INSUFFICIENT_RESOURCES);
        assertThat(here.record("one@example.net").heldPrefixes())
                .doesNotContainAnyElementsOf(there.record("two@example.net").heldPrefixes());
        here.processor.accept(here.ipv4("one@example.net", 1, 100));
        there.processor.accept(there.ipv4("four@example.net", 1, 100));
        assertThat(there.lastAnswer().status()).as("the pool has one address").isEqualTo(
                Status.INSUFFICIENT_RESOURCES);
    }
}
