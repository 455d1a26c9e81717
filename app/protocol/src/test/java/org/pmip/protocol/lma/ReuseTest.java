// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.BOB;
import static org.pmip.protocol.lma.Domain.EVE;
import static org.pmip.protocol.lma.Domain.FRANK;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;

/** When what one session had may become another's: keys rest, prefixes and addresses wait for their node. */
class ReuseTest {

    private static final PrefixPool TWO =
            new PrefixPool("two", Ip6Prefix.valueOf("2001:db8:b000::/63"), 64, List.of());

    private final Domain domain = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS, List.of(TWO),
            Optional.empty(), Map.of());

    @BeforeEach
    void thereIsOneKey() {
        domain.keySpace(1);
    }

    private Exchange bobAsks() {
        return domain.from(MAG2, BOB).gre(0x22).sent();
    }

    @Test
    @Requirement("PMIP10-5.3.2-3")
    void theOnlyKeyIsInUse() {
        domain.from(MAG1, ALICE).gre(0x11).sent().accepted(Transition.Kind.REGISTERED);
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
    }

    @Test
    void aKeyRestsAfterItsSessionHasExpired() {
        long key = domain.from(MAG1, ALICE).gre(0x11).lifetime(5).sent().uplinkKey();
        domain.pass(20_001);
        assertThat(domain.sessions(ALICE)).isEmpty();
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.pass(9_990);
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.pass(10);
        assertThat(bobAsks().uplinkKey()).isEqualTo(key);
        assertThat(domain.records()).containsOnlyKeys(BOB);
    }

    @Test
    void theWaitOfADeregisteredSessionCounts() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).gre(0x11).sent().prefix();
        domain.from(MAG1, ALICE).prefix(prefix).deregistration().sent();
        domain.pass(9_990);
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.pass(10);
        bobAsks().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    void aLongerQuarantineOutlastsTheWait() {
        domain.configure(parameters -> parameters.withUplinkKeyQuarantine(60_000));
        Ip6Prefix prefix = domain.from(MAG1, ALICE).gre(0x11).sent().prefix();
        domain.from(MAG1, ALICE).prefix(prefix).deregistration().sent();
        domain.pass(59_990);
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.pass(10);
        bobAsks().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    void aKeyRestsAfterASessionHasGoneOnWithoutGre() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).gre(0x11).sent().prefix();
        domain.from(MAG2, ALICE).prefix(prefix).handoff(HandoffIndicator.BETWEEN_INTERFACES).sent()
                .accepted(Transition.Kind.HANDED_OFF);
        assertThat(domain.session(ALICE).gre()).isEqualTo(GreMode.NONE);
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.from(MAG1, ALICE).prefix(prefix).gre(0x11).handoff(HandoffIndicator.BETWEEN_INTERFACES).sent()
                .rejected(Status.INSUFFICIENT_RESOURCES);
        domain.pass(10_000);
        bobAsks().accepted(Transition.Kind.REGISTERED);
        assertThat(domain.session(ALICE).prefixes()).containsExactly(prefix);
    }

    @Test
    void aKeyRestsAfterTheOperatorHasEndedItsSession() {
        domain.from(MAG1, ALICE).gre(0x11).sent();
        domain.end(ALICE);
        assertThat(domain.sessions(ALICE)).isEmpty();
        bobAsks().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.pass(10_000);
        bobAsks().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    void withoutAQuarantineAKeyIsFreeAtOnce() {
        domain.configure(parameters -> parameters.withUplinkKeyQuarantine(0));
        domain.from(MAG1, ALICE).gre(0x11).sent();
        domain.end(ALICE);
        bobAsks().accepted(Transition.Kind.REGISTERED);
        assertThat(domain.records()).containsOnlyKeys(BOB);
    }

    @Test
    void aNodeThatReturnsFindsItsPrefixAgain() {
        domain.configure(parameters -> parameters.withAssignmentMemory(60_000));
        Ip6Prefix prefix = domain.from(MAG1, ALICE).sent().prefix();
        domain.end(ALICE);
        Ip6Prefix others = domain.from(MAG1, BOB).sent().prefix();
        assertThat(others).isNotEqualTo(prefix);
        domain.from(MAG1, Domain.EVE).sent().rejected(Status.INSUFFICIENT_RESOURCES);
        assertThat(domain.from(MAG2, ALICE).sent().prefix()).isEqualTo(prefix);
        assertThat(domain.records().get(ALICE).remnants()).isEmpty();
    }

    @Test
    void aNodeThatReturnsMayAskForItsPrefixByName() {
        domain.configure(parameters -> parameters.withAssignmentMemory(60_000));
        Ip6Prefix prefix = domain.from(MAG1, ALICE).sent().prefix();
        domain.end(ALICE);
        domain.from(MAG1, BOB).prefix(prefix).sent().rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        assertThat(domain.from(MAG2, ALICE).prefix(prefix).sent().prefix()).isEqualTo(prefix);
        domain.end(ALICE);
        domain.pass(60_000);
        assertThat(domain.records()).isEmpty();
        assertThat(domain.claims()).isEmpty();
        assertThat(domain.from(MAG1, BOB).prefix(prefix).sent().prefix()).isEqualTo(prefix);
    }

    @Test
    void aNodeThatReturnsFindsItsAddressAgain() {
        domain.configure(parameters -> parameters.withAssignmentMemory(60_000));
        Exchange first = domain.from(MAG1, EVE).withoutPrefix().ipv4("0.0.0.0").sent();
        String address = first.option(Ipv4HomeAddressReply.class).address().toString();
        domain.end(EVE);
        assertThat(domain.ipv4Claims()).containsOnlyKeys("1/" + address);
        assertThat(domain.from(MAG2, EVE).withoutPrefix().ipv4("0.0.0.0").sent()
                .option(Ipv4HomeAddressReply.class).address()).hasToString(address);
        domain.end(EVE);
        assertThat(domain.from(MAG2, EVE).withoutPrefix().ipv4(address).sent().accepted(Transition.Kind.REGISTERED)
                .option(Ipv4HomeAddressReply.class).address()).hasToString(address);
        domain.end(EVE);
        domain.pass(60_000);
        assertThat(domain.ipv4Claims()).isEmpty();
    }

    @Test
    void anAddressOfTheProfileIsRememberedToo() {
        domain.configure(parameters -> parameters.withAssignmentMemory(60_000));
        domain.from(MAG1, FRANK).withoutPrefix().ipv4("0.0.0.0").sent().accepted(Transition.Kind.REGISTERED);
        domain.end(FRANK);
        assertThat(domain.from(MAG1, FRANK).withoutPrefix().ipv4("0.0.0.0").sent()
                .option(Ipv4HomeAddressReply.class).address()).isEqualTo(Domain.FRANKS);
    }
}
