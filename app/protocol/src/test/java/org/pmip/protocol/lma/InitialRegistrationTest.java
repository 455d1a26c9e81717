// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.BOB;
import static org.pmip.protocol.lma.Domain.CAROL;
import static org.pmip.protocol.lma.Domain.LMAA;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.Timestamp;

/** A node attaches for the first time: draft-ietf-netlmm-proxymip6-10 section 5.3.2. */
class InitialRegistrationTest {

    private static final Ip6Prefix WANTED = Ip6Prefix.valueOf("2001:db8:a000:77::/64");

    private final Domain domain = new Domain();

    @Test
    @Requirement({"PMIP10-3-2", "PMIP10-5.3.2-1", "PMIP10-5.3.2-7", "PMIP10-5.3.2-9", "PMIP10-5.3.1-17",
        "PMIP10-5.1-1", "PMIP10-2.2-5", "PMIP10-5.3.6-10", "PMIP10-5.4.1.3-6", "PMIP10-5.3.1-6"})
    void anAllZeroPrefixGetsOneFromThePool() {
        Exchange reply = domain.from(MAG1, ALICE).technology(AccessTechnologyType.ETHERNET).sent()
                .accepted(Transition.Kind.REGISTERED);

        assertThat(Domain.POOL.contains(reply.prefix())).isTrue();
        assertThat(reply.prefix().prefixLength()).isEqualTo(64);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(session.prefixes()).containsExactly(reply.prefix());
        assertThat(session.proxyCoa()).isEqualTo(MAG1);
        assertThat(session.lmaAddress()).isEqualTo(LMAA);
        assertThat(session.accessTechnology()).isEqualTo(AccessTechnologyType.ETHERNET);
        assertThat(session.lifetime()).isEqualTo(100);
        assertThat(session.gre()).isEqualTo(GreMode.NONE);
    }

    @Test
    @Requirement({"PMIP10-5.2-1", "PMIP10-5.3.2-2", "PMIP10-5.1-1"})
    void twoNodesNeverShareAPrefix() {
        Ip6Prefix alices = domain.from(MAG1, ALICE).sent().prefix();
        Ip6Prefix bobs = domain.from(MAG1, BOB).sent().prefix();

        assertThat(bobs).isNotEqualTo(alices);
        assertThat(domain.session(ALICE).sessionId()).isNotEqualTo(domain.session(BOB).sessionId());
    }

    @Test
    @Requirement({"PMIP10-5.2-1", "PMIP10-2.2-7", "PMIP10-5.4-1", "PMIP10-5.4-2", "R5845-3.1-6"})
    void twoInterfacesOfANodeAreTwoSessions() {
        Ip6Prefix first = domain.from(MAG1, ALICE).identifier("020000000001").gre(0x11).sent().prefix();
        Ip6Prefix second = domain.from(MAG2, ALICE).identifier("020000000002").lifetime(7).sent()
                .accepted(Transition.Kind.REGISTERED).prefix();

        assertThat(second).isNotEqualTo(first);
        List<BindingCacheEntry> sessions = domain.sessions(ALICE);
        assertThat(sessions).extracting(BindingCacheEntry::prefixes).containsExactly(List.of(first), List.of(second));
        assertThat(sessions).extracting(BindingCacheEntry::gre).containsExactly(GreMode.KEYS, GreMode.NONE);
        assertThat(sessions.get(0).downlinkKey()).isEqualTo(0x11);
        domain.pass(30_000);
        assertThat(domain.session(ALICE).prefixes()).containsExactly(first);
    }

    @Test
    @Requirement({"PMIP10-5.3.2-4", "PMIP10-5.4.1.1-2", "R5213-5.3.2-1"})
    void aHintWithinThePoolIsFollowed() {
        assertThat(domain.from(MAG1, ALICE).prefix(WANTED).sent().accepted(Transition.Kind.REGISTERED).prefix())
                .isEqualTo(WANTED);
    }

