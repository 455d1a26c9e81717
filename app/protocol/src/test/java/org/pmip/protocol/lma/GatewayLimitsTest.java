// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.BOB;
import static org.pmip.protocol.lma.Domain.CAROL;
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
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.LinkLocalAddress;

/** What a gateway may register, how much of it, and the variables that all gateways share. */
class GatewayLimitsTest {

    private static final Ip6Prefix ALLOWED = Ip6Prefix.valueOf("2001:db8:a000:100::/56");
    private static final Ip6Prefix INSIDE = Ip6Prefix.valueOf("2001:db8:a000:1aa::/64");
    private static final Ip6Prefix BEYOND = Ip6Prefix.valueOf("2001:db8:a000:2aa::/64");

    private final Domain domain = new Domain();

    private void onlySomePrefixes() {
        domain.configure(MAG1, before -> before.withPrefixes(List.of(ALLOWED)));
    }

    private void cap(long most, boolean silent) {
        domain.configure(MAG1, before -> before.withSessionCap(most, silent));
    }

    @Test
    @Requirement({"PMIP10-4-9", "PMIP10-5.3.1-10"})
    void aGatewayMayBeForSomePrefixesOnly() {
        onlySomePrefixes();
        domain.from(MAG1, ALICE).prefix(BEYOND).sent().rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        domain.from(MAG1, ALICE).prefix(INSIDE, BEYOND).sent().rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        domain.from(MAG1, CAROL).sent().rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        assertThat(domain.claims()).isEmpty();
        domain.from(MAG1, ALICE).prefix(INSIDE).sent().accepted(Transition.Kind.REGISTERED);
        domain.from(MAG2, BOB).prefix(BEYOND).sent().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    @Requirement("PMIP10-4-9")
    void whatItGetsFromAPoolLiesInThem() {
        onlySomePrefixes();
        assertThat(ALLOWED.contains(domain.from(MAG1, ALICE).sent().prefix())).isTrue();
        assertThat(ALLOWED.contains(domain.from(MAG1, BOB).sent().prefix())).isTrue();
        domain.configure(MAG1, before -> before.withPrefixes(List.of(Ip6Prefix.valueOf("2001:db8:f000::/40"))));
        domain.from(MAG1, Domain.EVE).sent().rejected(Status.INSUFFICIENT_RESOURCES);
    }

    @Test
    @Requirement("PMIP10-4-9")
    void aSessionCannotMoveToAGatewayThatIsNotForItsPrefix() {
        onlySomePrefixes();
        Exchange first = domain.from(MAG2, ALICE).identifier("020000000001").prefix(BEYOND).sent();
        domain.from(MAG1, ALICE).identifier("020000000001").handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        assertThat(domain.session(ALICE).proxyCoa()).isEqualTo(MAG2);
        assertThat(domain.session(ALICE).prefixes()).containsExactly(first.prefix());
    }

    @Test
    @Requirement("PMIP10-4-9")
    void whatItLostTheRightToItMayStillEnd() {
        Exchange first = domain.from(MAG1, ALICE).prefix(BEYOND).sent();
        onlySomePrefixes();
        domain.from(MAG1, ALICE).prefix(BEYOND).lifetime(50).sent()
                .rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        domain.from(MAG1, ALICE).prefix(first.prefix()).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);
    }

