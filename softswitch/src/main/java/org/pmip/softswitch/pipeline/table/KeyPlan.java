// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * Gathers the key of a table from a packet: first the words that are hashed, then one or more for each range key. Where
 * one prefix is matched and all else exactly, the prefix is the end of these words.
 */
public final class KeyPlan {
    private final List<Key> keys;
    private final int hashed;
    private final int ranged;
    private final int prefixWidth;
    private final boolean[] goesOn;
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
        int prefix = onlyPrefix(sources);
        for (int i = 0; i < sources.size(); i++) {
            packed.add(i == prefix || sources.get(i).shape().kind() == Table.MatchKind.RANGE ? null
                    : place(sources.get(i), free));
        }
        if (prefix >= 0) {
            free[0] += free[1] > 0 ? 1 : 0;
            free[1] = 0;
            packed.set(prefix, place(sources.get(prefix), free));
        }
        prefixWidth = prefix < 0 ? 0 : sources.get(prefix).shape().width();
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
        goesOn = wideRanges();
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

    /** Which key is matched by a prefix, if it is one and all others are exact; else -1. */
    private static int onlyPrefix(List<Source> sources) {
        int found = -1;
        for (int i = 0; i < sources.size(); i++) {
            Table.MatchKind kind = sources.get(i).shape().kind();
            if (kind != Table.MatchKind.EXACT && (kind != Table.MatchKind.LPM || found >= 0)) {
                return -1;
            }
            found = kind == Table.MatchKind.LPM ? i : found;
        }
        return found;
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

    /** Bits of the one key that is matched by a prefix, all others being exact; 0 where it is not so. */
    int prefixWidth() {
        return prefixWidth;
    }

    private boolean[] wideRanges() {
        boolean[] on = new boolean[ranged];
        boolean any = false;
        for (Key key : keys) {
            for (int i = 1; key.word() >= hashed && i < key.words(); i++) {
                on[key.word() - hashed + i] = true;
                any = true;
            }
        }
        return any ? on : null;
    }

    /** For each word of range keys whether it goes on with the number before; null where all numbers have one word. */
    boolean[] goesOn() {
        return goesOn;
    }

    /** Words in all. */
    public int words() {
        return hashed + ranged;
    }

    /** Writes what gathers the key, and tells the method of {@link MatchTable} that takes it. */
    String emit(Code code, boolean exact) {
        if (keys.isEmpty()) {
            return "unmatched";
        }
        if (exact && words() <= 2) {
            return "match" + words();
        }
        for (int word = 0; word < words(); word++) {
            int index = word;
            code.get("key", long[].class);
            code.integer(index);
            emitWord(code, index);
            code.op(Opcodes.LASTORE);
        }
        return "match";
    }

    /** Writes what pushes the words that the method takes. */
    void emitArguments(Code code, boolean exact) {
        for (int word = 0; exact && words() <= 2 && word < words(); word++) {
            emitWord(code, word);
        }
    }

    private void emitWord(Code code, int word) {
        boolean first = true;
        for (int i = 0; i < from.length; i++) {
            if (to[i] == word) {
                emitPiece(code, i);
                if (!first) {
                    code.op(Opcodes.LOR);
                }
                first = false;
            }
        }
    }

    private void emitPiece(Code code, int piece) {
        Label invalid = new Label();
        Label end = new Label();
        if (validity[piece] >= 0) {
            code.word(validity[piece]);
            code.number(0);
            code.op(Opcodes.LCMP);
            code.jump(Opcodes.IFEQ, invalid);
        }
        code.word(from[piece]);
        code.mask(mask[piece]);
        if (shift[piece] != 0) {
            code.integer(shift[piece]);
            code.op(Opcodes.LSHL);
        }
        if (validity[piece] >= 0) {
            code.jump(end);
            code.label(invalid);
            code.number(0);
            code.label(end);
        }
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
