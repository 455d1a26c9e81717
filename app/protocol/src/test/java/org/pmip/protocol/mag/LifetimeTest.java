// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobilityOption;

/** Sections 6.9.1.3, 6.9.1.4 and 6.13: extension, presence and the end. */
class LifetimeTest {

    private final Site site = new Site();

    private void registered() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
    }

    private static List<Class<?>> kinds(BindingUpdate update) {
        return update.options().stream().map(MobilityOption::getClass).collect(Collectors.toList());
    }

    @Test
    @Requirement({"PMIP10-6.9.1.3-1", "PMIP10-6.9.1.3-2", "PMIP10-6.9.1.3-3", "PMIP10-6.9.1.3-4"})
    void anExtensionHasTheOptionsOfTheFirstRequestWithWhatWasAssigned() {
        registered();
        BindingUpdate first = Site.decoded(site.sent.get(0));
        site.pass(2_700_000);

        assertThat(kinds(site.update())).isEqualTo(kinds(first));
        assertThat(site.update().lifetime()).isEqualTo(first.lifetime());
        assertThat(site.update().first(HandoffIndicator.class)).contains(HandoffIndicator.of(5));
        assertThat(site.update().all(HomeNetworkPrefix.class)).containsExactly(HomeNetworkPrefix.of(HOME));
        assertThat(site.update().first(LinkLocalAddress.class))
                .contains(LinkLocalAddress.of(Ip6Address.valueOf("fe80::200:5eff:fe00:5213")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 15, 900, 65_535})
    void itComesBeforeTheLifetimeEnds(int granted) {
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.lifetime(granted));
        long ends = site.millis + granted * 4_000L;
        long refresh = site.deadline().orElseThrow();

        assertThat(refresh).isBetween(site.millis + granted * 2_000L, ends - 1);
        site.pass(refresh - site.millis);
        assertThat(site.sent).hasSize(2);
        site.answer(Status.ACCEPTED);
        assertThat(site.last.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.ADVERTISE);
    }

    @Test
    @Requirement("PMIP10-6.13-1")
    void presenceIsCheckedBeforeAnExtension() {
        registered();
        site.present = entry -> Optional.empty();
        site.pass(2_700_000);

        assertThat(site.last.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.CHECK_PRESENCE);
        assertThat(site.sent).hasSize(1);
        site.event(MagEvent.presence(site.entry().sessionId(), true));
        assertThat(site.sent).hasSize(2);
    }

    @Test
    @Requirement("PMIP10-6.9.1.1-11")
    void whoArrivesWhilePresenceIsCheckedMayHaveBeenElsewhere() {
        registered();
        site.present = entry -> Optional.empty();
        site.pass(2_700_000);
        assertThat(site.sent).hasSize(1);
        site.event(MagEvent.arrived(AT1, HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(site.sent).hasSize(2);
        assertThat(site.update().first(HandoffIndicator.class)).map(HandoffIndicator::value)
                .contains(HandoffIndicator.UNKNOWN);
    }

    @Test
    @Requirement({"PMIP10-6.13-2", "PMIP10-6.13-3", "PMIP10-6.13-4"})
    void whereNobodyAnswersTheBindingIsEnded() {
        registered();
        site.present = entry -> Optional.empty();
        site.pass(2_703_000);

        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).isEmpty();
        site.pass(10_000);
        assertThat(site.store).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.13-2", "PMIP10-6.13-3", "PMIP10-6.13-5"})
    void newsOfAbsenceCountWithoutBeingAskedFor() {
        registered();
        site.event(MagEvent.presence(site.entry().sessionId(), false));

        assertThat(site.update().lifetime()).isZero();
        assertThat(site.event(MagEvent.presence(4711, false)).changes()).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.4-1", "PMIP10-6.9.1.4-2", "PMIP10-6.9.1.4-3", "PMIP10-6.9.1.4-4",
        "PMIP10-6.9.1.4-5"})
    void aDeregistrationHasTheOptionsOfTheFirstRequestWithWhatWasAssigned() {
        registered();
        BindingUpdate first = Site.decoded(site.sent.get(0));
        site.detach(AT1);

        assertThat(site.update().lifetime()).isZero();
        assertThat(kinds(site.update())).isEqualTo(kinds(first));
        assertThat(site.update().first(HandoffIndicator.class)).contains(HandoffIndicator.of(4));
        assertThat(site.update().all(HomeNetworkPrefix.class)).containsExactly(HomeNetworkPrefix.of(HOME));
        assertThat(site.update().first(LinkLocalAddress.class))
                .contains(LinkLocalAddress.of(Ip6Address.valueOf("fe80::200:5eff:fe00:5213")));
    }

    @Test
    @Requirement({"PMIP10-6.9.1.4-6", "PMIP10-6.9.1.4-7", "PMIP10-6.9.1.4-8", "PMIP10-6.9.1.4-9",
        "R5213-6.9.1.4-1"})
    void withTheAnswerEverythingGoes() {
        registered();
        site.detach(AT1);
        assertThat(site.forwarding).hasSize(1);
        MagTransition ended = site.answer(Status.ACCEPTED);

        assertThat(ended.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.WITHDRAW,
                Effect.Kind.REMOVE_FORWARDING, Effect.Kind.TEAR_DOWN_LINK);
        assertThat(ended.effects().get(0).prefixes()).containsExactly(HOME);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.4-6", "R5213-6.9.1.4-1", "RFC6275-12-1"})
    void withoutOneItGoesAfterASecond() {
        registered();
        site.detach(AT1);
        site.pass(999);
        assertThat(site.forwarding).hasSize(1);
        site.pass(1);
        assertThat(site.forwarding).isEmpty();
        assertThat(site.sent).hasSize(2);
    }

    @Test
    @Requirement("R5213-6.9.1.4-1")
    void aRejectionDoesNotShortenThat() {
        registered();
        site.detach(AT1);
        site.answer(Status.REASON_UNSPECIFIED);
        assertThat(site.forwarding).hasSize(1);
        site.pass(1_000);
        assertThat(site.forwarding).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {135, 157})
    void aDeregistrationOutOfOrderIsSaidOnceMore(int status) {
        site.parameters = MagParameters.DEFAULTS.withTimestamps(status == 157);
        registered();
        site.detach(AT1);
        site.answer(status);
        assertThat(site.sent).hasSize(3);
        assertThat(site.update().lifetime()).isZero();
        site.answer(status);
        assertThat(site.sent).hasSize(3);
    }

    @Test
    void aNodeThatLeavesBeforeTheAnswerIsDeregisteredTooForTheAnchorMayHaveIt() {
        site.attach(AT1);
        site.detach(AT1);

        assertThat(site.update().lifetime()).isZero();
        assertThat(site.update().first(HomeNetworkPrefix.class)).get().matches(HomeNetworkPrefix::isAllZero);
        site.pass(1_000);
        assertThat(site.store).isEmpty();
    }

    @Test
    void aNodeThatComesBackAtOnceIsRegisteredAnew() {
        registered();
        site.detach(AT1);
        site.attach(AT1);

        assertThat(site.update().lifetime()).isEqualTo(900);
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    void aDetachmentOfAnotherInterfaceConcernsNobody() {
        registered();
        assertThat(site.detach(Attachment.of("mag1", "port1", Site.SECOND_CARD, 4)).changes()).isFalse();
        assertThat(site.detach(Attachment.of("mag1", "port1", new byte[0], 4)).effects(Effect.Kind.SEND)).hasSize(1);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-16", "PMIP10-6.10.5-7"})
    void aBindingThatNobodyExtendsEnds() {
        registered();
        site.pass(3_600_000);

        assertThat(site.forwarding).isEmpty();
        assertThat(site.advertised(AT1)).isEmpty();
        assertThat(site.entry().state()).isEqualTo(State.REGISTERING);
        assertThat(site.update().first(HandoffIndicator.class)).contains(HandoffIndicator.of(4));
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    @Requirement({"R5845-4.2-13", "R5845-3.3.2-3", "R5845-4.1-2"})
    void anExtensionRepeatsTheDownlinkKeyAndADeregistrationDoesNot() {
        site.policy(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma"), GreWish.KEYS);
        site.attach(AT1);
        GreKey key = site.update().first(GreKey.class).orElseThrow();
        site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.of(7)));
        site.pass(2_700_000);
        assertThat(site.update().first(GreKey.class)).contains(key);
        site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.of(7)));
        site.detach(AT1);

        assertThat(site.update().first(GreKey.class)).isEmpty();
        site.pass(11_000);
        assertThat(site.keys).isEmpty();
    }

    @Test
    void aTimerThatComesTooEarlyChangesNothing() {
        registered();
        MagTransition early = site.event(MagEvent.timer());

        assertThat(early.changes()).isFalse();
        assertThat(early.effects()).isEmpty();
    }
}
