// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA4;
import static org.pmip.protocol.mag.Site.MAG1;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.NatDetection;

/** RFC 5844 section 4.2 and RFC 5845 section 7: an IPv4 network between gateway and anchor. */
class Ipv4TransportTest {

    private static final GreKey UPLINK = GreKey.of(0x0a000001);
    private static final UnaryOperator<BindingAcknowledgement.Builder> WITH_T = reply ->
            reply.option(UPLINK).flags(BindingAcknowledgement.P | BindingAcknowledgement.T);

    private static Site site(boolean forceUdp, boolean nat, GreWish wish) {
        return new Site(Anchor.overIpv4("lma", LMAA4, forceUdp, nat), MagProfile.of("lma"), wish);
    }

    private static Site accepted(Site site, int status, UnaryOperator<BindingAcknowledgement.Builder> change) {
        site.attach(AT1);
        site.answer(status, change);
        return site;
    }

    private static Binding binding(Site site) {
        return site.forwarding.get(site.entry().sessionId());
    }

    @Test
    @Requirement({"R5844-4.2.2.1-1", "R5845-7.3-1", "GK07-11.1-1", "PMIP10-2.2-4", "PMIP10-6.10.1-1"})
    void requestsGoInUdpWithoutAChecksumOfTheirOwn() {
        Site site = site(false, false, GreWish.NONE);
        site.attach(AT1);

        OutgoingUpdate message = site.sent.get(0);
        assertThat(message.udp()).isTrue();
        assertThat(message.source()).isEqualTo(MAG1.ipv4ProxyCoa().orElseThrow());
        assertThat(message.destination()).isEqualTo(LMAA4);
        assertThat(message.mobilityHeader()[4]).isZero();
        assertThat(message.mobilityHeader()[5]).isZero();
        assertThat(message.update().first(Ipv4CareOfAddress.class).map(Ipv4CareOfAddress::address))
                .isEqualTo(MAG1.ipv4ProxyCoa());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"R5844-4.2.2.1-1", "R5844-5-1"})
    void udpIsForcedExactlyWhereItIsConfigured(boolean force) {
        Site site = site(force, false, GreWish.NONE);
        site.attach(AT1);

        assertThat(site.update().has(BindingUpdate.F)).isEqualTo(force);
        assertThat(site.update().has(BindingUpdate.T)).isFalse();
    }

    @Test
    @Requirement({"R5844-4.2.2-1", "PMIP10-6.10.2-1"})
    void theAnswerSaysWhetherTunnelsAreInUdp() {
        assertThat(binding(accepted(site(true, false, GreWish.NONE), 0,
                reply -> reply.option(NatDetection.of(true, 110)))).format()).isEqualTo(TunnelFormat.IPV4_UDP);
        assertThat(binding(accepted(site(true, false, GreWish.NONE), 0,
                reply -> reply.option(NatDetection.of(false, 110)))).format()).isEqualTo(TunnelFormat.IPV4);
        assertThat(binding(accepted(site(true, false, GreWish.NONE), 0, reply -> reply)).format())
                .isEqualTo(TunnelFormat.IPV4);
    }

    @Test
    @Requirement({"R5844-4.2.2-1", "R5845-7.3.1-1"})
    void greWithoutUdpIsGreInIpv4() {
        Site site = accepted(site(false, false, GreWish.KEYS), 0,
                reply -> reply.option(UPLINK).option(NatDetection.of(true, 110)));

        assertThat(site.update().has(BindingUpdate.T)).isFalse();
        assertThat(binding(site).format()).isEqualTo(TunnelFormat.GRE_IPV4);
        assertThat(binding(site).gre()).isEqualTo(GreMode.KEYS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"R5845-7.2-1", "R5845-7.3-2", "GK07-7.3-1", "R5845-6.2-2", "R5845-7.1-2", "GK07-7.1-1"})
    void greTogetherWithUdpAsksForTheTlvHeader(boolean nat) {
        Site site = site(!nat, nat, GreWish.KEYS);
        site.attach(AT1);

        assertThat(site.update().has(BindingUpdate.T)).isTrue();
        assertThat(site.update().first(GreKey.class)).get().matches(GreKey::hasKey);
    }

    @Test
    @Requirement({"R5845-7.3-3", "R5845-7.3-4", "R5845-4.1-4", "R5845-7.2-4"})
    void theTlvHeaderIsUsedWhereTheAnswerHasTAndTheOption() {
        Site site = accepted(site(true, false, GreWish.KEYS), 0, WITH_T);

        assertThat(binding(site).format()).isEqualTo(TunnelFormat.GRE_IPV4_UDP_TLV);
        assertThat(binding(site).tlvHeader()).isTrue();
        assertThat(binding(site).uplinkKey()).isEqualTo(UPLINK.key());
    }

    @Test
    @Requirement({"R5845-7.3-3", "GK07-4.2-1", "R5845-4.1-4"})
    void notWithoutTheOptionAndNotWithoutTAndNotUnasked() {
        Site noOption = accepted(site(true, false, GreWish.KEYS), 0,
                reply -> reply.flags(BindingAcknowledgement.P | BindingAcknowledgement.T));
        assertThat(binding(noOption).tlvHeader()).isFalse();
        Site noFlag = accepted(site(true, false, GreWish.KEYS), 0, reply -> reply.option(UPLINK));
        assertThat(binding(noFlag).format()).isEqualTo(TunnelFormat.GRE_IPV4);
        Site unasked = accepted(site(false, false, GreWish.KEYS), 0, WITH_T);
        assertThat(binding(unasked).tlvHeader()).isFalse();
    }

    @Test
    @Requirement({"R5845-7.2-5", "R5845-3.3.2-3"})
    void anExtensionKeepsTheFormat() {
        Site with = accepted(site(true, false, GreWish.KEYS), 0, WITH_T);
        with.pass(2_700_000);
        assertThat(with.update().has(BindingUpdate.T)).isTrue();
        with.answer(Status.ACCEPTED, WITH_T);
        assertThat(binding(with).tlvHeader()).isTrue();

        Site without = accepted(site(true, false, GreWish.KEYS), 3, reply -> reply.option(UPLINK));
        without.pass(2_700_000);
        assertThat(without.update().has(BindingUpdate.T)).isFalse();
        assertThat(without.update().first(GreKey.class)).isPresent();
    }

    @Test
    @Requirement("R5845-7.2-6")
    void aHandoffNegotiatesAnew() {
        Site site = accepted(site(true, false, GreWish.KEYS), 3, reply -> reply.option(UPLINK));
        site.attach(Site.AT2);

        assertThat(site.update().has(BindingUpdate.T)).isTrue();
    }

    @Test
    @Requirement({"R5845-7.3-5", "R5845-7.3-6", "R5845-7.3-7"})
    void status3MeansGreWithoutUdp() {
        Site site = accepted(site(true, false, GreWish.KEYS),
                Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED, reply -> reply.option(UPLINK));

        assertThat(binding(site).format()).isEqualTo(TunnelFormat.GRE_IPV4);
        assertThat(binding(site).gre()).isEqualTo(GreMode.KEYS);
        assertThat(binding(site).uplinkKey()).isEqualTo(UPLINK.key());
        assertThat(binding(site).downlinkKey()).isEqualTo(site.entry().downlinkKey().orElseThrow());
        assertThat(binding(site).tlvHeader()).isFalse();
    }

    @Test
    @Requirement({"GK07-7.3-2", "R5845-7.3-9"})
    void behindATranslatorItMeansUdpWithoutGre() {
        Site site = accepted(site(true, true, GreWish.KEYS),
                Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED, reply -> reply.option(UPLINK));
        assertThat(site.forwarding).isEmpty();
        assertThat(site.update().first(GreKey.class)).isEmpty();
        assertThat(site.update().has(BindingUpdate.T)).isFalse();
        assertThat(site.update().first(HandoffIndicator.class)).contains(HandoffIndicator.of(5));
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));

        site.answer(Status.ACCEPTED, reply -> reply.option(NatDetection.of(true, 110)));
        assertThat(binding(site).format()).isEqualTo(TunnelFormat.IPV4_UDP);
        assertThat(site.keys).isEmpty();
    }

    @Test
    @Requirement({"GK07-7.3-2", "R5845-7.3-9"})
    void orNoServiceWhereKeysAreNecessary() {
        Site site = accepted(site(true, true, GreWish.KEYS_ONLY),
                Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED, reply -> reply.option(UPLINK));

        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.forwarding).isEmpty();
    }

    @Test
    @Requirement("R5845-7.3.1-3")
    void behindATranslatorPayloadGoesInUdpWithTheTlvHeader() {
        Site site = accepted(site(false, true, GreWish.KEYS), 0, WITH_T);

        assertThat(binding(site).format()).isEqualTo(TunnelFormat.GRE_IPV4_UDP_TLV);
        assertThat(site.entry().careOf()).isEqualTo(MAG1.ipv4ProxyCoa().orElseThrow());
        assertThat(site.entry().anchor().address()).isEqualTo(LMAA4);
    }

    @Test
    @Requirement("R5844-5-1")
    void anAnchorThatProhibitsForcedUdpIsAskedAgainWithout() {
        Site site = site(true, false, GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.ADMINISTRATIVELY_PROHIBITED);

        assertThat(site.update().has(BindingUpdate.F)).isFalse();
        assertThat(site.update().has(BindingUpdate.T)).isFalse();
        site.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));
        assertThat(binding(site).format()).isEqualTo(TunnelFormat.GRE_IPV4);
        site.pass(2_700_000);
        assertThat(site.update().has(BindingUpdate.F)).isFalse();
    }

    @Test
    void behindATranslatorThatIsNoUse() {
        Site site = site(true, true, GreWish.NONE);
        site.attach(AT1);
        site.answer(Status.ADMINISTRATIVELY_PROHIBITED);

        assertThat(site.sent).hasSize(1);
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
    }

    @Test
    void aGatewayWithoutIpv4AddressGivesNoServiceThroughSuchAnAnchor() {
        Site site = site(false, false, GreWish.NONE);
        Gateway only6 = new Gateway("mag1", MAG1.proxyCoa(), Optional.empty(), Ip6Address.ZERO);
        site.policy = new MagPolicy(Map.of("mag1", only6),
                Map.of("lma", Anchor.overIpv4("lma", LMAA4, false, false)),
                Map.of("alice@example.org", MagProfile.of("lma")), MagProfile.withoutService(false), GreWish.NONE);

        assertThat(site.attach(AT1).reason()).contains("no mobility service");
        assertThat(site.sent).isEmpty();
    }
}
