// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;

/**
 * Gateways and anchor over a bad network, a node with two interfaces that roams, comes and goes, with gateways that
 * hear of it early, late or never: once the network is good again, both sides agree on what is there, and when the node
 * has gone nothing is left.
 */
class ConvergenceTest {

    private static final int LIFETIME = 120;
    private static final long LONG_ENOUGH = 2 * LIFETIME * 1_000L + 60_000;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Requirement({"PMIP10-6.9.4-3", "PMIP10-3-10", "PMIP10-6.13-4", "R5845-3.1-4", "R5845-3.1-6"})
    void withTimestamps(@ForAll long seed, @ForAll @IntRange(max = 60) int loss,
                        @ForAll @IntRange(max = 30) int repetition, @ForAll @IntRange(min = 1, max = 1_500) int delay) {
        roams(seed, loss, repetition, delay, true, LmaParameters.DEFAULTS,
                Anchor.overIpv6("lma", Site.LMAA));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Requirement({"PMIP10-5.5-1", "PMIP10-5.5-2", "PMIP10-5.5-22"})
    void withSequenceNumbers(@ForAll long seed, @ForAll @IntRange(max = 60) int loss,
                             @ForAll @IntRange(max = 30) int repetition,
                             @ForAll @IntRange(min = 1, max = 1_500) int delay) {
        roams(seed, loss, repetition, delay, false, LmaParameters.DEFAULTS,
                Anchor.overIpv6("lma", Site.LMAA));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Requirement({"PMIP10-6.10.1-1", "PMIP10-6.10.2-1", "R5845-7.1-2", "R5845-7.2-4"})
    void overIpv4(@ForAll long seed, @ForAll @IntRange(max = 60) int loss,
                  @ForAll @IntRange(max = 30) int repetition, @ForAll @IntRange(min = 1, max = 1_500) int delay) {
        Random random = new Random(seed);
        roams(seed, loss, repetition, delay, random.nextBoolean(),
                LmaParameters.DEFAULTS.withAcceptForcedIpv4UdpEncapsulationRequest(random.nextBoolean())
                        .withAcceptTlvHeader(random.nextBoolean()),
                Anchor.overIpv4("lma", Site.LMAA4, random.nextBoolean(), false));
    }

    private static void roams(long seed, int loss, int repetition, int delay, boolean timestamps,
                              LmaParameters parameters, Anchor anchor) {
        Random random = new Random(seed);
        boolean ipv6 = random.nextInt(4) > 0;
        Site site = new Site(anchor, MagProfile.of("lma").withLifetime(LIFETIME)
                .withServices(ipv6, !ipv6 || random.nextBoolean(), Optional.empty()),
                GreWish.values()[random.nextInt(GreWish.values().length)]);
        site.parameters = MagParameters.DEFAULTS.withTimestamps(timestamps)
                .withContextCoversDomain(random.nextBoolean());
        Network network = new Network(site, GrePolicy.AS_REQUESTED, parameters, seed);
        network.weather(loss, repetition, delay);
        for (int i = 0; i < 12; i++) {
            move(network, random);
            network.pass(random.nextInt(4) == 0 ? random.nextInt(LIFETIME * 1_000) : random.nextInt(3_000));
        }
        network.weather(0, 0, 5);
        network.pass(LONG_ENOUGH);
        agree(network);
        for (Attachment place : List.copyOf(network.places.values())) {
            network.places.values().remove(place);
            if (random.nextBoolean()) {
                network.detached(place);
            }
        }
        network.pass(LONG_ENOUGH);
        assertThat(site.store).isEmpty();
        assertThat(site.forwarding).isEmpty();
        assertThat(site.keys).isEmpty();
        assertThat(network.anchor.records).isEmpty();
        assertThat(site.advertised).isEmpty();
    }

    private static void move(Network network, Random random) {
        int card = 1 + random.nextInt(2);
        Attachment before = network.places.get(card);
        Attachment after = Network.place(card, 1 + random.nextInt(2), 1 + random.nextInt(2));
        int news = random.nextInt(4);
        if (random.nextInt(4) == 0 && before != null) {
            network.vanish(card);
            if (news > 0) {
                network.detached(before);
            }
            return;
        }
        if (before != null && !before.equals(after)) {
            network.vanish(card);
            if (news == 0) {
                network.detached(before);
                network.pass(random.nextInt(2_000));
            }
        }
        network.attach(card, after);
        if (before != null && !before.equals(after) && news == 1) {
            network.pass(random.nextInt(2_000));
            network.detached(before);
        }
    }

    private static void agree(Network network) {
        Site site = network.site;
        List<BindingUpdateListEntry> entries = site.entries();
        assertThat(entries).allMatch(entry -> entry.state() == State.ACTIVE);
        assertThat(entries).extracting(BindingUpdateListEntry::attachment)
                .containsExactlyInAnyOrderElementsOf(network.places.values());
        assertThat(site.forwarding.keySet()).containsExactlyInAnyOrderElementsOf(
                entries.stream().map(BindingUpdateListEntry::sessionId).collect(Collectors.toList()));
        Set<String> gateway = new HashSet<>();
        for (BindingUpdateListEntry entry : entries) {
            Binding binding = site.forwarding.get(entry.sessionId());
            assertThat(binding.forwardsLike(entry.binding().orElseThrow())).isTrue();
            boolean udp = binding.tlvHeader() || binding.format() == TunnelFormat.IPV4_UDP;
            gateway.add(binding.prefixes() + " " + binding.ipv4Home() + " " + entry.careOf() + " " + binding.gre()
                    + " " + binding.downlinkKey() + " " + binding.uplinkKey() + " " + udp + binding.tlvHeader());
        }
        Set<String> anchor = new HashSet<>();
        for (BindingCacheEntry session : network.anchor.sessions()) {
            anchor.add(session.prefixes() + " " + session.ipv4Home() + " " + session.proxyCoa() + " " + session.gre()
                    + " " + session.downlinkKey() + " " + session.uplinkKey() + " " + session.udp()
                    + session.tlvHeader());
        }
        assertThat(gateway).isEqualTo(anchor).hasSize(entries.size());
    }
}
