// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.ALICE;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.CARD;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;
import static org.pmip.protocol.mag.Site.MAG1;
import static org.pmip.protocol.mag.Site.OTHER;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.packet.SignallingPacket;

/** Sections 6.9.1.1 and 6.9.1.5: a node attaches and is registered. */
class RegistrationTest {

    private final Site site = new Site();

    @Test
    @Requirement({"PMIP10-6.9.1.1-1", "PMIP10-6.9.1.1-2", "PMIP10-6.9.1.1-3", "PMIP10-6.9.1.5-4",
        "PMIP10-6.9.1.1-4", "PMIP10-6.9.1.5-5", "PMIP10-6.9.1.1-6", "R5213-6.9.1.1-1", "PMIP10-6.9.1.5-6",
        "PMIP10-6.9.1.1-19", "PMIP10-6.9.1.1-20", "PMIP10-6.9.1.5-7", "PMIP10-6.9.1.1-24", "R5213-8.1-1",
        "PMIP10-2.2-10", "PMIP10-2.2-2"})
    void anAttachmentIsAnnouncedToTheAnchor() {
        site.attach(AT1);

        BindingUpdate update = site.update();
        assertThat(update.proxy()).isTrue();
        assertThat(update.has(BindingUpdate.A)).isTrue();
        assertThat(update.lifetime()).isEqualTo(900);
        assertThat(update.first(MobileNodeIdentifier.class)).contains(ALICE);
        assertThat(update.all(HomeNetworkPrefix.class)).singleElement()
                .matches(HomeNetworkPrefix::isAllZero);
        assertThat(update.first(HandoffIndicator.class)).contains(HandoffIndicator.of(4));
        assertThat(update.first(AccessTechnologyType.class)).contains(AccessTechnologyType.of(4));
        assertThat(update.first(GreKey.class)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.5-1", "PMIP10-6.9.1.5-2", "PMIP10-6.9.1.5-3", "PMIP10-2.2-4", "PMIP10-5.7-2"})
    void itGoesFromTheProxyCareOfAddressToTheAnchorOfTheProfile() {
        site.attach(AT1);

        assertThat(site.sent).singleElement().satisfies(message -> {
            assertThat(message.source()).isEqualTo(MAG1.proxyCoa());
            assertThat(message.destination()).isEqualTo(LMAA);
            assertThat(message.udp()).isFalse();
        });
        assertThat(site.update().first(AlternateCareOfAddress.class)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-17", "PMIP10-6.9.1.5-9", "PMIP10-2.2-9"})
    void aKnownInterfaceIsNamed() {
        site.attach(AT1);

        assertThat(site.update().first(MobileNodeLinkLayerIdentifier.class))
                .contains(MobileNodeLinkLayerIdentifier.of(CARD));
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-18", "R5213-2.2-1", "PMIP10-6.1-3"})
    void anUnknownOrAllZeroInterfaceIsNot() {
        site.attach(Attachment.of("mag1", "port1", new byte[6], AccessTechnologyType.ETHERNET));

        assertThat(site.update().first(MobileNodeLinkLayerIdentifier.class)).isEmpty();
        assertThat(site.entry().attachment().identified()).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-15", "PMIP10-6.9.1.5-8", "PMIP10-5.5-9"})
    void aTimestampSaysWhenItWasSent() {
        site.attach(AT1);

        assertThat(site.update().first(Timestamp.class)).contains(Timestamp.of(site.now().wall()));
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-15", "PMIP10-5.5-22"})
    void withSequenceNumbersThereIsNoTimestamp() {
        site.parameters = MagParameters.DEFAULTS.withTimestamps(false);
        site.attach(AT1);

        assertThat(site.update().first(Timestamp.class)).isEmpty();
        assertThat(site.update().sequence()).isEqualTo(1);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-16", "PMIP10-5.5-2"})
    void sequenceNumbersOfANodeCountUp() {
        site.attach(AT1);
        int first = site.update().sequence();
        site.answer(Status.ACCEPTED);
        site.detach(AT1);

        assertThat(site.update().sequence()).isEqualTo(first + 1);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-5", "PMIP10-6.2-3", "PMIP10-6.2-5"})
    void prefixesOfTheProfileAreAskedForByName() {
        site.policy(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma").withPrefixes(List.of(HOME, OTHER)),
                GreWish.NONE);
        site.attach(AT1);

        assertThat(site.update().all(HomeNetworkPrefix.class)).extracting(HomeNetworkPrefix::prefix)
                .containsExactly(HOME, OTHER);
    }

    @Test
    @Requirement({"R5213-6.9.1.1-2", "PMIP10-6.9.1.1-21", "PMIP10-6.9.1.1-23", "PMIP10-6.9.1.5-10"})
    void theAnchorIsAskedForTheLinkLocalAddressWhereThereIsNoFixedOne() {
        site.attach(AT1);

        assertThat(site.update().first(LinkLocalAddress.class)).get().matches(LinkLocalAddress::isAllZero);
    }

    @Test
    @Requirement({"R5213-6.9.1.1-2", "R5213-9.3-2", "PMIP10-6.9.3-3"})
    void withAFixedLinkLocalAddressThereIsNoSuchOption() {
        site.parameters = MagParameters.DEFAULTS.withFixedLinkLocal(Ip6Address.valueOf("fe80::1"));
        site.attach(AT1);

        assertThat(site.update().first(LinkLocalAddress.class)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.1-22", "PMIP10-6.8-1"})
    void theNodesOwnAddressIsUploadedWhereTheOptionIsForIt() {
        site.parameters = MagParameters.DEFAULTS.withLinkLocal(MagParameters.LinkLocal.NODE);
        Ip6Address own = Ip6Address.valueOf("fe80::1234");
        site.attach(AT1.withNodeLinkLocal(own));

        assertThat(site.update().first(LinkLocalAddress.class)).contains(LinkLocalAddress.of(own));
    }

    @Test
    @Requirement("PMIP10-6.1-5")
    void theEntryHasTheNodesLinkLocalAddress() {
        Ip6Address own = Ip6Address.valueOf("fe80::1234");
        site.attach(AT1);
        assertThat(site.entry().attachment().nodeLinkLocal().isZero()).as("it has not said any").isTrue();
        site.attach(AT1.withNodeLinkLocal(own));
        assertThat(site.entry().attachment().nodeLinkLocal()).isEqualTo(own);
        site.answer(Status.ACCEPTED);
        site.attach(AT1);
        assertThat(site.entry().attachment().nodeLinkLocal()).as("what it says without that").isEqualTo(own);
        Ip6Address other = Ip6Address.valueOf("fe80::5678");
        site.attach(AT1.withNodeLinkLocal(other));
        assertThat(site.entry().attachment().nodeLinkLocal()).isEqualTo(other);
        assertThat(site.sent).as("no signalling for it").hasSize(1);
    }

    @Test
    @Requirement({"PMIP10-6.1-1", "PMIP10-6.9.1.1-25", "PMIP10-6.1-2", "PMIP10-6.1-6", "PMIP10-6.1-7"})
    void anEntryIsThereAsSoonAsTheRequestIsSent() {
        site.attach(AT1);

        assertThat(site.store).containsOnlyKeys("alice@example.org");
        assertThat(site.entry().state()).isEqualTo(State.REGISTERING);
        assertThat(site.entry().anchor().address()).isEqualTo(LMAA);
        assertThat(site.entry().attachment().link()).isEqualTo("port1");
    }

    @Test
    @Requirement({"PMIP10-6.7-2", "PMIP10-6.9.2-2", "PMIP10-7.1-1"})
    void nothingIsAdvertisedOrForwardedBeforeTheAnchorAgrees() {
        site.attach(AT1);

        assertThat(site.forwarding).isEmpty();
        assertThat(site.advertised(AT1)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.2-17", "PMIP10-6.9.1.2-18", "PMIP10-3-3", "PMIP10-6.1-4", "PMIP10-6.7-1",
        "PMIP10-6-2"})
    void theAnswerBringsForwardingFirstAndThenTheAdvertisement() {
        site.attach(AT1);
        MagTransition accepted = site.answer(Status.ACCEPTED);

        assertThat(accepted.effects()).extracting(Effect::kind)
                .containsExactly(Effect.Kind.INSTALL_FORWARDING, Effect.Kind.ADVERTISE);
        assertThat(site.entry().state()).isEqualTo(State.ACTIVE);
        Binding binding = site.forwarding.get(site.entry().sessionId());
        assertThat(binding.prefixes()).containsExactly(HOME);
        assertThat(binding.format()).isEqualTo(TunnelFormat.IPV6);
        assertThat(binding.endsAt()).isEqualTo(site.millis + 3_600_000);
        assertThat(site.advertised(AT1)).containsExactly(HOME);
    }

    @Test
    @Requirement({"PMIP10-6.9.1.5-12"})
    void thePacketHasNoHomeAddress() throws DecodeException {
        site.attach(AT1);
        MacAddress mac = MacAddress.valueOf("02:00:00:00:00:0a");
        SignallingPacket packet = SignallingPacket.decode(SignallingPacket.encode(mac, mac, MAG1.proxyCoa(), LMAA,
                site.sent.get(0).mobilityHeader()));

        assertThat(packet.homeAddress()).isEmpty();
        assertThat(packet.mobilityHeader()).isEqualTo(site.sent.get(0).mobilityHeader());
    }

    @Test
    @Requirement({"PMIP10-6.6-4", "PMIP10-6.6-5", "PMIP10-2.2-8"})
    void theIdentifierOfThePolicyStoreIsUsedWhateverItIs() {
        MobileNodeIdentifier opaque = MobileNodeIdentifier.of(200, new byte[] {(byte) 0xca, (byte) 0xfe});
        site.policy = new MagPolicy(Map.of("mag1", MAG1), Map.of("lma", Anchor.overIpv6("lma", LMAA)),
                Map.of(BindingUpdateList.key(opaque), MagProfile.of("lma")), MagProfile.withoutService(false),
                GreWish.NONE);
        site.event(opaque, MagEvent.attached(AT1, HandoffIndicator.UNKNOWN, Optional.empty()));

        assertThat(site.update().first(MobileNodeIdentifier.class)).contains(opaque);
        assertThat(site.store.get(BindingUpdateList.key(opaque)).entries()).singleElement()
                .satisfies(entry -> assertThat(entry.attachment()).isEqualTo(AT1));
    }

    @Test
    @Requirement({"PMIP10-6.9.2-1"})
    void aNodeThatSolicitsAgainIsAdvertisedToAgain() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);

        assertThat(site.attach(AT1).effects()).extracting(Effect::kind).containsExactly(Effect.Kind.ADVERTISE);
        assertThat(site.sent).hasSize(1);
    }

    @Test
    @Requirement({"PMIP10-6.9.2-3", "PMIP10-7.1-1"})
    void aNodeThatSolicitsTooEarlyWaits() {
        site.attach(AT1);

        assertThat(site.attach(AT1).effects()).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.14-1", "PMIP10-6.14-2", "PMIP10-6.9.1.1-2"})
    void aNodeWithoutEntitlementIsNotRegistered() {
        MobileNodeIdentifier stranger = MobileNodeIdentifier.ofNai("mallory@example.org");
        MagTransition refused = site.event(stranger,
                MagEvent.attached(AT1, HandoffIndicator.UNKNOWN, Optional.empty()));
        assertThat(refused.changes()).isFalse();
        assertThat(refused.effects()).isEmpty();
        assertThat(refused.plainAccess()).isFalse();

        site.policy(Anchor.overIpv6("lma", LMAA), MagProfile.withoutService(true), GreWish.NONE);
        assertThat(site.attach(AT1).plainAccess()).isTrue();
        assertThat(site.sent).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.9.1.4-1", "PMIP10-6.9.1.4-6", "PMIP10-6.9.1.4-7", "PMIP10-6.9.1.4-8", "PMIP10-3-8"})
    void theWholeLineFromAttachmentToDetachment() {
        site.attach(AT1);
        site.answer(Status.ACCEPTED);
        site.pass(2_700_000);
        assertThat(site.update().first(HandoffIndicator.class)).contains(HandoffIndicator.of(5));
        site.answer(Status.ACCEPTED);
        site.detach(AT1);
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);

        assertThat(site.sent).hasSize(3);
        assertThat(site.forwarding).isEmpty();
        assertThat(site.advertised(AT1)).isEmpty();
        site.pass(10_000);
        assertThat(site.store).isEmpty();
    }
}
