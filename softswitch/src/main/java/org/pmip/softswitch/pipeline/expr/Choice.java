// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import java.math.BigInteger;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Conditional expressions and casts that look at the value: saturation, sign. */
public final class Choice {
    private Choice() {
    }

    /** condition ? a : b. */
    public static Num choose(Bool condition, Num a, Num b) {
        return new Choose(condition, a, b);
    }

    /** The signed number that the lowest bits of a spell in two's complement. */
    public static Num twosComplement(Num a, int width) {
        if (a.least().compareTo(BigInteger.ONE.shiftLeft(width - 1).negate()) >= 0
                && a.greatest().compareTo(Num.mask(width - 1)) <= 0) {
            return a;
        }
        return new SignExtend(a, width);
    }

    /** a, but not less than 0 and not more than fits into so many bits. */
    public static Num saturateUnsigned(Num a, int width) {
        return new Clamp(a, BigInteger.ZERO, Num.mask(width));
    }

    /** a, but not less and not more than fits into so many bits in two's complement. */
    public static Num saturateSigned(Num a, int width) {
        return new Clamp(a, BigInteger.ONE.shiftLeft(width - 1).negate(), Num.mask(width - 1));
    }

    /** The nearest number from low to high; for compiled programs. */
    public static long clamp(long value, long low, long high) {
        return Math.max(low, Math.min(high, value));
    }

    private static final class Choose extends Num {
        private final Bool condition;
        private final Num a;
        private final Num b;

        Choose(Bool condition, Num a, Num b) {
            super(a.least().min(b.least()), a.greatest().max(b.greatest()));
            this.condition = condition;
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return condition.test(packet) ? a.eval(packet) : b.eval(packet);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return condition.test(packet) ? a.word(packet, index) : b.word(packet, index);
        }

        @Override
        public void emit(Code code) {
            emitWide(code, 0);
        }

        @Override
        protected void emitWide(Code code, int index) {
            Label otherwise = new Label();
            Label end = new Label();
            condition.branch(code, otherwise, false);
            a.emitWord(code, index);
            code.jump(end);
            code.label(otherwise);
            b.emitWord(code, index);
            code.label(end);
        }
    }

    private static final class SignExtend extends Num {
        private final Num a;
        private final int width;

        SignExtend(Num a, int width) {
            super(BigInteger.ONE.shiftLeft(width - 1).negate(), mask(width - 1));
            this.a = a;
            this.width = width;
        }

        @Override
        public long eval(Packet packet) {
            long value = a.eval(packet);
            return width >= 64 ? value : value << 64 - width >> 64 - width;
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            if (width < 64) {
                code.integer(64 - width);
                code.op(Opcodes.LSHL);
                code.integer(64 - width);
                code.op(Opcodes.LSHR);
            }
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            int top = (width - 1) / 64;
            if (index < top) {
                return a.word(packet, index);
            }
            int unused = (top + 1) * 64 - width;
            long extended = a.word(packet, top) << unused >> unused;
            return index == top ? extended : extended >> 63;
        }
    }

    private static final class Clamp extends Num {
        private final Num a;
        private final BigInteger low;
        private final BigInteger high;
        private final boolean narrow;
        private final long lowLong;
        private final long highLong;

        Clamp(Num a, BigInteger low, BigInteger high) {
            super(low, high);
            this.a = a;
            this.low = low;
            this.high = high;
            narrow = a.signedLong() && high.bitLength() < 64;
            lowLong = low.longValue();
            highLong = high.longValue();
        }

        @Override
        public long eval(Packet packet) {
            if (narrow) {
                return Math.max(lowLong, Math.min(highLong, a.eval(packet)));
            }
            return big(packet).longValue();
        }

        @Override
        public void emit(Code code) {
            if (!narrow) {
                super.emit(code);
                return;
            }
            a.emit(code);
            code.number(lowLong);
            code.number(highLong);
            code.call(Choice.class, "clamp");
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return big(packet).shiftRight(64 * index).longValue();
        }

        @Override
        public BigInteger big(Packet packet) {
            return low.max(high.min(a.big(packet)));
        }
    }
}
