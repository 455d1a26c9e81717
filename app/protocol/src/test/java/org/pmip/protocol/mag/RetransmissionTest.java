// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.SECOND_CARD;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.Timestamp;

/** Section 6.9.4 and RFC 6275 section 11.8: retransmissions and their rate. */
class RetransmissionTest {

    private final Site site = new Site();

    /** Milliseconds from one transmission to the next. */
    private List<Long> gaps(int count) {
        List<Long> gaps = new ArrayList<>();
        long last = site.millis;
        for (int i = 0; i < count; i++) {
            int sent = site.sent.size();
            while (site.sent.size() == sent) {
                site.pass(site.deadline().orElseThrow() - site.millis);
            }
            gaps.add(site.millis - last);
            last = site.millis;
        }
        return gaps;
    }

    @Test
    @Requirement({"PMIP10-6.9.4-1", "PMIP10-6.9.4-2", "PMIP10-6.9.4-3", "PMIP10-6.9.4-5", "PMIP10-6.9.4-6",
        "RFC6275-12-1"})
    void theTimeoutDoublesFromOneSecondTo32AndStaysThere() {
        site.attach(AT1);

        assertThat(gaps(9)).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 32_000L, 32_000L,
                32_000L);
    }

    @Test
    @Requirement({"PMIP10-6.9.4-1", "RFC6275-12-1"})
    void theTimesAreSettingsThatCountFromTheNextWaitOn() {
        site.parameters = MagParameters.DEFAULTS.withInitialBindackTimeout(300).withMaxBindackTimeout(1_000);
        site.attach(AT1);

        assertThat(gaps(4)).containsExactly(300L, 600L, 1_000L, 1_000L);
        site.parameters = site.parameters.withMaxBindackTimeout(3_000);
        assertThat(gaps(3)).as("the wait under way ends when it would have").containsExactly(1_000L, 2_000L, 3_000L);
    }

    @Test
    void theRateIsASetting() {
        site.parameters = MagParameters.DEFAULTS.withMaxUpdateRate(1);
        site.attach(AT1);
        site.detach(AT1);
        site.attach(AT1);
        assertThat(site.sent).hasSize(1);
        site.pass(1_000);
        assertThat(site.sent).hasSize(2);
    }

    @Test
    void theMarginOfAnExtensionIsASettingThatCountsFromTheNextAcknowledgementOn() {
        site.parameters = MagParameters.DEFAULTS.withLifetime(100).withExtensionMargin(40_000);
        site.attach(AT1);
        long sent = site.millis;
        site.answer(Status.ACCEPTED);
        assertThat(site.deadline().orElseThrow() - sent).isEqualTo(60_000);
        site.parameters = site.parameters.withExtensionMargin(0);
        assertThat(site.deadline().orElseThrow() - sent).as("of the binding that stands").isEqualTo(60_000);
        site.pass(60_000);
        sent = site.millis;
        site.answer(Status.ACCEPTED);
        assertThat(site.deadline().orElseThrow() - sent).as("a quarter of the lifetime").isEqualTo(75_000);
    }

    @Test
    @Requirement("PMIP10-6.9.4-3")
    void anAnswerStopsIt() {
        site.attach(AT1);
        gaps(2);
        site.answer(Status.ACCEPTED);
        site.pass(1_000_000);

        assertThat(site.sent).hasSize(3);
    }

    @Test
    @Requirement("PMIP10-6.9.4-7")
    void eachHasTheTimeItIsSentAt() {
        site.attach(AT1);
        for (int i = 0; i < 3; i++) {
            gaps(1);
            assertThat(site.update().first(Timestamp.class)).contains(Timestamp.of(site.now().wall()));
        }
    }

    @Test
    @Requirement("PMIP10-6.9.4-7")
    void aStandingClockStillGivesLaterTimestamps() {
        site.attach(AT1);
        long first = site.update().first(Timestamp.class).orElseThrow().value();
        site.wallStep = -1_000;
        gaps(1);

        assertThat(site.update().first(Timestamp.class)).get().extracting(Timestamp::value).isEqualTo(first + 1);
    }

    @Test
    @Requirement("PMIP10-6.9.4-8")
    void eachHasAGreaterSequenceNumberAcrossTheEndOfTheField() {
        site.parameters = MagParameters.DEFAULTS.withTimestamps(false);
        String key = BindingUpdateList.key(Site.ALICE);
        site.store.put(key, new BindingUpdateList(Site.ALICE, 65_533, 0, List.of()));
        site.attach(AT1);
        gaps(2);

        assertThat(site.sent).extracting(message -> message.update().sequence()).containsExactly(65_534, 65_535, 0);
    }

    @Test
    @Requirement("PMIP10-6.9.4-4")
    void presenceIsCheckedBeforeEach() {
        site.present = entry -> Optional.empty();
        site.attach(AT1);
        site.pass(1_000);
        assertThat(site.last.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.CHECK_PRESENCE);
        assertThat(site.sent).hasSize(1);

        site.attach(AT1);
        assertThat(site.sent).as("a sign of life is an answer").hasSize(2);
    }

    @Test
    @Requirement({"PMIP10-6.9.4-4", "PMIP10-6.13-3"})
    void aNodeThatIsGoneIsNotRegisteredAnyMore() {
        site.attach(AT1);
        site.present = entry -> Optional.of(false);
        site.pass(1_000);

        assertThat(site.update().lifetime()).isZero();
        site.pass(1_000);
        assertThat(site.store).isEmpty();
    }

    @Test
    @Requirement("RFC6275-11.8-1")
    void noMoreThanThreeGoWithinASecond() {
        site.attach(AT1);
        for (int i = 0; i < 5; i++) {
            site.detach(AT1);
            site.attach(AT1);
        }
        assertThat(site.sent).hasSize(3);
        site.pass(999);
        assertThat(site.sent).hasSize(3);
        site.pass(1);
        assertThat(site.sent).hasSize(4);
        site.answer(Status.ACCEPTED);
        assertThat(site.forwarding).hasSize(1);
    }

    @Test
    @Requirement("RFC6275-11.8-1")
    void eachInterfaceBacksOffForItself() {
        site.attach(AT1);
        gaps(3);
        Attachment second = Attachment.of("mag1", "port2", SECOND_CARD, AccessTechnologyType.WLAN);
        site.attach(second);

        assertThat(gaps(1)).containsExactly(1_000L);
    }

    @Test
    @Requirement("PMIP10-6.9.4-2")
    void aNewRequestBeginsAnew() {
        site.attach(AT1);
        gaps(5);
        site.answer(Status.ACCEPTED);
        site.pass(site.deadline().orElseThrow() - site.millis);
        assertThat(site.update().lifetime()).isEqualTo(900);

        assertThat(gaps(2)).containsExactly(1_000L, 2_000L);
    }

    @Test
    void theFlagsAndLengthsAreThoseOfABindingUpdate() {
        site.attach(AT1);

        assertThat(site.sent.get(0).mobilityHeader().length % 8).isZero();
        assertThat(site.update().has(BindingUpdate.H)).isTrue();
        assertThat(site.update().has(BindingUpdate.F)).isFalse();
        assertThat(site.update().has(BindingUpdate.T)).isFalse();
    }
}
