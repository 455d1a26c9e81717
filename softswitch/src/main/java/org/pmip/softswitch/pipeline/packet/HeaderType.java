// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;

/**
 * A header type and how its instances lie in the words of a packet: word 0 is the validity, then each field takes as
 * many words as its width needs, the highest bits first. A varbit field takes one word, its length in bits; its octets
 * lie elsewhere.
 */
public final class HeaderType {
    /** The hidden field that holds the validity. */
    public static final String VALID = "$valid$";

    private final String name;
    private final List<Field> fields;
    private final Map<String, Field> byName = new HashMap<>();
    private final int words;
    private final Chunks before;
    private final Chunks after;
    private final Field varbit;

    /**
     * One field.
     *
     * @param name as in the program
     * @param width bits; for a varbit the greatest length
     * @param signed whether the highest bit is the sign
     * @param varbit whether the length varies
     * @param word first word, relative to the header
     */
    public record Field(String name, int width, boolean signed, boolean varbit, int word) { }

    /** Lays out the fields, of which the words are not yet known; in front of a varbit lie whole octets. */
    public HeaderType(String name, List<Field> declared) {
        this.name = name;
        int next = 1;
        List<Field> placed = new ArrayList<>();
        Field variable = null;
        byName.put(VALID, new Field(VALID, 1, false, false, 0));
        for (Field field : declared) {
            Field here = new Field(field.name, field.width, field.signed, field.varbit, next);
            next += field.varbit ? 1 : Octets.words(field.width);
            placed.add(here);
            byName.put(here.name, here);
            variable = here.varbit ? here : variable;
        }
        fields = List.copyOf(placed);
        words = next;
        varbit = variable;
        int split = varbit == null ? fields.size() : fields.indexOf(varbit);
        before = chunks(fields.subList(0, split));
        after = split == fields.size() ? chunks(List.of()) : chunks(fields.subList(split + 1, fields.size()));
    }

    private static Chunks chunks(List<Field> run) {
        return Chunks.of(run.stream().mapToInt(Field::word).toArray(), run.stream().mapToInt(Field::width).toArray());
    }

    /** The name in the program. */
    public String name() {
        return name;
    }

    /** The fields in order. */
    public List<Field> fields() {
        return fields;
    }

    /** The field of that name, the validity among them, or null. */
    public Field field(String field) {
        return byName.get(field);
    }

    /** Words that an instance takes. */
    public int words() {
        return words;
    }

    /** Octets on the wire without the varbit. */
    public int fixedOctets() {
        return before.octets() + after.octets();
    }

    /** The varbit field, or null. */
    public Field varbit() {
        return varbit;
    }

    /** Greatest length of the varbit in octets; 0 without one. */
    public int varbitOctets() {
        return varbit == null ? 0 : varbit.width() / 8;
    }

    void emitExtract(Code code, int base) {
        before.emitLoad(code, base);
        code.set("cursor", int.class, () -> {
            code.get("cursor", int.class);
            code.integer(before.octets());
            code.op(Opcodes.IADD);
        });
    }

    void emitEmit(Code code, int base, int out, int at) {
        before.emitStore(code, base, out, at);
    }

    void extract(Packet packet, int base, int varAt, int varOctets) {
        byte[] data = packet.data;
        int at = packet.cursor;
        before.load(data, at, packet.words, base);
        at += before.octets();
        if (varbit != null) {
            packet.words[base + varbit.word()] = varOctets * 8L;
            System.arraycopy(data, at, packet.varbits, varAt, varOctets);
            at += varOctets;
            after.load(data, at, packet.words, base);
            at += after.octets();
        }
        packet.cursor = at;
    }

    int emit(Packet packet, int base, int varAt, byte[] out, int start) {
        before.store(packet.words, base, out, start);
        int at = start + before.octets();
        if (varbit != null) {
            int varOctets = (int) (packet.words[base + varbit.word()] >>> 3);
            System.arraycopy(packet.varbits, varAt, out, at, varOctets);
            at += varOctets;
            after.store(packet.words, base, out, at);
            at += after.octets();
        }
        return at;
    }
}
