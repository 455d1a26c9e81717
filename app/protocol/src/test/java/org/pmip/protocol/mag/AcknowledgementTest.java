// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;
import static org.pmip.protocol.mag.Site.MAG1;
import static org.pmip.protocol.mag.Site.MAG2;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/** Section 6.9.1.2, items 1 to 6 and 12 to 13: which answers count. */
class AcknowledgementTest {

    private final Site site = new Site();

    private void isIgnored(MagTransition transition) {
        assertThat(transition.changes()).isFalse();
        assertThat(transition.effects()).isEmpty();
        assertThat(transition.reason()).isNotEmpty();
    }

    @Test
    @Requirement("PMIP10-6.9.1.2-1")
    void oneWithoutTheProxyFlagIsIgnored() {
        site.attach(AT1);

        isIgnored(site.answer(Status.ACCEPTED, reply -> reply.proxy(false)));
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-6", "PMIP10-6.9.1.2-5", "PMIP10-6.9.1.2-3"})
    void oneOfAnotherSequenceNumberIsIgnored() {
        site.attach(AT1);

        isIgnored(site.answer(Status.ACCEPTED, reply -> reply.sequence(4711)));
    }

    @Test
    @Requirement("PMIP10-6.9.1.2-6")
    void oneThatNobodyAskedForIsIgnored() {
        site.attach(AT1);
        BindingAcknowledgement reply = Site.reply(site.update(), Status.ACCEPTED).build();
        site.answer(site.sent.get(0), reply);

        isIgnored(site.answer(site.sent.get(0), reply));
    }

    @Test
    @Requirement("PMIP10-6.9.1.2-6")
    void oneFromOrToSomebodyElseIsIgnored() {
        site.attach(AT1);
        BindingAcknowledgement reply = Site.reply(site.update(), Status.ACCEPTED).build();

        isIgnored(site.event(MagEvent.acknowledged(reply, Ip6Address.valueOf("2001:db8::bad"), MAG1.proxyCoa())));
        isIgnored(site.event(MagEvent.acknowledged(reply, LMAA, MAG2.proxyCoa())));
    }

    @Test
    @Requirement("PMIP10-6.9.1.2-3")
    void oneWithAnotherTimestampIsIgnored() {
        site.attach(AT1);
        BindingAcknowledgement.Builder reply = BindingAcknowledgement.builder().proxy(true)
                .sequence(site.update().sequence()).lifetime(900).option(Site.ALICE)
                .option(HomeNetworkPrefix.of(HOME)).option(Timestamp.of(site.now().wall().minusSeconds(7)));

        isIgnored(site.answer(site.sent.get(0), reply.build()));
    }

    static Stream<Arguments> alterations() {
        return Stream.of(
                Arguments.of("HI", HandoffIndicator.of(1)),
                Arguments.of("ATT", AccessTechnologyType.of(3)),
                Arguments.of("LL-ID", MobileNodeLinkLayerIdentifier.of(new byte[] {9, 9, 9, 9, 9, 9})),
                Arguments.of("MN-ID", MobileNodeIdentifier.ofNai("bob@example.org")));
    }

    private static UnaryOperator<BindingAcknowledgement.Builder> with(BindingUpdate update, MobilityOption other) {
        return reply -> {
            BindingAcknowledgement whole = reply.build();
            BindingAcknowledgement.Builder next = BindingAcknowledgement.builder().proxy(true)
                    .status(whole.status()).sequence(update.sequence()).lifetime(whole.lifetime());
            whole.options().forEach(option ->
                    next.option(option.getClass() == other.getClass() ? other : option));
            return next;
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    @Requirement({"PMIP10-6.9.1.2-7", "PMIP10-6.9.1.2-8"})
    void oneThatDoesNotRepeatTheOptionsIsIgnoredAndTheRequestNotRepeated(String name, MobilityOption other) {
        site.attach(AT1);
        site.answer(Status.ACCEPTED, with(site.update(), other));

        assertThat(site.forwarding).isEmpty();
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.did(Effect.Kind.ALARM)).isTrue();
        site.pass(3_600_000);
        assertThat(site.sent).hasSize(1);

        site.event(MagEvent.policyChanged());
        assertThat(site.sent).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    @Requirement({"PMIP10-6.9.1.2-7", "PMIP10-6.9.1.2-8"})
    void anExtensionAnsweredLikeThatIsNotRepeatedEither(String name, MobilityOption other) {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
        site.pass(2_700_000);
        MobilityOption wrong = other instanceof HandoffIndicator ? HandoffIndicator.of(3) : other;
        site.answer(Status.ACCEPTED, with(site.update(), wrong));

        assertThat(site.entry().state()).isEqualTo(State.ACTIVE);
        site.pass(899_000);
        assertThat(site.forwarding).hasSize(1);
        site.pass(1_000);
        assertThat(site.forwarding).isEmpty();
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.sent).hasSize(2);
    }

    @Test
    @Requirement("PMIP10-6.9.1.2-8")
    void anAdministratorLetsItBeExtendedAgain() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
        site.pass(2_700_000);
        site.answer(Status.ACCEPTED, with(site.update(), AccessTechnologyType.of(3)));
        site.event(MagEvent.policyChanged());

        assertThat(site.sent).hasSize(3);
        site.answer(Status.ACCEPTED);
        site.pass(1_000_000);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    @Requirement({"PMIP10-8.2-3", "PMIP10-6.9.1.2-4"})
    void optionsThatAreNotThereAreNoFault() {
        site.attach(AT1);
        site.answer(site.sent.get(0), BindingAcknowledgement.builder().proxy(true)
                .sequence(site.update().sequence()).lifetime(900).option(HomeNetworkPrefix.of(HOME)).build());

        assertThat(site.forwarding).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 127})
    @Requirement({"PMIP10-6.9.1.2-17", "PMIP10-6.9.1.2-18"})
    void everyStatusBelow128Accepts(int status) {
        site.attach(AT1);
        site.answer(status);

        assertThat(site.forwarding).hasSize(1);
        assertThat(site.entry().binding()).get().extracting(Binding::lifetime).isEqualTo(900);
    }

    @Test
    void theAnswerToAnEarlierAttemptCountsAsWell() {
        site.attach(AT1);
        BindingAcknowledgement first = Site.reply(site.update(), Status.ACCEPTED).build();
        long sentAt = site.millis;
        site.pass(1_500);
        assertThat(site.sent).hasSize(2);
        site.answer(site.sent.get(0), first);

        assertThat(site.entry().binding()).get().extracting(Binding::sentAt).isEqualTo(sentAt);
    }

    @Test
    void aRejectionOfAnEarlierAttemptDoesNot() {
        site.attach(AT1);
        BindingAcknowledgement first = Site.reply(site.update(), Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED).build();
        site.pass(1_500);

        isIgnored(site.answer(site.sent.get(0), first));
    }

    @Test
    @Requirement("PMIP10-6.9.1.2-19")
    void aNodeWithTheGatewaysOwnAddressMakesTheGatewayChangeIt() {
        site.parameters = MagParameters.DEFAULTS.withLinkLocal(MagParameters.LinkLocal.NODE);
        site.attach(AT1.withNodeLinkLocal(MAG1.linkLocal()));
        site.answer(Status.ACCEPTED);
        assertThat(site.did(Effect.Kind.CHANGE_LINK_LOCAL)).isTrue();

        Site other = new Site();
        other.parameters = site.parameters;
        other.attach(AT1.withNodeLinkLocal(Ip6Address.valueOf("fe80::99")));
        other.answer(Status.ACCEPTED);
        assertThat(other.did(Effect.Kind.CHANGE_LINK_LOCAL)).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.8-2", "PMIP10-6.9.1.2-19"})
    void theAnchorTellsTheNextGatewayOfTheNodesAddress() {
        site.parameters = MagParameters.DEFAULTS.withLinkLocal(MagParameters.LinkLocal.NODE);
        site.attach(AT2);
        assertThat(site.update().first(LinkLocalAddress.class)).get().matches(LinkLocalAddress::isAllZero);
        BindingAcknowledgement reply = BindingAcknowledgement.builder().proxy(true).lifetime(900)
                .sequence(site.update().sequence()).option(HomeNetworkPrefix.of(HOME))
                .option(LinkLocalAddress.of(MAG2.linkLocal())).build();

        assertThat(site.answer(site.sent.get(0), reply).effects()).extracting(Effect::kind)
                .containsExactly(Effect.Kind.INSTALL_FORWARDING, Effect.Kind.CHANGE_LINK_LOCAL, Effect.Kind.ADVERTISE);
    }

    /** All interfaces of a node were gone and its list with them; the new one begins with the same numbers. */
    @Test
    @Requirement("PMIP10-6.9.1.2-6")
    void aLateWordOfTheAnchorsClockForAFormerInterfaceIsIgnored() {
        site.attach(AT1);
        site.answer(site.sent.get(0), BindingAcknowledgement.builder().proxy(true).status(Status.TIMESTAMP_MISMATCH)
                .sequence(site.update().sequence()).lifetime(0).option(Site.ALICE).option(HomeNetworkPrefix.of(HOME))
                .option(HandoffIndicator.of(HandoffIndicator.NEW_INTERFACE))
                .option(MobileNodeLinkLayerIdentifier.of(Site.SECOND_CARD)).build());
        assertThat(site.entry().state()).isEqualTo(State.REGISTERING);
        assertThat(site.did(Effect.Kind.ALARM)).isFalse();
        assertThat(site.did(Effect.Kind.SYNCHRONISE_CLOCK)).isFalse();
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void theLinkLocalAddressOfTheAnswerIsKept() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);

        assertThat(site.entry().binding()).get().extracting(Binding::linkLocal)
                .isEqualTo(Ip6Address.valueOf("fe80::200:5eff:fe00:5213"));
        assertThat(site.update().first(LinkLocalAddress.class)).get().matches(LinkLocalAddress::isAllZero);
    }

    @Test
    @Requirement("PMIP10-6.9.1.5-5")
    void anAnswerThatAssignsNothingEndsTheSession() {
        site.attach(AT1);
        site.answer(site.sent.get(0), BindingAcknowledgement.builder().proxy(true)
                .sequence(site.update().sequence()).lifetime(900).build());

        assertThat(site.update().lifetime()).isZero();
        assertThat(site.update().first(HomeNetworkPrefix.class)).get().matches(HomeNetworkPrefix::isAllZero);
        assertThat(site.forwarding).isEmpty();
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.effects(Effect.Kind.ALARM)).isEqualTo(List.of("the anchor assigned nothing",
                "what the anchor accepted is no use here"));
    }
}
