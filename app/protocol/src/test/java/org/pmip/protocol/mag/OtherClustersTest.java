// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;
import static org.pmip.protocol.mag.Site.LMAA;
import static org.pmip.protocol.mag.Site.LMAA4;
import static org.pmip.protocol.mag.Site.OTHER;
import static org.pmip.protocol.mag.Site.SECOND_CARD;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;

/**
 * Handoffs between gateways of two hosts, a and b, that share no lists: gateway 1 is a's and gateway 2 is b's. The
 * anchor is the product's own.
 */
class OtherClustersTest {

    /** Which way octets go, and so how they are encapsulated. */
    private enum Path {
        IPV6, IPV4_UDP;

        Anchor anchor() {
            return this == IPV6 ? Anchor.overIpv6("lma", LMAA) : Anchor.overIpv4("lma", LMAA4, true, false);
        }
    }

    private static final long DELETION = LmaParameters.DEFAULTS.minDelayBeforeBceDelete();

    private final Site a = new Site();
    private final Site b = new Site();
    private final Map<Site, Integer> taken = new HashMap<>();
    private AnchorHost anchor = new AnchorHost(GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS);

    private void use(Path path) {
        anchor = new AnchorHost(GrePolicy.AS_REQUESTED,
                LmaParameters.DEFAULTS.withAcceptForcedIpv4UdpEncapsulationRequest(true));
        MagProfile profile = MagProfile.of("lma").withServices(true, true, Optional.empty());
        a.policy(path.anchor(), profile, GreWish.KEYS);
        b.policy(path.anchor(), profile, GreWish.KEYS);
    }

    /** All that was sent gets to where it is to go. */
    private void deliver() {
        for (boolean any = true; any;) {
            any = deliver(a) | deliver(b);
        }
    }

    private boolean deliver(Site site) {
        int next = taken.getOrDefault(site, 0);
        if (next == site.sent.size()) {
            return false;
        }
        taken.put(site, next + 1);
        OutgoingUpdate message = site.sent.get(next);
        acknowledge(anchor.receive(message.mobilityHeader(), message.source(), site.now()));
        return true;
    }

    private void acknowledge(List<AnchorHost.Answered> answers) {
        for (AnchorHost.Answered answer : answers) {
            Site site = answer.gateway.equals(Site.MAG1.proxyCoa())
                    || answer.gateway.equals(Site.MAG1.ipv4ProxyCoa().orElseThrow()) ? a : b;
            site.event(MagEvent.acknowledged(decoded(answer), answer.gateway.isIp4() ? LMAA4 : LMAA,
                    answer.gateway));
        }
    }

