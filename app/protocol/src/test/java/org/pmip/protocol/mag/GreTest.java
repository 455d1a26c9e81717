// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;

/** RFC 5845 sections 3.3 and 4: GRE as the gateway negotiates it. */
class GreTest {

    private static final GreKey UPLINK = GreKey.of(0x0a000001);

    private Site site(GreWish wish) {
        return new Site(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma"), wish);
    }

    private static Optional<GreKey> asked(Site site) {
        return site.update().first(GreKey.class);
    }

    private static Binding binding(Site site) {
        return site.forwarding.get(site.entry().sessionId());
    }

    @Test
    @Requirement({"R5845-3.2-1", "R5845-4.2-1", "R5845-6.1-4"})
    void theModeAloneIsAskedForWithoutAKey() {
        Site site = site(GreWish.MODE_ONLY);
        site.attach(AT1);

        assertThat(asked(site)).contains(GreKey.modeOnly());
        assertThat(site.keys).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEYS", "KEYS_ONLY"})
    @Requirement({"R5845-3.3.1-1", "R5845-3.3.1-2", "R5845-4.2-2", "R5845-4.1-2", "R5845-2.2-3", "R5845-6.1-7"})
    void keysAreAskedForWithTheDownlinkKey(String wish) {
        Site site = site(GreWish.valueOf(wish));
        site.attach(AT1);

        assertThat(asked(site)).get().matches(GreKey::hasKey);
        assertThat(asked(site).map(GreKey::key)).contains(site.entry().downlinkKey().orElseThrow());
    }

    @Test
    @Requirement({"R5845-3.1-4", "R5845-4.1-1", "R5845-4.1-3", "R5845-4.2-4", "R5845-3.1-2", "R5845-4.2-5",
        "GK07-4.1-1", "GK07-4.2-1", "R5845-2.2-4", "R5845-7.1-1"})
    void bothKeysOfAnAcceptingAnswerGoIntoTheEntryAndTheDataPlane() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));

        assertThat(binding(site).gre()).isEqualTo(GreMode.KEYS);
        assertThat(binding(site).uplinkKey()).isEqualTo(UPLINK.key());
        assertThat(binding(site).downlinkKey()).isEqualTo(site.entry().downlinkKey().orElseThrow());
        assertThat(binding(site).format()).isEqualTo(TunnelFormat.GRE_IPV6);
        assertThat(binding(site).tlvHeader()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODE_ONLY", "KEYS"})
    @Requirement({"R5845-4.2-3", "R5845-3.1-1"})
    void anAnswerWithoutKeySetsTheModeOnly(String wish) {
        Site site = site(GreWish.valueOf(wish));
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.modeOnly()));

