// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import org.junit.jupiter.api.Test;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

class LmaProcessorTest {

    private static final String NODE = "mn1@example.net";
    private final Fixture at = new Fixture();

    @Test
    void noAnswerBeforeTheSwitchHasSaidYes() {
        at.automatic = false;
        at.processor.accept(at.request(MAG1, NODE, 1, 100, GreKey.of(7)));
        assertThat(at.answers).isEmpty();
        assertThat(at.record(NODE).entries()).hasSize(1);
        at.writes.get(0).complete(null);
        assertThat(at.answers).extracting("status").containsExactly(Status.ACCEPTED);
        assertThat(at.statistics.counts()).containsEntry("registered", 1L);
    }

    @Test
    void aSwitchThatRefusesIsAnsweredBy130AndLeavesNothing() {
        at.automatic = false;
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        at.writes.get(0).completeExceptionally(new IllegalStateException("table full"));
        assertThat(at.record(NODE).isEmpty()).isTrue();
        // What was half written is taken out before the prefix is free again and the answer goes.
        assertThat(at.updates).hasSize(2);
        assertThat(at.updates.get(1)[1].isEmpty()).isTrue();
        assertThat(at.claims.holders()).isNotEmpty();
        assertThat(at.answers).isEmpty();
        at.writes.get(1).complete(null);
        assertThat(at.claims.holders()).isEmpty();
        assertThat(at.lastAnswer().status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
    }

    @Test
    void aRefusedHandoffLeavesTheSessionWhereItWas() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100, GreKey.of(7)));
        BindingCacheEntry before = at.record(NODE).entries().get(0);
        at.automatic = false;
        at.processor.accept(at.request(MAG2, NODE, 3, 100, GreKey.of(8)));
        at.writes.get(1).completeExceptionally(new IllegalStateException("no"));
        at.writes.get(2).complete(null);
        assertThat(at.record(NODE).entries()).containsExactly(before);
        assertThat(at.updates.get(2)[1].entries()).containsExactly(before);
        assertThat(at.lastAnswer().status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        assertThat(at.lastAnswer().destination()).isEqualTo(MAG2);
    }

    @Test
    void messagesOfOneNodeWaitForEachOther() {
        at.automatic = false;
        Request first = at.request(MAG1, NODE, 1, 100);
        at.processor.accept(first);
        at.processor.accept(first);
        at.processor.accept(at.request(MAG1, "mn2@example.net", 1, 100));
        assertThat(at.writes).hasSize(2);
        at.writes.get(0).complete(null);
        assertThat(at.answers).hasSize(2);
        assertThat(at.answers.get(0)).isEqualTo(at.answers.get(1));
        assertThat(at.statistics.counts()).containsEntry("registered", 1L).containsEntry("repeated", 1L);
    }

    @Test
    void aFloodForOneNodeIsBounded() {
        at.automatic = false;
        for (int i = 0; i < 20; i++) {
            at.processor.accept(at.request(MAG1, NODE, 1, 100));
        }
        assertThat(at.statistics.counts()).containsEntry("dropped, too many waiting", 15L);
    }

    @Test
    @Requirement("PMIP10-5.3.2-3")
    void aPoolThatIsUsedUpIsAnsweredBy130() {
        at.processor.accept(at.request(MAG1, "a@example.net", 1, 100));
        at.processor.accept(at.request(MAG1, "b@example.net", 1, 100));
        at.processor.accept(at.request(MAG1, "c@example.net", 1, 100));
        assertThat(at.answers).extracting("status").containsExactly(0, 0, Status.INSUFFICIENT_RESOURCES);
        assertThat(at.claims.holders()).hasSize(2).doesNotContainValue("c@example.net");
        assertThat(at.record("c@example.net").isEmpty()).isTrue();
    }

    @Test
    @Requirement({"PMIP10-5.3.5-7", "PMIP10-9-4", "PMIP10-5.3.5-3", "R5845-5.2-7"})
    void aDeregisteredSessionIsDeletedAfterTheDelayWithAllItHeld() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100, GreKey.of(7)));
        at.processor.accept(at.request(MAG1, NODE, 4, 0));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(at.record(NODE).entries().get(0).state()).isEqualTo(BindingCacheEntry.State.ENDING);
        at.pass(9_999);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(at.record(NODE).entries()).hasSize(1);
        at.pass(1);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(at.record(NODE).isEmpty()).isTrue();
        assertThat(at.claims.holders()).isEmpty();
        assertThat(at.updates.get(2)[1].isEmpty()).isTrue();
        assertThat(at.bindings.usesUplinkKey(1)).isFalse();
    }

    @Test
    void theEndOfAKeysRestIsNoSessionThatExpires() {
        at.use(LmaParameters.DEFAULTS.withUplinkKeyQuarantine(20_000));
        at.processor.accept(at.request(MAG1, NODE, 1, 100, GreKey.of(7)));
        at.processor.accept(at.request(MAG1, NODE, 4, 0));
        at.pass(10_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(at.record(NODE).entries()).isEmpty();
        assertThat(at.record(NODE).isEmpty()).as("the key rests").isFalse();
        at.pass(10_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(at.record(NODE).isEmpty()).isTrue();
        assertThat(at.statistics.counts()).containsEntry("expired", 1L);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.2-4", "PMIP10-9-6"})
    void anUnknownHandoffWaitsForTheDeregistration() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100, GreKey.of(7)));
        Request deregistration = at.request(MAG1, NODE, 4, 0);
        at.processor.accept(other(at.request(MAG2, NODE, 4, 100, GreKey.of(8))));
        at.pass(1_000);
        assertThat(at.answers).hasSize(1);
        at.processor.accept(deregistration);
        assertThat(at.answers).extracting("status").containsExactly(0, 0, 0);
        assertThat(at.record(NODE).entries()).hasSize(1);
        assertThat(at.record(NODE).entries().get(0).proxyCoa()).isEqualTo(MAG2);
        at.pass(10_000);
        assertThat(at.answers).hasSize(3);
    }

    @Test
    @Requirement({"R5213-5.4.1.2-1", "PMIP10-5.4.1.2-5"})
    void anUnknownHandoffGetsANewSessionWhenNobodyDeregisters() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        at.processor.accept(other(at.request(MAG2, NODE, 4, 100)));
        at.pass(1_499);
        assertThat(at.answers).hasSize(1);
        at.pass(1);
        assertThat(at.answers).extracting("status").containsExactly(0, 0);
        assertThat(at.record(NODE).entries()).hasSize(2);
    }

    /** The same request from another interface of the node. */
    private static Request other(Request request) {
        BindingUpdate.Builder update = BindingUpdate.proxyBuilder()
                .sequence(request.update().sequence()).lifetime(request.update().lifetime());
        request.update().options().forEach(option -> update.option(
                option instanceof MobileNodeLinkLayerIdentifier
                        ? MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 2})
                        : option));
        BindingUpdate message = update.build();
        return new Request(message, request.source().getIp6Address(), request.destination().getIp6Address(),
                MobilityHeaderCodec.encode(message, request.source().getIp6Address(),
                        request.destination().getIp6Address()),
                request.receivedAt());
    }

    @Test
    void theOperatorCanEndASession() throws Exception {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        long session = at.record(NODE).entries().get(0).sessionId();
        assertThat(at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session + 1).get()).isFalse();
        assertThat(at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session).get()).isTrue();
        assertThat(at.record(NODE).isEmpty()).isTrue();
        assertThat(at.claims.holders()).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.1-10", "PMIP10-11-1", "PMIP10-4-8"})
    void aStrangerIsRejectedAndChangesNothing() {
        at.processor.accept(at.request(Fixture.ANCHOR, NODE, 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        assertThat(at.updates).isEmpty();
        assertThat(at.claims.holders()).isEmpty();
        assertThat(at.record(NODE).isEmpty()).isTrue();
    }
}
