// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.EVE;
import static org.pmip.protocol.lma.Domain.INSIDE;
import static org.pmip.protocol.lma.Domain.LMAA;
import static org.pmip.protocol.lma.Domain.LMAA4;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG1_IPV4;
import static org.pmip.protocol.lma.Domain.MAG2_IPV4;
import static org.pmip.protocol.lma.Domain.OUTSIDE;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.NatDetection;

/** Signalling and tunnels over IPv4: RFC 5844 section 4, RFC 5845 section 7. */
class Ipv4TransportTest {

    private static final int F = BindingUpdate.F;
    private static final int T = BindingUpdate.T;

    private final Domain domain = new Domain();

    private void forcing() {
        domain.configure(parameters -> parameters.withAcceptForcedIpv4UdpEncapsulationRequest(true));
    }

    private static Exchange handedOff(Pbu request) {
        return request.handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent().accepted(Transition.Kind.HANDED_OFF);
    }

    @Test
    @Requirement({"R5844-4.1.3.2-1", "R5844-3.1.1-1", "PMIP10-2.2-3", "PMIP10-6.10.1-1", "PMIP10-6.10.2-1",
        "GK07-11.1-1", "R5844-4.1.3.1-1"})
    void theAnswerGoesOverUdpToThePortThatTheRequestCameFrom() {
        Exchange reply = domain.from(MAG1_IPV4, ALICE).port(40_123).sent().accepted(Transition.Kind.REGISTERED);

        Answer answer = reply.answer();
        assertThat(answer.overIpv4()).isTrue();
        assertThat(answer.source()).isEqualTo(LMAA4);
        assertThat(answer.destination()).isEqualTo(MAG1_IPV4);
        assertThat(answer.destinationPort()).isEqualTo(40_123);
        assertThat(Arrays.copyOfRange(answer.mobilityHeader(), 4, 6)).as("checksum").containsExactly(0, 0);
        assertThat(reply.pba().first(NatDetection.class)).isEmpty();
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.ipv4ProxyCoa()).isEqualTo(MAG1_IPV4);
        assertThat(session.proxyCoa()).isEqualTo(MAG1_IPV4);
        assertThat(session.lmaAddress()).isEqualTo(LMAA4);
        assertThat(session.peerAddress()).isEqualTo(MAG1_IPV4);
        assertThat(session.udp()).as("plain IPv6 in IPv4").isFalse();
        assertThat(session.gre()).isEqualTo(GreMode.NONE);
    }

    @Test
    @Requirement("R5844-3.1.1-1")
    void overIpv6TheIpv4ProxyCareOfAddressIsAllZero() {
        domain.from(MAG1, ALICE).sent();
        assertThat(domain.session(ALICE).ipv4ProxyCoa()).isEqualTo(Ip4Address.valueOf("0.0.0.0"));
    }

    @Test
    @Requirement({"R5845-7.4-1", "GK07-7.4-1", "R5844-3.1.1-1"})
    void anIpv4HomeAddressIsAssignedOverIpv4AsOverIpv6() {
        Exchange reply = domain.from(MAG1_IPV4, EVE).ipv4("0.0.0.0").gre(0x11).and(T).sent();

        assertThat(reply.kind()).isEqualTo(Transition.Kind.REGISTERED);
        Ipv4HomeAddressReply address = reply.option(Ipv4HomeAddressReply.class);
        assertThat(address.status()).isEqualTo(Ipv4HomeAddressReply.SUCCESS);
        assertThat(reply.option(Ipv4DefaultRouterAddress.class).address()).isEqualTo(Domain.ROUTER);
        BindingCacheEntry session = domain.session(EVE);
        assertThat(session.ipv4Home().orElseThrow().address()).isEqualTo(address.address());
        assertThat(session.ipv4Home().orElseThrow().prefixLength()).isEqualTo(29);
        assertThat(session.prefixes()).as("one entry for both").containsExactly(reply.prefix());
    }

    @Test
    @Requirement({"R5844-4.1.3.1-2", "R5844-5-1"})
    void udpCannotBeForcedUnlessTheAnchorAcceptsIt() {
        assertThat(LmaParameters.DEFAULTS.acceptForcedIpv4UdpEncapsulationRequest()).isFalse();
        domain.from(MAG1_IPV4, ALICE).and(F).sent().rejected(Status.ADMINISTRATIVELY_PROHIBITED);
        forcing();
        Exchange reply = domain.from(MAG1_IPV4, ALICE).and(F).sent().accepted(Transition.Kind.REGISTERED);

        NatDetection option = reply.option(NatDetection.class);
        assertThat(option.forced()).isTrue();
        assertThat(option.refreshTime()).as("no translator, no keepalives").isEqualTo(0xffff_ffffL);
        assertThat(domain.session(ALICE).peerPort()).isEqualTo(5437);
        assertThat(domain.session(ALICE).tlvHeader()).isFalse();
    }

    @Test
    @Requirement("R5844-4.1.3.1-2")
    void aDeregistrationWithFIsCarriedOutAllTheSame() {
        Ip6Prefix prefix = domain.from(MAG1_IPV4, ALICE).sent().prefix();
        domain.from(MAG1_IPV4, ALICE).prefix(prefix).and(F).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);
    }

    @Test
    @Requirement("R5844-4.1.3.1-2")
    void overIpv6TheFlagMeansNothing() {
        domain.from(MAG1, ALICE).and(F).sent().accepted(Transition.Kind.REGISTERED);
        assertThat(domain.session(ALICE).udp()).isFalse();
    }

    @Test
    @Requirement({"R5844-4.1.3.1-2", "R5845-7.1-2", "GK07-7.1-1"})
    void greWithoutTheTlvHeaderIsNeverInUdp() {
        forcing();
        Exchange reply = domain.from(MAG1_IPV4, ALICE).and(F).gre(0x11).sent().accepted(Transition.Kind.REGISTERED);

        assertThat(reply.pba().has(BindingAcknowledgement.T)).isFalse();
        assertThat(reply.pba().first(NatDetection.class)).isEmpty();
        assertThat(domain.session(ALICE).udp()).isFalse();
        assertThat(domain.session(ALICE).gre()).isEqualTo(GreMode.KEYS);
    }

    @Test
    @Requirement({"R5845-6.3-2", "R5845-7.2-2", "R5845-7.4-2", "R5845-7.4-4", "R5845-7.4-5", "R5845-7.1-2",
        "R5844-4.1.3.1-2", "GK07-7.1-1", "R5845-5.1-5"})
    void greInUdpGoesBehindATlvHeader() {
        Exchange keys = domain.from(MAG1_IPV4, ALICE).and(T).gre(0x11).sent().accepted(Transition.Kind.REGISTERED);
        assertThat(keys.pba().flags()).isEqualTo(BindingAcknowledgement.P | BindingAcknowledgement.T);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.gre()).isEqualTo(GreMode.KEYS);
        assertThat(session.downlinkKey()).isEqualTo(0x11);
        assertThat(session.uplinkKey()).isEqualTo(keys.uplinkKey()).isNotZero();
        assertThat(session.tlvHeader()).isTrue();
        assertThat(session.peerPort()).isEqualTo(5437);

        Exchange mode = domain.from(MAG1_IPV4, Domain.BOB).and(T).gre().sent().accepted(Transition.Kind.REGISTERED);
        assertThat(mode.pba().has(BindingAcknowledgement.T)).isTrue();
        assertThat(mode.option(GreKey.class).hasKey()).isFalse();
        assertThat(domain.session(Domain.BOB).tlvHeader()).isTrue();
        assertThat(domain.session(Domain.BOB).gre()).isEqualTo(GreMode.MODE_ONLY);
    }

    @Test
    @Requirement({"R5845-7.4-3", "R5845-7.2-3"})
    void theTlvHeaderWithoutGreIsNotAgreed() {
        Exchange reply = domain.from(MAG1_IPV4, ALICE).and(T).sent().accepted(Transition.Kind.REGISTERED);
        assertThat(reply.pba().has(BindingAcknowledgement.T)).isFalse();
        assertThat(domain.session(ALICE).tlvHeader()).isFalse();
        Domain without = new Domain(GrePolicy.NOT_REQUIRED);
        Exchange unneeded = without.from(MAG1_IPV4, ALICE).and(T).gre(0x11).sent();
        assertThat(unneeded.status()).isEqualTo(Status.GRE_KEY_OPTION_NOT_REQUIRED);
        assertThat(unneeded.pba().has(BindingAcknowledgement.T)).isFalse();
    }

    @Test
    @Requirement({"R5845-7.4-6", "R5845-7.4-7", "R5845-7.4-8", "R5845-6.4-2", "R5845-7.1-2"})
    void anAnchorThatDoesNotSpeakItSaysSo() {
        domain.configure(parameters -> parameters.withAcceptTlvHeader(false));
        Exchange reply = domain.from(MAG1_IPV4, ALICE).and(T).gre(0x11).sent();
        assertThat(reply.status()).isEqualTo(Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED);
        assertThat(reply.pba().has(BindingAcknowledgement.T)).isFalse();
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.gre()).isEqualTo(GreMode.KEYS);
        assertThat(session.downlinkKey()).isEqualTo(0x11);
        assertThat(session.tlvHeader()).isFalse();
        assertThat(session.udp()).isFalse();
    }

    @Test
    @Requirement({"R5845-7.2-5", "R5845-7.2-7"})
    void anExtensionKeepsTheFormat() {
        Ip6Prefix prefix = domain.from(MAG1_IPV4, ALICE).gre(0x11).sent().prefix();
        Exchange asked = domain.from(MAG1_IPV4, ALICE).prefix(prefix).and(T).gre(0x11).sent();
        assertThat(asked.kind()).isEqualTo(Transition.Kind.EXTENDED);
        assertThat(asked.status()).isEqualTo(Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED);
        assertThat(domain.session(ALICE).tlvHeader()).isFalse();

        Ip6Prefix other = domain.from(MAG1_IPV4, Domain.BOB).and(T).gre(0x11).sent().prefix();
        domain.from(MAG1_IPV4, Domain.BOB).prefix(other).and(T).gre(0x11).sent().accepted(Transition.Kind.EXTENDED);
        assertThat(domain.session(Domain.BOB).tlvHeader()).isTrue();
        Exchange dropped = domain.from(MAG1_IPV4, Domain.BOB).prefix(other).gre(0x11).sent()
                .accepted(Transition.Kind.EXTENDED);
        assertThat(dropped.pba().has(BindingAcknowledgement.T)).as("never unless asked for").isFalse();
        assertThat(domain.session(Domain.BOB).udp()).isFalse();
    }

    @Test
    @Requirement("R5845-7.2-6")
    void aHandoffNegotiatesTheFormatAnew() {
        Exchange first = domain.from(MAG1_IPV4, ALICE).identifier("020000000001").gre(0x11).sent();
        Exchange with = handedOff(domain.from(MAG2_IPV4, ALICE).identifier("020000000001").and(T).gre(0x22));
        assertThat(with.pba().has(BindingAcknowledgement.T)).isTrue();
        assertThat(with.uplinkKey()).isEqualTo(first.uplinkKey());
        assertThat(domain.session(ALICE).tlvHeader()).isTrue();
        handedOff(domain.from(MAG1_IPV4, ALICE).identifier("020000000001").gre(0x33));
        assertThat(domain.session(ALICE).tlvHeader()).isFalse();
        assertThat(domain.session(ALICE).udp()).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.10.1-1", "R5844-3.1.1-1"})
    void aNodeMovesBetweenIpv4AndIpv6Gateways() {
        Exchange first = domain.from(MAG1, ALICE).identifier("020000000001").gre(0x11).sent();
        handedOff(domain.from(MAG2_IPV4, ALICE).identifier("020000000001").and(T).gre(0x22));
        assertThat(domain.session(ALICE).lmaAddress()).isEqualTo(LMAA4);
        domain.from(MAG1, ALICE).identifier("020000000001").prefix(first.prefix()).deregistration().sent().ignored();
        Exchange back = handedOff(domain.from(MAG1, ALICE).identifier("020000000001").gre(0x33));

        assertThat(back.prefix()).isEqualTo(first.prefix());
        assertThat(back.uplinkKey()).isEqualTo(first.uplinkKey());
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.lmaAddress()).isEqualTo(LMAA);
        assertThat(session.peerAddress()).isEqualTo(MAG1);
        assertThat(session.udp()).isFalse();
        assertThat(session.tlvHeader()).isFalse();
    }

    @Test
    @Requirement({"R5844-4-1", "R5844-4.1.3.2-1"})
    void aTranslatorOnThePathIsSeenByTheCareOfAddressOption() {
        Exchange reply = domain.from(INSIDE, ALICE).through(OUTSIDE, 61_000).sent()
                .accepted(Transition.Kind.REGISTERED);

        assertThat(reply.answer().destination()).isEqualTo(OUTSIDE);
        assertThat(reply.answer().destinationPort()).isEqualTo(61_000);
        assertThat(reply.option(NatDetection.class).forced()).isTrue();
        assertThat(reply.option(NatDetection.class).refreshTime()).isEqualTo(110);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.proxyCoa()).as("who").isEqualTo(INSIDE);
        assertThat(session.peerAddress()).as("where").isEqualTo(OUTSIDE);
        assertThat(session.ipv4ProxyCoa()).isEqualTo(OUTSIDE);
        assertThat(session.peerPort()).isEqualTo(61_000);
    }

    @Test
    @Requirement("R5844-4-1")
    void theOptionWithTheSourceItselfMeansNoTranslator() {
        Exchange reply = domain.from(MAG1_IPV4, ALICE).with(Ipv4CareOfAddress.of(MAG1_IPV4)).sent()
                .accepted(Transition.Kind.REGISTERED);
        assertThat(reply.pba().first(NatDetection.class)).isEmpty();
        assertThat(domain.session(ALICE).udp()).isFalse();
    }

    @Test
    @Requirement({"R5844-4-1", "R5845-7.2-5"})
    void theTranslatorsPortAndAddressMayChangeAtAnExtension() {
        Exchange first = domain.from(INSIDE, ALICE).through(OUTSIDE, 61_000).and(T).gre(0x11).sent();
        Ip4Address moved = Ip4Address.valueOf("203.0.113.9");
        domain.from(INSIDE, ALICE).through(moved, 5436).prefix(first.prefix()).and(T).gre(0x11).sent()
                .accepted(Transition.Kind.EXTENDED);

        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.peerAddress()).isEqualTo(moved);
        assertThat(session.peerPort()).as("a port that was left alone").isEqualTo(5437);
        assertThat(session.uplinkKey()).isEqualTo(first.uplinkKey());
        assertThat(session.tlvHeader()).isTrue();
    }

    @Test
    @Requirement("R5845-7.2-5")
    void aGatewayThatLearnsOfATranslatorMayGoOverToTheTlvHeader() {
        Exchange first = domain.from(INSIDE, ALICE).through(OUTSIDE, 61_000).gre(0x11).sent();
        assertThat(first.option(NatDetection.class).forced()).as("GRE alone will not get through").isTrue();
        domain.from(INSIDE, ALICE).through(OUTSIDE, 61_000).prefix(first.prefix()).and(T).gre(0x11).sent()
                .accepted(Transition.Kind.EXTENDED);
        assertThat(domain.session(ALICE).tlvHeader()).isTrue();
    }

    @Test
    @Requirement("R5844-4-1")
    void theDataPortBehindATranslatorCanBeConfigured() {
        domain.configure(INSIDE, before -> before.withTranslators(List.of(Ip4Prefix.valueOf("203.0.113.5/32")),
                OptionalInt.of(30_437)));
        domain.from(INSIDE, ALICE).through(OUTSIDE, 61_000).sent();
        assertThat(domain.session(ALICE).peerPort()).isEqualTo(30_437);
    }

    @Test
    @Requirement("R5844-4-1")
    void udpCanBeConfiguredForAGateway() {
        domain.configure(MAG1_IPV4, LmaPolicy.MagPolicy::withUdpAlways);
        Exchange reply = domain.from(MAG1_IPV4, ALICE).sent().accepted(Transition.Kind.REGISTERED);
        assertThat(reply.option(NatDetection.class).forced()).isTrue();
        assertThat(domain.session(ALICE).peerPort()).isEqualTo(5437);
    }

    @Test
    @Requirement("PMIP10-5.3.1-10")
    void aTranslatorThatIsNotTheGatewaysMayNotSpeakForIt() {
        domain.from(INSIDE, ALICE).through(Ip4Address.valueOf("203.0.113.77"), 61_000).sent()
                .rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        domain.from(INSIDE, ALICE).through(MAG1_IPV4, 5436).sent()
                .rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        domain.from(Ip4Address.valueOf("198.51.100.99"), ALICE).sent()
                .rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        domain.from(Ip4Address.valueOf("10.9.9.9"), ALICE).through(OUTSIDE, 5436).sent()
                .rejected(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
    }

    @Test
    @Requirement("RFC6275-6.1.7-1")
    void careOfAddressesThatNobodyCanHaveAreIgnored() {
        for (String address : List.of("0.0.0.0", "224.0.0.1", "255.255.255.255", "127.0.0.1", "169.254.1.1")) {
            domain.from(MAG1_IPV4, ALICE).with(Ipv4CareOfAddress.of(Ip4Address.valueOf(address))).sent().ignored();
        }
    }

    @Test
    void anAlternateCareOfAddressCountsOverIpv6Only() {
        domain.from(MAG1_IPV4, ALICE).alternateCareOf(Ip6Address.valueOf("2001:db8::77")).sent()
                .accepted(Transition.Kind.REGISTERED);
        assertThat(domain.session(ALICE).proxyCoa()).isEqualTo(MAG1_IPV4);
        domain.from(MAG1, Domain.BOB).with(Ipv4CareOfAddress.of(MAG2_IPV4)).sent()
                .accepted(Transition.Kind.REGISTERED);
        assertThat(domain.session(Domain.BOB).proxyCoa()).isEqualTo(MAG1);
    }

    @Test
    void aRetransmissionThroughAnotherPortIsAnsweredThere() {
        Exchange first = domain.from(INSIDE, ALICE).through(OUTSIDE, 61_000).sent();
        Exchange again = first.againFrom(domain, 62_000);
        assertThat(again.kind()).isEqualTo(Transition.Kind.REPEATED);
        assertThat(again.answer().mobilityHeader()).isEqualTo(first.answer().mobilityHeader());
        assertThat(again.answer().destinationPort()).isEqualTo(62_000);
    }

    @Test
    @Requirement({"R5844-4.1.3.2-1", "PMIP10-5.3.6-2"})
    void rejectionsGoTheSameWay() {
        Answer answer = domain.from(MAG1_IPV4, Domain.DAVE).port(7_777).sent()
                .rejected(Status.PROXY_REG_NOT_ENABLED).answer();
        assertThat(answer.destinationPort()).isEqualTo(7_777);
        assertThat(answer.source()).isEqualTo(LMAA4);
        assertThat(Arrays.copyOfRange(answer.mobilityHeader(), 4, 6)).containsExactly(0, 0);
    }
}