        assertThat(binding(site).gre()).isEqualTo(GreMode.MODE_ONLY);
        assertThat(binding(site).downlinkKey()).isZero();
        assertThat(binding(site).uplinkKey()).isZero();
        assertThat(site.keys).isEmpty();
    }

    @Test
    void aKeyThatNobodyAskedForIsNotUsed() {
        Site site = site(GreWish.MODE_ONLY);
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));
        assertThat(binding(site).gre()).isEqualTo(GreMode.MODE_ONLY);

        Site plain = site(GreWish.NONE);
        plain.attach(AT1);
        plain.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));
        assertThat(binding(plain).gre()).isEqualTo(GreMode.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    @Requirement({"R5845-4.2-6", "R5845-4.2-7"})
    void anAnchorThatLeavesTheOptionOutIsRememberedNotToKnowIt(int status) {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(status);

        assertThat(binding(site).gre()).isEqualTo(GreMode.NONE);
        assertThat(site.withoutGreKey).containsExactly(LMAA);
        site.attach(Attachment.of("mag1", "port2", Site.SECOND_CARD, 4));
        assertThat(asked(site)).isEmpty();
    }

    @Test
    @Requirement({"R5845-4.2-6"})
    void anAnchorThatRejectsOrSaysNotRequiredIsNot() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.INSUFFICIENT_RESOURCES);
        assertThat(site.withoutGreKey).isEmpty();

        Site other = site(GreWish.KEYS);
        other.attach(AT1);
        other.answer(Status.GRE_KEY_OPTION_NOT_REQUIRED);
        assertThat(other.withoutGreKey).isEmpty();
    }

    @Test
    @Requirement({"R5845-4.2-10", "R5845-4.2-11", "R5845-4.2-12"})
    void whereGreIsNotRequiredTheSessionGoesOnWithoutItAndTheOption() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.GRE_KEY_OPTION_NOT_REQUIRED, reply -> reply.option(UPLINK));
        assertThat(binding(site).gre()).isEqualTo(GreMode.NONE);
        assertThat(binding(site).format()).isEqualTo(TunnelFormat.IPV6);
        assertThat(site.keys).isEmpty();

        site.pass(2_700_000);
        assertThat(asked(site)).isEmpty();
        site.answer(Status.ACCEPTED);
        site.detach(AT1);
        assertThat(asked(site)).isEmpty();
    }

    @Test
    @Requirement("R5845-4.2-12")
    void notEvenIfTheAnchorThenRequiresIt() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.GRE_KEY_OPTION_NOT_REQUIRED);
        site.pass(2_700_000);
        site.answer(Status.GRE_KEY_OPTION_REQUIRED);

        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        assertThat(site.did(Effect.Kind.ALARM)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "MODE_ONLY"})
    @Requirement({"R5845-4.2-8"})
    void anAnchorThatRequiresKeysIsAskedAgainWithThem(String wish) {
        Site site = site(GreWish.valueOf(wish));
        site.attach(AT1);
        site.answer(Status.GRE_KEY_OPTION_REQUIRED);

        assertThat(asked(site)).get().matches(GreKey::hasKey);
        site.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));
        assertThat(binding(site).gre()).isEqualTo(GreMode.KEYS);
        site.pass(2_700_000);
        assertThat(asked(site)).get().matches(GreKey::hasKey);
    }

    @Test
    @Requirement({"R5845-4.2-8", "R5845-4.2-7"})
    void whoRequiresTheOptionKnowsIt() {
        Site site = site(GreWish.KEYS);
        site.withoutGreKey.add(LMAA);
        site.attach(AT1);
        assertThat(asked(site)).isEmpty();
        site.answer(Status.GRE_KEY_OPTION_REQUIRED);

        assertThat(site.withoutGreKey).isEmpty();
        assertThat(asked(site)).get().matches(GreKey::hasKey);
    }

    @Test
    @Requirement("R5845-4.2-9")
    void keysThatAreRequiredAlthoughTheyWereSentAreAFaultToReport() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.GRE_KEY_OPTION_REQUIRED);

        assertThat(site.sent).hasSize(1);
        assertThat(site.effects(Effect.Kind.ALARM)).containsExactly("rejected: GRE_KEY_OPTION_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    @Requirement("R5845-3.3.1-1")
    void whereNothingButKeysTellsNodesApartThereIsNoServiceWithoutThem(int status) {
        Site site = site(GreWish.KEYS_ONLY);
        site.attach(AT1);
        site.answer(status);

        assertThat(site.forwarding).isEmpty();
        assertThat(site.update().lifetime()).isZero();
        assertThat(site.update().first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(HOME));
        site.pass(1_000);
        assertThat(site.entry().state()).isEqualTo(State.DENIED);
        site.detach(AT1);
        site.pass(10_000);
        assertThat(site.store).isEmpty();
    }

    @Test
    @Requirement("R5845-3.3.1-1")
    void onALinkOfAnotherOperatorThereIsNoServiceWithoutKeys() {
        Site site = site(GreWish.NONE);
        site.policy = new MagPolicy(Map.of("mag1", Site.MAG1.withKeysOn(Set.of(AT1.link()))),
                Map.of("lma", Anchor.overIpv6("lma", LMAA)),
                Map.of(BindingUpdateList.key(Site.ALICE), MagProfile.of("lma").withGre(GreWish.MODE_ONLY)),
                MagProfile.withoutService(false), GreWish.NONE);
        site.attach(AT1);
        assertThat(asked(site)).get().matches(GreKey::hasKey);
        site.answer(2);
        assertThat(site.forwarding).isEmpty();
        assertThat(site.update().lifetime()).isZero();
        site.pass(1_000);
        assertThat(site.entry().state()).isEqualTo(State.DENIED);

        Attachment elsewhere = Attachment.of("mag1", "port2", Site.SECOND_CARD, 4);
        site.attach(elsewhere);
        assertThat(asked(site)).as("on a link of the gateway's own operator").contains(GreKey.modeOnly());
    }

    @Test
    @Requirement({"R5845-2.2-6"})
    void thePolicyOfTheNodeComesBeforeThatOfTheAnchorAndThatBeforeTheGateways() {
        Site site = new Site(Anchor.overIpv6("lma", LMAA), MagProfile.of("lma"), GreWish.MODE_ONLY);
        site.attach(AT1);
        assertThat(asked(site)).contains(GreKey.modeOnly());

        Site pair = new Site(Anchor.overIpv6("lma", LMAA).withGre(GreWish.NONE), MagProfile.of("lma"),
                GreWish.MODE_ONLY);
        pair.attach(AT1);
        assertThat(asked(pair)).isEmpty();

        Site node = new Site(Anchor.overIpv6("lma", LMAA).withGre(GreWish.NONE),
                MagProfile.of("lma").withGre(GreWish.KEYS), GreWish.MODE_ONLY);
        node.attach(AT1);
        assertThat(asked(node)).get().matches(GreKey::hasKey);
    }

    @Test
    @Requirement({"R5845-3.1-6"})
    void eachSessionOfANodeHasKeysOfItsOwn() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));
        site.attach(Attachment.of("mag1", "port2", Site.SECOND_CARD, 4), HandoffIndicator.NEW_INTERFACE);
        site.answer(Status.ACCEPTED, reply -> Site.reply(site.update(), 0, Site.OTHER).option(GreKey.of(9)));

        assertThat(site.forwarding.values()).extracting(Binding::uplinkKey).containsExactly(UPLINK.key(), 9L);
        assertThat(site.keys).hasSize(2);
    }

    @Test
    void aNewUplinkKeyIsInstalledInPlaceOfTheOld() {
        Site site = site(GreWish.KEYS);
        site.attach(AT1);
        site.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));
        site.pass(2_700_000);
        MagTransition changed = site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.of(5)));

        assertThat(changed.effects()).extracting(Effect::kind).containsExactly(Effect.Kind.REMOVE_FORWARDING,
                Effect.Kind.INSTALL_FORWARDING, Effect.Kind.ADVERTISE);
        assertThat(binding(site).uplinkKey()).isEqualTo(5);
    }

    @Test
    @Requirement({"R5845-1-1"})
    void theAccessLinkSeesNothingOfIt() {
        Site plain = site(GreWish.NONE);
        Site keys = site(GreWish.KEYS);
        plain.attach(AT1);
        keys.attach(AT1);
        plain.answer(Status.ACCEPTED);
        keys.answer(Status.ACCEPTED, reply -> reply.option(UPLINK));

        assertThat(keys.advertised(AT1)).isEqualTo(plain.advertised(AT1)).containsExactly(HOME);
        assertThat(binding(keys).ipv4Home().map(home -> home.address())).isEqualTo(Optional.<Ip4Address>empty());
    }
}
