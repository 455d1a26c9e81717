// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.EVE;
import static org.pmip.protocol.lma.Domain.FRANK;
import static org.pmip.protocol.lma.Domain.FRANKS;
import static org.pmip.protocol.lma.Domain.GRACE;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;
import static org.pmip.protocol.lma.Domain.MAG3;
import static org.pmip.protocol.lma.Domain.ROUTER;
import static org.pmip.protocol.lma.Domain.SUBNET;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;

/** IPv4 home addresses: RFC 5844 section 3.1. */
class Ipv4HomeAddressTest {

    private static final String ANY = "0.0.0.0";
    private static final String INTERFACE = "020000000001";

    private final Domain domain = new Domain();

    @Test
    @Requirement("R5844-3.3.3-1")
    void theGatewayIsToldWhatToBeForDhcpWhereThatIsConfigured() {
        assertThat(domain.from(MAG1, EVE).ipv4(ANY).sent().pba().first(Ipv4DhcpSupportMode.class)).isEmpty();
        for (boolean server : new boolean[] {true, false}) {
            domain.configure(parameters ->
                    parameters.withDhcpSupportMode(Optional.of(Ipv4DhcpSupportMode.of(server))));
            assertThat(domain.from(MAG1, EVE).ipv4(ANY).sent().option(Ipv4DhcpSupportMode.class))
                    .isEqualTo(Ipv4DhcpSupportMode.of(server));
            assertThat(domain.from(MAG1, Domain.ALICE).sent().pba().first(Ipv4DhcpSupportMode.class))
                    .as("without an IPv4 home address").isEmpty();
        }
    }

    private static Exchange refused(Exchange reply, int status, int ofIpv4) {
        reply.rejected(status);
        assertThat(reply.option(Ipv4HomeAddressReply.class).status()).isEqualTo(ofIpv4);
        assertThat(reply.pba().first(Ipv4DefaultRouterAddress.class)).isEmpty();
        return reply;
    }

    private static Ip4Address address(Exchange reply) {
        assertThat(reply.option(Ipv4HomeAddressReply.class).status()).isEqualTo(Ipv4HomeAddressReply.SUCCESS);
        return reply.option(Ipv4HomeAddressReply.class).address();
    }

