// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;

/**
 * How a run of whole octets on the wire maps to words: the octets are taken eight at a time, each of these chunks is
 * split into the parts of fields that it carries. A part may be the middle of a field.
 */
final class Chunks {
    private final int octets;
    /** First part of each chunk, and one past the last. */
    private final int[] first;
    private final int[] word;
    /** Where the part sits in the chunk, in bits from the right. */
    private final int[] inChunk;
    /** Where the part sits in its word, in bits from the right. */
    private final int[] inWord;
    private final long[] mask;
    /** Whether the part is the first of its word, and so replaces what was there. */
    private final boolean[] fresh;

    private Chunks(int octets, List<int[]> parts) {
        this.octets = octets;
        int chunks = octets + 7 >>> 3;
        first = new int[chunks + 1];
        int count = parts.size();
        word = new int[count];
        inChunk = new int[count];
        inWord = new int[count];
        mask = new long[count];
        fresh = new boolean[count];
        int chunk = 0;
        for (int i = 0; i < count; i++) {
            int[] part = parts.get(i);
            while (chunk < part[0]) {
                first[++chunk] = i;
            }
            word[i] = part[1];
            inChunk[i] = part[2];
            inWord[i] = part[3];
            mask[i] = Octets.mask(part[4]);
            fresh[i] = i == 0 || word[i - 1] != word[i];
        }
        while (chunk < chunks) {
            first[++chunk] = count;
        }
    }

    /**
     * Lays out fields one after the other.
     *
     * @param words first word of each field, relative to the header
     * @param widths bits of each field; in all a multiple of eight
     */
    static Chunks of(int[] words, int[] widths) {
        int total = 0;
        for (int width : widths) {
            total += width;
        }
        int octets = total / 8;
        List<int[]> parts = new ArrayList<>();
        int bit = 0;
        for (int i = 0; i < words.length; i++) {
            int left = widths[i];
            while (left > 0) {
                int wordIndex = words[i] + Octets.words(widths[i]) - Octets.words(left);
                int wordLeft = (left - 1) % 64 + 1;
                int chunk = bit / 64;
                int chunkBits = Math.min(64, octets * 8 - chunk * 64);
                int room = chunkBits - bit % 64;
                int size = Math.min(wordLeft, room);
                parts.add(new int[] {chunk, wordIndex, room - size, wordLeft - size, size});
                bit += size;
                left -= size;
            }
        }
        return new Chunks(octets, parts);
    }

    int octets() {
        return octets;
    }

    void load(byte[] data, int at, long[] words, int base) {
        for (int c = 0; c + 1 < first.length; c++) {
            long chunk = Octets.load(data, at + 8 * c, Math.min(8, octets - 8 * c));
            for (int i = first[c]; i < first[c + 1]; i++) {
                long value = (chunk >>> inChunk[i] & mask[i]) << inWord[i];
                int to = base + word[i];
                words[to] = fresh[i] ? value : words[to] | value;
            }
        }
    }

    /** Writes what {@link #load} does from the cursor of the packet. */
    void emitLoad(Code code, int base) {
        int chunk = code.local(2);
        for (int c = 0; c + 1 < first.length; c++) {
            code.get("data", byte[].class);
            code.get("cursor", int.class);
            code.integer(8 * c);
            code.op(Opcodes.IADD);
            code.integer(Math.min(8, octets - 8 * c));
            code.call(Octets.class, "load");
            code.variable(Opcodes.LSTORE, chunk);
            for (int i = first[c]; i < first[c + 1]; i++) {
                int part = i;
                int to = base + word[i];
                code.setWord(to, () -> {
                    code.variable(Opcodes.LLOAD, chunk);
                    code.shift(inChunk[part], Opcodes.LUSHR);
                    code.mask(mask[part]);
                    code.shift(inWord[part], Opcodes.LSHL);
                    if (!fresh[part]) {
                        code.word(to);
                        code.op(Opcodes.LOR);
                    }
                });
            }
        }
    }

    /** Writes what {@link #store} does into the array at the index in those variables. */
    void emitStore(Code code, int base, int data, int at) {
        for (int c = 0; c + 1 < first.length; c++) {
            code.variable(Opcodes.ALOAD, data);
            code.variable(Opcodes.ILOAD, at);
            code.integer(8 * c);
            code.op(Opcodes.IADD);
            code.integer(Math.min(8, octets - 8 * c));
            code.number(0);
            for (int i = first[c]; i < first[c + 1]; i++) {
                code.word(base + word[i]);
                code.shift(inWord[i], Opcodes.LUSHR);
                code.mask(mask[i]);
                code.shift(inChunk[i], Opcodes.LSHL);
                code.op(Opcodes.LOR);
            }
            code.call(Octets.class, "store");
        }
    }

    void store(long[] words, int base, byte[] data, int at) {
        for (int c = 0; c + 1 < first.length; c++) {
            long chunk = 0;
            for (int i = first[c]; i < first[c + 1]; i++) {
                chunk |= (words[base + word[i]] >>> inWord[i] & mask[i]) << inChunk[i];
            }
            Octets.store(data, at + 8 * c, Math.min(8, octets - 8 * c), chunk);
        }
    }
}
