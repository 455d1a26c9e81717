// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.BOB;
import static org.pmip.protocol.lma.Domain.LMAA;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.LinkLocalAddress;

/** A session goes on, at its gateway or at another one, or ends by itself: sections 5.3.3 and 5.3.4. */
class LifetimeTest {

    private static final Ip6Address LINK_LOCAL = Ip6Address.valueOf("fe80::7");

    private final Domain domain = new Domain();

    @Test
    @Requirement({"PMIP10-5.3.3-1", "PMIP10-5.3.3-3", "PMIP10-5.3.1-18", "R5213-5.3.1-2", "RFC6275-10.3.1-1"})
    void anExtensionStartsTheLifetimeAfresh() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).lifetime(10).sent().prefix();
        BindingCacheEntry before = domain.session(ALICE);
        domain.pass(30_000);
        Exchange reply = domain.from(MAG1, ALICE).prefix(prefix).handoff(HandoffIndicator.UNCHANGED).lifetime(20)
                .sent().accepted(Transition.Kind.EXTENDED);

        assertThat(reply.pba().lifetime()).isEqualTo(20);
        BindingCacheEntry after = domain.session(ALICE);
        assertThat(after.sessionId()).isEqualTo(before.sessionId());
        assertThat(after.prefixes()).containsExactly(prefix);
        assertThat(after.lifetime()).isEqualTo(20);
        assertThat(Long.compareUnsigned(after.timestamp(), before.timestamp())).isPositive();
        domain.pass(79_999);
        assertThat(domain.sessions(ALICE)).hasSize(1);
        domain.pass(1);
        assertThat(domain.sessions(ALICE)).isEmpty();
    }

    @Test
    @Requirement("R5213-5.3.1-2")
    void theSameGatewayExtendsWhateverTheHandoffIndicatorSays() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).sent().prefix();
        domain.from(MAG1, ALICE).prefix(prefix).handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .accepted(Transition.Kind.EXTENDED);
        domain.from(MAG2, ALICE).prefix(prefix).handoff(HandoffIndicator.BETWEEN_INTERFACES).sent()
                .accepted(Transition.Kind.HANDED_OFF);
    }

    @Test
    @Requirement({"PMIP10-5.3.3-2", "PMIP10-5.3.6-23", "PMIP10-5.3.4-2", "R5213-5.3.6-3", "R5213-5.1-2"})
    void aQueryLeavesTheLinkLocalAddressAsItIs() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).linkLocal(LINK_LOCAL).sent().prefix();
        assertThat(domain.from(MAG1, ALICE).prefix(prefix).linkLocal(Ip6Address.ZERO).sent()
                .option(LinkLocalAddress.class).address()).isEqualTo(LINK_LOCAL);
        assertThat(domain.session(ALICE).linkLocalAddress()).isEqualTo(LINK_LOCAL);
        assertThat(domain.from(MAG2, ALICE).prefix(prefix).handoff(HandoffIndicator.BETWEEN_INTERFACES)
                .linkLocal(Ip6Address.ZERO).sent().option(LinkLocalAddress.class).address()).isEqualTo(LINK_LOCAL);
        assertThat(domain.session(ALICE).linkLocalAddress()).isEqualTo(LINK_LOCAL);
    }

    @Test
    @Requirement("R5213-5.3.6-3")
    void aQueryForASessionWithoutLinkLocalAddressGetsOne() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).sent().prefix();
        Ip6Address chosen = domain.from(MAG1, ALICE).prefix(prefix).linkLocal(Ip6Address.ZERO).sent()
                .option(LinkLocalAddress.class).address();

        assertThat(chosen).isEqualTo(LmaEngine.GATEWAY_LINK_LOCAL);
        assertThat(domain.session(ALICE).linkLocalAddress()).isEqualTo(chosen);
    }

    @Test
    @Requirement({"PMIP10-5.3.4-1", "PMIP10-5.3.4-6", "PMIP10-5.3.1-20", "PMIP10-3-1", "PMIP10-5.1-11", "PMIP10-5.4-3",
        "PMIP10-5.4-4", "PMIP10-5.4-5"})
    void aHandoffMovesTheSessionToTheNewGatewayAndInterface() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).identifier("020000000001").sent().prefix();
        long id = domain.session(ALICE).sessionId();
        Exchange reply = domain.from(MAG2, ALICE).identifier("020000000002").technology(AccessTechnologyType.WIMAX)
                .handoff(HandoffIndicator.BETWEEN_INTERFACES).sent().accepted(Transition.Kind.HANDED_OFF);

        assertThat(reply.prefix()).isEqualTo(prefix);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.sessionId()).isEqualTo(id);
        assertThat(session.proxyCoa()).isEqualTo(MAG2);
        assertThat(session.accessTechnology()).isEqualTo(AccessTechnologyType.WIMAX);
        assertThat(session.linkLayerIdentifier()).containsExactly(2, 0, 0, 0, 0, 2);
        assertThat(session.prefixes()).containsExactly(prefix);
    }

    @Test
    @Requirement("PMIP10-3-7")
    void eitherOrderOfHandoffAndDeregistrationEndsAtTheNewGateway() {
        Ip6Prefix alices = domain.from(MAG1, ALICE).identifier("020000000001").sent().prefix();
        domain.from(MAG1, ALICE).identifier("020000000001").prefix(alices).deregistration().sent();
        domain.from(MAG2, ALICE).identifier("020000000001").handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .accepted(Transition.Kind.HANDED_OFF);

        Ip6Prefix bobs = domain.from(MAG1, BOB).identifier("020000000002").sent().prefix();
        domain.from(MAG2, BOB).identifier("020000000002").handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .accepted(Transition.Kind.HANDED_OFF);
        domain.from(MAG1, BOB).identifier("020000000002").prefix(bobs).deregistration().sent().ignored();

        domain.pass(20_000);
        for (String node : List.of(ALICE, BOB)) {
            assertThat(domain.session(node).proxyCoa()).isEqualTo(MAG2);
            assertThat(domain.session(node).state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        }
        assertThat(domain.session(ALICE).prefixes()).containsExactly(alices);
        assertThat(domain.session(BOB).prefixes()).containsExactly(bobs);
    }

    @Test
    @Requirement("RFC6275-10.3.1-1")
    void theLifetimeIsCappedByTheAnchor() {
        Domain strict = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS.withLifetimeCap(42));
        assertThat(strict.from(MAG1, ALICE).lifetime(65_535).sent().pba().lifetime()).isEqualTo(10);
        assertThat(strict.from(MAG1, BOB).lifetime(3).sent().pba().lifetime()).isEqualTo(3);
        strict.pass(39_997);
        assertThat(strict.sessions(ALICE)).hasSize(1);
        strict.pass(2);
        assertThat(strict.sessions(ALICE)).isEmpty();
    }

    @Test
    @Requirement("RFC6275-10.3.1-1")
    void theLifetimeIsCappedByTheNodesProfile() {
        MobileNodeProfile guest = new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.of(60), 1);
        Domain with = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS,
                List.of(Domain.NODES), Optional.empty(),
                Map.of("guest@example.org", guest));
        assertThat(with.from(MAG1, "guest@example.org").lifetime(100).sent().pba().lifetime()).isEqualTo(15);
    }

    @Test
    @Requirement({"RFC6275-10.3.1-1", "PMIP10-5.4-2"})
    void anExpiredSessionLeavesNothing() {
        domain.from(MAG1, ALICE).gre(0x11).lifetime(5).sent();
        domain.from(MAG1, BOB).lifetime(6).sent();
        domain.pass(19_998);
        assertThat(domain.sessions(ALICE)).hasSize(1);
        domain.pass(1);

        assertThat(domain.sessions(ALICE)).isEmpty();
        assertThat(domain.sessions(BOB)).hasSize(1);
        domain.pass(4_001);
        assertThat(domain.sessions(BOB)).isEmpty();
        domain.pass(6_000);
        assertThat(domain.records()).as("the key has rested").isEmpty();
        assertThat(domain.claims()).isEmpty();
    }

    @Test
    void aStepOfTheWallClockEndsNoSession() {
        domain.from(MAG1, ALICE).lifetime(10).sent();
        domain.stepWallClock(86_400_000L * 365);
        domain.pass(39_999);
        assertThat(domain.sessions(ALICE)).hasSize(1);
        domain.pass(1);
        assertThat(domain.sessions(ALICE)).isEmpty();
    }

    @Test
    void aNodeThatReturnsFindsThePrefixThatItHad() {
        Ip6Prefix had = domain.from(MAG1, ALICE).lifetime(1).sent().prefix();
        domain.pass(60_000);
        assertThat(domain.from(MAG2, ALICE).sent().accepted(Transition.Kind.REGISTERED).prefix()).isEqualTo(had);
        assertThat(domain.session(ALICE).lmaAddress()).isEqualTo(LMAA);
    }
}
