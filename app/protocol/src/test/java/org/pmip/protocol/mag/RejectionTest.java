// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;
import static org.pmip.protocol.mag.Site.OTHER;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

/** Section 6.9.1.2, items 7 to 11, RFC 6275 section 11.7.3 and Binding Errors: what is done about a refusal. */
class RejectionTest {

    private final Site site = new Site();

    private void registered() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
    }

    private void extending() {
        registered();
        site.pass(2_700_000);
    }

    private void isStopped() {
        int sent = site.sent.size();
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.did(Effect.Kind.DENY_SERVICE)).isTrue();
        assertThat(site.forwarding).isEmpty();
        site.pass(7_200_000);
        assertThat(site.sent).hasSize(sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129, 130, 131, 135, 152, 153, 154, 155, 156, 157, 159, 163, 170, 200, 255})
    @Requirement({"PMIP10-6.9.1.2-16", "R5213-6.9.1.2-1", "PMIP10-6.9.2-3"})
    void noRejectedNodeIsAdvertisedToOrForwardedFor(int status) {
        site.attach(AT1);
        site.answer(status);

        assertThat(site.forwarding).isEmpty();
        assertThat(site.advertised(AT1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 130, 152, 155, 156, 157, 200})
    @Requirement({"PMIP10-6.9.1.2-16", "R5213-6.9.1.2-1"})
    void aRejectedExtensionEndsWhatThereWas(int status) {
        extending();
        MagTransition rejected = site.answer(status);

        assertThat(rejected.effects()).extracting(Effect::kind)
                .startsWith(Effect.Kind.WITHDRAW, Effect.Kind.REMOVE_FORWARDING);
        assertThat(site.forwarding).isEmpty();
        assertThat(site.advertised(AT1)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-9", "PMIP10-6.9.1.2-10"})
    void aNodeThatIsNotEnabledIsNotAskedForAgain() {
        site.attach(AT1);
        site.answer(Status.PROXY_REG_NOT_ENABLED);

        isStopped();
        site.attach(AT1);
        site.attach(AT2);
        assertThat(site.sent).hasSize(1);
        assertThat(site.last.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.DENY_SERVICE);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-9"})
    void thatIsRememberedAcrossADetachmentAndForgottenByAnAdministrator() {
        site.attach(AT1);
        site.answer(Status.PROXY_REG_NOT_ENABLED);
        site.detach(AT1);
        site.attach(AT2);
        assertThat(site.sent).hasSize(1);

        site.detach(AT2);
        site.event(MagEvent.policyChanged());
        site.attach(AT1);
        assertThat(site.sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {131, 132, 133, 134, 153, 154, 158, 160, 161, 162, 173, 200, 255})
    void whatOnlyAnAdministratorCanMendIsReportedToOne(int status) {
        site.attach(AT1);
        site.answer(status);

        isStopped();
        assertThat(site.effects(Effect.Kind.ALARM)).singleElement().asString().contains(Status.name(status));
        site.event(MagEvent.policyChanged());
        assertThat(site.update().lifetime()).isEqualTo(900);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-11", "PMIP10-6.9.4-7"})
    void aTimestampThatCameLateIsFollowedByANewOneAtOnce() {
        site.attach(AT1);
        Timestamp first = site.update().first(Timestamp.class).orElseThrow();
        site.answer(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);

        assertThat(site.sent).hasSize(2);
        assertThat(site.update().first(Timestamp.class).orElseThrow().value()).isGreaterThan(first.value());
        assertThat(site.did(Effect.Kind.SYNCHRONISE_CLOCK)).isFalse();
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    void ifThatDoesNotHelpItIsTriedLessAndLessOften() {
        site.attach(AT1);
        for (int i = 0; i < 6; i++) {
            site.answer(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
            site.pass(site.deadline().orElseThrow() - site.millis);
        }
        long before = site.millis;
        site.answer(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);

        assertThat(site.deadline()).hasValue(before + 32_000);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-12", "PMIP10-6.9.1.2-13"})
    void aWrongClockIsSynchronisedFirstAndNotByTheAnchors() {
        site.attach(AT1);
        site.answer(site.sent.get(0), BindingAcknowledgement.builder().proxy(true)
                .status(Status.TIMESTAMP_MISMATCH).sequence(site.update().sequence()).option(Site.ALICE)
                .option(Timestamp.of(site.now().wall().plusSeconds(3_600))).build());
        assertThat(site.did(Effect.Kind.SYNCHRONISE_CLOCK)).isTrue();
        site.wallStep = -86_400_000;
        site.pass(RejectionRules.CLOCK_MILLIS - 1);
        assertThat(site.sent).hasSize(1);

        site.pass(1);
        assertThat(site.sent).hasSize(2);
        assertThat(site.update().first(Timestamp.class)).contains(Timestamp.of(site.now().wall()));
    }

    @Test
    void aClockThatStaysWrongIsNoReasonToAskOften() {
        site.attach(AT1);
        site.answer(Status.TIMESTAMP_MISMATCH);
        site.pass(RejectionRules.CLOCK_MILLIS);
        long before = site.millis;
        site.answer(Status.TIMESTAMP_MISMATCH);

        assertThat(site.deadline().orElseThrow() - before).isBetween(32_000L, 35_200L);
        site.present = entry -> Optional.of(false);
        site.pass(36_000);
        assertThat(site.entries()).as("it left meanwhile").noneMatch(entry -> entry.state() == State.REGISTERING);
    }

    @Test
    void aClockThatWasAheadDoesNotKeepTheRightTimeAway() {
        site.wallStep = 86_400_000;
        site.attach(AT1);
        site.answer(Status.TIMESTAMP_MISMATCH);
        site.wallStep = 0;
        site.pass(RejectionRules.CLOCK_MILLIS);

        assertThat(site.update().first(Timestamp.class)).contains(Timestamp.of(site.now().wall()));
    }

    @ParameterizedTest
    @ValueSource(ints = {155, 159})
    @Requirement({"PMIP10-6.9.1.2-14", "PMIP10-6.9.1.2-15"})
    void aPrefixThatIsRefusedIsNotAskedForAgainButAnyIs(int status) {
        site.policy(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma").withPrefixes(List.of(HOME, OTHER)),
                GreWish.NONE);
        site.attach(AT1);
        site.answer(status);
        assertThat(site.update().all(HomeNetworkPrefix.class)).singleElement().matches(HomeNetworkPrefix::isAllZero);
        assertThat(site.update().first(HandoffIndicator.class)).contains(HandoffIndicator.of(4));

        site.answer(status);
        isStopped();
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 130})
    void aBusyAnchorIsLeftAloneForAWhile(int status) {
        site.attach(AT1);
        site.answer(status);
        site.pass(31_999);
        assertThat(site.sent).hasSize(1);
        site.pass(3_201);
        assertThat(site.sent).hasSize(2);
    }

    @Test
    void nodesThatWereRejectedTogetherComeBackOneByOne() {
        Map<Long, Integer> tenths = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            MobileNodeIdentifier node = MobileNodeIdentifier.ofNai("mn" + i + "@example.org");
            Site site = new Site();
            site.policy = new MagPolicy(Map.of("mag1", Site.MAG1), Map.of("lma", Anchor.overIpv6("lma", Site.LMAA)),
                    Map.of(), MagProfile.of("lma"), GreWish.NONE);
            site.event(node, MagEvent.attached(AT1, HandoffIndicator.UNKNOWN, Optional.empty()));
            site.event(node, MagEvent.acknowledged(BindingAcknowledgement.builder().proxy(true)
                    .status(Status.INSUFFICIENT_RESOURCES).sequence(site.update().sequence()).lifetime(0)
                    .options(site.update().options()).build(), Site.LMAA, Site.MAG1.proxyCoa()));
            long wait = site.deadline().orElseThrow() - site.millis;
            assertThat(wait).isBetween(32_000L, 35_200L);
            tenths.merge((wait - 32_000) / 321, 1, Integer::sum);
        }
        assertThat(tenths).hasSize(10);
        assertThat(tenths.values()).allMatch(count -> count > 50 && count < 200);
    }

    @Test
    void anAcceptanceWithoutLifetimeIsNone() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.lifetime(0));

        assertThat(site.forwarding).isEmpty();
        site.pass(35_200);
        assertThat(site.sent).hasSize(2);
    }

    @Test
    @Requirement({"PMIP10-5.5-1", "PMIP10-6.9.4-8"})
    void theAnchorsSequenceNumberIsTakenOver() {
        site.parameters = MagParameters.DEFAULTS.withTimestamps(false);
        site.attach(AT1);
        site.answer(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW, reply -> reply.sequence(30_000));

        assertThat(site.update().sequence()).isEqualTo(30_001);
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    @Requirement("PMIP10-6.9.4-8")
    void butNotBackwards() {
        site.parameters = MagParameters.DEFAULTS.withTimestamps(false);
        site.attach(AT1);
        site.pass(7_000);
        int last = site.update().sequence();
        site.answer(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW, reply -> reply.sequence(last - 2));

        assertThat(site.update().sequence()).isEqualTo(last + 1);
    }

    private MagTransition error(int status, IpAddress from) {
        return site.event(MagEvent.error(BindingError.of(status, Ip6Address.ZERO), from));
    }

    @Test
    void anAnchorThatKnowsNoBindingUpdatesIsNotAskedAgain() {
        site.attach(AT1);
        error(BindingError.UNRECOGNIZED_MH_TYPE, LMAA);

        isStopped();
        assertThat(site.effects(Effect.Kind.ALARM)).containsExactly("the anchor knows no Proxy Binding Updates");
    }

    @Test
    void aBindingErrorForAnExtensionLetsTheBindingRunOut() {
        extending();
        error(BindingError.UNRECOGNIZED_MH_TYPE, LMAA);
        assertThat(site.forwarding).hasSize(1);
        site.pass(900_000);

        assertThat(site.forwarding).isEmpty();
        isStopped();
    }

    @Test
    void aBindingErrorEndsTheWaitForADeregistration() {
        registered();
        site.detach(AT1);
        error(BindingError.UNRECOGNIZED_MH_TYPE, LMAA);

        assertThat(site.entry().state()).isEqualTo(State.LEFT);
    }

    @Test
    void otherBindingErrorsChangeNothing() {
        site.attach(AT1);
        assertThat(error(BindingError.UNKNOWN_BINDING, LMAA).changes()).isFalse();
        assertThat(error(BindingError.UNRECOGNIZED_MH_TYPE, Ip6Address.valueOf("2001:db8::bad")).changes()).isFalse();
        site.answer(Status.ACCEPTED);
        assertThat(error(BindingError.UNRECOGNIZED_MH_TYPE, LMAA).changes()).isFalse();
    }
}
