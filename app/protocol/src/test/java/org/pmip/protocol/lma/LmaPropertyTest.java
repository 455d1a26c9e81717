// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;

/** What holds whatever several gateways say of several nodes, in whatever order. */
class LmaPropertyTest {

    private static final int TRIES = 400;
    private static final int CHOICES = 10;
    private static final List<IpAddress> GATEWAYS = List.of(Domain.MAG1, Domain.MAG2, Domain.MAG1_IPV4,
            Domain.MAG2_IPV4, Domain.INSIDE, Domain.MAG3, Domain.MAG4, Domain.STRANGER);
    /** The first four come most often; two of them have IPv4 service, of two operators with the same addresses. */
    private static final List<String> NODES = List.of(Domain.ALICE, Domain.BOB, Domain.EVE, Domain.GRACE, Domain.CAROL,
            Domain.FRANK, Domain.DAVE, Domain.UNKNOWN_NODE);

    /** One event: a request built from small numbers, a copy of an older one, or time that passes. */
    static final class Step {
        private final int[] choice;

        Step(int... choice) {
            this.choice = choice;
        }

        @Override
        public String toString() {
            return Arrays.toString(choice);
        }
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 11).withoutEdgeCases();
        return small.array(int[].class).ofSize(CHOICES).map(Step::new).list().ofMinSize(1).ofMaxSize(40);
    }

    @Provide
    Arbitrary<GrePolicy> policies() {
        return Arbitraries.of(GrePolicy.class);
    }

    @Property(tries = TRIES)
    @Requirement({"PMIP10-5.2-1", "PMIP10-5.3.2-2", "PMIP10-5.4-1", "PMIP10-5.3.1-21", "R5845-3.3.2-1",
        "R5213-5.2-1"})
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void theStoreStaysWhole(@ForAll("sequences") List<Step> steps, @ForAll("policies") GrePolicy policy,
                            @ForAll boolean keep, @ForAll boolean scarce) {
        Domain domain = new Domain(policy);
        domain.configure(parameters -> parameters.withAcceptForcedIpv4UdpEncapsulationRequest(keep)
                .withAssignmentMemory(keep ? 30_000 : 0).withUplinkKeyQuarantine(keep ? 20_000 : 0));
        domain.keySpace(scarce ? 3 : 1_000);
        if (scarce) {
            domain.configure(Domain.MAG1_IPV4, gateway -> gateway.withSessionCap(1, keep).withUdpAlways());
        }
        List<Exchange> past = new ArrayList<>();
        Map<Long, Long> uplinkKeys = new HashMap<>();
        Map<Long, long[]> lastUse = new HashMap<>();
        for (Step step : steps) {
            if (step.choice[0] == 11) {
                domain.pass(step.choice[1] * 997L);
                isWhole(domain);
                keysRest(domain, lastUse, keep ? 20_000 : 0);
                continue;
            }
            domain.pass(1);
            Map<String, MobileNodeRecord> before = domain.records();
            Map<Ip6Prefix, String> claims = domain.claims();
            int waiting = domain.waiting();
            Exchange exchange = step.choice[0] == 10 && !past.isEmpty()
                    ? past.get(step.choice[1] % past.size()).again(domain) : request(domain, step).sent();
            past.add(exchange);
            isWhole(domain);
            keysRest(domain, lastUse, keep ? 20_000 : 0);
            Statistics.collect(exchange.kind());
            // What waits may go on when its time comes, which may be now: then the record changes for another reason.
            if (!exchange.transition().changes() && waiting == 0 && settled(before, domain)) {
                assertThat(domain.records()).isEqualTo(before);
                assertThat(domain.claims()).isEqualTo(claims);
            }
            if (exchange.transition().changes() && domain.waiting() == waiting) {
                agrees(exchange, domain);
            }
            if (domain.waiting() != waiting) {
                // Two requests were carried out: in between the session may have been without keys.
                uplinkKeys.clear();
            }
            keysStay(domain, uplinkKeys);
        }
        domain.pass(1_000_000);
        assertThat(domain.records()).isEmpty();
        assertThat(domain.claims()).isEmpty();
        assertThat(domain.ipv4Claims()).isEmpty();
        assertThat(domain.waiting()).isZero();
        Statistics.coverage(seen -> {
            for (Transition.Kind kind : List.of(Transition.Kind.REGISTERED, Transition.Kind.EXTENDED,
                    Transition.Kind.HANDED_OFF, Transition.Kind.DEREGISTERED, Transition.Kind.REPEATED,
                    Transition.Kind.REJECTED, Transition.Kind.IGNORED, Transition.Kind.WAITS)) {
                // How often differs from seed to seed, from tens to thousands.
                seen.check(kind).count(count -> count > 0);
            }
        });
    }

    /** A key that one session used does not come to another one before it has rested. */
    private static void keysRest(Domain domain, Map<Long, long[]> lastUse, long rest) {
        long now = domain.now().millis();
        for (MobileNodeRecord record : domain.records().values()) {
            for (BindingCacheEntry entry : record.entries()) {
                if (entry.gre() == GreMode.KEYS) {
                    long[] before = lastUse.get(entry.uplinkKey());
                    assertThat(before == null || before[0] == entry.sessionId() || now - before[1] >= rest)
                            .as("%s got a key used %d ms ago", entry, before == null ? 0 : now - before[1]).isTrue();
                    if (entry.state() == BindingCacheEntry.State.ACTIVE) {
                        lastUse.put(entry.uplinkKey(), new long[] {entry.sessionId(), now});
                    }
                }
            }
        }
    }

    /** Whether nothing ran out between the look before and now. */
    private static boolean settled(Map<String, MobileNodeRecord> before, Domain domain) {
        return before.values().stream()
                .allMatch(record -> LmaEngine.nextDeadline(record).orElseThrow() > domain.now().millis());
    }

    private static Pbu request(Domain domain, Step step) {
        int[] c = step.choice;
        String node = NODES.get(c[1] % (c[7] == 0 ? NODES.size() : 4));
        IpAddress gateway = GATEWAYS.get(c[8] < 8 ? c[8] % 4 : c[9] % GATEWAYS.size());
        Pbu request = domain.from(gateway, node)
                .handoff(1 + c[2] % 5).technology(c[3] < 9 ? AccessTechnologyType.WLAN : AccessTechnologyType.WIMAX)
                .lifetime(c[4] < 4 ? 0 : c[4] * 3);
        if (gateway.equals(Domain.INSIDE)) {
            request.through(c[6] == 0 ? Ip4Address.valueOf("203.0.113.99") : Domain.OUTSIDE, 5_436 + c[9] % 3);
        }
        request.and(c[9] % 4 == 1 ? BindingUpdate.T : c[9] % 4 == 2 ? BindingUpdate.F : 0);
        if (c[3] % 3 > 0) {
            request.identifier("02000000000" + c[3] % 3);
        }
        List<BindingCacheEntry> held = domain.sessions(c[5] == 11 ? Domain.BOB : node);
        if (c[5] % 2 == 1 && !held.isEmpty()) {
            request.prefix(held.get(c[5] % held.size()).prefixes().toArray(new Ip6Prefix[0]));
        } else if (c[5] == 10) {
            request.prefix(Ip6Prefix.valueOf("2001:db8:a000:" + c[6] % 4 + "::/64"));
        }
        if (c[6] > 3) {
            request.gre(c[6]);
        } else if (c[6] == 3) {
            request.gre();
        }
        if (!node.equals(Domain.ALICE) && c[9] > 4) {
            request.ipv4(c[9] == 5 ? "10.1.0.2" : "0.0.0.0");
        }
        switch (c[7]) {
            case 1:
                return request.without(HandoffIndicator.class);
            case 2:
                return request.without(AccessTechnologyType.class);
            case 3:
                return request.without(HomeNetworkPrefix.class);
            case 4:
                return request.clockOff(-c[4] * 40L);
            case 5:
                return request.sequence(c[6] * 5_000);
            case 6:
                return request.alternateCareOf(c[3] % 2 == 0 ? Domain.MAG3 : Domain.STRANGER);
            default:
                return request;
        }
    }

    /** No two bindings share a prefix, a key or a number, and the claims are those of the bindings. */
    private static void isWhole(Domain domain) {
        Map<Ip6Prefix, String> held = new HashMap<>();
        Set<Long> keys = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        Map<String, String> addresses = new HashMap<>();
        for (MobileNodeRecord record : domain.records().values()) {
            for (BindingCacheEntry entry : record.entries()) {
                assertThat(entry.prefixes().isEmpty() && entry.ipv4Home().isEmpty()).as("%s holds nothing", entry)
                        .isFalse();
                entry.ipv4Home().ifPresent(home -> assertThat(
                        addresses.put(entry.operator() + "/" + home.address(), record.key())).isNull());
                entry.prefixes().forEach(prefix ->
                        assertThat(held.put(prefix, record.key())).as("holder of %s", prefix).isNull());
                assertThat(numbers.add(entry.sessionId())).as("number of %s", entry).isTrue();
                assertThat(entry.gre() == GreMode.KEYS).isEqualTo(entry.uplinkKey() != 0);
                assertThat(entry.gre() != GreMode.KEYS || keys.add(entry.uplinkKey())).as("key of %s", entry).isTrue();
                assertThat(entry.deadline()).isGreaterThan(domain.now().millis());
                assertThat(entry.proxyCoa()).isIn(GATEWAYS.subList(0, GATEWAYS.size() - 1));
                tunnelMakesSense(entry);
            }
            for (Remnant remnant : record.remnants()) {
                assertThat(remnant.until()).isGreaterThan(domain.now().millis());
                remnant.uplinkKey().ifPresent(key -> assertThat(keys.add(key)).as("rest of %d", key).isTrue());
                remnant.prefixes().forEach(prefix -> assertThat(held.put(prefix, record.key())).isNull());
                remnant.ipv4Home().ifPresent(home -> assertThat(
                        addresses.put(remnant.operator() + "/" + home.address(), record.key())).isNull());
            }
        }
        assertThat(domain.claims()).isEqualTo(held);
        assertThat(domain.ipv4Claims()).isEqualTo(addresses);
    }

    /** RFC 5845 section 7.1 and RFC 5844 section 4: what goes with what. */
    private static void tunnelMakesSense(BindingCacheEntry entry) {
        assertThat(entry.peerAddress().version()).isEqualTo(entry.lmaAddress().version());
        assertThat(entry.peerAddress().equals(entry.proxyCoa()) || entry.proxyCoa().equals(Domain.INSIDE)).isTrue();
        if (entry.udp()) {
            assertThat(entry.peerAddress().isIp4()).isTrue();
            assertThat(entry.tlvHeader()).isEqualTo(entry.gre() != GreMode.NONE);
        } else {
            assertThat(entry.tlvHeader()).isFalse();
        }
    }

    /** An accepted answer says what the record says. */
    private static void agrees(Exchange exchange, Domain domain) {
        BindingAcknowledgement pba = exchange.pba();
        assertThat(Status.accepts(pba.status())).isTrue();
        List<BindingCacheEntry> fits = new ArrayList<>(domain.sessions(exchange.transition().after().key()));
        fits.removeIf(entry -> !Arrays.equals(entry.answer(), exchange.answer().mobilityHeader()));
        assertThat(fits).as("session of %s", pba).hasSize(1);
        BindingCacheEntry session = fits.get(0);
        boolean partOnly = pba.lifetime() == 0 && session.state() == BindingCacheEntry.State.ACTIVE;
        if (partOnly) {
            return;
        }
        if (!exchange.prefixes().isEmpty()) {
            assertThat(session.prefixes()).isEqualTo(exchange.prefixes());
        }
        pba.first(Ipv4HomeAddressReply.class).ifPresent(reply ->
                assertThat(session.ipv4Home().orElseThrow().address()).isEqualTo(reply.address()));
        pba.first(MobileNodeLinkLayerIdentifier.class).filter(option -> pba.lifetime() > 0).ifPresent(option ->
                assertThat(session.linkLayerIdentifier()).isEqualTo(option.identifier()));
        if (pba.lifetime() == 0) {
            assertThat(session.state()).isEqualTo(BindingCacheEntry.State.ENDING);
            return;
        }
        assertThat(session.state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(session.lifetime()).isEqualTo(pba.lifetime());
        assertThat(session.accessTechnology())
                .isEqualTo(pba.first(AccessTechnologyType.class).orElseThrow().value());
        assertThat(pba.first(GreKey.class).isPresent()).isEqualTo(session.gre() != GreMode.NONE);
        assertThat(pba.has(BindingAcknowledgement.T)).isEqualTo(session.tlvHeader());
        pba.first(GreKey.class).filter(GreKey::hasKey)
                .ifPresent(key -> assertThat(key.key()).isEqualTo(session.uplinkKey()));
    }

    /** A session that has an uplink key keeps it as long as it uses keys. */
    private static void keysStay(Domain domain, Map<Long, Long> uplinkKeys) {
        Map<Long, Long> next = new HashMap<>();
        for (MobileNodeRecord record : domain.records().values()) {
            for (BindingCacheEntry entry : record.entries()) {
                if (entry.gre() == GreMode.KEYS) {
                    next.put(entry.sessionId(), entry.uplinkKey());
                    assertThat(uplinkKeys.getOrDefault(entry.sessionId(), entry.uplinkKey()))
                            .isEqualTo(entry.uplinkKey());
                }
            }
        }
        uplinkKeys.clear();
        uplinkKeys.putAll(next);
    }
}
