// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.onosproject.store.service.StorageException;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** Two nodes of a cluster's stores in one: what happens to events, with a switch that answers when the test says so. */
class MagProcessorTest extends MagProcessorBed {

    @Test
    void nothingIsAdvertisedBeforeTheSwitchHasTheEntries() {
        attach("mag1");
        assertThat(seen).containsExactly("send from mag1");
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.REGISTERING);
        accept();
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE);
        assertThat(seen).containsExactly("send from mag1", "change -0 +1");
        long session = list().entries().get(0).sessionId();
        assertThat(processor.confirmed(session)).as("for who else reads the list").isFalse();
        written(0);
        assertThat(seen).containsExactly("send from mag1", "change -0 +1", "advertise at mag1");
        assertThat(processor.confirmed(session)).isTrue();
    }

    @Test
    void aSwitchThatRefusesEndsTheSessionUntilItIsTriedAgain() {
        attach("mag1");
        accept();
        writes.get(0).completeExceptionally(new IllegalStateException("table full"));
        assertThat(seen).doesNotContain("advertise at mag1").contains("removed at mag1");
        assertThat(sent.get(sent.size() - 1).update().lifetime()).as("de-registered at the anchor").isZero();
        assertThat(list().entries()).allMatch(entry -> !entry.forwards());
        written(1);
        accept();
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.REGISTERING
                && entry.waiting() == Waiting.RETRY);
        assertThat(seen).doesNotContain("advertise at mag1");
        assertThat(processor.confirmed(list().entries().get(0).sessionId())).as("nothing is awaited").isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {TimeoutException.class, StorageException.Unavailable.class})
    void noWordOfTheSwitchIsNoRefusal(Class<? extends Exception> failure) throws Exception {
        attach("mag1");
        accept();
        writes.get(0).completeExceptionally(failure.getDeclaredConstructor().newInstance());
        assertThat(sent).as("no de-registration").hasSize(1);
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE);
        assertThat(seen).containsExactly("send from mag1", "change -0 +1", "compare device:mag1");
        long session = list().entries().get(0).sessionId();
        assertThat(processor.confirmed(session)).isFalse();
        compared.complete(null);
        assertThat(processor.confirmed(session)).as("the comparison has written it").isTrue();
    }

    @Test
    @Requirement("R5845-4.2-7")
    void anAnchorWithoutTheGreKeyOptionIsAskedForNoneOnBehalfOfAnybody() {
        knowsGre = false;
        attach("mag1");
        assertThat(sent.get(0).update().first(GreKey.class)).isPresent();
        accept();
        written(0);
        MobileNodeIdentifier bert = MobileNodeIdentifier.ofNai("bert@example.net");
        // Another controller of the cluster has the same store.
        processor(parts()).submit(bert, MagEvent.attached(at("mag2"), HandoffIndicator.UNKNOWN,
                Optional.empty()));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).update().first(MobileNodeIdentifier.class)).contains(bert);
        assertThat(sent.get(1).update().first(GreKey.class)).isEmpty();
    }

    @Test
    @Requirement("PMIP10-6.14-1")
    void anInterfaceOfNobodyGetsNoRequest() {
        MobileNodeIdentifier stranger = MobileNodeIdentifier.ofNai("stranger@example.net");
        processor.submit(stranger, MagEvent.attached(at("mag1"), HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(sent).isEmpty();
        assertThat(writes).isEmpty();
    }

    @Test
    void theNextGatewayKnowsWhatTheNodeHadFromTheStore() {
        attach("mag1");
        accept();
        written(0);
        now += 5_000;
        attach("mag2");
        BindingUpdate moved = sent.get(1).update();
        assertThat(moved.first(HandoffIndicator.class).orElseThrow().value())
                .isEqualTo(HandoffIndicator.BETWEEN_GATEWAYS);
        assertThat(seen).as("delivery is set up while the anchor works").endsWith("send from mag2", "change -0 +1");
        written(1);
        accept();
        // What was prepared goes into what is wanted now.
        assertThat(seen).endsWith("removed at mag1", "change -1 +0", "change -1 +1");
        written(3);
        assertThat(seen).as("without waiting for the switch that it has left").endsWith("advertise at mag2");
        written(2);
        assertThat(list().first(entry -> entry.state() == State.ACTIVE).orElseThrow().attachment().gateway())
                .isEqualTo("mag2");
    }

    @Test
    void whatWasPreparedGoesWhenTheNodeGoesOn() {
        attach("mag1");
        accept();
        written(0);
        now += 5_000;
        attach("mag2");
        written(1);
        now += 5_000;
        seen.clear();
        attach("mag1");
        assertThat(seen).as("there it is still forwarded").containsExactly("send from mag1", "change -1 +0");
        writes.forEach(write -> write.complete(null));
        accept();
        assertThat(list().entries()).filteredOn(BindingUpdateListEntry::forwards).singleElement()
                .matches(entry -> entry.attachment().gateway().equals("mag1"));
    }

    @Test
    void whatCouldNotBePreparedIsWrittenWhenTheAnchorHasAccepted() {
        attach("mag1");
        accept();
        written(0);
        now += 5_000;
        attach("mag2");
        writes.get(1).completeExceptionally(new IllegalStateException("table full"));
        accept();
        assertThat(changes).last().asString().contains("uncertain");
        writes.forEach(write -> write.complete(null));
        assertThat(seen).endsWith("advertise at mag2");
    }

    @Test
    void eventsOfANodeWaitForTheSwitch() {
        attach("mag1");
        accept();
        processor.submit(ANNA, MagEvent.detached(at("mag1")));
        assertThat(sent).as("not before the entries are in").hasSize(1);
        written(0);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).update().lifetime()).isZero();
        accept();
        assertThat(seen).endsWith("removed at mag1", "change -1 +0");
    }

    /** So many others are waited for at the anchor that whoever comes now waits. */
    private void keepTheAnchorBusy() {
        for (int other = 0; other < Turnstile.FIRST_WINDOW; other++) {
            turnstile.arrive(LMA, "other" + other, at("mag1"), () -> true, () -> { });
        }
    }

    private NodeSession attachedAtTheFirst() {
        attach("mag1");
        accept();
        written(0);
        return new NodeSession(ANNA, list().entries().get(0));
    }

    @Test
    void whoLeavesWaitsWhileTheAnchorIsBusyWithOthers() {
        NodeSession session = attachedAtTheFirst();
        keepTheAnchorBusy();
        processor.gone(session, MagEvent.detached(at("mag1")));
        assertThat(sent).hasSize(1);
        turnstile.left("other0");
        assertThat(sent).hasSize(2).last().matches(update -> update.update().lifetime() == 0);
    }

    @Test
    void whoComesAgainWaitsWhileTheAnchorIsBusyWithOthers() {
        NodeSession session = attachedAtTheFirst();
        processor.use(new MagEngine(policy(), MagParameters.DEFAULTS));
        now += 2_000;
        keepTheAnchorBusy();
        processor.cameAgain(session, MagEvent.arrived(at("mag1"), HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(sent).hasSize(1);
        turnstile.left("other0");
        assertThat(sent).hasSize(2).last().matches(update -> update.update().lifetime() > 0
                && update.update().first(HandoffIndicator.class).orElseThrow().value() == HandoffIndicator.UNKNOWN);
        turnstile.left("other1");
        processor.cameAgain(session, MagEvent.arrived(at("mag1"), HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(sent).as("its answer is awaited").hasSize(2);
    }

    @Test
    void whoIsBackBeforeTheAnchorWasToldHasNotLeft() {
        NodeSession session = attachedAtTheFirst();
        keepTheAnchorBusy();
        processor.presence(session, false);
        processor.attached(ANNA, Anchor.overIpv6("lma", LMA), at("mag1"),
                MagEvent.attached(at("mag1"), HandoffIndicator.UNKNOWN, Optional.empty()));
        turnstile.left("other0");
        assertThat(sent).as("no de-registration").hasSize(1);
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE);
    }

    @Test
    void whoHasComeElsewhereBeforeTheAnchorWasToldHasMoved() {
        NodeSession session = attachedAtTheFirst();
        keepTheAnchorBusy();
        processor.gone(session, MagEvent.detached(at("mag1")));
        processor.attached(ANNA, Anchor.overIpv6("lma", LMA), at("mag2"),
                MagEvent.attached(at("mag2"), HandoffIndicator.UNKNOWN, Optional.empty()));
        turnstile.left("other0");
        assertThat(sent).hasSize(2).last().matches(update -> update.update().lifetime() > 0
                && update.update().first(HandoffIndicator.class).orElseThrow().value()
                    == HandoffIndicator.BETWEEN_GATEWAYS);
    }

    @Test
    void whoLeavesWhileItsRegistrationIsTakenUpDoesNotStayRegistered() {
        List<Runnable> later = new ArrayList<>();
        MagProcessor.Parts parts = parts();
        parts.sequencer = new KeyedSequencer(later::add, 4);
        MagProcessor slow = processor(parts);
        slow.attached(ANNA, Anchor.overIpv6("lma", LMA), at("mag1").withNodeLinkLocal(Ip6Address.valueOf("fe80::41")),
                MagEvent.attached(at("mag1"), HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(list().entries()).isEmpty();
        slow.left(at("mag2"));
        slow.left(at("mag1"));
        while (!later.isEmpty()) {
            later.remove(0).run();
        }
        assertThat(sent).hasSize(2).last().matches(update -> update.update().lifetime() == 0);
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ENDING);
        slow.left(at("mag1"));
        assertThat(later).as("nothing is remembered").isEmpty();
    }

    @Test
    void whoWasRegisteredElsewhereWhileItWaitedHereIsNotTakenBack() {
        attachedAtTheFirst();
        keepTheAnchorBusy();
        processor.attached(ANNA, Anchor.overIpv6("lma", LMA), at("mag1x"),
                MagEvent.attached(at("mag1x"), HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(sent).hasSize(1);
        // As another node of the cluster does, whose turnstile is another one.
        attach("mag2");
        assertThat(sent).hasSize(2);
        turnstile.left("other0");
        assertThat(turnstile.waiting()).isZero();
        assertThat(sent).hasSize(2);
        assertThat(list().first(entry -> entry.state() == State.REGISTERING)).get()
                .matches(entry -> entry.attachment().gateway().equals("mag2"));
    }

    /** A controller whose threads stand still for a while. */
    private final class Slow {
        private final List<Runnable> later = new ArrayList<>();
        private long nanos;
        private final MagProcessor processor;

        Slow() {
            MagProcessor.Parts parts = parts();
            parts.sequencer = new KeyedSequencer(later::add, 4);
            parts.nanos = () -> nanos;
            // It has a turnstile of its own.
            parts.turnstile = new Turnstile(() -> now, name -> { },
                    MagParameters.DEFAULTS.withContextCoversDomain(true));
            processor = processor(parts);
        }

        void hears(String gateway) {
            processor.attached(ANNA, Anchor.overIpv6("lma", LMA), at(gateway),
                    MagEvent.attached(at(gateway), HandoffIndicator.UNKNOWN, Optional.empty()));
        }

        void goesOnAfter(long millis) {
            nanos += TimeUnit.MILLISECONDS.toNanos(millis);
            while (!later.isEmpty()) {
                later.remove(0).run();
                List.copyOf(writes).forEach(write -> write.complete(null));
            }
        }

        void stays(String gateway) {
            assertThat(list().first(entry -> entry.state() == State.REGISTERING)).get()
                    .matches(entry -> entry.attachment().gateway().equals(gateway));
        }
    }

    @Test
    void lateWordOfWhoWasSeenElsewhereByAnotherControllerMovesNobody() {
        attachedAtTheFirst();
        Slow slow = new Slow();
        slow.hears("mag1");
        attach("mag2");
        int messages = sent.size();
        slow.goesOnAfter(1_500);
        slow.stays("mag2");
        assertThat(sent).hasSize(messages);
    }

    @Test
    void wordThatIsNotLateCounts() {
        attachedAtTheFirst();
        Slow slow = new Slow();
        slow.hears("mag1");
        attach("mag2");
        slow.goesOnAfter(900);
        slow.stays("mag1");
    }

    @Test
    void lateWordCountsOfWhoWasSeenElsewhereByTheSameControllerOrBefore() {
        attachedAtTheFirst();
        attach("mag2");
        Slow slow = new Slow();
        int messages = sent.size();
        slow.hears("mag1");
        slow.hears("mag2");
        slow.goesOnAfter(5_000);
        slow.stays("mag2");
        assertThat(sent).hasSize(messages + 2);
    }
}
