// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;

/** The arithmetic of prefix pools. */
class PrefixPoolTest {

    private static PrefixPool pool(String prefix, int length, String... exclusions) {
        return new PrefixPool("p", Ip6Prefix.valueOf(prefix), length,
                List.of(exclusions).stream().map(Ip6Prefix::valueOf).collect(java.util.stream.Collectors.toList()));
    }

    @Test
    void aPoolIsCutIntoPrefixesOfOneLength() {
        PrefixPool pool = pool("2001:db8:a000::/48", 64);
        assertThat(pool.size()).isEqualTo(65_536);
        assertThat(pool.prefixAt(0)).isEqualTo(Ip6Prefix.valueOf("2001:db8:a000::/64"));
        assertThat(pool.prefixAt(0xbeef)).isEqualTo(Ip6Prefix.valueOf("2001:db8:a000:beef::/64"));
        assertThat(pool.prefixAt(65_535)).isEqualTo(Ip6Prefix.valueOf("2001:db8:a000:ffff::/64"));
        assertThatThrownBy(() -> pool.prefixAt(65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> pool.prefixAt(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPoolMayBeOnePrefix() {
        PrefixPool pool = pool("2001:db8:a000:1::/64", 64);
        assertThat(pool.size()).isOne();
        assertThat(pool.prefixAt(0)).isEqualTo(pool.prefix());
        assertThat(pool.preferredIndex("anybody")).isZero();
    }

    @Test
    void lengthsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> pool("2001:db8::/48", 47)).hasMessageContaining("47").hasMessageContaining("48");
        assertThatThrownBy(() -> pool("2001:db8::/48", 65)).hasMessageContaining("65").hasMessageContaining("64");
    }

    @Test
    void onlyWholePrefixesOfThePoolAreAssigned() {
        PrefixPool pool = pool("2001:db8:a000::/48", 60, "2001:db8:a000:10::/64", "2001:db8:a000:f000::/52");
        assertThat(pool.assigns(Ip6Prefix.valueOf("2001:db8:a000:20::/60"))).isTrue();
        assertThat(pool.assigns(Ip6Prefix.valueOf("2001:db8:a000:20::/64"))).as("of another length").isFalse();
        assertThat(pool.assigns(Ip6Prefix.valueOf("2001:db8:a001::/60"))).as("outside").isFalse();
        assertThat(pool.assigns(Ip6Prefix.valueOf("2001:db8:a000:10::/60"))).as("spans an exclusion").isFalse();
        assertThat(pool.assigns(Ip6Prefix.valueOf("2001:db8:a000:fab0::/60"))).as("in an exclusion").isFalse();
    }

    @Property(tries = 200)
    void theIndexOfAPrefixIsWhereItWasTakenFrom(@ForAll @IntRange(min = 0, max = 64) int poolLength,
            @ForAll @IntRange(min = 0, max = 64) int more, @ForAll @LongRange(min = 0) long any) {
        int length = Math.min(64, poolLength + more);
        PrefixPool pool = new PrefixPool("p",
                Ip6Prefix.valueOf(Ip6Address.valueOf("2001:db8:a5a5:5a5a::"), poolLength), length, List.of());
        long index = any % pool.size();
        Ip6Prefix prefix = pool.prefixAt(index);
        assertThat(pool.indexOf(prefix)).hasValue(index);
        assertThat(pool.assigns(prefix)).isTrue();
        assertThat(pool.size()).isLessThanOrEqualTo(PrefixPool.GREATEST_SIZE).isPositive();
    }

    @Property(tries = 200)
    void aNodeAlwaysBeginsAtTheSamePlace(@ForAll @AlphaChars String node,
                                         @ForAll @IntRange(min = 1, max = 64) int length) {
        PrefixPool pool = new PrefixPool("p", Ip6Prefix.valueOf(Ip6Address.valueOf("2001:db8::"), 1), length,
                List.of());
        long index = pool.preferredIndex(node);
        assertThat(index).isBetween(0L, pool.size() - 1).isEqualTo(pool.preferredIndex(node));
    }

    @Test
    void indexesOfForeignPrefixesAreEmpty() {
        PrefixPool pool = pool("2001:db8:a000::/48", 64);
        assertThat(pool.indexOf(Ip6Prefix.valueOf("2001:db8:b000::/64"))).isEmpty();
        assertThat(pool.indexOf(Ip6Prefix.valueOf("2001:db8:a000::/60"))).isEmpty();
    }
}
