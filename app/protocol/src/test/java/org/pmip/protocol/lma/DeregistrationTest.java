// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.BOB;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.LinkLocalAddress;

/** The end of a session: section 5.3.5 with the wait of MinDelayBeforeBCEDelete. */
class DeregistrationTest {

    private static final String INTERFACE = "020000000001";
    private static final String OTHER_INTERFACE = "020000000002";

    private final Domain domain = new Domain();
    private Ip6Prefix prefix;

    @BeforeEach
    void aliceIsAtMag1() {
        prefix = domain.from(MAG1, ALICE).identifier(INTERFACE).gre(0x11).sent()
                .accepted(Transition.Kind.REGISTERED).prefix();
    }

    private Pbu leaves() {
        return domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix).deregistration();
    }

    @Test
    @Requirement({"PMIP10-3-9", "PMIP10-5.3.5-2", "PMIP10-5.3.5-3", "PMIP10-5.3.5-7", "PMIP10-9-4", "PMIP10-9-2",
        "PMIP10-5.3.1-19", "R5845-5.2-7"})
    void theSessionIsAnsweredAtOnceAndDeletedAfterTheWait() {
        Exchange reply = leaves().sent().accepted(Transition.Kind.DEREGISTERED);

        assertThat(reply.pba().lifetime()).isZero();
        assertThat(reply.prefix()).isEqualTo(prefix);
        assertThat(reply.pba().first(GreKey.class)).isEmpty();
        assertThat(domain.session(ALICE).state()).isEqualTo(BindingCacheEntry.State.ENDING);
        domain.pass(9_999);
        assertThat(domain.sessions(ALICE)).hasSize(1);
        domain.pass(1);
        assertThat(domain.records()).isEmpty();
        assertThat(domain.claims()).isEmpty();
    }

    @Test
    @Requirement("PMIP10-5.3.5-2")
    void theWaitIsAsConfigured() {
        Domain hasty = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS.withMinDelayBeforeBceDelete(2_000));
        Ip6Prefix own = hasty.from(MAG1, BOB).sent().prefix();
        hasty.from(MAG1, BOB).prefix(own).deregistration().sent();
        hasty.pass(1_999);
        assertThat(hasty.sessions(BOB)).hasSize(1);
        hasty.pass(1);
        assertThat(hasty.sessions(BOB)).isEmpty();
    }

    @Test
    @Requirement("PMIP10-5.3.5-3")
    void anotherDeregistrationIsAcknowledgedAndDoesNotStartTheWaitAgain() {
        leaves().sent();
        domain.pass(6_000);
        leaves().sent().accepted(Transition.Kind.DEREGISTERED);
        domain.pass(3_998);
        assertThat(domain.sessions(ALICE)).hasSize(1);
        domain.pass(1);
        assertThat(domain.sessions(ALICE)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.5-5", "PMIP10-5.3.5-6", "PMIP10-9-3"})
    void aNodeThatReturnsDuringTheWaitIsPickedUp() {
        long key = domain.session(ALICE).uplinkKey();
        leaves().sent();
        domain.pass(5_000);
        Exchange reply = domain.from(MAG2, ALICE).identifier(INTERFACE).gre(0x22).lifetime(50)
                .handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent().accepted(Transition.Kind.HANDED_OFF);

        assertThat(reply.prefix()).isEqualTo(prefix);
        assertThat(reply.uplinkKey()).isEqualTo(key);
        domain.pass(100_000);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(session.downlinkKey()).isEqualTo(0x22);
        domain.pass(100_000);
        assertThat(domain.sessions(ALICE)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.5-5", "PMIP10-9-3"})
    void aGatewayThatKnowsThePrefixAndNotTheHandoffPicksItUp() {
        long id = domain.session(ALICE).sessionId();
        leaves().sent();
        domain.from(MAG2, ALICE).prefix(prefix).handoff(HandoffIndicator.UNKNOWN)
                .sent().accepted(Transition.Kind.HANDED_OFF);
        assertThat(domain.session(ALICE).sessionId()).isEqualTo(id);
        domain.pass(20_000);
        assertThat(domain.session(ALICE).state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
    }

    @Test
    @Requirement("PMIP10-5.4.1.1-8")
    void anotherInterfaceTakesNoPrefixThatStillWaits() {
        leaves().sent();
        domain.from(MAG2, ALICE).identifier(OTHER_INTERFACE).prefix(prefix).handoff(HandoffIndicator.NEW_INTERFACE)
                .sent().rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        domain.pass(10_000);
        assertThat(domain.records()).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.5-5", "PMIP10-5.3.5-6"})
    void theSameGatewayMayPickItUpToo() {
        leaves().sent();
        domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix).sent().accepted(Transition.Kind.EXTENDED);
        domain.pass(20_000);
        assertThat(domain.session(ALICE).state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
    }

    @Test
    @Requirement("PMIP10-5.3.5-1")
    void aGatewayThatTheNodeHasLeftIsIgnored() {
        domain.from(MAG2, ALICE).identifier(INTERFACE).handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent();
        var before = domain.records();
        leaves().sent().ignored();
        domain.from(MAG2, ALICE).alternateCareOf(MAG1).identifier(INTERFACE).prefix(prefix).deregistration().sent()
                .ignored();

        assertThat(domain.records()).isEqualTo(before);
    }

    @Test
    @Requirement("PMIP10-5.3.5-1")
    void theAlternateCareOfAddressCountsInPlaceOfTheSource() {
        domain.from(MAG2, ALICE).alternateCareOf(MAG1).identifier(INTERFACE).prefix(prefix).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);
    }

    @Test
    @Requirement("R5213-5.4.1.1-2")
    void aDeregistrationOfNoSessionIsIgnored() {
        domain.from(MAG1, BOB).deregistration().sent().ignored();
        domain.from(MAG1, BOB).prefix(prefix).deregistration().sent().ignored();
        domain.from(MAG1, BOB).identifier(INTERFACE).deregistration().sent().ignored();
        assertThat(domain.sessions(BOB)).isEmpty();
        assertThat(domain.claims()).containsOnlyKeys(prefix);
    }

    @Test
    @Requirement("R5213-5.4.1.1-2")
    void aDeregistrationOfAnotherInterfaceLeavesTheOnlySessionAlone() {
        domain.from(MAG1, ALICE).identifier("0200000000ff").deregistration().sent().ignored();
        assertThat(domain.session(ALICE).state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
    }

    @Test
    @Requirement("R5213-5.4.1.1-1")
    void aDeregistrationOfADifferentPrefixSetIsRejected() {
        domain.from(MAG1, ALICE).identifier(INTERFACE).prefix(prefix, Ip6Prefix.valueOf("2001:db8:a000:1::/64"))
                .deregistration().sent().rejected(Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH);
    }

    @Test
    void theOnlySessionIsFoundByTheNodeAlone() {
        domain.from(MAG1, ALICE).deregistration().sent().accepted(Transition.Kind.DEREGISTERED);
    }

    @Test
    @Requirement("R5845-5.2-4")
    void aDeregistrationNeedsNoKeys() {
        Domain strict = new Domain(GrePolicy.KEYS);
        Ip6Prefix own = strict.from(MAG1, BOB).gre(0x33).sent().prefix();
        strict.from(MAG1, BOB).prefix(own).deregistration().sent().accepted(Transition.Kind.DEREGISTERED);
    }

    @Test
    @Requirement({"PMIP10-5.3.6-21", "R5213-5.3.6-3"})
    void theLinkLocalAddressIsRepeatedInTheAnswer() {
        Ip6Address named = Ip6Address.valueOf("fe80::9");
        assertThat(leaves().linkLocal(named).sent().option(LinkLocalAddress.class).address()).isEqualTo(named);
    }
}
