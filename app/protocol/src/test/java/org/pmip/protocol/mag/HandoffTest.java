// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;
import static org.pmip.protocol.mag.Site.CARD;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;
import static org.pmip.protocol.mag.Site.MAG2;
import static org.pmip.protocol.mag.Site.OTHER;
import static org.pmip.protocol.mag.Site.SECOND_CARD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;

/** Section 6.9.1.1, items 4 and 5, and the hand-over of context inside a cluster. */
class HandoffTest {

    private static final Attachment NAMELESS1 = Attachment.of("mag1", "port1", new byte[0], AccessTechnologyType.WLAN);
    private static final Attachment NAMELESS2 = Attachment.of("mag2", "port1", new byte[0], AccessTechnologyType.WLAN);
    private static final Attachment SECOND_AT2 =
            Attachment.of("mag2", "port2", SECOND_CARD, AccessTechnologyType.WLAN);

    private final Site site = new Site();

    private int indicator() {
        return site.update().first(HandoffIndicator.class).orElseThrow().value();
    }

    private void registered(Attachment place) {
        site.attach(place);
        site.answer(Status.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    @Requirement({"PMIP10-6.9.1.1-7", "PMIP10-6.9.1.1-8", "PMIP10-6.9.1.1-9", "PMIP10-6.9.1.1-10",
        "PMIP10-6.9.1.1-12"})
    void whatTheAccessNetworkKnowsIsSaid(int hint) {
        site.attach(AT1, hint);

        assertThat(indicator()).isEqualTo(hint);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 6})
    void nothingElseIsAHint(int hint) {
        assertThatThrownBy(() -> site.attach(AT1, hint)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use 1 to 4");
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-11", "PMIP10-6.9.1.1-14"})
    void withoutKnowledgeItIsUnknown() {
        site.attach(AT1);

        assertThat(indicator()).isEqualTo(HandoffIndicator.UNKNOWN);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-10", "PMIP10-6.9.1.1-13", "PMIP10-3-10", "PMIP10-6.2-2", "PMIP10-6.9.1.1-5",
        "PMIP10-5.5-1"})
    void anInterfaceThatTheListKnowsAtAnotherGatewayIsAHandoffOfItsSession() {
        registered(AT1);
        int before = site.update().sequence();
        site.attach(AT2);

        assertThat(indicator()).isEqualTo(HandoffIndicator.BETWEEN_GATEWAYS);
        assertThat(site.update().sequence()).isEqualTo(before + 1);
        assertThat(site.sent.get(1).source()).isEqualTo(MAG2.proxyCoa());
        assertThat(site.update().all(HomeNetworkPrefix.class)).containsExactly(HomeNetworkPrefix.of(HOME));
        assertThat(site.update().first(LinkLocalAddress.class)).get().matches(option -> !option.isAllZero());
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-10", "PMIP10-6.2-2"})
    void aSessionThatWasLeftAMomentAgoIsKnownTooAndLaterIsNot() {
        registered(AT1);
        site.detach(AT1);
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(State.LEFT);
        site.attach(AT2);
        assertThat(indicator()).isEqualTo(HandoffIndicator.BETWEEN_GATEWAYS);
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));

        site.answer(Status.ACCEPTED);
        site.detach(AT2);
        site.answer(Status.ACCEPTED);
        site.pass(10_000);
        site.attach(AT1);
        assertThat(indicator()).isEqualTo(HandoffIndicator.UNKNOWN);
    }

    @Test
    @Requirement("PMIP10-6.1-5")
    void theInterfacesLinkLocalAddressGoesAlong() {
        Ip6Address own = Ip6Address.valueOf("fe80::41");
        registered(AT1.withNodeLinkLocal(own));
        site.attach(AT2);
        assertThat(site.entries().get(1).attachment()).isEqualTo(AT2.withNodeLinkLocal(own));
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().attachment().nodeLinkLocal()).isEqualTo(own);

        site.attach(SECOND_AT2, HandoffIndicator.BETWEEN_INTERFACES);
        assertThat(site.entries().get(1).attachment().nodeLinkLocal()).as("another interface")
                .isEqualTo(Ip6Address.ZERO);
    }