    @Test
    void overTheCapThereIsStatus130() {
        cap(1, false);
        Ip6Prefix prefix = domain.from(MAG1, ALICE).gre(0x11).sent().accepted(Transition.Kind.REGISTERED).prefix();
        Map<Ip6Prefix, String> claims = domain.claims();
        domain.from(MAG1, BOB).gre(0x22).sent().rejected(Status.INSUFFICIENT_RESOURCES);
        assertThat(domain.claims()).as("what was set aside went back").isEqualTo(claims);
        domain.from(MAG1, ALICE).prefix(prefix).gre(0x11).sent().accepted(Transition.Kind.EXTENDED);
        domain.from(MAG2, BOB).sent().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    void overTheCapThereIsSilenceWhereThatIsConfigured() {
        cap(1, true);
        domain.from(MAG1, ALICE).sent().accepted(Transition.Kind.REGISTERED);
        domain.from(MAG1, BOB).sent().ignored();
    }

    @Test
    void aSessionThatMovesThereCountsAndOneThatLeavesDoesNot() {
        cap(1, false);
        domain.from(MAG1, ALICE).identifier("020000000001").sent();
        domain.from(MAG2, BOB).identifier("020000000002").sent();
        domain.from(MAG1, BOB).identifier("020000000002").handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .rejected(Status.INSUFFICIENT_RESOURCES);
        assertThat(domain.session(BOB).proxyCoa()).isEqualTo(MAG2);
        domain.from(MAG2, ALICE).identifier("020000000001").handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .accepted(Transition.Kind.HANDED_OFF);
        domain.from(MAG1, BOB).identifier("020000000002").handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent()
                .accepted(Transition.Kind.HANDED_OFF);
    }

    @Test
    void capsAndPortsThatMakeNoSenseAreRefused() {
        LmaPolicy.MagPolicy plain = new LmaPolicy.MagPolicy("", Optional.empty(),
                Optional.empty(), 1);
        assertThatThrownBy(() -> plain.withSessionCap(0, false)).hasMessageContaining("sessionCap");
        assertThatThrownBy(() -> plain.withTranslators(List.of(), OptionalInt.of(65_536)))
                .hasMessageContaining("dataPort");
    }

    @Test
    @Requirement("R5213-9.3-1")
    void timestampsAreInUseUnlessTheDomainUsesSequenceNumbers() {
        LmaParameters defaults = LmaParameters.DEFAULTS;
        assertThat(defaults.timestampBasedApproachInUse()).isTrue();
        assertThat(defaults.mobileNodeGeneratedTimestampInUse()).isFalse();
        assertThatThrownBy(() -> defaults.withTimestampBasedApproachInUse(false)
                .withMobileNodeGeneratedTimestampInUse(true)).hasMessageContaining("timestampBasedApproachInUse");
        assertThatThrownBy(() -> defaults.withMobileNodeGeneratedTimestampInUse(true)
                .withTimestampBasedApproachInUse(false)).hasMessageContaining("timestampBasedApproachInUse");

        domain.configure(parameters -> parameters.withTimestampBasedApproachInUse(false));
        Pbu late = domain.from(MAG1, ALICE).identifier("020000000001").clockOff(-86_400_000);
        domain.from(MAG1, ALICE).identifier("020000000001").clockOff(86_400_000).sent()
                .accepted(Transition.Kind.REGISTERED);
        late.sent().rejected(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW);
        domain.from(MAG1, ALICE).identifier("020000000001").clockOff(-86_400_000).sent()
                .accepted(Transition.Kind.EXTENDED);
    }

    @Test
    @Requirement({"R5213-9.3-2", "PMIP10-5.3.6-22"})
    void theAnchorChoosesTheLinkLocalAddressThatTheDomainHasFixed() {
        domain.from(MAG1, ALICE).linkLocal(Ip6Address.ZERO).sent();
        assertThat(domain.session(ALICE).linkLocalAddress()).isEqualTo(LmaEngine.GATEWAY_LINK_LOCAL);
        Ip6Address fixed = Ip6Address.valueOf("fe80::5213");
        domain.configure(parameters -> parameters.withFixedMagLinkLocalAddress(fixed));
        Exchange reply = domain.from(MAG1, BOB).linkLocal(Ip6Address.ZERO).sent();
        assertThat(reply.option(LinkLocalAddress.class).address()).isEqualTo(fixed);
        assertThat(domain.session(BOB).linkLocalAddress()).isEqualTo(fixed);
        assertThatThrownBy(() -> LmaParameters.DEFAULTS.withFixedMagLinkLocalAddress(MAG1))
                .hasMessageContaining("fe80::/10");
    }

    @Test
    @Requirement("PMIP10-6.6-1")
    void oneIdentifierIsOneNodeAtAllGateways() {
        Exchange first = domain.from(MAG1, ALICE).identifier("020000000001").sent();
        Exchange other = domain.from(MAG1, BOB).identifier("020000000001").sent();
        assertThat(other.prefix()).isNotEqualTo(first.prefix());
        Exchange moved = domain.from(MAG2, ALICE).identifier("020000000001")
                .handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent().accepted(Transition.Kind.HANDED_OFF);
        assertThat(moved.prefix()).isEqualTo(first.prefix());
    }
}
