// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.store.service.AtomicCounter;
import org.pmip.onos.NamedMaps;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.lma.OperatorAddress;
import org.pmip.protocol.lma.PrefixPool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AllocationTest {

    private final NamedMaps storage = new NamedMaps();

    private static LmaPolicy policy(String pool, int length, String... exclusions) {
        List<Ip6Prefix> excluded = java.util.Arrays.stream(exclusions).map(Ip6Prefix::valueOf)
                .collect(java.util.stream.Collectors.toList());
        MobileNodeProfile fixed = new MobileNodeProfile(true, List.of(Ip6Prefix.valueOf("2001:db8:0:2::/64")),
                Optional.empty(), OptionalInt.empty(), 1);
        return new LmaPolicy(Map.of(), Map.of("fixed@example.net", fixed), Optional.empty(), GrePolicy.AS_REQUESTED,
                List.of(new PrefixPool("pool", Ip6Prefix.valueOf(pool), length, excluded)));
    }

    @Test
    void aPoolIsHandedOutOnceAndThenUsedUp() {
        LmaPolicy policy = policy("2001:db8::/61", 64, "2001:db8:0:3::/64");
        PrefixClaims here = new PrefixClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        Set<Ip6Prefix> prefixes = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            assertThat(prefixes.add(here.allocate(policy, policy.pools(), "mn" + i).orElseThrow())).isTrue();
        }
        assertThat(prefixes).doesNotContain(Ip6Prefix.valueOf("2001:db8:0:2::/64"),
                Ip6Prefix.valueOf("2001:db8:0:3::/64"));
        assertThat(here.allocate(policy, policy.pools(), "one more")).isEmpty();
        Ip6Prefix back = prefixes.iterator().next();
        here.release(back, "somebody else");
        assertThat(here.allocate(policy, policy.pools(), "one more")).isEmpty();
        here.release(back, here.holders().get(back.toString()));
        assertThat(here.allocate(policy, policy.pools(), "one more")).contains(back);
    }

    @Test
    void aReturningNodeFindsItsPrefix() {
        LmaPolicy policy = policy("2001:db8:1000::/40", 64);
        PrefixClaims claims = new PrefixClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        Ip6Prefix first = claims.allocate(policy, policy.pools(), "mn@example.net").orElseThrow();
        claims.release(first, "mn@example.net");
        claims.allocate(policy, policy.pools(), "other@example.net");
        assertThat(claims.allocate(policy, policy.pools(), "mn@example.net")).contains(first);
    }

    @Test
    void aNamedPrefixHasOneHolder() {
        PrefixClaims claims = new PrefixClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        Ip6Prefix prefix = Ip6Prefix.valueOf("2001:db8:77::/64");
        assertThat(claims.claim(prefix, "mn1")).isTrue();
        assertThat(claims.claim(prefix, "mn1")).isTrue();
        assertThat(claims.claim(prefix, "mn2")).isFalse();
    }

    @Test
    void aPrefixThatIsAssignedForGoodIsNoPartOfALongerOneFromAPool() {
        LmaPolicy policy = policy("2001:db8::/54", 56);
        PrefixClaims claims = new PrefixClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        Ip6Prefix around = Ip6Prefix.valueOf("2001:db8::/56");
        assertThat(policy.reserved(around)).as("2001:db8:0:2::/64 lies in it").isTrue();
        MobileNodeProfile anybody = new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), 1);
        assertThat(policy.mayUse("mn", anybody, around)).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(claims.allocate(policy, policy.pools(), "mn" + i)).isPresent()
                    .get().isNotEqualTo(around);
        }
        assertThat(claims.allocate(policy, policy.pools(), "one more")).isEmpty();
    }

    @Test
    void whatStandsFromBeforeTheLengthChangedIsNobodyElses() {
        PrefixClaims claims = new PrefixClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        Ip6Prefix standing = Ip6Prefix.valueOf("2001:db8:1:205::/64");
        assertThat(claims.claim(standing, "mn@example.net")).isTrue();
        LmaPolicy longer = policy("2001:db8:1::/48", 56);
        Set<Ip6Prefix> given = new HashSet<>();
        for (int i = 0; i < 255; i++) {
            given.add(claims.allocate(longer, longer.pools(), "mn" + i).orElseThrow());
        }
        Ip6Prefix around = Ip6Prefix.valueOf("2001:db8:1:200::/56");
        assertThat(given).hasSize(255).doesNotContain(around);
        assertThat(claims.allocate(longer, longer.pools(), "one more")).isEmpty();
        assertThat(claims.claim(around, "one more")).as("by name").isFalse();
        LmaPolicy back = policy("2001:db8:1::/48", 64);
        for (int i = 0; i < 255; i++) {
            assertThat(around.contains(claims.allocate(back, back.pools(), "again" + i).orElseThrow())).isTrue();
        }
        assertThat(claims.allocate(back, back.pools(), "one more")).isEmpty();
        assertThat(claims.claim(Ip6Prefix.valueOf("2001:db8:1:301::/64"), "one more")).isFalse();
        claims.holders().forEach((name, holder) -> {
            if (around.contains(Ip6Prefix.valueOf(name))) {
                claims.release(Ip6Prefix.valueOf(name), holder);
            }
        });
        assertThat(claims.allocate(longer, longer.pools(), "one more")).contains(around);
    }

    @Test
    void inAPoolOfMillionsTheOnlyFreeOneIsFound() {
        Ipv4Pool great = new Ipv4Pool("great", 1, Ip4Prefix.valueOf("10.0.0.0/8"), Ip4Address.valueOf("10.0.0.1"),
                List.of(Ip4Prefix.valueOf("10.0.0.0/9"), Ip4Prefix.valueOf("10.128.0.0/10"),
                        Ip4Prefix.valueOf("10.192.0.0/11"), Ip4Prefix.valueOf("10.224.0.0/12"),
                        Ip4Prefix.valueOf("10.240.0.0/13"), Ip4Prefix.valueOf("10.248.0.0/14"),
                        Ip4Prefix.valueOf("10.252.0.0/15"), Ip4Prefix.valueOf("10.254.0.0/16"),
                        Ip4Prefix.valueOf("10.255.0.0/17"), Ip4Prefix.valueOf("10.255.128.0/18")));
        LmaPolicy policy = new LmaPolicy(Map.of(), Map.of(), Optional.empty(), GrePolicy.AS_REQUESTED, List.of(),
                List.of(great));
        AddressClaims claims = new AddressClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        for (int i = 0; i < (1 << 14) - 1; i++) {
            assertThat(claims.allocate(policy, 1, "mn" + i)).isPresent();
        }
        // Each of these looked at sixteen million addresses once: it would not end.
        for (int i = 0; i < 20_000; i++) {
            assertThat(claims.allocate(policy, 1, "late" + i)).isEmpty();
        }
        OperatorAddress back = new OperatorAddress(1, Ip4Address.valueOf("10.255.200.7"));
        claims.release(back, claims.holders().get(back.toString()));
        assertThat(claims.allocate(policy, 1, "late")).contains(back.address());
    }

    @Test
    void addressesOfTwoOperatorsDoNotMeet() {
        Ipv4Pool one = new Ipv4Pool("one", 1, Ip4Prefix.valueOf("10.1.0.0/29"), Ip4Address.valueOf("10.1.0.1"),
                List.of(Ip4Prefix.valueOf("10.1.0.6/32")));
        Ipv4Pool two = new Ipv4Pool("two", 2, Ip4Prefix.valueOf("10.1.0.0/29"), Ip4Address.valueOf("10.1.0.1"),
                List.of());
        MobileNodeProfile fixed = new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), 1)
                .withServices(true, true, Optional.of(Ip4Address.valueOf("10.1.0.2")));
        LmaPolicy policy = new LmaPolicy(Map.of(), Map.of("fixed@example.net", fixed), Optional.empty(),
                GrePolicy.AS_REQUESTED, List.of(), List.of(one, two));
        AddressClaims claims = new AddressClaims(storage, new DefaultApplicationId(1, "org.pmip"));
        Set<Ip4Address> first = new HashSet<>();
        Set<Ip4Address> second = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            first.add(claims.allocate(policy, 1, "mn" + i).orElseThrow());
        }
        for (int i = 0; i < 5; i++) {
            second.add(claims.allocate(policy, 2, "mn" + i).orElseThrow());
        }
        assertThat(first).extracting(Ip4Address::toString)
                .containsExactlyInAnyOrder("10.1.0.3", "10.1.0.4", "10.1.0.5");
        assertThat(second).hasSize(5).containsAll(first);
        assertThat(claims.allocate(policy, 1, "one more")).isEmpty();
        assertThat(claims.allocate(policy, 2, "one more")).isEmpty();
        OperatorAddress named = new OperatorAddress(1, Ip4Address.valueOf("10.1.0.2"));
        assertThat(claims.claim(named, "fixed@example.net")).isTrue();
        assertThat(claims.claim(named, "mn0")).isFalse();
        claims.release(named, "mn0");
        assertThat(claims.holders()).containsEntry("1/10.1.0.2", "fixed@example.net");
        claims.release(named, "fixed@example.net");
        assertThat(claims.claim(named, "mn0")).isTrue();
    }

    @Test
    void numbersOfTwoNodesDoNotMeet() {
        AtomicCounter counter = storage.getAtomicCounter("numbers");
        NumberBlocks here = new NumberBlocks(counter, 10, 10_009, number -> false);
        NumberBlocks there = new NumberBlocks(counter, 10, 10_009, number -> false);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 4_000; i++) {
            assertThat(seen.add(here.next().orElseThrow())).isTrue();
            assertThat(seen.add(there.next().orElseThrow())).isTrue();
        }
        assertThat(seen).allMatch(number -> number >= 10 && number <= 10_009);
    }

    @Test
    void numbersComeRoundAgainAndEnd() {
        Set<Long> used = new HashSet<>();
        NumberBlocks numbers = new NumberBlocks(storage.getAtomicCounter("few"), 5, 9, used::contains);
        for (int i = 0; i < 5; i++) {
            used.add(numbers.next().orElseThrow());
        }
        assertThat(used).containsExactlyInAnyOrder(5L, 6L, 7L, 8L, 9L);
        assertThat(numbers.next()).isEmpty();
        used.remove(7L);
        assertThat(numbers.next()).isEqualTo(OptionalLong.of(7));
    }

    @Test
    void anotherRangeCountsFromTheNextNumberOn() {
        Set<Long> used = new HashSet<>(Set.of(2L, 200L));
        NumberBlocks numbers = new NumberBlocks(storage.getAtomicCounter("ranges"), 1, 100, used::contains);
        assertThat(numbers.leaves(0)).isTrue();
        assertThat(numbers.leaves(1)).as("may be given out at any moment").isFalse();
        assertThat(numbers.leaves(100)).isFalse();
        assertThat(numbers.leaves(101)).isTrue();
        assertThat(numbers.leaves(200)).as("in use").isFalse();
        numbers.next();
        numbers.range(1_000, 1_009);
        assertThat(numbers.leaves(1)).isTrue();
        assertThat(numbers.leaves(1_009)).isFalse();
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            given.add(numbers.next().orElseThrow());
            numbers.range(1_000, 1_009);
        }
        assertThat(given).hasSize(10).allMatch(number -> number >= 1_000 && number <= 1_009);
        assertThatThrownBy(() -> numbers.range(5, 4)).hasMessage("the range 5 to 4 is empty");
    }

    @Test
    void aPoolOfVisitedPrefixesThatIsUsedUpIsNotSearchedUntilOneIsGivenBack() {
        PrefixPool pool = new PrefixPool("mag1", Ip6Prefix.valueOf("2001:db8:901::/63"), 64, List.of());
        VisitedPrefixes visited = new VisitedPrefixes(storage, new DefaultApplicationId(1, "org.pmip"),
                (prefix, place) -> { }, (prefix, place) -> { });
        Ip6Prefix first = visited.allocate(pool, "a", "mag1 2 a").orElseThrow();
        visited.allocate(pool, "b", "mag1 2 b").orElseThrow();
        assertThat(visited.isUsedUp(pool)).as("nobody has searched in vain").isFalse();
        assertThat(visited.allocate(pool, "c", "mag1 2 c")).isEmpty();
        assertThat(visited.isUsedUp(pool)).isTrue();
        assertThat(visited.allocate(pool, "d", "mag1 2 d")).isEmpty();
        visited.release(first, "mag1 2 a");
        assertThat(visited.isUsedUp(pool)).isFalse();
        assertThat(visited.allocate(pool, "c", "mag1 2 c")).contains(first);
        visited.close();
    }
}