    @Test
    @Requirement({"R5845-3.3.2-6", "R5845-3.3.2-5", "R5845-3.3.2-7"})
    void theDownlinkKeyGoesAlong() {
        site.policy(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma"), GreWish.KEYS);
        site.attach(AT1);
        GreKey key = site.update().first(GreKey.class).orElseThrow();
        site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.of(0x0a000001)));
        site.attach(AT2);

        assertThat(site.update().first(GreKey.class)).contains(key);
        site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.of(0x0a000001)));
        assertThat(site.keys).containsExactly(key.key());
    }

    @Test
    @Requirement({"PMIP10-3-8", "PMIP10-3-10", "PMIP10-5.2-3", "PMIP10-7.2-1"})
    void theOldGatewayForwardsUntilTheNewOneDoes() {
        registered(AT1);
        long old = site.entry().sessionId();
        site.attach(AT2);
        assertThat(site.forwarding).containsOnlyKeys(old);
        MagTransition accepted = site.answer(Status.ACCEPTED);

        assertThat(accepted.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.REMOVE_FORWARDING,
                Effect.Kind.INSTALL_FORWARDING, Effect.Kind.ADVERTISE);
        assertThat(site.entry().attachment()).isEqualTo(AT2);
        assertThat(site.advertised(AT1)).isEmpty();
        assertThat(site.advertised(AT2)).containsExactly(HOME);
    }

    @Test
    void theOldGatewayIsSilentAfterThat() {
        registered(AT1);
        site.attach(AT2);
        site.detach(AT1);
        site.answer(Status.ACCEPTED);
        site.pass(600_000);

        assertThat(site.sent).hasSize(2);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    void anotherPrefixOnTheNewLinkReplacesTheOldOneInTheNodeToo() {
        registered(AT1);
        site.attach(AT2);
        MagTransition rejected = site.answer(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        assertThat(rejected.effects(Effect.Kind.SEND)).hasSize(1);
        MagTransition accepted = site.answer(Status.ACCEPTED, reply -> Site.reply(site.update(), 0, OTHER));

        assertThat(accepted.effects(Effect.Kind.WITHDRAW)).singleElement().satisfies(effect -> {
            assertThat(effect.prefixes()).containsExactly(HOME);
            assertThat(effect.entry().attachment()).isEqualTo(AT2);
        });
        assertThat(site.advertised(AT2)).containsExactly(OTHER);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-9", "PMIP10-6.9.1.1-12"})
    void aMoveBetweenInterfacesTakesThePrefixAlong() {
        registered(AT1);
        site.attach(SECOND_AT2, HandoffIndicator.BETWEEN_INTERFACES);

        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().attachment()).isEqualTo(SECOND_AT2);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-14"})
    void anotherInterfaceIsNoHandoffWithoutThatKnowledge() {
        registered(AT1);
        site.attach(SECOND_AT2);

        assertThat(indicator()).isEqualTo(HandoffIndicator.UNKNOWN);
        assertThat(site.update().all(HomeNetworkPrefix.class)).singleElement().matches(HomeNetworkPrefix::isAllZero);
        assertThat(site.entries()).extracting(BindingUpdateListEntry::state)
                .containsExactly(State.ACTIVE, State.REGISTERING);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-8", "PMIP10-6.9.1.1-13"})
    void itIsANewOneWhereTheListCoversTheDomain() {
        site.parameters = MagParameters.DEFAULTS.withContextCoversDomain(true);
        registered(AT1);
        assertThat(indicator()).isEqualTo(HandoffIndicator.NEW_INTERFACE);
        site.attach(SECOND_AT2);
        assertThat(indicator()).isEqualTo(HandoffIndicator.NEW_INTERFACE);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-11"})
    void butNotBesideAnInterfaceThatNobodyCanTellApart() {
        site.parameters = MagParameters.DEFAULTS.withContextCoversDomain(true);
        registered(NAMELESS1);
        site.attach(SECOND_AT2);

        assertThat(indicator()).isEqualTo(HandoffIndicator.UNKNOWN);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-10"})
    void aNodeWithoutInterfaceIdentifierIsHandedOffOnTheAccessNetworksWord() {
        registered(NAMELESS1);
        site.attach(NAMELESS2, HandoffIndicator.BETWEEN_GATEWAYS);

        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.answer(Status.ACCEPTED);
        assertThat(site.entries()).hasSize(1);
    }

    @Test
    void anotherPortOfTheSameGatewayNeedsNoSignalling() {
        registered(AT1);
        Attachment port2 = Attachment.of("mag1", "port2", CARD, AccessTechnologyType.WLAN);
        MagTransition moved = site.attach(port2);

        assertThat(moved.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.REMOVE_FORWARDING,
                Effect.Kind.INSTALL_FORWARDING, Effect.Kind.ADVERTISE);
        assertThat(site.sent).hasSize(1);
        assertThat(site.entry().attachment()).isEqualTo(port2);
        site.detach(AT1);
        assertThat(site.entry().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void aNodeThatTurnsBackBeforeTheAnswerHasOneSessionInTheEnd() {
        registered(AT1);
        site.attach(AT2);
        site.attach(AT1);
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.answer(Status.ACCEPTED);

        assertThat(site.entry().attachment()).isEqualTo(AT1);
        assertThat(site.forwarding).containsOnlyKeys(site.entry().sessionId());
    }

    @Test
    @Requirement({"PMIP10-6.1-1"})
    void aSessionThatTheAnchorGivesToAnotherInterfaceIsTakenFromTheFirst() {
        registered(AT1);
        site.attach(SECOND_AT2);
        site.answer(Status.ACCEPTED);

        assertThat(site.forwarding).hasSize(1);
        assertThat(site.entries()).extracting(BindingUpdateListEntry::state)
                .containsExactly(State.REGISTERING, State.ACTIVE);
        assertThat(site.update().all(HomeNetworkPrefix.class)).singleElement().matches(HomeNetworkPrefix::isAllZero);
        assertThat(site.sent.get(2).source()).isEqualTo(Site.MAG1.proxyCoa());
    }

    @Test
    @Requirement({"PMIP10-3-8", "PMIP10-6.9.1.4-1"})
    void aNodeThatVanishesDuringAHandoffIsDeregisteredByBothForTheAnchorHasOneOfThem() {
        registered(AT1);
        site.attach(AT2);
        site.detach(AT2);

        assertThat(site.sent.subList(2, 4)).allMatch(message -> message.update().lifetime() == 0)
                .extracting(OutgoingUpdate::source).containsExactlyInAnyOrder(Site.MAG1.proxyCoa(), MAG2.proxyCoa());
        site.pass(1_000);
        assertThat(site.forwarding).isEmpty();
        site.pass(10_000);
        assertThat(site.store).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-3-8", "PMIP10-6.9.1.4-1"})
    void soDoesTheOldGatewayIfTheNewOneIsRefused() {
        registered(AT1);
        site.attach(AT2);
        site.answer(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);

        assertThat(site.update().lifetime()).isZero();
        assertThat(site.sent.get(2).source()).isEqualTo(Site.MAG1.proxyCoa());
        site.pass(11_000);
        assertThat(site.forwarding).isEmpty();
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
    }

    @Test
    void aNodeThatHasAnotherAnchorByThenIsDeregisteredAtTheFirst() {
        registered(AT1);
        Ip6Address second = Ip6Address.valueOf("2001:db8:ffff::2");
        site.policy(Anchor.overIpv6("second", second), MagProfile.of("second"), GreWish.NONE);
        site.attach(AT2);
        assertThat(site.update().all(HomeNetworkPrefix.class)).singleElement().matches(HomeNetworkPrefix::isAllZero);
        site.answer(Status.ACCEPTED, reply -> Site.reply(site.update(), 0, OTHER));

        assertThat(site.update().lifetime()).isZero();
        assertThat(site.sent.get(2).destination()).isEqualTo(LMAA);
        site.pass(11_000);
        assertThat(site.entry().attachment()).isEqualTo(AT2);
        assertThat(site.forwarding).hasSize(1);
    }
}
