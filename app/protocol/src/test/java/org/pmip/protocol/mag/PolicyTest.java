// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;
import static org.pmip.protocol.mag.Site.OTHER;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;

/** Sections 6.2, 6.12 and 6.14: profiles and what administrators change while sessions are up. */
class PolicyTest {

    private static final Anchor LMA = Anchor.overIpv6("lma", LMAA);

    private final Site site = new Site();

    private void registered() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
    }

    @Test
    @Requirement({"PMIP10-6.2-1", "PMIP10-6.2-4", "PMIP10-5.7-2"})
    void theProfileSaysWhichAnchorAndHowLong() {
        Ip6Address second = Ip6Address.valueOf("2001:db8:ffff::2");
        site.policy(Anchor.overIpv6("second", second), MagProfile.of("second").withLifetime(60), GreWish.NONE);
        site.attach(AT1);

        assertThat(site.sent.get(0).destination()).isEqualTo(second);
        assertThat(site.update().lifetime()).isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 262_141})
    void aLifetimeOutsideTheFieldIsRefused(int seconds) {
        assertThatThrownBy(() -> MagProfile.of("lma").withLifetime(seconds))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("from 4 to 262140");
    }

    @Test
    void aProfileWithAnUnknownAnchorGivesNoService() {
        site.policy(LMA, MagProfile.of("nowhere"), GreWish.NONE);

        assertThat(site.attach(AT1).changes()).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.4-1", "PMIP10-6.14-1"})
    void whoLosesTheEntitlementIsDeregistered() {
        registered();
        site.policy(LMA, MagProfile.withoutService(false), GreWish.NONE);
        site.event(MagEvent.policyChanged());
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);

        assertThat(site.forwarding).isEmpty();
        site.pass(10_000);
        assertThat(site.store).isEmpty();
    }

    @Test
    void whoGetsAnotherAnchorIsMovedThere() {
        registered();
        Ip6Address second = Ip6Address.valueOf("2001:db8:ffff::2");
        site.policy(Anchor.overIpv6("second", second), MagProfile.of("second"), GreWish.NONE);
        site.event(MagEvent.policyChanged());
        assertThat(site.sent.get(1).destination()).isEqualTo(LMAA);
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);

        assertThat(site.sent.get(2).destination()).isEqualTo(second);
        assertThat(site.update().first(HomeNetworkPrefix.class)).get().matches(HomeNetworkPrefix::isAllZero);
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    void aSessionThatIsNotConcernedGoesOn() {
        registered();
        MagTransition nothing = site.event(MagEvent.policyChanged());

        assertThat(nothing.changes()).isFalse();
        assertThat(nothing.effects()).isEmpty();
    }

    @Test
    void aRequestUnderWayGoesToTheNewAnchor() {
        site.attach(AT1);
        Ip6Address second = Ip6Address.valueOf("2001:db8:ffff::2");
        site.policy(Anchor.overIpv6("second", second), MagProfile.of("second"), GreWish.NONE);
        site.event(MagEvent.policyChanged());
        assertThat(site.sent.get(1).destination()).isEqualTo(second);

        site.policy(LMA, MagProfile.withoutService(false), GreWish.NONE);
        site.event(MagEvent.policyChanged());
        assertThat(site.update().lifetime()).isZero();
    }

    @Test
    void whoIsDeniedAndNotEntitledAnyMoreIsForgotten() {
        site.attach(AT1);
        site.answer(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        site.policy(LMA, MagProfile.withoutService(false), GreWish.NONE);
        site.event(MagEvent.policyChanged());
        site.pass(1_000);

        assertThat(site.store).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.12-1", "PMIP10-6.12-2"})
    void aPrefixThatBecomesInvalidIsWithdrawnAndNotRoutedAnyMore() {
        site.policy(LMA, MagProfile.of("lma").withPrefixes(List.of(HOME, OTHER)), GreWish.NONE);
        registered();
        MagTransition invalid = site.event(MagEvent.prefixInvalid(HOME));

        assertThat(invalid.effects(Effect.Kind.WITHDRAW)).singleElement().satisfies(effect ->
                assertThat(effect.prefixes()).containsExactly(HOME));
        assertThat(site.forwarding.get(site.entry().sessionId()).prefixes()).containsExactly(OTHER);
        assertThat(site.event(MagEvent.prefixInvalid(HOME)).changes()).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.12-1", "PMIP10-6.12-2"})
    void ifItWasTheOnlyOneAnotherIsAskedFor() {
        registered();
        site.event(MagEvent.prefixInvalid(HOME));
        assertThat(site.forwarding).isEmpty();
        assertThat(site.advertised(AT1)).isEmpty();
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);

        assertThat(site.update().first(HomeNetworkPrefix.class)).get().matches(HomeNetworkPrefix::isAllZero);
        site.answer(Status.ACCEPTED, reply -> Site.reply(site.update(), 0, OTHER));
        assertThat(site.advertised(AT1)).containsExactly(OTHER);
    }

    @Test
    @Requirement({"PMIP10-6.12-1"})
    void aPrefixThatTheAnchorReplacesIsWithdrawnToo() {
        registered();
        site.pass(2_700_000);
        MagTransition renumbered = site.answer(site.sent.get(1),
                BindingAcknowledgement.builder().proxy(true)
                        .sequence(site.update().sequence()).lifetime(900).option(HomeNetworkPrefix.of(OTHER)).build());

        assertThat(renumbered.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.REMOVE_FORWARDING,
                Effect.Kind.INSTALL_FORWARDING, Effect.Kind.WITHDRAW, Effect.Kind.ADVERTISE);
        assertThat(site.advertised(AT1)).containsExactly(OTHER);
    }

    @Test
    @Requirement({"R5213-9.3-2", "RFC6275-12-1"})
    void theVariablesHaveTheDefaultsOfTheDocuments() {
        assertThat(MagParameters.DEFAULTS.timestampBasedApproachInUse()).isTrue();
        assertThat(MagParameters.DEFAULTS.fixedLinkLocal()).isEqualTo(Ip6Address.ZERO);
        assertThat(MagParameters.INITIAL_BINDACK_TIMEOUT).isEqualTo(1_000);
        assertThat(MagParameters.MAX_BINDACK_TIMEOUT).isEqualTo(32_000);
        assertThat(MagParameters.MAX_UPDATE_RATE).isEqualTo(3);
    }

    @Test
    @Requirement({"R5844-5-1"})
    void forcedUdpIsOffUnlessAnAnchorIsGivenIt() {
        assertThat(Anchor.overIpv6("lma", LMAA).forceUdp()).isFalse();
        assertThat(Anchor.overIpv4("lma", Ip4Address.valueOf("192.0.2.1"), true, false).forceUdp()).isTrue();
    }

    @Test
    void aSessionThatTheSwitchRefusesIsDeregisteredAndTriedAgainLater() {
        registered();
        long session = site.entry().sessionId();
        MagTransition refused = site.event(MagEvent.forwardingRefused(session, "the table is full"));
        assertThat(refused.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.WITHDRAW,
                Effect.Kind.REMOVE_FORWARDING, Effect.Kind.ALARM, Effect.Kind.SEND);
        assertThat(site.update().lifetime()).isZero();
        assertThat(site.event(MagEvent.forwardingRefused(session, "again")).changes()).isFalse();
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(BindingUpdateListEntry.State.REGISTERING);
        assertThat(site.entry().status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        long waits = site.entry().deadline().orElseThrow() - site.now().millis();
        assertThat(waits).isBetween(MagParameters.MAX_BINDACK_TIMEOUT, MagParameters.MAX_BINDACK_TIMEOUT * 11 / 10);

        site.pass(waits);
        site.event(MagEvent.presence(session, true));
        assertThat(site.update().lifetime()).isPositive();
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    void aSessionThatTheSwitchRefusedIsForgottenIfItsNodeIsGoneByThen() {
        registered();
        long session = site.entry().sessionId();
        site.event(MagEvent.forwardingRefused(session, "the table is full"));
        site.answer(Status.ACCEPTED);
        site.event(MagEvent.detached(site.entry().attachment()));
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(BindingUpdateListEntry.State.LEFT);
    }

    @Test
    void aSessionThatIsDeletedIsDeregisteredAndThenForgotten() {
        registered();
        long session = site.entry().sessionId();
        site.event(MagEvent.deleted(session));
        assertThat(site.update().lifetime()).isZero();
        assertThat(site.entry().state()).isEqualTo(BindingUpdateListEntry.State.ENDING);

        assertThat(site.event(MagEvent.deleted(session)).after().isEmpty()).as("without its anchor's answer").isTrue();
        assertThat(site.forwarding).isEmpty();
        assertThat(site.event(MagEvent.deleted(session)).changes()).isFalse();
    }

    @Test
    void whatAnAnchorRefusedIsForgottenWithTheSession() {
        site.attach(AT1);
        site.answer(Status.PROXY_REG_NOT_ENABLED);
        assertThat(site.entry().state()).isEqualTo(BindingUpdateListEntry.State.DENIED);
        int sent = site.sent.size();
        site.event(MagEvent.deleted(site.entry().sessionId()));
        assertThat(site.sent).as("there is nothing to end").hasSize(sent);
        assertThat(site.store).isEmpty();

        site.attach(AT1);
        assertThat(site.sent).as("a node that is still there is asked for again").hasSize(sent + 1);
    }

    @Test
    void aSessionOfAGatewayThatIsGoneIsForgotten() {
        registered();
        int sent = site.sent.size();
        site.policy = new MagPolicy(Map.of(), Map.of("lma", LMA), Map.of(), MagProfile.withoutService(false),
                GreWish.NONE);
        site.event(MagEvent.deleted(site.entry().sessionId()));
        assertThat(site.sent).hasSize(sent);
        assertThat(site.store).isEmpty();
        assertThat(site.forwarding).isEmpty();
    }

    @Test
    void valuesThatMeanTheSameAreEqual() {
        registered();
        BindingUpdateListEntry entry = site.entry();

        assertThat(entry.toBuilder().build()).isEqualTo(entry).hasSameHashCodeAs(entry);
        assertThat(entry.binding().orElseThrow().toBuilder().build()).isEqualTo(entry.binding().orElseThrow());
        assertThat(entry.toBuilder().status(1).build()).isNotEqualTo(entry);
        assertThat(entry.toString()).contains("ACTIVE", "mag1/port1", HOME.toString());
        assertThat(new BindingUpdateList(Site.ALICE, 1, 2, List.of(entry)))
                .isEqualTo(new BindingUpdateList(Site.ALICE, 1, 2, List.of(entry)))
                .isNotEqualTo(new BindingUpdateList(Site.ALICE, 2, 2, List.of(entry)));
        assertThat(Optional.of(LMA)).contains(Anchor.overIpv6("lma", LMAA));
    }
}
