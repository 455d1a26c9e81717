// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The lookups against what is obviously right and slow. */
class LookupTest {

    @Property(tries = 200)
    void flatMapsHoldWhatTheyWereGiven(@ForAll long seed) {
        Random random = new Random(seed);
        int words = 1 + random.nextInt(4);
        FlatMap<Integer> map = new FlatMap<>(words);
        Map<List<Long>, Integer> expected = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            long[] key = new long[words];
            for (int word = 0; word < words; word++) {
                // Keys that differ in the highest bits only are as good as any.
                key[word] = (long) random.nextInt(12) << (word % 2 == 0 ? 60 : 0);
            }
            List<Long> list = Arrays.stream(key).boxed().toList();
            if (random.nextInt(3) == 0) {
                map.remove(key);
                expected.remove(list);
            } else {
                map.put(key, i);
                expected.put(list, i);
            }
            assertThat(map.get(key)).isEqualTo(expected.get(list));
            if (words == 1) {
                assertThat(map.get(key[0])).isEqualTo(expected.get(list));
            } else if (words == 2) {
                assertThat(map.get(key[0], key[1])).isEqualTo(expected.get(list));
            }
            assertThat(map.size()).isEqualTo(expected.size());
        }
        List<Integer> values = new ArrayList<>();
        map.forEach(values::add);
        assertThat(values).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    private static Installed entry(Random random, int words, long sequence) {
        long[] mask = new long[words];
        long[] value = new long[words];
        for (int i = 0; i < words; i++) {
            mask[i] = new long[] {0, -1, 3, 0xff00}[random.nextInt(4)];
            value[i] = random.nextInt(4) * 0x0101L & mask[i];
        }
        long low = random.nextInt(5);
        return new Installed(value, mask, new long[] {low}, new long[] {low + random.nextInt(4)}, null,
                1 + random.nextInt(6), sequence);
    }

    @Property(tries = 300)
    void tupleSpacesFindTheBestEntry(@ForAll long seed) {
        Random random = new Random(seed);
        int words = 1 + random.nextInt(3);
        TupleLookup lookup = new TupleLookup(words, true);
        List<Installed> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Installed fresh = entry(random, words, i);
            Installed twin = lookup.twin(fresh);
            assertThat(twin != null).isEqualTo(all.stream().anyMatch(fresh::sameMatch));
            if (twin == null) {
                lookup.add(fresh);
                all.add(fresh);
            } else if (random.nextBoolean()) {
                lookup.remove(twin);
                all.remove(twin);
            }
            long[] key = new long[words + 1];
            for (int word = 0; word < words; word++) {
                key[word] = random.nextInt(4) * 0x0101L;
            }
            key[words] = random.nextInt(9);
            assertThat(lookup.find(key)).isSameAs(best(all, key, words));
            assertThat(lookup.size()).isEqualTo(all.size());
        }
        List<Installed> given = new ArrayList<>();
        lookup.forEach(given::add);
        assertThat(given).containsExactlyInAnyOrderElementsOf(all);
    }

    private static BigInteger unsigned(long[] words, int from, int to) {
        BigInteger number = BigInteger.ZERO;
        for (int i = from; i < to; i++) {
            number = number.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
        }
        return number;
    }

    @Property(tries = 1000)
    void rangesOfSeveralWordsAreOneNumber(@ForAll long seed) {
        Random random = new Random(seed);
        int words = 2 + random.nextInt(4);
        boolean[] goesOn = new boolean[words];
        long[] low = new long[words];
        long[] high = new long[words];
        long[] key = new long[words + 1];
        for (int i = 0; i < words; i++) {
            goesOn[i] = i > 0 && random.nextInt(3) > 0;
            low[i] = random.nextInt(5) - 2;
            high[i] = random.nextInt(5) - 2;
            key[i + 1] = random.nextInt(5) - 2;
        }
        boolean expected = true;
        int end;
        for (int start = 0; start < words; start = end) {
            end = start + 1;
            while (end < words && goesOn[end]) {
                end++;
            }
            BigInteger number = unsigned(key, start + 1, end + 1);
            expected &= number.compareTo(unsigned(low, start, end)) >= 0
                    && number.compareTo(unsigned(high, start, end)) <= 0;
        }
        Installed entry = new Installed(new long[0], null, low, high, goesOn, 1, 1);
        assertThat(entry.inRange(key, 1)).isEqualTo(expected);
    }

    private static Installed best(List<Installed> all, long[] key, int words) {
        Installed best = null;
        for (Installed entry : all) {
            boolean fits = key[words] >= entry.low[0] && key[words] <= entry.high[0];
            for (int i = 0; i < words; i++) {
                fits &= (key[i] & entry.mask[i]) == entry.value[i];
            }
            if (fits && (best == null || entry.rank > best.rank
                    || entry.rank == best.rank && entry.sequence < best.sequence)) {
                best = entry;
            }
        }
        return best;
    }
}
