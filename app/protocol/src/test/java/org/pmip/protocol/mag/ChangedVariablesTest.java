// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.Timestamp;

/** What a gateway's protocol variable that is changed means for sessions that stand, as docs/configuration.md says. */
class ChangedVariablesTest {

    /** Of 3600 s, three quarters. */
    private static final long EXTENSION = 2_700_000;

    private final Site site = new Site();

    private void registered() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
    }

    private void become(MagParameters parameters) {
        site.parameters = parameters;
    }

    private long due() {
        return site.deadline().orElseThrow() - site.millis;
    }

    @Test
    void theNextRequestIsByTheNewLifetimeOrderAndLinkLocalAddress() {
        registered();
        Ip6Address fixed = Ip6Address.valueOf("fe80::5");
        assertThat(site.update().first(LinkLocalAddress.class)).isPresent();
        become(MagParameters.DEFAULTS.withLifetime(400).withTimestamps(false).withFixedLinkLocal(fixed));
        assertThat(site.entry().binding().orElseThrow().lifetime()).isEqualTo(900);
        site.pass(EXTENSION);
        assertThat(site.update().lifetime()).isEqualTo(100);
        assertThat(site.update().first(Timestamp.class)).isEmpty();
        assertThat(site.update().first(LinkLocalAddress.class)).as("the anchor has it configured").isEmpty();
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().binding().orElseThrow().lifetime()).isEqualTo(100);
        become(MagParameters.DEFAULTS);
        site.pass(300_000);
        assertThat(site.update().first(Timestamp.class)).isPresent();
    }

    @Test
    void aWaitForAnAnswerEndsWhenItWouldHave() {
        site.attach(AT1);
        assertThat(due()).isEqualTo(1_000);
        become(MagParameters.DEFAULTS.withInitialBindackTimeout(5_000).withMaxBindackTimeout(6_000));
        site.pass(1_000);
        assertThat(site.sent).hasSize(2);
        assertThat(due()).as("twice the one before").isEqualTo(2_000);
        become(MagParameters.DEFAULTS.withInitialBindackTimeout(500).withMaxBindackTimeout(3_000));
        site.pass(2_000);
        assertThat(due()).as("not twice any more").isEqualTo(3_000);
        site.answer(Status.ACCEPTED);
        site.pass(EXTENSION);
        assertThat(due()).as("the next request's first").isEqualTo(500);
    }

    @Test
    void theMarginOfAnExtensionCountsFromTheNextAcknowledgementOn() {
        site.parameters = MagParameters.DEFAULTS.withLifetime(100);
        registered();
        assertThat(due()).isEqualTo(75_000);
        become(MagParameters.DEFAULTS.withLifetime(100).withExtensionMargin(40_000));
        assertThat(due()).isEqualTo(75_000);
        site.pass(75_000);
        site.answer(Status.ACCEPTED);
        assertThat(due()).isEqualTo(60_000);
    }

    @Test
    void theWaitForANodeCountsFromTheNextCheckOn() {
        registered();
        site.present = entry -> Optional.empty();
        site.pass(EXTENSION);
        assertThat(site.entry().waiting()).isEqualTo(Waiting.PRESENCE);
        assertThat(due()).isEqualTo(3_000);
        become(MagParameters.DEFAULTS.withPresenceTimeout(1_000));
        site.event(MagEvent.presence(site.entry().sessionId(), true));
        site.pass(1_000);
        assertThat(site.entry().waiting()).as("the check before the repetition").isEqualTo(Waiting.PRESENCE);
        assertThat(due()).isEqualTo(1_000);
    }

    @Test
    void theMemoryOfWhoHasLeftCountsForWhoLeavesFromNowOn() {
        registered();
        site.detach(AT1);
        site.answer(Status.ACCEPTED);
        assertThat(site.entry().state()).isEqualTo(State.LEFT);
        assertThat(due()).isEqualTo(10_000);
        become(MagParameters.DEFAULTS.withContextRetention(60_000));
        site.pass(10_000);
        assertThat(site.store).isEmpty();
        registered();
        site.detach(AT1);
        site.answer(Status.ACCEPTED);
        assertThat(due()).isEqualTo(60_000);
    }

    @Test
    void whetherTheGatewaysAreAllCountsFromTheNextAttachmentOn() {
        registered();
        assertThat(site.update().first(HandoffIndicator.class).orElseThrow().value())
                .isEqualTo(HandoffIndicator.UNKNOWN);
        become(MagParameters.DEFAULTS.withContextCoversDomain(true));
        site.detach(AT1);
        site.answer(Status.ACCEPTED);
        site.pass(20_000);
        site.attach(AT2);
        assertThat(site.update().first(HandoffIndicator.class).orElseThrow().value())
                .isEqualTo(HandoffIndicator.NEW_INTERFACE);
    }

    @Test
    void theGreatestRateCountsFromTheNextRequestOn() {
        registered();
        become(MagParameters.DEFAULTS.withMaxUpdateRate(1));
        site.detach(AT1);
        assertThat(site.sent).as("one was sent just now").hasSize(1);
        assertThat(site.entry().waiting()).isEqualTo(Waiting.RATE);
        site.pass(1_000);
        assertThat(site.sent).hasSize(2);
        assertThat(site.update().lifetime()).isZero();
    }
}
