// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.Arrays;
import java.util.List;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import org.pmip.softswitch.pipeline.TableException;

/** Checks the match of an entry and lays it out as the lookup wants it. */
final class Matches {
    private final String table;
    private final KeyPlan plan;
    private final boolean exact;
    private final boolean prioritised;

    Matches(String table, KeyPlan plan) {
        this.table = table;
        this.plan = plan;
        exact = plan.keys().stream().allMatch(key -> key.shape().kind() == MatchKind.EXACT);
        prioritised = plan.keys().stream().anyMatch(key -> key.shape().kind() != MatchKind.EXACT
                && key.shape().kind() != MatchKind.LPM);
    }

    /** Whether every key is exact. */
    boolean exact() {
        return exact;
    }

    /** Whether entries have priorities. */
    boolean prioritised() {
        return prioritised;
    }

    /** Lays out an entry. Throws INVALID with the key and what is wrong with it. */
    Installed layOut(Entry entry, long sequence) throws TableException {
        List<Key> keys = plan.keys();
        if (entry.matches().size() != keys.size()) {
            throw invalid("has " + keys.size() + " keys, the entry " + entry.matches().size());
        }
        if (prioritised && entry.priority() <= 0) {
            throw invalid("needs a priority above 0, as it has ternary, range or optional keys");
        }
        if (!prioritised && entry.priority() != 0) {
            throw invalid("takes no priority: give 0 instead of " + entry.priority());
        }
        Layout layout = new Layout();
        for (int i = 0; i < keys.size(); i++) {
            layout.add(keys.get(i), entry.matches().get(i));
        }
        int rank = prioritised ? entry.priority() : layout.prefix;
        return new Installed(layout.value, exact ? null : layout.mask, layout.low, layout.high, plan.goesOn(), rank,
                sequence);
    }

    private TableException invalid(String what) {
        return new TableException(TableException.Kind.INVALID, "table '" + table + "' " + what);
    }

    private TableException invalid(Key key, String what) {
        return invalid("key '" + key.shape().name() + "': " + what);
    }

    private final class Layout {
        private final long[] value = new long[plan.hashed()];
        private final long[] mask = new long[plan.hashed()];
        private final long[] low = new long[plan.ranged()];
        private final long[] high = new long[plan.ranged()];
        private int prefix;

        void add(Key key, KeyMatch match) throws TableException {
            int width = key.shape().width();
            MatchKind kind = key.shape().kind();
            if (kind == MatchKind.RANGE) {
                range(key, match);
            } else if (match instanceof KeyMatch.Any && kind != MatchKind.EXACT) {
                return;
            } else if (match instanceof KeyMatch.Exact && kind != MatchKind.LPM) {
                put(key, ((KeyMatch.Exact) match).value(), prefixMask(width, width));
            } else if (match instanceof KeyMatch.Lpm && kind == MatchKind.LPM) {
                KeyMatch.Lpm lpm = (KeyMatch.Lpm) match;
                if (lpm.prefixLength() < 0 || lpm.prefixLength() > width) {
                    throw invalid(key, "prefix length " + lpm.prefixLength() + " is not from 0 to " + width);
                }
                prefix = lpm.prefixLength();
                put(key, lpm.value(), prefixMask(prefix, width));
            } else if (match instanceof KeyMatch.Ternary && kind == MatchKind.TERNARY) {
                put(key, ((KeyMatch.Ternary) match).value(), ((KeyMatch.Ternary) match).mask());
            } else {
                throw invalid(key, "a match of kind " + match.getClass().getSimpleName().toLowerCase()
                        + " does not fit, as the key is " + kind.name().toLowerCase());
            }
        }

        private void range(Key key, KeyMatch match) throws TableException {
            int width = key.shape().width();
            Bits least = Bits.of(0);
            Bits most = prefixMask(width, width);
            if (match instanceof KeyMatch.Range) {
                least = ((KeyMatch.Range) match).low();
                most = ((KeyMatch.Range) match).high();
            } else if (match instanceof KeyMatch.Exact) {
                least = ((KeyMatch.Exact) match).value();
                most = least;
            } else if (!(match instanceof KeyMatch.Any)) {
                throw invalid(key, "the key is a range: give low and high");
            }
            check(key, least);
            check(key, most);
            if (least.compareTo(most) > 0) {
                throw invalid(key, "low " + least + " is above high " + most);
            }
            long[] packed = new long[plan.words()];
            key.pack(least, packed);
            System.arraycopy(packed, key.word(), low, key.word() - plan.hashed(), key.words());
            Arrays.fill(packed, 0);
            key.pack(most, packed);
            System.arraycopy(packed, key.word(), high, key.word() - plan.hashed(), key.words());
        }

        private void put(Key key, Bits bits, Bits cared) throws TableException {
            check(key, bits);
            check(key, cared);
            long[] ones = new long[plan.words()];
            long[] zeros = new long[plan.words()];
            key.pack(cared, ones);
            key.pack(bits, zeros);
            for (int i = 0; i < mask.length; i++) {
                if ((zeros[i] & ~ones[i]) != 0) {
                    throw invalid(key, "value " + bits + " has bits outside of its mask or prefix " + cared);
                }
            }
            // The program looks at some bits only: the others of an entry mean nothing.
            key.cut(zeros);
            for (int i = 0; i < mask.length; i++) {
                mask[i] |= ones[i];
                value[i] |= zeros[i];
            }
        }

        private void check(Key key, Bits bits) throws TableException {
            if (bits.bitLength() > key.shape().width()) {
                throw invalid(key, bits + " is wider than its " + key.shape().width() + " bits");
            }
        }
    }

    /** That many ones followed by zeros, in all that wide. */
    private static Bits prefixMask(int ones, int width) {
        byte[] octets = new byte[(width + 7) / 8];
        int skipped = octets.length * 8 - width;
        for (int i = skipped; i < skipped + ones; i++) {
            octets[i >>> 3] |= (byte) (0x80 >>> (i & 7));
        }
        return Bits.of(octets);
    }
}
