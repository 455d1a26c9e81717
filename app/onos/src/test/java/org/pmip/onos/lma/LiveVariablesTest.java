// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.LmaParameters;
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
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of sessions that stand when a protocol variable changes. */
class LiveVariablesTest {

    private static final String NODE = "anna@example.net";
    private static final String OTHER = "bert@example.net";

    private final Fixture at = new Fixture();

    private void register(String node, int lifetime) {
        at.processor.accept(at.request(Fixture.MAG1, node, HandoffIndicator.NEW_INTERFACE, lifetime));
    }

    private void extend(String node, int lifetime) {
        at.processor.accept(at.request(Fixture.MAG1, node, HandoffIndicator.UNCHANGED, lifetime));
    }

    private BindingCacheEntry session(String node) {
        return at.record(node).entries().get(0);
    }

    /** A request of another gateway than the fixture's, or with other options. */
    private Request request(Ip6Address gateway, int handoff, int sequence, int identifier, MobilityOption... more) {
        BindingUpdate message = BindingUpdate.proxyBuilder().sequence(sequence).lifetime(100)
                .option(MobileNodeIdentifier.ofNai(NODE)).option(HomeNetworkPrefix.allZero())
                .option(HandoffIndicator.of(handoff)).option(AccessTechnologyType.of(3))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, (byte) identifier}))
                .options(List.of(more)).build();
        return new Request(message, gateway, Fixture.ANCHOR,
                MobilityHeaderCodec.encode(message, gateway, Fixture.ANCHOR),
                new Moment(at.now, Instant.ofEpochMilli(at.now)));
    }

    private Request stamped(int handoff, int sequence, long millis) {
        return request(Fixture.MAG1, handoff, sequence, 1, Timestamp.of(Instant.ofEpochMilli(millis)));
    }

    @Test
    void aGrantedLifetimeStaysUntilItIsExtended() {
        register(NODE, 100);
        long deadline = session(NODE).deadline();
        at.use(LmaParameters.DEFAULTS.withLifetimeCap(40));
        assertThat(session(NODE).deadline()).isEqualTo(deadline);
        at.pass(10_000);
        extend(NODE, 100);
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(session(NODE).lifetime()).isEqualTo(10);
        assertThat(session(NODE).deadline()).isEqualTo(at.now + 40_000);
    }

    @Test
    void aSessionThatIsEndingEndsWhenItWouldHave() {
        register(NODE, 100);
        register(OTHER, 100);
        extend(NODE, 0);
        at.use(LmaParameters.DEFAULTS.withMinDelayBeforeBceDelete(20_000));
        extend(OTHER, 0);
        assertThat(session(NODE).deadline()).isEqualTo(at.now + 10_000);
        assertThat(session(OTHER).deadline()).isEqualTo(at.now + 20_000);
        at.pass(10_000);
        at.processor.expire(MobileNodeIdentifier.ofNai(NODE));
        at.processor.expire(MobileNodeIdentifier.ofNai(OTHER));
        assertThat(at.record(NODE).entries()).isEmpty();
        assertThat(at.record(OTHER).entries()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1000,1500", "2000,2000"})
    void aRequestThatWaitsDoesSoForTheLongerOfBothTimes(long changed, long waits) {
        register(NODE, 100);
        at.processor.accept(request(Fixture.MAG2, HandoffIndicator.UNKNOWN, 9, 2));
        at.use(LmaParameters.DEFAULTS.withMaxDelayBeforeNewBceAssign(changed));
        at.pass(waits - 1);
        assertThat(at.answers).hasSize(1);
        at.pass(1);
        assertThat(at.answers).hasSize(2);
        assertThat(at.record(NODE).entries()).hasSize(2);
    }

    @Test
    void theValidityWindowCountsFromTheNextRequest() {
        at.processor.accept(stamped(HandoffIndicator.NEW_INTERFACE, 1, at.now - 400));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.TIMESTAMP_MISMATCH);
        at.use(LmaParameters.DEFAULTS.withTimestampValidityWindow(500));
        at.processor.accept(stamped(HandoffIndicator.NEW_INTERFACE, 2, at.now - 400));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }

    /** What orders a session by now does not bind its first request of the other kind. */
    @Test
    void sessionsGoOnInTheOtherOrder() {
        at.processor.accept(stamped(HandoffIndicator.NEW_INTERFACE, 7, at.now));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        at.use(LmaParameters.DEFAULTS.withTimestampBasedApproachInUse(false));
        at.processor.accept(stamped(HandoffIndicator.UNCHANGED, 6, at.now - 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        at.processor.accept(stamped(HandoffIndicator.UNCHANGED, 5, at.now));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        at.use(LmaParameters.DEFAULTS);
        at.processor.accept(stamped(HandoffIndicator.UNCHANGED, 3, at.now));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        at.processor.accept(stamped(HandoffIndicator.UNCHANGED, 4, at.now - 1));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        assertThat(at.record(NODE).entries()).hasSize(1);
    }
}
