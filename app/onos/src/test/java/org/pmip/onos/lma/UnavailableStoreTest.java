// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** A store that gives no answer makes the anchor give none; what it says afterwards is right. */
class UnavailableStoreTest {

    private static final String NODE = "mn@example.net";
    private static final String OTHER = "other@example.net";

    private final SharedStorage storage = new SharedStorage();
    private final Fixture at = new Fixture(storage);

    @ParameterizedTest
    @CsvSource({"pmip-bindings,putIfAbsent,REQUEST", "pmip-bindings,putIfAbsent,ANSWER",
        "pmip-prefixes,putIfAbsent,REQUEST", "pmip-prefixes,putIfAbsent,ANSWER"})
    void aFirstRequestGetsNoAnswerAndTheRepeatedOneARightOne(String map, String operation, SharedStorage.Lost lost) {
        Request request = at.request(MAG1, NODE, 1, 100);
        storage.fail(map, operation, lost);
        at.processor.accept(request);
        assertThat(at.answers).isEmpty();
        assertThat(at.updates).as("nothing is written that no record wants").isEmpty();
        assertThat(at.comparisons).as("the switch is compared once the store tells").isEqualTo(1);
        assertThat(at.statistics.counts()).containsEntry("store not available", 1L);
        storage.heal();
        at.processor.accept(request);
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(at.record(NODE).entries()).hasSize(1);
        assertThat(at.updates).as("the answer promises entries").hasSize(1);
        assertThat(at.updates.get(0)[1]).isEqualTo(at.record(NODE));
    }

    @Test
    void whatChangesNothingIsNotConcludedFromACopyThatMayBeOld() {
        Request request = at.request(MAG1, NODE, 1, 100);
        at.processor.accept(request);
        storage.fail("pmip-bindings", "get", SharedStorage.Lost.REQUEST);
        at.processor.accept(request);
        assertThat(at.answers).as("whether it is a repetition").hasSize(1);
        storage.heal();
        at.processor.accept(request);
        assertThat(at.answers).hasSize(2);
    }

    @Test
    void aPrefixThatMayBeInTheRecordIsNotGivenToAnother() {
        storage.fail("pmip-bindings", "putIfAbsent", SharedStorage.Lost.ANSWER);
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        storage.heal();
        assertThat(at.claims.holders().values()).containsExactly(NODE);
        at.processor.accept(at.request(MAG1, OTHER, 1, 100));
        assertThat(at.record(OTHER).heldPrefixes()).doesNotContainAnyElementsOf(at.record(NODE).heldPrefixes());
    }

    @ParameterizedTest
    @CsvSource({"replace,REQUEST", "replace,ANSWER"})
    void aHandoffGetsNoAnswerAndTheRepeatedOneARightOne(String operation, SharedStorage.Lost lost) {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        storage.fail("pmip-bindings", operation, lost);
        at.processor.accept(at.request(MAG2, NODE, 3, 100));
        assertThat(at.answers).hasSize(1);
        assertThat(at.updates).hasSize(1);
        storage.heal();
        at.processor.accept(at.request(MAG2, NODE, 3, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(at.record(NODE).entries()).extracting("proxyCoa").containsExactly(MAG2);
        assertThat(at.updates).hasSize(2);
        assertThat(at.updates.get(1)[1].entries()).extracting("proxyCoa").containsExactly(MAG2);
    }

    @ParameterizedTest
    @CsvSource({"get,REQUEST", "replace,REQUEST", "replace,ANSWER", "remove,REQUEST", "remove,ANSWER"})
    void aSessionEndsOnceTheStoreIsBack(String operation, SharedStorage.Lost lost) {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        at.processor.accept(at.request(MAG1, NODE, 4, 0));
        storage.fail("pmip-bindings", operation, lost);
        at.pass(20_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        at.pass(20_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        storage.heal();
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        at.pass(20_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(at.record(NODE).isEmpty()).isTrue();
    }

    @Test
    void anOperatorIsToldThatTheStoreIsNotThere() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        long session = at.record(NODE).entries().get(0).sessionId();
        storage.fail("pmip-bindings", "get", SharedStorage.Lost.REQUEST);
        CompletableFuture<Boolean> deleted = at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session);
        assertThatThrownBy(deleted::join).isInstanceOf(CompletionException.class)
                .hasMessageContaining("the store is not available; try again");
        storage.heal();
        assertThat(at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session).join()).isTrue();
        assertThat(at.record(NODE).isEmpty()).isTrue();
    }

    @Test
    void aReleaseThatFailsDoesNotKeepTheAnswerBack() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        storage.fail("pmip-prefixes", "remove", SharedStorage.Lost.REQUEST);
        long session = at.record(NODE).entries().get(0).sessionId();
        assertThat(at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session).join()).isTrue();
        at.processor.accept(at.request(MAG1, OTHER, 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }
}
