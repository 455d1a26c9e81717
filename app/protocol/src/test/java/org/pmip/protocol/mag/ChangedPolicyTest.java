// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.mag.Site.AT1;
import static org.pmip.protocol.mag.Site.AT2;
import static org.pmip.protocol.mag.Site.HOME;
import static org.pmip.protocol.mag.Site.LMAA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;

/**
 * What a changed word on services, addresses and GRE means for a session that stands, as docs/configuration.md says:
 * the session keeps what it has, nothing of it is left behind at the anchor, and the next one is by the new word.
 */
class ChangedPolicyTest {

    private static final Anchor LMA = Anchor.overIpv6("lma", LMAA);
    private static final Ip4Address ADDRESS = Ip4Address.valueOf("10.1.0.7");
    private static final int LIFETIME = 400;

    private final Site site = new Site(LMA, both(), GreWish.NONE);

    private static MagProfile both() {
        return MagProfile.of("lma").withServices(true, true, Optional.empty()).withLifetime(LIFETIME);
    }

    private static MagProfile services(boolean ipv6, boolean ipv4) {
        return both().withServices(ipv6, ipv4, Optional.empty());
    }

    private void becomes(MagProfile profile) {
        becomes(LMA, profile, GreWish.NONE);
    }

    private void becomes(Anchor anchor, MagProfile profile, GreWish gre) {
        site.policy(anchor, profile, gre);
        site.event(MagEvent.policyChanged());
    }

    private void accepted() {
        site.answer(Status.ACCEPTED, reply -> asksIpv4() ? reply.option(Ipv4HomeAddressReply.of(0, 24, ADDRESS))
                : reply);
    }

    private boolean asksIpv4() {
        return site.update().first(Ipv4HomeAddressRequest.class).isPresent();
    }

    private boolean asksIpv6() {
        return site.update().first(HomeNetworkPrefix.class).isPresent();
    }

    private Binding binding() {
        return site.entries().stream().filter(entry -> entry.state() == State.ACTIVE).findFirst()
                .flatMap(BindingUpdateListEntry::binding).orElseThrow();
    }