    private static BindingAcknowledgement decoded(AnchorHost.Answered answer) {
        try {
            return (BindingAcknowledgement) (answer.gateway.isIp4()
                    ? MobilityHeaderCodec.decodeWithoutChecksum(answer.octets)
                    : MobilityHeaderCodec.decode(answer.octets, LMAA, answer.gateway.getIp6Address()));
        } catch (DecodeException e) {
            throw new AssertionError(e);
        }
    }

    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 100) {
            a.pass(100);
            b.pass(100);
            deliver();
            acknowledge(anchor.timer(a.now()));
            deliver();
        }
    }

    private void come(Site site, Attachment place) {
        site.attach(place);
        deliver();
    }

    private void come(Site site, Attachment place, int hint, HandoffContext context) {
        site.event(MagEvent.arrived(place, hint, Optional.of(context)));
        deliver();
    }

    private static HandoffContext context(Site site) {
        BindingUpdateList list = site.store.get(BindingUpdateList.key(Site.ALICE));
        return HandoffContext.of(list, list.entries().get(0)).orElseThrow();
    }

    private static Binding binding(Site site) {
        return site.entry().binding().orElseThrow();
    }

    private static int indicator(Site site) {
        return site.update().first(HandoffIndicator.class).orElseThrow().value();
    }

    private BindingCacheEntry session() {
        assertThat(anchor.sessions()).hasSize(1);
        return anchor.sessions().get(0);
    }

    private void isAt(Site site, BindingCacheEntry before) {
        assertThat(session().state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(session().proxyCoa()).isEqualTo(site.entry().careOf());
        assertThat(session().sessionId()).isEqualTo(before.sessionId());
        assertThat(session().prefixes()).isEqualTo(before.prefixes());
        assertThat(session().ipv4Home()).isEqualTo(before.ipv4Home());
        assertThat(session().uplinkKey()).isEqualTo(before.uplinkKey());
        assertThat(session().downlinkKey()).isEqualTo(site.entry().downlinkKey().orElseThrow());
        assertThat(binding(site).uplinkKey()).isEqualTo(before.uplinkKey());
        assertThat(site.forwarding).containsOnlyKeys(site.entry().sessionId());
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    @Requirement({"PMIP10-6.9.1.1-11", "PMIP10-3-10", "PMIP10-5.4.1.2-2", "R5845-3.3.2-8", "R5845-3.3.2-9",
        "PMIP10-3-7", "PMIP10-5.3.5-1", "PMIP10-6.9.1.4-6"})
    void aNodeOfWhichNothingIsKnownKeepsItsSessionAndItsLateDeregistrationDoesNotHurt(Path path) {
        use(path);
        come(a, AT1);
        BindingCacheEntry before = session();
        Binding had = binding(a);
        pass(2_000);
        come(b, AT2);
        assertThat(indicator(b)).isEqualTo(HandoffIndicator.UNKNOWN);
        assertThat(binding(b).prefixes()).isEqualTo(had.prefixes());
        assertThat(binding(b).ipv4Home()).isEqualTo(had.ipv4Home());
        assertThat(binding(b).linkLocal()).isEqualTo(had.linkLocal());
        isAt(b, before);

        a.detach(AT1);
        deliver();
        assertThat(a.update().lifetime()).isZero();
        pass(1_000);
        assertThat(a.forwarding).as("without an answer, after INITIAL_BINDACK_TIMEOUT").isEmpty();
        isAt(b, before);
        pass(DELETION + 5_000);
        assertThat(a.store).isEmpty();
        isAt(b, before);
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    @Requirement({"PMIP10-3-7", "PMIP10-3-9", "PMIP10-5.3.5-2", "PMIP10-5.3.5-5", "PMIP10-5.3.5-6", "PMIP10-9-3"})
    void aDeregistrationBeforeTheNextRegistrationIsBridged(Path path) {
        use(path);
        come(a, AT1);
        BindingCacheEntry before = session();
        a.detach(AT1);
        deliver();
        assertThat(session().state()).isEqualTo(BindingCacheEntry.State.ENDING);
        pass(DELETION - 1_000);
        come(b, AT2);
        isAt(b, before);
        pass(DELETION);
        isAt(b, before);
        assertThat(a.forwarding).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    @Requirement({"PMIP10-6.2-2", "PMIP10-6.9.1.1-5", "PMIP10-6.9.1.1-7", "PMIP10-6.9.1.1-10", "R5845-3.3.2-6",
        "R5845-3.3.2-7", "R5845-3.3.2-8", "PMIP10-3-10"})
    void whatOneHostTellsIsWhatTheOtherOneAsksFor(Path path) {
        use(path);
        Ip6Address own = Ip6Address.valueOf("fe80::41");
        come(a, AT1.withNodeLinkLocal(own));
        BindingCacheEntry before = session();
        HandoffContext context = context(a);
        pass(2_000);
        come(b, AT2, HandoffIndicator.BETWEEN_GATEWAYS, context);

        BindingUpdate asked = b.update();
        assertThat(indicator(b)).isEqualTo(HandoffIndicator.BETWEEN_GATEWAYS);
        assertThat(asked.all(HomeNetworkPrefix.class)).extracting(HomeNetworkPrefix::prefix)
                .isEqualTo(before.prefixes());
        assertThat(asked.first(Ipv4HomeAddressRequest.class)).map(Ipv4HomeAddressRequest::address)
                .isEqualTo(before.ipv4Home().map(home -> home.address()));
        assertThat(asked.first(LinkLocalAddress.class)).contains(LinkLocalAddress.of(binding(a).linkLocal()));
        assertThat(asked.first(GreKey.class)).map(GreKey::key).contains(binding(a).downlinkKey());
        assertThat(b.entry().attachment().nodeLinkLocal()).isEqualTo(own);
        isAt(b, before);
        assertThat(binding(b).gre()).isEqualTo(GreMode.KEYS);
        assertThat(binding(b).forwardsLike(binding(a))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0x7fff, 0xfffe, 0xffff})
    @Requirement({"PMIP10-5.5-1", "PMIP10-5.5-2", "PMIP10-5.5-22"})
    void theNextGatewayGoesOnFromTheSequenceNumberOfTheLastOne(int last) {
        a.parameters = MagParameters.DEFAULTS.withTimestamps(false);
        b.parameters = a.parameters;
        BindingUpdateList none = BindingUpdateList.none(Site.ALICE);
        a.store.put(none.key(), none.order(last - 1 & 0xffff, 0));
        come(a, AT1);
        assertThat(a.update().sequence()).isEqualTo(last);
        come(b, AT2, HandoffIndicator.BETWEEN_GATEWAYS, context(a));
        assertThat(b.update().sequence()).isEqualTo(last + 1 & 0xffff);
        assertThat(b.sent).hasSize(1);
        assertThat(session().proxyCoa()).isEqualTo(Site.MAG2.proxyCoa());

        // Who knows less than the list is not believed.
        b.event(MagEvent.arrived(Attachment.of("mag2", "port2", SECOND_CARD, AccessTechnologyType.WLAN),
                HandoffIndicator.UNKNOWN, Optional.of(HandoffContext.builder().sequence(last).build())));
        assertThat(b.update().sequence()).isEqualTo(last + 2 & 0xffff);
    }

    @Test
    @Requirement({"PMIP10-5.5-2", "PMIP10-5.5-22"})
    void withoutContextTheAnchorTellsTheSequenceNumber() {
        a.parameters = MagParameters.DEFAULTS.withTimestamps(false);
        b.parameters = a.parameters;
        BindingUpdateList none = BindingUpdateList.none(Site.ALICE);
        a.store.put(none.key(), none.order(40, 0));
        come(a, AT1);
        come(b, AT2);
        assertThat(b.sent).hasSize(2);
        assertThat(b.update().sequence()).isEqualTo(42);
        assertThat(session().proxyCoa()).isEqualTo(Site.MAG2.proxyCoa());
    }

    @Test
    void aContextOfAnotherAnchorIsOfNoUse() {
        b.policy(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma"), GreWish.KEYS);
        b.event(MagEvent.arrived(AT2, HandoffIndicator.BETWEEN_GATEWAYS, Optional.of(HandoffContext.builder()
                .anchor(IpAddress.valueOf("2001:db8::9")).prefixes(List.of(OTHER)).downlinkKey(OptionalLong.of(5))
                .linkLocal(Ip6Address.valueOf("fe80::77")).sequence(9).build())));
        assertThat(b.update().all(HomeNetworkPrefix.class)).singleElement().matches(HomeNetworkPrefix::isAllZero);
        assertThat(b.update().first(LinkLocalAddress.class)).get().matches(LinkLocalAddress::isAllZero);
        assertThat(b.update().first(GreKey.class)).map(GreKey::key).get().isNotEqualTo(5L);
        assertThat(b.update().sequence()).isEqualTo(1);
    }

    @Test
    @Requirement("PMIP10-3-10")
    void whatTheAnchorRefusesOfAContextIsNotAskedForAgain() {
        use(Path.IPV6);
        come(a, AT1);
        BindingCacheEntry before = session();
        pass(2_000);
        come(b, AT2, HandoffIndicator.BETWEEN_GATEWAYS, context(a).toBuilder().prefixes(List.of(OTHER)).build());
        assertThat(b.sent).hasSize(2);
        assertThat(Site.decoded(b.sent.get(0)).first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(OTHER));
        isAt(b, before);
    }

    @Test
    void theLinkLocalAddressOfAnotherInterfaceIsNotTheNodesHere() {
        b.event(MagEvent.arrived(AT2, HandoffIndicator.BETWEEN_INTERFACES, Optional.of(HandoffContext.builder()
                .prefixes(List.of(OTHER)).nodeLinkLocal(Ip6Address.valueOf("fe80::41")).build())));
        assertThat(b.entry().attachment().nodeLinkLocal()).isEqualTo(Ip6Address.ZERO);
        assertThat(b.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(OTHER));
    }

    @Test
    void contextsKeepWhatTheyAreGivenAndNothingThatCannotBe() {
        HandoffContext all = HandoffContext.builder().anchor(LMAA).prefixes(List.of(OTHER))
                .ipv4HomeAddress(Optional.of(Ip4Address.valueOf("10.1.0.5")))
                .linkLocal(Ip6Address.valueOf("fe80::1")).nodeLinkLocal(Ip6Address.valueOf("fe80::41"))
                .downlinkKey(OptionalLong.of(0xffff_ffffL)).sequence(65_535).build();
        assertThat(all.toBuilder().build()).isEqualTo(all).hasSameHashCodeAs(all);
        assertThat(all.toBuilder().downlinkKey(OptionalLong.empty()).build()).isNotEqualTo(all);
        assertThat(all).hasToString("[2001:db8:b::/64] 10.1.0.5 at " + LMAA
                + " link-local fe80::1 node fe80::41 key 4294967295 sequence 65535");
        assertThatThrownBy(() -> HandoffContext.builder().sequence(65_536))
                .hasMessage("sequence is 65536: use a value from 0 to 65535");
        assertThatThrownBy(() -> HandoffContext.builder().downlinkKey(OptionalLong.of(-1)))
                .hasMessage("downlinkKey is -1: use a value from 0 to 4294967295");
        a.attach(AT1);
        assertThat(HandoffContext.of(a.store.get(BindingUpdateList.key(Site.ALICE)), a.entry()))
                .as("before the anchor has accepted").isEmpty();
    }

    private void arrive(Site site, Attachment place) {
        site.event(MagEvent.arrived(place, HandoffIndicator.UNKNOWN, Optional.empty()));
        deliver();
    }

    @ParameterizedTest
    @EnumSource(Path.class)
    @Requirement({"PMIP10-6.9.1.1-11", "PMIP10-6.9.1.1-14", "PMIP10-3-7"})
    void whoComesBackToAGatewayThatHasNotNoticedItsLeavingIsTakenBack(Path path) {
        use(path);
        come(a, AT1);
        BindingCacheEntry before = session();
        pass(2_000);
        come(b, AT2);
        isAt(b, before);
        int sent = a.sent.size();
        Binding old = binding(a);
        pass(2_000);
        arrive(a, AT1);
        assertThat(a.sent).hasSize(sent + 1);
        assertThat(indicator(a)).isEqualTo(HandoffIndicator.UNKNOWN);
        assertThat(a.update().first(HomeNetworkPrefix.class)).map(HomeNetworkPrefix::prefix)
                .contains(before.prefixes().get(0));
        assertThat(a.entry().state()).isEqualTo(State.ACTIVE);
        assertThat(binding(a).forwardsLike(old)).isTrue();
        isAt(a, before);

        b.detach(AT2);
        deliver();
        pass(DELETION + 5_000);
        isAt(a, before);
        assertThat(b.store).isEmpty();
    }

    @Test
    void whoComesBackWhenItsSessionHasEndedElsewhereGetsAnother() {
        come(a, AT1);
        Ip6Prefix first = binding(a).prefixes().get(0);
        pass(2_000);
        come(b, AT2);
        b.detach(AT2);
        deliver();
        pass(DELETION + 1_000);
        assertThat(anchor.sessions()).isEmpty();
        arrive(a, AT1);
        assertThat(session().proxyCoa()).isEqualTo(Site.MAG1.proxyCoa());
        assertThat(binding(a).prefixes()).isEqualTo(session().prefixes()).contains(first);
        assertThat(a.advertised(AT1)).containsExactlyElementsOf(session().prefixes());
    }

    @Test
    @Requirement("PMIP10-6.13-2")
    void aGatewayThatNobodyTellsFindsOutBeforeItWouldTakeTheSessionBack() {
        come(a, AT1);
        pass(2_000);
        come(b, AT2);
        a.present = entry -> Optional.of(false);
        pass(binding(a).lifetime() * 4_000L - 4_000);
        assertThat(session().proxyCoa()).isEqualTo(Site.MAG2.proxyCoa());
        assertThat(a.forwarding).isEmpty();
        assertThat(a.update().lifetime()).as("an extension was not asked for").isZero();
    }

    @Test
    void signsOfLifeAndTheManySignsOfOneArrivalAskNobody() {
        come(a, AT1);
        arrive(a, AT1);
        assertThat(a.sent).as("in the same moment").hasSize(1);
        pass(2_000);
        come(a, AT1);
        assertThat(a.sent).as("it is still there").hasSize(1);
        arrive(a, AT1);
        arrive(a, AT1);
        assertThat(a.sent).as("it has come").hasSize(2);
        a.parameters = MagParameters.DEFAULTS.withContextCoversDomain(true);
        pass(2_000);
        arrive(a, AT1);
        assertThat(a.sent).as("nobody else can have had it").hasSize(2);
    }

    @Test
    void anotherPortOfAGatewayIsAnArrivalToo() {
        come(a, AT1);
        pass(2_000);
        come(b, AT2);
        come(a, Attachment.of("mag1", "port2", Site.CARD, AccessTechnologyType.WLAN));
        assertThat(session().proxyCoa()).isEqualTo(Site.MAG1.proxyCoa());
        assertThat(a.forwarding).hasSize(1);
    }

    @Test
    void whatTheAnchorRefusesOnArrivalIsOutOfForce() {
        a.attach(AT1);
        a.answer(Status.ACCEPTED);
        a.pass(2_000);
        a.event(MagEvent.arrived(AT1, HandoffIndicator.UNKNOWN, Optional.empty()));
        a.answer(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        assertThat(a.forwarding).isEmpty();
        a.answer(a.sent.get(a.sent.size() - 1), Site.reply(a.update(), Status.ACCEPTED, OTHER).build());
        assertThat(a.advertised(AT1)).containsExactly(OTHER);
    }
}
