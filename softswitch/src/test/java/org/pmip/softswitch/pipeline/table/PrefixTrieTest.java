// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Longest prefixes, in each form, against what is obviously right and slow. */
class PrefixTrieTest {

    /** The first so many bits of the words. */
    private static long[] first(long[] words, int bits) {
        long[] kept = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            int left = bits - 64 * i;
            kept[i] = left >= 64 ? words[i] : left <= 0 ? 0 : words[i] & -1L << 64 - left;
        }
        return kept;
    }

    private static Installed entry(long[] key, int before, int prefix) {
        long[] ones = new long[key.length];
        Arrays.fill(ones, -1);
        return new Installed(first(key, before + prefix), first(ones, before + prefix), new long[0], new long[0], null,
                prefix, 0);
    }

    /** Keys that have much in common, so that prefixes nest and branch everywhere. */
    private static long[] key(Random random, int words, long[] base) {
        long[] key = base.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int bit = random.nextInt(64 * words);
            key[bit >>> 6] ^= 1L << (bit & 63);
        }
        return key;
    }

    private static Installed best(List<Installed> all, long[] key, int before) {
        Installed best = null;
        for (Installed entry : all) {
            boolean fits = Arrays.equals(first(key, before + entry.rank), entry.value);
            if (fits && (best == null || entry.rank > best.rank)) {
                best = entry;
            }
        }
        return best;
    }

    @Property(tries = 300)
    void findsTheLongestPrefix(@ForAll long seed) {
        Random random = new Random(seed);
        int words = 1 + random.nextInt(3);
        int before = random.nextInt(3) == 0 ? 0 : random.nextInt(64 * words);
        int longest = 64 * words - before;
        findsTheLongestPrefix(random, words, before, new PrefixTrie(before), () -> random.nextInt(longest + 1));
        // A few lengths at first, then any: the form changes there and back.
        int[] few = random.ints(1 + random.nextInt(4), 0, longest + 1).toArray();
        int turns = random.nextInt(600);
        AtomicLong drawn = new AtomicLong();
        findsTheLongestPrefix(random, words, before, new PrefixLookup(words, before, 8), () ->
                drawn.incrementAndGet() < turns ? few[random.nextInt(few.length)] : random.nextInt(longest + 1));
    }

    private static void findsTheLongestPrefix(Random random, int words, int before, Lookup trie, IntSupplier length) {
        List<Installed> all = new ArrayList<>();
        long[] base = random.longs(words).toArray();
        for (int i = 0; i < 300; i++) {
            Installed fresh = entry(key(random, words, base), before, length.getAsInt());
            Installed twin = trie.twin(fresh);
            assertThat(twin).isSameAs(all.stream().filter(fresh::sameMatch).findAny().orElse(null));
            if (twin == null) {
                trie.add(fresh);
                all.add(fresh);
            } else {
                trie.remove(twin);
                all.remove(twin);
            }
            if (!all.isEmpty() && random.nextInt(3) == 0) {
                trie.remove(all.remove(random.nextInt(all.size())));
            }
            for (int j = 0; j < 5; j++) {
                long[] key = key(random, words, base);
                assertThat(trie.find(key)).isSameAs(best(all, key, before));
            }
            assertThat(trie.size()).isEqualTo(all.size());
        }
        List<Installed> given = new ArrayList<>();
        trie.forEach(given::add);
        assertThat(given).containsExactlyInAnyOrderElementsOf(all);
        all.forEach(trie::remove);
        assertThat(trie.find(base)).isNull();
        assertThat(trie.size()).isZero();
    }

    @Test
    void takesTheFormThatFitsWhatIsThere() {
        Random random = new Random(5);
        PrefixLookup far = new PrefixLookup(1, 0, 64);
        PrefixLookup near = new PrefixLookup(1, 0, 64);
        List<Installed> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(entry(new long[] {random.nextLong()}, 0, 64));
            far.add(all.get(i));
            near.add(entry(new long[] {(long) i << 16}, 0, 48));
        }
        assertThat(far.hashed()).isTrue();
        assertThat(near.hashed()).isFalse();
        List<Installed> others = new ArrayList<>();
        for (int length = 20; length < 23; length++) {
            others.add(entry(new long[] {random.nextLong()}, 0, length));
            far.add(others.get(length - 20));
            assertThat(far.hashed()).isEqualTo(length < 22);
        }
        assertThat(all).allMatch(entry -> far.find(entry.value) == entry);
        assertThat(others).allMatch(entry -> far.find(new long[] {entry.value[0] | 1}) == entry);
        all.forEach(far::remove);
        others.forEach(far::remove);
        assertThat(far.size()).isZero();
        assertThat(far.find(all.get(0).value)).isNull();
    }

    /** Packets find what stays while what surrounds it comes and goes. */
    @Test
    @Timeout(120)
    void readersSeeAllOtherEntriesWhileOneIsWritten() throws InterruptedException {
        Random random = new Random(11);
        PrefixTrie trie = new PrefixTrie(0);
        long[] base = {random.nextLong(), random.nextLong()};
        List<Installed> staying = new ArrayList<>();
        List<Installed> passing = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Installed entry = entry(key(random, 2, base), 0, 60 + random.nextInt(69));
            List<Installed> among = i % 2 == 0 ? staying : passing;
            if (trie.twin(entry) == null) {
                trie.add(entry);
                among.add(entry);
            }
        }
        // What stays matters only where nothing longer passes by: there is exactly one right answer.
        staying.removeIf(entry -> trie.find(entry.value) != entry);
        passing.forEach(trie::remove);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong looked = new AtomicLong();
        AtomicLong wrong = new AtomicLong();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                for (Installed entry : staying) {
                    wrong.addAndGet(trie.find(entry.value) == entry ? 0 : 1);
                }
                looked.incrementAndGet();
            }
        });
        reader.start();
        long writes = 0;
        while (looked.get() < 500 || writes < 20_000) {
            Installed entry = passing.get(random.nextInt(passing.size()));
            if (trie.twin(entry) == null) {
                trie.add(entry);
            } else {
                trie.remove(entry);
            }
            writes++;
        }
        stop.set(true);
        reader.join();
        assertThat(staying).hasSizeGreaterThan(50);
        assertThat(wrong).hasValue(0);
    }
}
