// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Timestamp;

/** Messages that cross, come twice, come late or get lost. */
class CollisionTest {

    private static final String INTERFACE = "020000000001";

    private final Domain domain = new Domain();

    @Test
    void theAnswerIsLostAndTheGatewayAsksAgainWithANewTimestamp() {
        Exchange lost = domain.from(MAG1, ALICE).identifier(INTERFACE).gre(0x11).sent();
        domain.pass(1_500);
        Exchange again = domain.from(MAG1, ALICE).identifier(INTERFACE).gre(0x11).sent()
                .accepted(Transition.Kind.EXTENDED);

        assertThat(again.prefix()).isEqualTo(lost.prefix());
        assertThat(again.uplinkKey()).isEqualTo(lost.uplinkKey());
        assertThat(domain.sessions(ALICE)).hasSize(1);
    }

    @Test
    void theAnswerToADeregistrationIsLost() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).identifier(INTERFACE).sent().prefix();
        domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix).deregistration().sent();
        domain.pass(1_000);
        domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);
        domain.pass(10_000);
        domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix).deregistration().sent().ignored();
    }

    @Test
    @Requirement({"PMIP10-5.5-15", "PMIP10-5.5-13", "PMIP10-5.5-16"})
    void theOldGatewaysExtensionComesAfterTheHandoff() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).identifier(INTERFACE).sent().prefix();
        Pbu late = domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix).handoff(HandoffIndicator.UNCHANGED);
        domain.pass(5);
        domain.from(MAG2, ALICE).identifier(INTERFACE).handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .accepted(Transition.Kind.HANDED_OFF);
        Exchange refused = late.sent().rejected(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);

        assertThat(refused.option(Timestamp.class)).isEqualTo(Timestamp.of(domain.wall()));
        assertThat(domain.session(ALICE).proxyCoa()).isEqualTo(MAG2);
    }

    @Test
    @Requirement({"RFC6275-9.5.1-1", "RFC6275-9.5.1-2", "PMIP10-5.5-20"})
    void aGatewayThatStartsItsSequenceNumbersAfreshLearnsTheLastOne() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(4_711).sent().prefix();
        Exchange refused = domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(1).sent()
                .rejected(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        assertThat(refused.pba().sequence()).isEqualTo(4_711);
        domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(refused.pba().sequence() + 1).prefix(prefix).sent()
                .accepted(Transition.Kind.EXTENDED);
    }

    @Test
    @Requirement({"RFC6275-9.5.1-1", "PMIP10-5.5-20"})
    void sequenceNumbersWrapAround() {
        int[] sent = {65_534, 65_535, 0, 32_767, 65_535, 32_767, 32_768, 32_767};
        boolean[] good = {true, true, true, true, false, false, true, false};
        domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(65_000).sent();
        for (int i = 0; i < sent.length; i++) {
            Exchange reply = domain.from(MAG1, ALICE).identifier(INTERFACE).lifetime(50 + i).sequence(sent[i]).sent();
            assertThat(Status.accepts(reply.status())).as("%s after others", sent[i]).isEqualTo(good[i]);
        }
    }

    @Test
    void aSessionGoesOverFromSequenceNumbersToTimestampsAndBack() {
        domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(100).sent();
        domain.from(MAG1, ALICE).identifier(INTERFACE).sent().accepted(Transition.Kind.EXTENDED);
        domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(50).sent().accepted(Transition.Kind.EXTENDED);
        domain.from(MAG1, ALICE).identifier(INTERFACE).sequence(49).sent()
                .rejected(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW);
    }

    @Test
    @Requirement({"PMIP10-5.5-12", "PMIP10-5.5-17", "PMIP10-5.5-18", "PMIP10-5.5-9", "PMIP10-9-7"})
    void aClockThatIsOffIsToldTheAnchorsTime() {
        domain.from(MAG1, ALICE).clockOff(301).sent().accepted(Transition.Kind.REGISTERED);
        for (long off : new long[] {302, -300, 86_400_000, -86_400_000}) {
            // The message is on its way for a millisecond.
            Exchange refused = domain.from(MAG2, Domain.BOB).clockOff(off).sent().rejected(Status.TIMESTAMP_MISMATCH);
            long value = refused.option(Timestamp.class).value();
            assertThat(value >>> 16).isEqualTo(domain.wall().getEpochSecond());
            Instant told = Instant.ofEpochSecond(value >>> 16, (value & 0xffff) * 1_000_000_000L >> 16);
            assertThat(Duration.between(told, domain.wall()).abs()).isLessThan(Duration.ofMillis(1));
        }
        domain.from(MAG2, Domain.BOB).clockOff(-298).sent().accepted(Transition.Kind.REGISTERED);
    }
}
