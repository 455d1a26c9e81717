// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Timestamp;

/** Handoff state unknown: the wait of MaxDelayBeforeNewBCEAssign in sections 5.4.1.2 and 5.4.1.3. */
class UnknownHandoffTest {

    private static final String OLD = "020000000001";
    private static final String NEW = "020000000002";

    private final Domain domain = new Domain();

    private Exchange moves(Domain where) {
        return where.from(MAG2, ALICE).identifier(NEW).gre(0x22).handoff(HandoffIndicator.UNKNOWN).sent();
    }

    @Test
    @Requirement({"PMIP10-5.4.1.2-4", "R5213-5.4.1.2-1", "PMIP10-5.4.1.2-5", "PMIP10-9-6", "PMIP10-9-5",
        "R5213-9.1-1"})
    void withoutADeregistrationItBecomesANewSessionAfterTheWait() {
        Ip6Prefix old = domain.from(MAG1, ALICE).identifier(OLD).sent().prefix();
        Exchange moved = moves(domain);
        assertThat(moved.kind()).isEqualTo(Transition.Kind.WAITS);
        assertThat(moved.answered()).isFalse();
        domain.pass(1_499);
        assertThat(domain.sessions(ALICE)).hasSize(1);
        domain.pass(1);

        assertThat(moved.accepted(Transition.Kind.REGISTERED).prefix()).isNotEqualTo(old);
        assertThat(domain.sessions(ALICE)).extracting(BindingCacheEntry::proxyCoa).containsExactly(MAG1, MAG2);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.2-4", "PMIP10-5.5-14"})
    void theDeregistrationThatWasOnItsWayMakesItAHandoff() {
        Ip6Prefix old = domain.from(MAG1, ALICE).identifier(OLD).gre(0x11).sent().prefix();
        long key = domain.session(ALICE).uplinkKey();
        Pbu request = domain.from(MAG2, ALICE).identifier(NEW).gre(0x22).handoff(HandoffIndicator.UNKNOWN);
        Exchange moved = request.sent();
        domain.pass(900);
        domain.from(MAG1, ALICE).identifier(OLD).prefix(old).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);

        assertThat(moved.accepted(Transition.Kind.HANDED_OFF).prefix()).isEqualTo(old);
        assertThat(moved.uplinkKey()).isEqualTo(key);
        assertThat(moved.option(Timestamp.class)).isEqualTo(request.message().first(Timestamp.class).orElseThrow());
        domain.pass(20_000);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.proxyCoa()).isEqualTo(MAG2);
        assertThat(session.state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(session.linkLayerIdentifier()).containsExactly(2, 0, 0, 0, 0, 2);
        assertThat(domain.waiting()).isZero();
    }

    @Test
    @Requirement("PMIP10-5.4.1.3-3")
    void soDoesOneThatIsOrderedBySequenceNumbers() {
        Ip6Prefix old = domain.from(MAG1, ALICE).sequence(100).sent().prefix();
        Exchange moved = domain.from(MAG2, ALICE).sequence(101).handoff(HandoffIndicator.UNKNOWN).sent();
        assertThat(moved.kind()).isEqualTo(Transition.Kind.WAITS);
        domain.from(MAG1, ALICE).sequence(101).prefix(old).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);

        assertThat(moved.accepted(Transition.Kind.HANDED_OFF).prefix()).isEqualTo(old);
    }

    @Test
    @Requirement("PMIP10-5.4.1.2-4")
    void aSessionThatIsDeregisteredAlreadyNeedsNoWait() {
        Ip6Prefix old = domain.from(MAG1, ALICE).identifier(OLD).sent().prefix();
        domain.from(MAG1, ALICE).identifier(OLD).prefix(old).deregistration().sent();
        assertThat(moves(domain).accepted(Transition.Kind.HANDED_OFF).prefix()).isEqualTo(old);
    }

    @Test
    void aSessionThatEndsByItselfDuringTheWaitIsNotMissed() {
        domain.from(MAG1, ALICE).identifier(OLD).lifetime(1).sent();
        domain.pass(3_500);
        Exchange moved = moves(domain);
        assertThat(moved.kind()).isEqualTo(Transition.Kind.WAITS);
        domain.pass(600);
        moved.accepted(Transition.Kind.REGISTERED);
        assertThat(domain.session(ALICE).proxyCoa()).isEqualTo(MAG2);
    }

    @Test
    void aCopyThatComesDuringTheWaitGetsTheSameAnswer() {
        domain.from(MAG1, ALICE).identifier(OLD).sent();
        Exchange moved = moves(domain);
        domain.pass(200);
        Exchange copy = moved.again(domain);
        assertThat(copy.kind()).isEqualTo(Transition.Kind.WAITS);
        domain.pass(2_000);

        moved.accepted(Transition.Kind.REGISTERED);
        assertThat(copy.kind()).isEqualTo(Transition.Kind.REPEATED);
        assertThat(copy.answer()).isEqualTo(moved.answer());
        assertThat(domain.sessions(ALICE)).hasSize(2);
    }

    @Test
    @Requirement("PMIP10-5.4.1.2-6")
    void aDelayOfZeroMeansNoWait() {
        Domain hasty = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS.withMaxDelayBeforeNewBceAssign(0));
        hasty.from(MAG1, ALICE).identifier(OLD).sent();
        moves(hasty).accepted(Transition.Kind.REGISTERED);
    }

    @Test
    void aLateTimestampIsRejectedBeforeTheWait() {
        domain.from(MAG1, ALICE).identifier(OLD).sent();
        domain.from(MAG2, ALICE).identifier(NEW).handoff(HandoffIndicator.UNKNOWN).clockOff(-100).sent()
                .rejected(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        assertThat(domain.waiting()).isZero();
    }

    @Test
    @Requirement("PMIP10-5.4.1.2-7")
    void withSeveralSessionsThereIsNothingToWaitFor() {
        domain.from(MAG1, ALICE).identifier(OLD).sent();
        domain.from(MAG1, ALICE).identifier("020000000003").sent();
        moves(domain).accepted(Transition.Kind.REGISTERED);
        assertThat(domain.sessions(ALICE)).hasSize(3);
    }
}