    @Test
    @Requirement({"PMIP10-5.3.2-4", "PMIP10-5.3.2-6", "R5213-5.3.2-1", "PMIP10-5.3.6-8"})
    void aHintThatTheAnchorDoesNotOwnIsRefused() {
        Ip6Prefix strange = Ip6Prefix.valueOf("2001:db8:b000::/64");
        assertThat(domain.from(MAG1, ALICE).prefix(strange).sent()
                .rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX).prefix()).isEqualTo(strange);
        domain.from(MAG1, ALICE).prefix(WANTED, strange).sent()
                .rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        domain.from(MAG1, ALICE).prefix(Domain.EXCLUDED).sent()
                .rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        domain.from(MAG1, ALICE).prefix(Ip6Prefix.valueOf("2001:db8:a000:77::/80")).sent()
                .rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        assertThat(domain.claims()).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.2-5", "PMIP10-5.3.2-6", "PMIP10-4-8", "PMIP10-4-9"})
    void aHintForThePrefixOfAnothersProfileIsRefused() {
        domain.from(MAG1, ALICE).prefix(Domain.CAROLS_FIRST).sent()
                .rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        domain.from(MAG1, CAROL).prefix(WANTED).sent().rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.1-3", "PMIP10-5.2-1"})
    void aHintForABoundPrefixOfAnotherNodeIsRefused() {
        domain.from(MAG1, ALICE).prefix(WANTED).sent().accepted(Transition.Kind.REGISTERED);
        domain.from(MAG1, BOB).prefix(WANTED).sent().rejected(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);

        assertThat(domain.claims()).containsEntry(WANTED, ALICE);
        assertThat(domain.sessions(BOB)).isEmpty();
    }

    @Test
    @Requirement({"R5213-5.1-3", "R5213-5.2-1", "R5213-5.3.6-1", "R5213-5.3.2-1", "PMIP10-6.2-5"})
    void aProfilesPrefixesMakeOneSession() {
        Exchange reply = domain.from(MAG1, CAROL).sent().accepted(Transition.Kind.REGISTERED);

        assertThat(reply.prefixes()).containsExactly(Domain.CAROLS_FIRST, Domain.CAROLS_SECOND);
        assertThat(domain.session(CAROL).prefixes()).containsExactly(Domain.CAROLS_FIRST, Domain.CAROLS_SECOND);
    }

    @Test
    @Requirement({"R5213-5.3.1-1", "R5213-5.1-3", "R5213-5.3.6-1"})
    void severalHintsMakeOneSession() {
        Ip6Prefix other = Ip6Prefix.valueOf("2001:db8:a000:78::/64");
        Exchange reply = domain.from(MAG1, ALICE).prefix(WANTED, other).sent().accepted(Transition.Kind.REGISTERED);

        assertThat(reply.prefixes()).containsExactly(WANTED, other);
        assertThat(domain.session(ALICE).prefixes()).containsExactly(WANTED, other);
    }

    @Test
    @Requirement("PMIP10-5.3.2-3")
    void anEmptyPoolIsInsufficientResources() {
        Domain small = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS,
                List.of(new PrefixPool("one", Ip6Prefix.valueOf("2001:db8:a000::/64"), 64, List.of())),
                Optional.empty(), Map.of());
        small.from(MAG1, ALICE).sent().accepted(Transition.Kind.REGISTERED);
        Exchange refused = small.from(MAG1, BOB).sent().rejected(Status.INSUFFICIENT_RESOURCES);

        assertThat(refused.option(HomeNetworkPrefix.class).isAllZero()).isTrue();
        assertThat(small.sessions(BOB)).isEmpty();
    }

    @Test
    @Requirement("PMIP10-5.3.2-3")
    void aKeySpaceThatIsUsedUpIsInsufficientResources() {
        domain.keySpace(0);
        domain.from(MAG1, ALICE).gre(0x11).sent().rejected(Status.INSUFFICIENT_RESOURCES);
        assertThat(domain.claims()).as("the prefix that was set aside went back").isEmpty();
        domain.from(MAG1, ALICE).sent().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    @Requirement({"R5213-5.1-1", "PMIP10-5.1-4"})
    void theInterfaceIsKeptOrTwoZeroOctets() {
        domain.from(MAG1, ALICE).identifier("0200000000aa").sent();
        domain.from(MAG1, BOB).sent();

        assertThat(domain.session(ALICE).linkLayerIdentifier()).containsExactly(2, 0, 0, 0, 0, 0xaa);
        assertThat(domain.session(BOB).linkLayerIdentifier()).containsExactly(0, 0);
        assertThat(domain.session(BOB).interfaceUnknown()).isTrue();
    }

    @Test
    @Requirement({"R5213-5.1-2", "R5213-5.3.6-3", "PMIP10-5.3.6-20", "PMIP10-5.3.6-21", "PMIP10-5.1-5",
        "PMIP10-5.3.6-22"})
    void theLinkLocalAddressIsChosenOrTakenAndKept() {
        Ip6Address chosen = domain.from(MAG1, ALICE).linkLocal(Ip6Address.ZERO).sent()
                .option(LinkLocalAddress.class).address();
        assertThat(chosen).isEqualTo(LmaEngine.GATEWAY_LINK_LOCAL);
        assertThat(domain.session(ALICE).linkLocalAddress()).isEqualTo(chosen);

        Ip6Address named = Ip6Address.valueOf("fe80::7");
        assertThat(domain.from(MAG1, BOB).linkLocal(named).sent().option(LinkLocalAddress.class).address())
                .isEqualTo(named);
        assertThat(domain.session(BOB).linkLocalAddress()).isEqualTo(named);

        domain.from(MAG1, CAROL).sent();
        assertThat(domain.session(CAROL).linkLocalAddress()).isEqualTo(Ip6Address.ZERO);
    }

    @Test
    @Requirement({"PMIP10-5.1-9", "PMIP10-5.1-10"})
    void theTimestampOfTheRequestIsKeptNotThatOfItsArrival() {
        Pbu request = domain.from(MAG1, ALICE).clockOff(-200);
        long stamp = request.message().first(Timestamp.class).orElseThrow().value();
        request.sent();
        domain.from(MAG1, BOB).sequence(5).sent();

        assertThat(domain.session(ALICE).timestamp()).isEqualTo(stamp);
        assertThat(domain.session(BOB).timestamp()).isZero();
    }

    @Test
    @Requirement({"PMIP10-5.3.6-3", "PMIP10-5.3.6-2"})
    void theTunnelGoesToTheAlternateCareOfAddressAndTheAnswerToTheSource() {
        Exchange reply = domain.from(MAG1, ALICE).alternateCareOf(MAG2).sent().accepted(Transition.Kind.REGISTERED);

        assertThat(domain.session(ALICE).proxyCoa()).isEqualTo(MAG2);
        assertThat(reply.answer().destination()).isEqualTo(MAG1);
        assertThat(reply.answer().source()).isEqualTo(LMAA);
    }
}