    /** A session stays in the domain in which it began, whatever its node's operator becomes. */
    @Test
    @Requirement("R5844-3.1.2.2-1")
    void anAddressThatASessionGetsLaterIsOfTheOperatorThatItBeganWith() {
        Ip6Prefix prefix = domain.from(MAG1, EVE).sent().prefix();
        domain.configure(EVE, before -> new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), 2)
                .withServices(true, true, Optional.of(Ip4Address.valueOf("10.1.0.4"))));
        Exchange reply = domain.from(MAG1, EVE).prefix(prefix).handoff(HandoffIndicator.UNCHANGED).ipv4(ANY).sent()
                .accepted(Transition.Kind.EXTENDED);
        Ip4Address address = address(reply);
        assertThat(domain.session(EVE).operator()).isEqualTo(1);
        assertThat(domain.ipv4Claims()).containsOnly(Map.entry("1/" + address, EVE));
        domain.end(EVE);
        assertThat(domain.ipv4Claims()).isEmpty();

        Exchange next = domain.from(MAG3, EVE).ipv4(ANY).sent().accepted(Transition.Kind.REGISTERED);
        assertThat(address(next)).hasToString("10.1.0.4");
        assertThat(domain.ipv4Claims()).containsOnly(Map.entry("2/10.1.0.4", EVE));
    }

    @Test
    @Requirement({"R5844-3.1.2.1-1", "R5844-3.1.2.6-1", "R5844-3.1.2.6-2"})
    void anIpv4OnlySession() {
        Exchange reply = domain.from(MAG1, EVE).withoutPrefix().ipv4(ANY).sent()
                .accepted(Transition.Kind.REGISTERED);

        assertThat(reply.pba().first(HomeNetworkPrefix.class)).isEmpty();
        Ipv4HomeAddressReply home = reply.option(Ipv4HomeAddressReply.class);
        assertThat(home.status()).isEqualTo(Ipv4HomeAddressReply.SUCCESS);
        assertThat(home.prefixLength()).isEqualTo(29);
        assertThat(SUBNET.contains(home.address())).isTrue();
        assertThat(reply.option(Ipv4DefaultRouterAddress.class).address()).isEqualTo(ROUTER);
        assertThat(domain.session(EVE).prefixes()).isEmpty();
        assertThat(domain.session(EVE).ipv4Home()).contains(new Ipv4Home(home.address(), 29, ROUTER));
        assertThat(domain.claims()).isEmpty();
    }

    @Test
    @Requirement("R5844-3.1.2.1-1")
    void neitherPrefixNorAddressIsMissingThePrefix() {
        domain.from(MAG1, EVE).withoutPrefix().sent().rejected(Status.MISSING_HOME_NETWORK_PREFIX_OPTION);
    }

    @Test
    @Requirement("R5844-3.1.2.6-2")
    void aDualStackSessionIsOneEntry() {
        Exchange reply = domain.from(MAG1, EVE).gre(0x11).ipv4(ANY).sent().accepted(Transition.Kind.REGISTERED);
        BindingCacheEntry session = domain.session(EVE);

        assertThat(session.prefixes()).containsExactly(reply.prefix());
        assertThat(session.ipv4Home().orElseThrow().address()).isEqualTo(address(reply));
    }

    @Test
    @Requirement("R5844-3.1.2.6-2")
    void theDefaultRouterIsThereWithStatus2And3Too() {
        Exchange second = new Domain(GrePolicy.NOT_REQUIRED).from(MAG1, EVE).gre(0x11).ipv4(ANY).sent();
        assertThat(second.status()).isEqualTo(Status.GRE_KEY_OPTION_NOT_REQUIRED);
        assertThat(second.option(Ipv4DefaultRouterAddress.class).address()).isEqualTo(ROUTER);
    }

    @Test
    @Requirement("R5844-3.1.2.1-2")
    void aServiceThatTheNodeDoesNotHave() {
        refused(domain.from(MAG1, ALICE).ipv4(ANY).sent(), Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE,
                Ipv4HomeAddressReply.PROHIBITED);
        refused(domain.from(MAG1, FRANK).ipv4(ANY).sent(), Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE,
                Ipv4HomeAddressReply.UNSPECIFIED);
        domain.from(MAG1, FRANK).sent().rejected(Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE);
    }

    @Test
    @Requirement("R5844-3.1.2.1-3")
    void moreThanOneAddress() {
        Pbu request = domain.from(MAG1, EVE).ipv4(ANY);
        request.and(Ipv4HomeAddressRequest.of(0, Ip4Address.valueOf("10.1.0.2"))).sent()
                .rejected(Status.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED);
    }

    @Test
    @Requirement("R5844-3.1.2.2-1")
    void anEmptyPool() {
        // Of 10.1.0.0/29 there are left: .2, .4 and .5.
        for (int i = 1; i <= 3; i++) {
            domain.from(MAG1, EVE).identifier("02000000000" + i).withoutPrefix().ipv4(ANY).sent()
                    .accepted(Transition.Kind.REGISTERED);
        }
        Exchange last = refused(domain.from(MAG1, EVE).identifier("020000000004").ipv4(ANY).sent(),
                Status.INSUFFICIENT_RESOURCES, Ipv4HomeAddressReply.UNSPECIFIED);

        assertThat(last.option(Ipv4HomeAddressReply.class).address().isZero()).isTrue();
        assertThat(domain.ipv4Claims().keySet()).containsExactlyInAnyOrder("1/10.1.0.2", "1/10.1.0.4", "1/10.1.0.5");
        assertThat(domain.claims()).as("the prefix that was set aside went back").isEmpty();
    }

    @Test
    @Requirement({"R5844-3.1.2.2-2", "R5844-3.1.2.6-1"})
    void anAddressThatTheNodeMayNotHave() {
        for (String strange : List.of("192.0.2.1", "10.1.0.1", "10.1.0.0", "10.1.0.7", "10.1.0.6", "10.1.0.3")) {
            Exchange reply = refused(domain.from(MAG1, EVE).withoutPrefix().ipv4(strange).sent(),
                    Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, Ipv4HomeAddressReply.PROHIBITED);
            assertThat(reply.option(Ipv4HomeAddressReply.class).address()).hasToString(strange);
            assertThat(reply.pba().first(HomeNetworkPrefix.class)).isEmpty();
        }
        refused(domain.from(MAG1, FRANK).withoutPrefix().ipv4("10.1.0.2").sent(),
                Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, Ipv4HomeAddressReply.PROHIBITED);
        assertThat(domain.ipv4Claims()).isEmpty();
    }

    @Test
    @Requirement("R5844-3.1.2.2-2")
    void anAddressThatAnotherNodeHolds() {
        Domain two = new Domain(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS, List.of(Domain.NODES),
                Optional.empty(), Map.of("heidi@example.org", Domain.profile(true, List.of(), Optional.empty())
                        .withServices(true, true, Optional.empty())));
        two.from(MAG1, EVE).ipv4("10.1.0.4").sent().accepted(Transition.Kind.REGISTERED);
        refused(two.from(MAG1, "heidi@example.org").ipv4("10.1.0.4").sent(),
                Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, Ipv4HomeAddressReply.PROHIBITED);
        assertThat(two.ipv4Claims()).containsOnlyKeys("1/10.1.0.4").containsValue(EVE);
    }

    @Test
    void operatorsUseTheSameAddresses() {
        domain.from(MAG1, EVE).ipv4("10.1.0.4").sent().accepted(Transition.Kind.REGISTERED);
        domain.from(MAG3, GRACE).ipv4("10.1.0.4").sent().accepted(Transition.Kind.REGISTERED);
        assertThat(domain.ipv4Claims()).containsOnlyKeys("1/10.1.0.4", "2/10.1.0.4");
    }

    @Test
    void theProfilesAddressIsAssigned() {
        assertThat(address(domain.from(MAG1, FRANK).withoutPrefix().ipv4(ANY).sent())).isEqualTo(FRANKS);
        domain.pass(1_000_000);
        assertThat(address(domain.from(MAG1, FRANK).withoutPrefix().ipv4("10.1.0.3").sent())).isEqualTo(FRANKS);
    }

    @Test
    @Requirement("R5844-3.1.2.7-1")
    void theAddressIsTheKeyOfTheLookup() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).gre(0x11).ipv4(ANY).sent();
        String held = address(first).toString();
        domain.from(MAG1, EVE).identifier("020000000002").sent().accepted(Transition.Kind.REGISTERED);
        Exchange moved = domain.from(MAG2, EVE).identifier("020000000003").gre(0x22).withoutPrefix().ipv4(held)
                .handoff(HandoffIndicator.BETWEEN_INTERFACES).sent().accepted(Transition.Kind.HANDED_OFF);

        assertThat(moved.uplinkKey()).isEqualTo(first.uplinkKey());
        assertThat(domain.sessions(EVE)).hasSize(2);
        assertThat(domain.sessions(EVE).get(0).prefixes()).containsExactly(first.prefix());
        assertThat(domain.sessions(EVE).get(0).proxyCoa()).isEqualTo(MAG2);
        refused(domain.from(MAG1, EVE).identifier("020000000004").withoutPrefix().ipv4(held).sent(),
                Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, Ipv4HomeAddressReply.PROHIBITED);
    }

    @Test
    void aSessionGetsTheOtherPartLater() {
        Ip6Prefix prefix = domain.from(MAG1, EVE).identifier(INTERFACE).sent().prefix();
        Ip4Address added = address(domain.from(MAG1, EVE).identifier(INTERFACE).prefix(prefix).ipv4(ANY).sent()
                .accepted(Transition.Kind.EXTENDED));
        Exchange again = domain.from(MAG1, EVE).identifier(INTERFACE).prefix(prefix).ipv4(ANY).sent();

        assertThat(address(again)).isEqualTo(added);
        refused(domain.from(MAG1, EVE).identifier(INTERFACE).prefix(prefix).ipv4("10.1.0.2".equals(added.toString())
                ? "10.1.0.4" : "10.1.0.2").sent(), Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS,
                Ipv4HomeAddressReply.PROHIBITED);
    }

    @Test
    @Requirement("R5844-3.1.2.5-1")
    void theIpv4PartAloneIsDeregistered() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).ipv4(ANY).sent();
        Exchange reply = domain.from(MAG1, EVE).identifier(INTERFACE).withoutPrefix()
                .ipv4(address(first).toString()).deregistration().sent().accepted(Transition.Kind.DEREGISTERED);

        assertThat(reply.pba().lifetime()).isZero();
        assertThat(domain.session(EVE).state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(domain.session(EVE).ipv4Home()).isEmpty();
        assertThat(domain.session(EVE).prefixes()).containsExactly(first.prefix());
        assertThat(domain.ipv4Claims()).isEmpty();
        domain.pass(20_000);
        assertThat(domain.sessions(EVE)).hasSize(1);
    }

    @Test
    @Requirement("R5844-3.1.2.5-1")
    void theIpv6PartAloneIsDeregisteredAndThenTheRest() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).ipv4(ANY).sent();
        domain.from(MAG1, EVE).identifier(INTERFACE).prefix(first.prefix()).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);
        assertThat(domain.session(EVE).state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(domain.session(EVE).prefixes()).isEmpty();
        assertThat(domain.claims()).isEmpty();

        domain.from(MAG1, EVE).identifier(INTERFACE).withoutPrefix().ipv4(address(first).toString())
                .deregistration().sent().accepted(Transition.Kind.DEREGISTERED);
        assertThat(domain.session(EVE).state()).isEqualTo(BindingCacheEntry.State.ENDING);
        domain.pass(10_000);
        assertThat(domain.ipv4Claims()).isEmpty();
    }

    /** A gateway that asks for the rest alone does not know that the anchor would still have the other part. */
    @Test
    @Requirement({"R5844-3.1.2.5-1", "PMIP10-5.3.5-5"})
    void whatWasDeregisteredAndIsNotAskedForAgainEnds() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).ipv4(ANY).sent();
        String held = address(first).toString();
        domain.from(MAG1, EVE).identifier(INTERFACE).prefix(first.prefix()).ipv4(held).deregistration().sent();
        domain.pass(1_000);
        domain.from(MAG2, EVE).identifier(INTERFACE).prefix(first.prefix()).handoff(HandoffIndicator.UNKNOWN).sent()
                .accepted(Transition.Kind.HANDED_OFF);
        assertThat(domain.session(EVE).prefixes()).containsExactly(first.prefix());
        assertThat(domain.session(EVE).ipv4Home()).isEmpty();
        assertThat(domain.ipv4Claims()).isEmpty();

        domain.from(MAG2, EVE).identifier(INTERFACE).prefix(first.prefix()).deregistration().sent();
        domain.from(MAG1, EVE).identifier(INTERFACE).withoutPrefix().ipv4(ANY).handoff(HandoffIndicator.UNKNOWN)
                .sent().accepted(Transition.Kind.HANDED_OFF);
        assertThat(domain.session(EVE).prefixes()).isEmpty();
        assertThat(domain.claims()).isEmpty();
        assertThat(domain.session(EVE).ipv4Home()).isPresent();
    }

    @Test
    @Requirement("PMIP10-5.3.5-5")
    void whatWasDeregisteredAndIsAskedForAgainStays() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).ipv4(ANY).sent();
        domain.from(MAG1, EVE).identifier(INTERFACE).prefix(first.prefix()).ipv4(address(first).toString())
                .deregistration().sent();
        Exchange again = domain.from(MAG2, EVE).identifier(INTERFACE).ipv4(ANY)
                .handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent().accepted(Transition.Kind.HANDED_OFF);
        assertThat(again.prefix()).isEqualTo(first.prefix());
        assertThat(address(again)).isEqualTo(address(first));
    }

    @Test
    void aHandoffThatDoesNotMentionAPartLeavesItToTheSession() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).ipv4(ANY).sent();
        domain.from(MAG2, EVE).identifier(INTERFACE).prefix(first.prefix())
                .handoff(HandoffIndicator.BETWEEN_GATEWAYS).sent().accepted(Transition.Kind.HANDED_OFF);
        assertThat(domain.session(EVE).ipv4Home().orElseThrow().address()).isEqualTo(address(first));
    }

    @Test
    @Requirement("R5844-3.1.2.1-2")
    void aServiceThatTheNodeHasLostEndsWhenItsGatewayAsksForTheOther() {
        Exchange first = domain.from(MAG1, EVE).identifier(INTERFACE).ipv4(ANY).sent();
        domain.configure(EVE, profile -> profile.withServices(true, false, Optional.empty()));
        refused(domain.from(MAG1, EVE).identifier(INTERFACE).prefix(first.prefix()).ipv4(ANY)
                .handoff(HandoffIndicator.UNCHANGED).sent(), Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE,
                Ipv4HomeAddressReply.PROHIBITED);
        assertThat(domain.session(EVE).ipv4Home()).as("until it is asked for without").isPresent();
        domain.from(MAG1, EVE).identifier(INTERFACE).prefix(first.prefix()).handoff(HandoffIndicator.UNKNOWN).sent()
                .accepted(Transition.Kind.EXTENDED);
        assertThat(domain.session(EVE).ipv4Home()).isEmpty();
        assertThat(domain.ipv4Claims()).isEmpty();
        domain.from(MAG1, EVE).identifier(INTERFACE).prefix(first.prefix()).deregistration().sent();
        assertThat(domain.session(EVE).state()).isEqualTo(BindingCacheEntry.State.ENDING);
    }

    @Test
    void bothPartsTogetherEndTheSession() {
        Exchange first = domain.from(MAG1, EVE).ipv4(ANY).sent();
        domain.from(MAG1, EVE).prefix(first.prefix()).ipv4(address(first).toString()).deregistration().sent()
                .accepted(Transition.Kind.DEREGISTERED);
        assertThat(domain.session(EVE).state()).isEqualTo(BindingCacheEntry.State.ENDING);
    }

    @Test
    void poolsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new Ipv4Pool("p", 1, Ip4Prefix.valueOf("10.0.0.0/31"), ROUTER, List.of()))
                .hasMessageContaining("10.0.0.0/31");
        assertThatThrownBy(() -> new Ipv4Pool("p", 1, Ip4Prefix.valueOf("10.2.0.0/24"), ROUTER, List.of()))
                .hasMessageContaining("10.1.0.1");
        assertThatThrownBy(() -> new Ipv4Pool("p", 0, SUBNET, ROUTER, List.of())).hasMessageContaining("operator");
        Ipv4Pool high = new Ipv4Pool("p", 1, Ip4Prefix.valueOf("192.168.0.0/16"), Ip4Address.valueOf("192.168.0.1"),
                List.of());
        assertThat(high.addressAt(65_534)).isEqualTo(Ip4Address.valueOf("192.168.255.254"));
        assertThatThrownBy(() -> high.addressAt(65_536)).hasMessageContaining("65536");
    }
}
