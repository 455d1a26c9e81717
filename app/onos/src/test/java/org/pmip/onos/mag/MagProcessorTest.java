// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.TestStorageService;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.link.LinkEffects;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.mag.MagPolicy;
import org.pmip.protocol.mag.MagProfile;
import org.pmip.protocol.mag.OutgoingUpdate;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/** Two nodes of a cluster's stores in one: what happens to events, with a switch that answers when the test says so. */
class MagProcessorTest {

    private static final MobileNodeIdentifier ANNA = MobileNodeIdentifier.ofNai("anna@example.net");
    private static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:100::/64");
    private static final byte[] MAC = {2, 0, 0, 0, 0, 1};

    private final List<String> seen = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<OutgoingUpdate> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> writes = new ArrayList<>();
    private final CompletableFuture<Void> compared = new CompletableFuture<>();
    private final ListStore store = new ListStore(new TestStorageService(), new DefaultApplicationId(1, "org.pmip"),
            (before, after) -> { });
    private boolean knowsGre = true;
    private long now = 1_000_000;
    private final Turnstile turnstile = new Turnstile(() -> now, name -> { }, MagParameters.DEFAULTS);
    private final MagProcessor processor = new MagProcessor(parts());

    private MagProcessor.Parts parts() {
        TestStorageService storage = new TestStorageService();
        MagProcessor.Parts parts = new MagProcessor.Parts();
        parts.engine = new MagEngine(policy(), MagParameters.DEFAULTS.withContextCoversDomain(true));
        parts.store = store;
        parts.sessionIds = new NumberBlocks(storage.getAtomicCounter("sessions"), 1, 1_000, store::usesSessionId);
        parts.downlinkKeys = new NumberBlocks(storage.getAtomicCounter("keys"), 101, 1_000, store::usesDownlinkKey);
        parts.sequencer = new KeyedSequencer(Runnable::run, 4);
        parts.clock = () -> new Moment(now, Instant.ofEpochMilli(now));
        parts.switches = new Switches();
        parts.links = new Links();
        parts.turnstile = turnstile;
        parts.counter = name -> { };
        return parts;
    }

    private static MagPolicy policy() {
        return new MagPolicy(Map.of("mag1", gateway("mag1", 1), "mag2", gateway("mag2", 2)),
                Map.of("lma", Anchor.overIpv6("lma", LMA)), Map.of("anna@example.net", MagProfile.of("lma"),
                        "bert@example.net", MagProfile.of("lma")),
                MagProfile.withoutService(false), GreWish.KEYS);
    }

    private static Gateway gateway(String name, int net) {
        return new Gateway(name, Ip6Address.valueOf("2001:db8:0:1" + net + "::1"), Optional.empty(),
                Ip6Address.valueOf("fe80::1"));
    }

    private final class Switches implements MagProcessor.Switches {
        @Override
        public Optional<Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
            return Optional.of(new Placed(entry, DeviceId.deviceId("device:" + entry.attachment().gateway()),
                    new AccessEntities.Attached(2, 0, MacAddress.valueOf(MAC), MacAddress.valueOf(MAC), 1, false)));
        }

        @Override
        public CompletableFuture<Void> change(List<Placed> removed, List<Placed> installed) {
            changes.add(removed + " " + installed);
            seen.add("change -" + removed.size() + " +" + installed.size());
            CompletableFuture<Void> write = new CompletableFuture<>();
            writes.add(write);
            return write;
        }

        @Override
        public CompletableFuture<Void> compare(DeviceId device) {
            seen.add("compare " + device);
            return compared;
        }

        @Override
        public void send(Effect effect) {
            seen.add("send from " + effect.entry().attachment().gateway());
            sent.add(effect.message().orElseThrow());
        }

