// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.ArrayList;
import java.util.List;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Gathers the key of a table from a packet: first the words that are hashed, then one or more for each range key. */
public final class KeyPlan {
    private final List<Key> keys;
    private final int hashed;
    private final int ranged;
    private final int[] from;
    private final int[] validity;
    private final int[] to;
    private final int[] shift;
    private final long[] mask;

    /** Where a key's value comes from; see {@link Key}. */
    public record Source(KeyShape shape, int word, int validity, long[] mask) { }

    /** Packs keys from those sources. */
    public KeyPlan(List<Source> sources) {
        List<Key> packed = new ArrayList<>();
        int[] free = {0, 0};
        for (Source source : sources) {
            packed.add(source.shape().kind() == Table.MatchKind.RANGE ? null : place(source, free));
        }
        hashed = free[0] + (free[1] > 0 ? 1 : 0);
        int next = hashed;
        for (int i = 0; i < packed.size(); i++) {
            if (packed.get(i) == null) {
                Source source = sources.get(i);
                packed.set(i, new Key(source.shape(), source.word(), source.validity(), source.mask(), next, 0));
                next += Octets.words(source.shape().width());
            }
        }
        ranged = next - hashed;
        keys = List.copyOf(packed);
        int pieces = keys.stream().mapToInt(Key::words).sum();
        from = new int[pieces];
        validity = new int[pieces];
        to = new int[pieces];
        shift = new int[pieces];
        mask = new long[pieces];
        int piece = 0;
        for (Key key : keys) {
            for (int i = 0; i < key.words(); i++) {
                from[piece] = key.source() + i;
                validity[piece] = key.validity();
                to[piece] = key.word() + i;
                shift[piece] = key.shift();
                mask[piece++] = key.mask() == null ? -1L : key.mask()[i];
            }
        }
    }

    /** Finds room for a key; {@code free} is the word being filled and how many of its bits are taken. */
    private static Key place(Source source, int[] free) {
        int width = source.shape().width();
        boolean narrow = width <= 64;
        if (free[1] > 0 && (!narrow || free[1] + width > 64)) {
            free[0]++;
            free[1] = 0;
        }
        Key key = new Key(source.shape(), source.word(), source.validity(), source.mask(), free[0], free[1]);
        if (narrow) {
            free[1] += width;
        } else {
            free[0] += Octets.words(width);
        }
        return key;
    }

    /** The keys in the order of the program. */
    List<Key> keys() {
        return keys;
    }

    /** Words that are hashed. */
    int hashed() {
        return hashed;
    }

    /** Words of range keys behind them. */
    int ranged() {
        return ranged;
    }

    /** Words in all. */
    public int words() {
        return hashed + ranged;
    }

    /** Gathers the key; a field of an invalid header counts as zero. */
    void gather(Packet packet) {
        long[] words = packet.words;
        long[] key = packet.key;
        for (int i = 0; i < hashed + ranged; i++) {
            key[i] = 0;
        }
        for (int i = 0; i < from.length; i++) {
            if (validity[i] < 0 || words[validity[i]] != 0) {
                key[to[i]] |= (words[from[i]] & mask[i]) << shift[i];
            }
        }
    }
}