    private void registered() {
        site.attach(AT1);
        accepted();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    @Requirement("R5844-3.1.2.5-1")
    void aSessionKeepsAServiceThatItsNodeHasLostAndNamesAllOfItAtItsEnd(boolean ipv6, boolean ipv4) {
        registered();
        int before = site.sent.size();
        becomes(services(ipv6, ipv4));
        assertThat(site.sent).as("nobody is asked").hasSize(before);
        site.attach(AT2);
        assertThat(asksIpv6() && asksIpv4()).as("the next gateway asks for what the session has").isTrue();
        accepted();
        site.detach(AT2);
        assertThat(site.update().lifetime()).isZero();
        assertThat(asksIpv6() && asksIpv4()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, false, 0", "false, true, 0", "true, false, 20000", "false, true, 20000"})
    void theNextSessionIsWithout(boolean ipv6, boolean ipv4, long pause) {
        registered();
        becomes(services(ipv6, ipv4));
        site.detach(AT1);
        site.answer(Status.ACCEPTED);
        site.pass(pause);
        site.attach(AT1);
        assertThat(asksIpv6()).isEqualTo(ipv6);
        assertThat(asksIpv4()).isEqualTo(ipv4);
    }

    @Test
    void aServiceThatIsNewIsAskedForWithTheNextRegistration() {
        site.policy(LMA, services(true, false), GreWish.NONE);
        registered();
        becomes(both());
        assertThat(binding().ipv4Home()).isEmpty();
        site.attach(AT2);
        assertThat(asksIpv4()).isTrue();
        accepted();
        assertThat(binding().prefixes()).containsExactly(HOME);
        assertThat(binding().ipv4Home()).isPresent();
    }

    /** With the product's own anchor: whatever the gateway takes back, nothing of the session stays there. */
    @ParameterizedTest
    @CsvSource({"true, false, 0", "false, true, 0", "true, false, 3000", "false, true, 3000", "true, false, 60000",
        "false, true, 60000"})
    @Requirement({"R5844-3.1.2.5-1", "PMIP10-5.3.5-2"})
    void nothingIsLeftBehindAtTheAnchor(boolean ipv6, boolean ipv4, long pause) {
        Network network = new Network(site, GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS, 1);
        Attachment first = Network.place(1, 1, 1);
        Attachment second = Network.place(1, 2, 1);
        network.attach(1, first);
        network.pass(100);
        becomes(services(ipv6, ipv4));
        network.attach(1, second);
        network.pass(100);
        agree(network);
        network.detached(second);
        network.pass(pause);
        network.attach(1, second);
        network.pass(100);
        agree(network);
        BindingCacheEntry session = network.anchor.sessions().get(0);
        assertThat(session.prefixes().isEmpty()).isEqualTo(!ipv6);
        assertThat(session.ipv4Home().isPresent()).isEqualTo(ipv4);
        network.vanish(1);
        network.detached(second);
        // MAX_UPDATE_RATE may have the last request wait a second.
        network.pass(LmaParameters.DEFAULTS.minDelayBeforeBceDelete() + 2_000);
        assertThat(network.anchor.sessions()).isEmpty();
    }

    /** It comes back before the anchor has said that it has let it go. */
    @Test
    void nothingIsLeftBehindByWhoComesBackAtOnce() {
        Network network = new Network(site, GrePolicy.AS_REQUESTED, LmaParameters.DEFAULTS, 1);
        Attachment place = Network.place(1, 1, 1);
        network.attach(1, place);
        network.pass(100);
        becomes(services(true, false));
        network.detached(place);
        network.attach(1, place);
        network.pass(100);
        agree(network);
        assertThat(network.anchor.sessions()).singleElement()
                .matches(session -> session.ipv4Home().isEmpty() && !session.prefixes().isEmpty());
    }

    private void agree(Network network) {
        assertThat(site.entries().stream().filter(entry -> entry.state() == State.ACTIVE)).hasSize(1);
        assertThat(network.anchor.sessions()).singleElement().satisfies(session -> {
            assertThat(session.prefixes()).isEqualTo(binding().prefixes());
            assertThat(session.ipv4Home()).isEqualTo(binding().ipv4Home());
        });
    }

    @Test
    void prefixesAndAddressesOfTheProfileAreThoseOfTheNextSession() {
        registered();
        Ip6Prefix own = Ip6Prefix.valueOf("2001:db8:cc::/64");
        Ip4Address address = Ip4Address.valueOf("10.1.0.99");
        becomes(both().withPrefixes(List.of(own)).withServices(true, true, Optional.of(address)));
        site.attach(AT2);
        assertThat(site.update().all(HomeNetworkPrefix.class)).containsExactly(HomeNetworkPrefix.of(HOME));
        assertThat(site.update().first(Ipv4HomeAddressRequest.class).orElseThrow().address()).isEqualTo(ADDRESS);
        accepted();
        site.detach(AT2);
        site.answer(Status.ACCEPTED);
        site.pass(MagParameters.DEFAULTS.contextRetention() + 1_000);
        site.attach(AT1);
        assertThat(site.update().all(HomeNetworkPrefix.class)).containsExactly(HomeNetworkPrefix.of(own));
        assertThat(site.update().first(Ipv4HomeAddressRequest.class).orElseThrow().address()).isEqualTo(address);
    }

    @Test
    void theLifetimeIsThatOfTheNextRequest() {
        registered();
        becomes(both().withLifetime(40));
        assertThat(binding().lifetime()).isEqualTo(LIFETIME / 4);
        site.pass(LIFETIME * 1_000L * 3 / 4);
        assertThat(site.update().lifetime()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NODE", "ANCHOR", "ALL"})
    void aWordOnGreCountsFromTheNextRegistration(String whose) {
        registered();
        long session = site.entry().sessionId();
        int before = site.sent.size();
        becomes(whose.equals("ANCHOR") ? LMA.withGre(GreWish.KEYS) : LMA,
                whose.equals("NODE") ? both().withGre(GreWish.KEYS) : both(),
                whose.equals("ALL") ? GreWish.KEYS : GreWish.NONE);
        assertThat(site.sent).hasSize(before);
        assertThat(site.forwarding).containsOnlyKeys(session);
        site.pass(LIFETIME * 1_000L * 3 / 4);
        assertThat(site.update().first(GreKey.class)).as("an extension asks for what there is").isEmpty();
        accepted();
        site.attach(AT2);
        assertThat(site.update().first(GreKey.class)).isPresent();
    }

    /** The word means no service without keys, so what has none must not go on, nor be denied at its extension. */
    @ParameterizedTest
    @ValueSource(strings = {"NODE", "ANCHOR", "ALL"})
    @Requirement("PMIP10-6.9.1.4-1")
    void whereOnlyKeysCountSessionsWithoutAreRegisteredAnew(String whose) {
        registered();
        becomes(whose.equals("ANCHOR") ? LMA.withGre(GreWish.KEYS_ONLY) : LMA,
                whose.equals("NODE") ? both().withGre(GreWish.KEYS_ONLY) : both(),
                whose.equals("ALL") ? GreWish.KEYS_ONLY : GreWish.NONE);
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);
        assertThat(site.update().first(GreKey.class).filter(GreKey::hasKey)).isPresent();
        site.answer(Status.ACCEPTED, reply -> reply.option(GreKey.of(0x77))
                .option(Ipv4HomeAddressReply.of(0, 24, ADDRESS)));
        assertThat(binding().gre()).isEqualTo(GreMode.KEYS);
        int settled = site.sent.size();
        site.event(MagEvent.policyChanged());
        assertThat(site.sent).hasSize(settled);
    }

    @Test
    void aRequestWithoutKeysIsMadeAnewWhereOnlyKeysCount() {
        site.attach(AT1);
        becomes(LMA, both(), GreWish.KEYS_ONLY);
        assertThat(site.sent).hasSize(2);
        assertThat(site.update().first(GreKey.class).filter(GreKey::hasKey)).isPresent();
        assertThat(site.entry().state()).isEqualTo(State.REGISTERING);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void anotherWayToTheAnchorMakesTheSessionAnew(boolean forceUdp, boolean translator) {
        site.policy(Anchor.overIpv4("lma", Site.LMAA4, false, false), both(), GreWish.NONE);
        registered();
        becomes(Anchor.overIpv4("lma", Site.LMAA4, forceUdp, translator), both(), GreWish.NONE);
        assertThat(site.update().lifetime()).isZero();
        site.answer(Status.ACCEPTED);
        assertThat(site.update().lifetime()).isPositive();
        assertThat(site.entry().anchor().forceUdp()).isEqualTo(forceUdp);
        assertThat(site.entry().anchor().nat()).isEqualTo(translator);
    }
}