        @Override
        public void synchroniseClock() {
            seen.add("clock");
        }
    }

    private final class Links implements LinkEffects {
        @Override
        public void advertise(NodeSession session) {
            seen.add("advertise at " + session.entry().attachment().gateway());
        }

        @Override
        public void withdraw(NodeSession session, List<Ip6Prefix> prefixes, boolean staysRouter) {
            seen.add("withdraw");
        }

        @Override
        public void removed(NodeSession session) {
            seen.add("removed at " + session.entry().attachment().gateway());
        }

        @Override
        public void checkPresence(NodeSession session) {
            seen.add("check");
        }

        @Override
        public void tearDown(NodeSession session) {
            seen.add("tear down");
        }

        @Override
        public void deny(NodeSession session, String why) {
            seen.add("deny");
        }
    }

    private static Attachment at(String gateway) {
        return Attachment.of(gateway, "2", MAC, AccessTechnologyType.ETHERNET);
    }

    private void attach(String gateway) {
        processor.submit(ANNA, MagEvent.attached(at(gateway), HandoffIndicator.UNKNOWN, Optional.empty()));
    }

    /** The anchor accepts the last request, as section 5.3 has it. */
    private void accept() {
        OutgoingUpdate last = sent.get(sent.size() - 1);
        BindingUpdate update = last.update();
        List<MobilityOption> options = new ArrayList<>(List.of(ANNA, HomeNetworkPrefix.of(HOME)));
        update.first(HandoffIndicator.class).ifPresent(options::add);
        update.first(AccessTechnologyType.class).ifPresent(options::add);
        update.first(Timestamp.class).ifPresent(options::add);
        update.first(MobileNodeLinkLayerIdentifier.class).ifPresent(options::add);
        update.first(LinkLocalAddress.class).ifPresent(asked -> options.add(
                LinkLocalAddress.of(Ip6Address.valueOf("fe80::1"))));
        update.first(GreKey.class).filter(asked -> knowsGre).ifPresent(asked -> options.add(GreKey.of(201)));
        BindingAcknowledgement.Builder answer = BindingAcknowledgement.builder().status(0)
                .flags(BindingAcknowledgement.P).sequence(update.sequence()).lifetime(update.lifetime());
        options.forEach(answer::option);
        IpAddress gateway = last.source();
        processor.submit(ANNA, MagEvent.acknowledged(answer.build(), last.destination(), gateway));
    }

    private BindingUpdateList list() {
        return store.read(ANNA).list();
    }

    private void written(int index) {
        writes.get(index).complete(null);
    }

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
    void aSwitchThatRefusesEndsTheSession() {
        attach("mag1");
        accept();
        writes.get(0).completeExceptionally(new IllegalStateException("table full"));
        assertThat(seen).doesNotContain("advertise at mag1").contains("removed at mag1");
        assertThat(sent.get(sent.size() - 1).update().lifetime()).as("de-registered at the anchor").isZero();
        assertThat(list().entries()).allMatch(entry -> !entry.forwards());
        written(1);
        accept();
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.DENIED);
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
        new MagProcessor(parts()).submit(bert, MagEvent.attached(at("mag2"), HandoffIndicator.UNKNOWN,
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
        MagProcessor slow = new MagProcessor(parts);
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

    @Test
    @Requirement({"R5213-9.3-1", "R5213-9.3-2"})
    void otherProtocolVariablesCountFromTheNextRequestOnAndNoSessionIsTouched() {
        attach("mag1");
        accept();
        written(0);
        BindingUpdateList before = list();
        processor.use(new MagEngine(policy(), MagParameters.DEFAULTS.withTimestamps(false).withLifetime(400)));
        assertThat(list()).isEqualTo(before);
        assertThat(seen).endsWith("advertise at mag1");
        now = before.deadline().orElseThrow();
        processor.submit(ANNA, MagEvent.timer());
        processor.submit(ANNA, MagEvent.presence(before.entries().get(0).sessionId(), true));
        BindingUpdate extension = sent.get(sent.size() - 1).update();
        assertThat(extension.lifetime()).isEqualTo(100);
        assertThat(extension.first(Timestamp.class)).isEmpty();
    }
}
