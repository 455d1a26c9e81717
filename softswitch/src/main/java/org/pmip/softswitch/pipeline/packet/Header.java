// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.Arrays;
import org.pmip.softswitch.pipeline.compile.Code;

/** An instance of a header type, and where it lies in every packet. Immutable once the program is loaded. */
public final class Header implements HeaderRef {
    private static final int[] NONE = {};

    private final String name;
    private final HeaderType type;
    private final int base;
    private final int varAt;
    private final boolean metadata;
    private int[] peers = NONE;

    /** At that first word, its varbit at that octet. */
    public Header(String name, HeaderType type, int base, int varAt, boolean metadata) {
        this.name = name;
        this.type = type;
        this.base = base;
        this.varAt = varAt;
        this.metadata = metadata;
    }

    /** The name in the program. */
    public String name() {
        return name;
    }

    @Override
    public HeaderType type() {
        return type;
    }

    /** First word, which holds the validity. */
    public int base() {
        return base;
    }

    /** Where its varbit lies in {@link Packet#varbits}. */
    public int varAt() {
        return varAt;
    }

    /** Whether it is metadata: always valid, never on the wire. */
    public boolean metadata() {
        return metadata;
    }

    /** Makes it a member of a header union: one valid member makes the others invalid. */
    public void joinUnion(int[] otherMembers) {
        peers = otherMembers;
    }

    @Override
    public Header in(Packet packet) {
        return this;
    }

    /** Whether it is valid in that packet. */
    public boolean valid(Packet packet) {
        return packet.words[base] != 0;
    }

    /** Makes it valid, its fields as they are. */
    public void makeValid(Packet packet) {
        packet.words[base] = 1;
        for (int peer : peers) {
            packet.words[peer] = 0;
        }
    }

    /** Writes what {@link #makeValid} does. */
    public void emitMakeValid(Code code) {
        code.setWord(base, () -> code.number(1));
        for (int peer : peers) {
            code.setWord(peer, () -> code.number(0));
        }
    }

    /** Makes it invalid. */
    public void makeInvalid(Packet packet) {
        packet.words[base] = 0;
    }

    /** Makes it valid with all fields zero, unless it is valid already. Says whether it did. */
    public boolean add(Packet packet) {
        if (valid(packet)) {
            return false;
        }
        Arrays.fill(packet.words, base, base + type.words(), 0);
        makeValid(packet);
        return true;
    }

    /** Its octets on the wire as it is now. */
    public int octets(Packet packet) {
        return type.varbit() == null ? type.fixedOctets()
                : type.fixedOctets() + (int) (packet.words[base + type.varbit().word()] >>> 3);
    }

    /** Takes it from the packet at the cursor, which moves behind it; the caller made sure that there is enough. */
    public void extract(Packet packet, int varOctets) {
        type.extract(packet, base, varAt, varOctets);
        makeValid(packet);
    }

    /** Writes what takes it, without a varbit, from the packet at the cursor. */
    public void emitExtract(Code code) {
        type.emitExtract(code, base);
        emitMakeValid(code);
    }

    /** Writes what emits it, without a varbit, into the array at the index in those variables. */
    public void emitEmit(Code code, int out, int at) {
        type.emitEmit(code, base, out, at);
    }

    /** Writes it at that place; returns the place behind it. */
    public int emit(Packet packet, byte[] out, int at) {
        return type.emit(packet, base, varAt, out, at);
    }

    /** Becomes a copy of the other, which is of the same type: invalid if that is, else with all its fields. */
    public void copy(Packet packet, Header from) {
        if (!from.valid(packet)) {
            makeInvalid(packet);
            return;
        }
        copyRaw(packet, from);
        makeValid(packet);
    }

    /** Takes validity and fields of the other as they are. */
    void copyRaw(Packet packet, Header from) {
        System.arraycopy(packet.words, from.base, packet.words, base, type.words());
        if (type.varbit() != null) {
            System.arraycopy(packet.varbits, from.varAt, packet.varbits, varAt, type.varbitOctets());
        }
    }

    /** Whether both are valid and hold the same; never true across types. */
    public boolean same(Packet packet, Header other) {
        if (type != other.type || !valid(packet) || !other.valid(packet)) {
            return false;
        }
        long[] words = packet.words;
        if (!Arrays.equals(words, base, base + type.words(), words, other.base, other.base + type.words())) {
            return false;
        }
        return type.varbit() == null || sameVarbit(packet, other);
    }

    /** Whether the varbits of both are of the same length and hold the same; both have one. */
    public boolean sameVarbit(Packet packet, Header other) {
        long bits = packet.words[base + type.varbit().word()];
        int length = (int) (bits >>> 3);
        return bits == packet.words[other.base + other.type.varbit().word()]
                && Arrays.equals(packet.varbits, varAt, varAt + length,
                packet.varbits, other.varAt, other.varAt + length);
    }

    @Override
    public String toString() {
        return name;
    }
}
