// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;

class NumberRunsTest {

    /** Beginnings of the space that is looked at: at both ends of all numbers, and where signed ones change sign. */
    private static final List<Long> BASES = List.of(0L, Long.MAX_VALUE - 31, -64L);
    private static final int SPACE = 64;

    @Property(tries = 300)
    void runsAreTheSetOfTheirNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        for (long base : BASES) {
            NumberRuns runs = new NumberRuns();
            NumberRuns others = new NumberRuns();
            Set<Long> model = new TreeSet<>(Long::compareUnsigned);
            for (int i = 0; i < 40; i++) {
                int from = random.nextInt(SPACE);
                int to = from + random.nextInt(Math.min(12, SPACE - from));
                boolean adds = random.nextInt(5) < 3;
                for (int one = from; one <= to; one++) {
                    if (adds) {
                        model.add(base + one);
                    } else {
                        model.remove(base + one);
                    }
                }
                if (adds) {
                    runs.add(base + from, base + to);
                } else {
                    runs.remove(base + from, base + to);
                }
                int bits = random.nextInt(4);
                int blocks = SPACE >> bits;
                int begin = random.nextInt(blocks);
                int end = begin + random.nextInt(blocks - begin + 1);
                assertThat(NumberRuns.nextFree(List.of(others, runs), base, bits, begin, end)).isEqualTo(
                        LongStream.range(begin, end).filter(index -> LongStream.range(index << bits, index + 1 << bits)
                                .noneMatch(one -> model.contains(base + one))).findFirst());
                assertThat(runs.touches(base + from, base + to)).isEqualTo(
                        LongStream.rangeClosed(from, to).anyMatch(one -> model.contains(base + one)));
                assertThat(runs.isEmpty()).isEqualTo(model.isEmpty());
            }
        }
    }

    @Test
    void successiveOnesAreOneRun() {
        NumberRuns runs = new NumberRuns();
        runs.add(Ip6Prefix.valueOf("2001:db8::/64"));
        runs.add(Ip6Prefix.valueOf("2001:db8:0:2::/63"));
        runs.add(Ip6Prefix.valueOf("2001:db8:0:1::/64"));
        assertThat(runs).hasToString("20010db800000000-20010db800000003");
        runs.remove(Ip6Prefix.valueOf("2001:db8:0:2::/64"));
        assertThat(runs).hasToString("20010db800000000-20010db800000001, 20010db800000003-20010db800000003");
        runs.add(Ip6Prefix.valueOf("::/0"));
        assertThat(runs).hasToString("0-ffffffffffffffff");
        assertThat(NumberRuns.nextFree(List.of(runs), 0, 64, 0, 1)).isEmpty();
        runs.remove(Ip6Prefix.valueOf("::/0"));
        assertThat(NumberRuns.nextFree(List.of(runs), 0, 64, 0, 1)).hasValue(0);
    }

    @Test
    void aPrefixThatIsLongerThanA64StandsForItsOwn() {
        NumberRuns runs = new NumberRuns();
        runs.add(Ip6Prefix.valueOf("2001:db8:0:1:8000::/65"));
        assertThat(runs.touches(Ip6Prefix.valueOf("2001:db8:0:1::/64"))).isTrue();
        assertThat(runs.touches(Ip6Prefix.valueOf("2001:db8::/64"))).isFalse();
    }
}
