// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;

/** What becomes of requests that are being worked on, or wait, when another configuration counts. */
class AnotherConfigurationTest {

    private static final String NODE = "mn@example.net";

    private final Fixture at = new Fixture();
    /** What the next configuration writes. */
    private final List<MobileNodeRecord[]> next = new ArrayList<>();

    private final class NextSwitch implements Tables.DataPlane {
        @Override
        public CompletableFuture<Void> update(MobileNodeRecord before, MobileNodeRecord after) {
            next.add(new MobileNodeRecord[] {before, after});
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> rewrite(MobileNodeRecord before, MobileNodeRecord after) {
            return update(before, after);
        }

        @Override
        public void doubt() {
            throw new IllegalStateException("nobody asked for that");
        }
    }

    private void change() {
        at.processor.use(at.terms(new NextSwitch()));
    }

    @Test
    void requestsOfANodeStayInOrder() {
        at.automatic = false;
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.NEW_INTERFACE, 100));
        at.processor.accept(at.request(MAG2, NODE, HandoffIndicator.BETWEEN_GATEWAYS, 100));
        change();
        assertThat(next).as("not before the former one has ended").isEmpty();
        at.writes.get(0).complete(null);
        assertThat(at.answers).hasSize(2);
        assertThat(at.updates).as("the second is the next configuration's").hasSize(1);
        assertThat(next).hasSize(1);
        assertThat(next.get(0)[1].entries()).extracting("proxyCoa").containsExactly(MAG2);
    }

    @Test
    void whatTheFormerOneCouldNotWriteIsWrittenWhenItIsAskedForAgain() {
        at.automatic = false;
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.NEW_INTERFACE, 100));
        change();
        at.writes.get(0).completeExceptionally(new CancellationException("another configuration"));
        assertThat(at.answers).as("the switch may lack the entries").isEmpty();
        assertThat(at.comparisons).isEqualTo(1);
        assertThat(at.record(NODE).entries()).hasSize(1);
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.NEW_INTERFACE, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(next.get(0)[1]).isEqualTo(at.record(NODE));
    }

    @Test
    void aRequestThatWaitsForItsTimeGoesOn() {
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.NEW_INTERFACE, 100));
        BindingUpdate message = BindingUpdate.proxyBuilder().sequence(9).lifetime(100)
                .option(MobileNodeIdentifier.ofNai(NODE)).option(HomeNetworkPrefix.allZero())
                .option(HandoffIndicator.of(HandoffIndicator.UNKNOWN)).option(AccessTechnologyType.of(3))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 2})).build();
        at.processor.accept(new Request(message, MAG2, Fixture.ANCHOR,
                MobilityHeaderCodec.encode(message, MAG2, Fixture.ANCHOR),
                new Moment(at.now, Instant.ofEpochMilli(at.now))));
        assertThat(at.answers).hasSize(1);
        change();
        at.pass(10_000);
        assertThat(at.answers).hasSize(2);
        assertThat(next).hasSize(1);
    }

    @Test
    void withoutAnAnchorNobodyIsAnsweredAndNothingIsDecided() {
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.NEW_INTERFACE, 100));
        long session = at.record(NODE).entries().get(0).sessionId();
        MobileNodeRecord before = at.record(NODE);
        at.automatic = false;
        at.processor.accept(at.request(MAG2, NODE, HandoffIndicator.BETWEEN_GATEWAYS, 100));
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.BETWEEN_GATEWAYS, 0));
        MobileNodeRecord moved = at.record(NODE);
        assertThat(moved).isNotEqualTo(before);
        at.processor.rest();
        at.writes.get(1).complete(null);
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.UNCHANGED, 100));
        at.pass(1_000_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        assertThat(at.answers).hasSize(1);
        assertThat(at.record(NODE)).isEqualTo(moved);
        CompletableFuture<Boolean> deleted = at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session);
        assertThatThrownBy(deleted::join).hasRootCauseMessage("no anchor is configured");
    }

    @Test
    void entriesThatCouldNotBeTakenOutAreLookedFor() {
        at.processor.accept(at.request(MAG1, NODE, HandoffIndicator.NEW_INTERFACE, 100));
        at.tables = (before, after) -> CompletableFuture.failedFuture(new IllegalStateException("refused"));
        long session = at.record(NODE).entries().get(0).sessionId();
        assertThat(at.processor.delete(MobileNodeIdentifier.ofNai(NODE), session).join()).isTrue();
        assertThat(at.comparisons).isEqualTo(1);
    }
}
