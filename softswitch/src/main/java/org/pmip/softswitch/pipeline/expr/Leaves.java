// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import java.math.BigInteger;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Expressions without operands: constants, fields, arguments. */
public final class Leaves {
    private Leaves() {
    }

    /** A constant. */
    public static Num constant(BigInteger value) {
        return new Constant(value);
    }

    /** A field of a header that is known when the program is loaded; its first word is given. */
    public static Num field(int word, int width, boolean signed) {
        if (width > 64) {
            return new WideField(word, width, signed);
        }
        return signed && width < 64 ? new SignedField(word, width) : new NarrowField(word, width, signed);
    }

    /** A field of a header that only the packet tells. */
    public static Num field(HeaderRef header, HeaderType.Field field) {
        return new PickedField(header, field);
    }

    /** An argument of the action, which lies at that word of the arguments. */
    public static Num argument(int word, int width) {
        return width > 64 ? new WideArgument(word, width) : new Argument(word, width);
    }

    /** 1 for true, 0 for false. */
    public static Num ofBool(Bool bool) {
        return new OfBool(bool);
    }

    /** Index of the last element extracted, or the count of elements, of a stack. */
    public static Num stackCount(HeaderStack stack, int offset) {
        return new StackCount(stack, offset);
    }

    private static BigInteger lowest(int width, boolean signed) {
        return signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
    }

    private static BigInteger highest(int width, boolean signed) {
        return Num.mask(signed ? width - 1 : width);
    }

    /** Takes a word out of a field of several, of which the highest comes first. */
    private static long wide(long[] words, int first, int width, boolean signed, int index) {
        int count = Octets.words(width);
        if (index < count - 1) {
            return words[first + count - 1 - index];
        }
        long top = words[first];
        int unused = count * 64 - width;
        long extended = signed ? top << unused >> unused : top;
        return index == count - 1 ? extended : signed ? extended >> 63 : 0;
    }

    private static void emitArgument(Code code, int word) {
        code.get("arguments", long[].class);
        code.integer(word);
        code.op(Opcodes.LALOAD);
    }

    private static final class Constant extends Num {
        private final BigInteger value;
        private final long low;

        Constant(BigInteger value) {
            super(value, value);
            this.value = value;
            low = value.longValue();
        }

        @Override
        public long eval(Packet packet) {
            return low;
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return value.shiftRight(64 * index).longValue();
        }

        @Override
        public BigInteger constant() {
            return value;
        }

        @Override
        public void emit(Code code) {
            code.number(low);
        }

        @Override
        protected void emitWide(Code code, int index) {
            code.number(wideWord(null, index));
        }
    }

    private static final class NarrowField extends Num {
        private final int word;

        NarrowField(int word, int width, boolean signed) {
            super(lowest(width, signed), highest(width, signed));
            this.word = word;
        }

        @Override
        public long eval(Packet packet) {
            return packet.words[word];
        }

        @Override
        public void emit(Code code) {
            code.word(word);
        }

        @Override
        public int plainWord() {
            return least().signum() < 0 ? -1 : word;
        }
    }

    private static final class SignedField extends Num {
        private final int word;
        private final int unused;

        SignedField(int word, int width) {
            super(lowest(width, true), highest(width, true));
            this.word = word;
            unused = 64 - width;
        }

        @Override
        public long eval(Packet packet) {
            return packet.words[word] << unused >> unused;
        }

        @Override
        public void emit(Code code) {
            code.word(word);
            code.integer(unused);
            code.op(Opcodes.LSHL);
            code.integer(unused);
            code.op(Opcodes.LSHR);
        }
    }

    private static final class WideField extends Num {
        private final int word;
        private final int width;
        private final boolean signed;
        private final int last;

        WideField(int word, int width, boolean signed) {
            super(lowest(width, signed), highest(width, signed));
            this.word = word;
            this.width = width;
            this.signed = signed;
            last = word + Octets.words(width) - 1;
        }

        @Override
        public long eval(Packet packet) {
            return packet.words[last];
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return wide(packet.words, word, width, signed, index);
        }

        @Override
        public void emit(Code code) {
            code.word(last);
        }

        @Override
        protected void emitWide(Code code, int index) {
            if (signed) {
                super.emitWide(code, index);
            } else if (index <= last - word) {
                code.word(last - index);
            } else {
                code.number(0);
            }
        }
    }

    private static final class PickedField extends Num {
        private final HeaderRef header;
        private final HeaderType.Field field;

        PickedField(HeaderRef header, HeaderType.Field field) {
            super(lowest(field.width(), field.signed()), highest(field.width(), field.signed()));
            this.header = header;
            this.field = field;
        }

        @Override
        public long eval(Packet packet) {
            return wideWord(packet, 0);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            int first = header.in(packet).base() + field.word();
            return wide(packet.words, first, field.width(), field.signed(), index);
        }
    }

    private static final class Argument extends Num {
        private final int word;

        Argument(int word, int width) {
            super(lowest(width, false), highest(width, false));
            this.word = word;
        }

        @Override
        public long eval(Packet packet) {
            return packet.arguments[word];
        }

        @Override
        public void emit(Code code) {
            emitArgument(code, word);
        }
    }

    private static final class WideArgument extends Num {
        private final int word;
        private final int width;

        WideArgument(int word, int width) {
            super(lowest(width, false), highest(width, false));
            this.word = word;
            this.width = width;
        }

        @Override
        public long eval(Packet packet) {
            return packet.arguments[word + Octets.words(width) - 1];
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return wide(packet.arguments, word, width, false, index);
        }

        @Override
        public void emit(Code code) {
            emitArgument(code, word + Octets.words(width) - 1);
        }

        @Override
        protected void emitWide(Code code, int index) {
            int last = Octets.words(width) - 1;
            if (index <= last) {
                emitArgument(code, word + last - index);
            } else {
                code.number(0);
            }
        }
    }

    private static final class OfBool extends Num {
        private final Bool bool;

        OfBool(Bool bool) {
            super(BigInteger.ZERO, BigInteger.ONE);
            this.bool = bool;
        }

        @Override
        public long eval(Packet packet) {
            return bool.test(packet) ? 1 : 0;
        }

        @Override
        public void emit(Code code) {
            Label otherwise = new Label();
            Label end = new Label();
            bool.branch(code, otherwise, false);
            code.number(1);
            code.jump(end);
            code.label(otherwise);
            code.number(0);
            code.label(end);
        }

        @Override
        public Bool bool() {
            return bool;
        }
    }

    private static final class StackCount extends Num {
        private final HeaderStack stack;
        private final int offset;

        StackCount(HeaderStack stack, int offset) {
            super(BigInteger.valueOf(offset), BigInteger.valueOf(stack.depth() + offset));
            this.stack = stack;
            this.offset = offset;
        }

        @Override
        public long eval(Packet packet) {
            return stack.next(packet) + offset;
        }
    }
}
