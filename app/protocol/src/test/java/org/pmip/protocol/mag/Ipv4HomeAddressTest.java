// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;

/** RFC 5844 section 3.2: IPv4 home addresses as the gateway asks for them. */
class Ipv4HomeAddressTest {

    private static final Ip4Address ADDRESS = Ip4Address.valueOf("10.1.0.7");
    private static final Ip4Address ROUTER = Ip4Address.valueOf("10.1.0.1");

    private static Site site(boolean ipv6, Optional<Ip4Address> address) {
        return new Site(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma").withServices(ipv6, true, address),
                GreWish.NONE);
    }

    private static UnaryOperator<BindingAcknowledgement.Builder> granted(int status) {
        return reply -> reply.option(Ipv4HomeAddressReply.of(status, 24, ADDRESS))
                .option(Ipv4DefaultRouterAddress.of(ROUTER)).option(Ipv4DhcpSupportMode.of(true));
    }

    private static Binding binding(Site site) {
        return site.forwarding.get(site.entry().sessionId());
    }

    private static Optional<Ip4Address> asked(Site site) {
        return site.update().first(Ipv4HomeAddressRequest.class).map(Ipv4HomeAddressRequest::address);
    }

    @Test
    @Requirement("R5844-3.3.1-1")
    void anyAddressIsAskedForBesideThePrefix() {
        Site site = site(true, Optional.empty());
        site.attach(AT1);

        assertThat(asked(site)).contains(Ip4Address.ZERO);
        assertThat(site.update().first(HomeNetworkPrefix.class)).isPresent();
    }

    @Test
    void theProfilesAddressIsAskedForByName() {
        Site site = site(true, Optional.of(ADDRESS));
        site.attach(AT1);

        assertThat(asked(site)).contains(ADDRESS);
    }

    @Test
    void anIpv4OnlyNodeAsksForNoPrefix() {
        Site site = site(false, Optional.empty());
        site.attach(AT1);
        assertThat(site.update().first(HomeNetworkPrefix.class)).isEmpty();
        site.answer(Status.ACCEPTED, granted(0));

        assertThat(binding(site).prefixes()).isEmpty();
        assertThat(binding(site).ipv4Home()).contains(new Ipv4Home(ADDRESS, 24, ROUTER));
    }

    @Test
    void neitherServiceIsNoProfile() {
        assertThatThrownBy(() -> MagProfile.of("lma").withServices(false, false, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("withoutService");
    }

    @Test
    void whatIsGrantedIsForwardedAndServedByDhcp() {
        Site site = site(true, Optional.empty());
        site.attach(AT1);
        site.answer(Status.ACCEPTED, granted(0));

        assertThat(binding(site).prefixes()).containsExactly(HOME);
        assertThat(binding(site).ipv4Home()).contains(new Ipv4Home(ADDRESS, 24, ROUTER));
        assertThat(binding(site).dhcpServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129, 132})
    void aRefusedAddressLeavesThePrefix(int status) {
        Site site = site(true, Optional.empty());
        site.attach(AT1);
        site.answer(Status.ACCEPTED, granted(status));

        assertThat(binding(site).prefixes()).containsExactly(HOME);
        assertThat(binding(site).ipv4Home()).isEmpty();
    }

    @Test
    void anAnchorThatSaysNothingAboutIpv4GivesNone() {
        Site site = site(false, Optional.empty());
        site.attach(AT1);
        site.answer(Status.ACCEPTED);

        assertThat(site.forwarding).isEmpty();
        assertThat(site.update().lifetime()).isZero();
    }

    @Test
    void anAddressThatNobodyAskedForIsNotTaken() {
        Site site = new Site();
        site.attach(AT1);
        site.answer(Status.ACCEPTED, granted(0));

        assertThat(binding(site).ipv4Home()).isEmpty();
    }

    @Test
    void extensionHandoffAndDeregistrationNameTheAddress() {
        Site site = site(true, Optional.empty());
        site.attach(AT1);
        site.answer(Status.ACCEPTED, granted(0));
        site.pass(2_700_000);
        assertThat(asked(site)).contains(ADDRESS);
        site.answer(Status.ACCEPTED, granted(0));
        site.attach(AT2);
        assertThat(asked(site)).contains(ADDRESS);
        site.answer(Status.ACCEPTED, granted(0));
        site.detach(AT2);
        assertThat(asked(site)).contains(ADDRESS);
    }

    @Test
    void withoutEntitlementToIpv4ThePrefixAloneIsAskedFor() {
        Site site = site(true, Optional.of(ADDRESS));
        site.attach(AT1);
        site.answer(Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE);

        assertThat(asked(site)).isEmpty();
        assertThat(site.update().first(HomeNetworkPrefix.class)).isPresent();
    }

    @Test
    void withoutEntitlementToIpv6TheAddressAlone() {
        Site site = site(true, Optional.of(ADDRESS));
        site.attach(AT1);
        site.answer(Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE);

        assertThat(asked(site)).contains(ADDRESS);
        assertThat(site.update().first(HomeNetworkPrefix.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {170, 172})
    void withoutEntitlementToTheOnlyServiceThereIsNone(int status) {
        Site site = status == 170 ? site(false, Optional.empty()) : new Site();
        site.attach(AT1);
        site.answer(status);

        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.sent).hasSize(1);
    }

    @Test
    void anAddressThatIsRefusedByNameIsReplacedByAnyThenByNone() {
        Site site = site(true, Optional.of(ADDRESS));
        site.attach(AT1);
        site.answer(Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS);
        assertThat(asked(site)).contains(Ip4Address.ZERO);
        site.answer(Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS);
        assertThat(asked(site)).isEmpty();
        site.answer(Status.ACCEPTED);
        assertThat(binding(site).prefixes()).containsExactly(HOME);
    }
}
