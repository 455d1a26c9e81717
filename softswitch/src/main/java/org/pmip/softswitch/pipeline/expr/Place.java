// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/** A field that is written: what goes in is cut to its width. */
public abstract class Place {
    private final int width;

    private Place(int width) {
        this.width = width;
    }

    /** A field of a header that is known when the program is loaded; its first word is given. */
    public static Place of(int word, int width) {
        return width > 64 ? new Wide(word, width) : new Narrow(word, width);
    }

    /** A field of a header that only the packet tells. */
    public static Place of(HeaderRef header, HeaderType.Field field) {
        return new Picked(header, field);
    }

    /** Its width in bits. */
    public final int width() {
        return width;
    }

    /** Evaluates the number and stores it. */
    public abstract void assign(Packet packet, Num value);

    /** Stores a number that an unsigned long holds. */
    public abstract void put(Packet packet, long value);

    /** Writes what {@link #assign} does. */
    public void emit(Code code, Num value) {
        code.object(this, Place.class);
        code.packet();
        code.object(value, Num.class);
        code.call(Place.class, "assign");
    }

    private static void store(Packet packet, int first, int width, Num value) {
        int words = Octets.words(width);
        long topMask = Octets.mask((width - 1) % 64 + 1);
        if (words == 1) {
            packet.words[first] = value.eval(packet) & topMask;
        } else if (words == 2) {
            long low = value.eval(packet);
            long high = value.word(packet, 1);
            packet.words[first] = high & topMask;
            packet.words[first + 1] = low;
        } else {
            long[] result = new long[words];
            for (int i = 0; i < words; i++) {
                result[words - 1 - i] = value.word(packet, i);
            }
            result[0] &= topMask;
            System.arraycopy(result, 0, packet.words, first, words);
        }
    }

    private static void store(Packet packet, int first, int width, long value) {
        int words = Octets.words(width);
        for (int i = 0; i < words - 1; i++) {
            packet.words[first + i] = 0;
        }
        packet.words[first + words - 1] = words == 1 ? value & Octets.mask(width) : value;
    }

    private static final class Narrow extends Place {
        private final int word;
        private final long mask;

        Narrow(int word, int width) {
            super(width);
            this.word = word;
            mask = Octets.mask(width);
        }

        @Override
        public void assign(Packet packet, Num value) {
            packet.words[word] = value.eval(packet) & mask;
        }

        @Override
        public void emit(Code code, Num value) {
            code.setWord(word, () -> {
                Bitwise.withoutMask(value, mask).emit(code);
                code.mask(mask);
            });
        }

        @Override
        public void put(Packet packet, long value) {
            packet.words[word] = value & mask;
        }
    }

    private static final class Wide extends Place {
        private final int word;

        Wide(int word, int width) {
            super(width);
            this.word = word;
        }

        @Override
        public void assign(Packet packet, Num value) {
            store(packet, word, width(), value);
        }

        @Override
        public void emit(Code code, Num value) {
            int words = Octets.words(width());
            int[] locals = new int[words];
            for (int i = 0; i < words; i++) {
                // All is evaluated before anything is stored: the field itself may be in the expression.
                locals[i] = code.local(2);
                value.emitWord(code, i);
                code.variable(Opcodes.LSTORE, locals[i]);
            }
            for (int i = 0; i < words; i++) {
                int index = i;
                code.setWord(word + words - 1 - i, () -> {
                    code.variable(Opcodes.LLOAD, locals[index]);
                    code.mask(index == words - 1 ? Octets.mask((width() - 1) % 64 + 1) : -1L);
                });
            }
        }

        @Override
        public void put(Packet packet, long value) {
            store(packet, word, width(), value);
        }
    }

    private static final class Picked extends Place {
        private final HeaderRef header;
        private final HeaderType.Field field;

        Picked(HeaderRef header, HeaderType.Field field) {
            super(field.width());
            this.header = header;
            this.field = field;
        }

        @Override
        public void assign(Packet packet, Num value) {
            store(packet, header.in(packet).base() + field.word(), field.width(), value);
        }

        @Override
        public void put(Packet packet, long value) {
            store(packet, header.in(packet).base() + field.word(), field.width(), value);
        }
    }
}
