// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import java.math.BigInteger;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** And, or, exclusive or, complement, shifts. */
public final class Bitwise {
    /** Shifts beyond this are as good as endless: no field is that wide. */
    private static final int MOST_SHIFT = 1 << 16;

    private Bitwise() {
    }

    /** a &amp; b. */
    public static Num and(Num a, Num b) {
        if (a.constant() != null && b.constant() == null) {
            return and(b, a);
        }
        if (b.constant() != null && b.unsignedLong()) {
            boolean lowBits = b.greatest().add(BigInteger.ONE).bitCount() == 1;
            if (lowBits && a.least().signum() >= 0 && a.greatest().compareTo(b.greatest()) <= 0) {
                // The compiler masks after every cast, also where nothing is cut off.
                return a;
            }
            return new MaskLong(a, b);
        }
        return new And(a, b);
    }

    /** a | b. */
    public static Num or(Num a, Num b) {
        return new Or(a, b);
    }

    /** a ^ b. */
    public static Num xor(Num a, Num b) {
        return new Xor(a, b);
    }

    /** ~a. */
    public static Num not(Num a) {
        return new Not(a);
    }

    /** a &lt;&lt; b; b is not negative. */
    public static Num shiftLeft(Num a, Num b) {
        return new ShiftLeft(a, b);
    }

    /** a &gt;&gt; b, the sign going on for ever; b is not negative. */
    public static Num shiftRight(Num a, Num b) {
        return new ShiftRight(a, b);
    }

    /** The same as far as the lowest bits under the mask go: what a field of that width makes of it. */
    public static Num withoutMask(Num value, long mask) {
        Num bare = value;
        while (bare instanceof MaskLong && (((MaskLong) bare).mask & mask) == mask) {
            bare = ((MaskLong) bare).a;
        }
        return bare;
    }

    private static boolean natural(Num a, Num b) {
        return a.least().signum() >= 0 && b.least().signum() >= 0;
    }

    private static int bits(Num a, Num b) {
        return Math.max(Math.max(a.least().bitLength(), a.greatest().bitLength()),
                Math.max(b.least().bitLength(), b.greatest().bitLength()));
    }

    /** The least that or and exclusive or can give. */
    private static BigInteger orLeast(Num a, Num b) {
        return natural(a, b) ? BigInteger.ZERO : Num.mask(bits(a, b)).not();
    }

    private static BigInteger andLeast(Num a, Num b) {
        return a.least().signum() >= 0 || b.least().signum() >= 0 ? BigInteger.ZERO : Num.mask(bits(a, b)).not();
    }

    private static BigInteger andGreatest(Num a, Num b) {
        boolean left = a.least().signum() >= 0;
        boolean right = b.least().signum() >= 0;
        if (left && right) {
            return a.greatest().min(b.greatest());
        }
        return left ? a.greatest() : right ? b.greatest() : Num.mask(bits(a, b));
    }

    /** A shift count as a number of bits that is safe to compute with. */
    public static int count(Num by, Packet packet) {
        long count = by.eval(packet);
        return count < 0 || count > MOST_SHIFT || !by.signedLong() && by.word(packet, 1) != 0
                ? MOST_SHIFT : (int) count;
    }

    /** Writes what pushes a shift count, at most {@link #MOST_SHIFT}, as an int. */
    private static void emitCount(Code code, Num by) {
        if (by.constant() != null) {
            code.integer(count(by, null));
            return;
        }
        if (by.signedLong() || by.unsignedLong()) {
            by.emit(code);
            code.call(Bitwise.class, "limited");
        } else {
            code.object(by, Num.class);
            code.packet();
            code.call(Bitwise.class, "count");
        }
    }

    /** A shift count that is safe to compute with; for compiled programs. */
    public static int limited(long count) {
        return count < 0 || count > MOST_SHIFT ? MOST_SHIFT : (int) count;
    }

    /** Shifts left; for compiled programs. */
    public static long left(long value, int count) {
        return count >= 64 ? 0 : value << count;
    }

    /** Shifts right, the sign going on; for compiled programs. */
    public static long right(long value, int count) {
        return value >> Math.min(count, 63);
    }

    /** Shifts right, zeros coming in; for compiled programs. */
    public static long rightUnsigned(long value, int count) {
        return count >= 64 ? 0 : value >>> count;
    }

    private static int mostCount(Num by) {
        return by.greatest().bitLength() > 16 ? MOST_SHIFT : by.greatest().max(BigInteger.ZERO).intValue();
    }

    private static int leastCount(Num by) {
        return by.least().bitLength() > 16 ? MOST_SHIFT : by.least().max(BigInteger.ZERO).intValue();
    }

    private static final class MaskLong extends Num {
        private final Num a;
        private final long mask;

        MaskLong(Num a, Num mask) {
            super(andLeast(a, mask), andGreatest(a, mask));
            this.a = a;
            this.mask = mask.eval(null);
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) & mask;
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            code.mask(mask);
        }
    }

    private static final class And extends Num {
        private final Num a;
        private final Num b;

        And(Num a, Num b) {
            super(andLeast(a, b), andGreatest(a, b));
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) & b.eval(packet);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return a.word(packet, index) & b.word(packet, index);
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LAND);
        }

        @Override
        protected void emitWide(Code code, int index) {
            a.emitWord(code, index);
            b.emitWord(code, index);
            code.op(Opcodes.LAND);
        }
    }

    private static final class Or extends Num {
        private final Num a;
        private final Num b;

        Or(Num a, Num b) {
            super(orLeast(a, b), mask(bits(a, b)));
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) | b.eval(packet);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return a.word(packet, index) | b.word(packet, index);
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LOR);
        }

        @Override
        protected void emitWide(Code code, int index) {
            a.emitWord(code, index);
            b.emitWord(code, index);
            code.op(Opcodes.LOR);
        }
    }

    private static final class Xor extends Num {
        private final Num a;
        private final Num b;

        Xor(Num a, Num b) {
            super(orLeast(a, b), mask(bits(a, b)));
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) ^ b.eval(packet);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return a.word(packet, index) ^ b.word(packet, index);
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LXOR);
        }

        @Override
        protected void emitWide(Code code, int index) {
            a.emitWord(code, index);
            b.emitWord(code, index);
            code.op(Opcodes.LXOR);
        }
    }

    private static final class Not extends Num {
        private final Num a;

        Not(Num a) {
            super(a.greatest().not(), a.least().not());
            this.a = a;
        }

        @Override
        public long eval(Packet packet) {
            return ~a.eval(packet);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return ~a.word(packet, index);
        }

        @Override
        public void emit(Code code) {
            emitWide(code, 0);
        }

        @Override
        protected void emitWide(Code code, int index) {
            a.emitWord(code, index);
            code.number(-1);
            code.op(Opcodes.LXOR);
        }
    }

    private static final class ShiftLeft extends Num {
        private final Num a;
        private final Num by;

        ShiftLeft(Num a, Num by) {
            super(a.least().signum() >= 0 ? BigInteger.ZERO : a.least().shiftLeft(mostCount(by)),
                    a.greatest().signum() <= 0 ? BigInteger.ZERO : a.greatest().shiftLeft(mostCount(by)));
            this.a = a;
            this.by = by;
        }

        @Override
        public long eval(Packet packet) {
            int count = count(by, packet);
            return count >= 64 ? 0 : a.eval(packet) << count;
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            int count = count(by, packet);
            int from = index - (count >>> 6);
            int shift = count & 63;
            if (from < 0) {
                return 0;
            }
            long high = a.word(packet, from) << shift;
            return shift == 0 || from == 0 ? high : high | a.word(packet, from - 1) >>> 64 - shift;
        }

        @Override
        public void emit(Code code) {
            emitWide(code, 0);
        }

        @Override
        protected void emitWide(Code code, int index) {
            if (by.constant() == null) {
                if (index == 0) {
                    a.emit(code);
                    emitCount(code, by);
                    code.call(Bitwise.class, "left");
                } else {
                    super.emitWide(code, index);
                }
                return;
            }
            int count = count(by, null);
            int from = index - (count >>> 6);
            int shift = count & 63;
            if (from < 0) {
                code.number(0);
                return;
            }
            a.emitWord(code, from);
            code.shift(shift, Opcodes.LSHL);
            if (shift != 0 && from != 0) {
                a.emitWord(code, from - 1);
                code.shift(64 - shift, Opcodes.LUSHR);
                code.op(Opcodes.LOR);
            }
        }
    }

    private static final class ShiftRight extends Num {
        private final Num a;
        private final Num by;

        ShiftRight(Num a, Num by) {
            super(a.least().shiftRight(a.least().signum() < 0 ? leastCount(by) : mostCount(by)),
                    a.greatest().shiftRight(a.greatest().signum() < 0 ? mostCount(by) : leastCount(by)));
            this.a = a;
            this.by = by;
        }

        @Override
        public long eval(Packet packet) {
            int count = count(by, packet);
            if (a.signedLong()) {
                return a.eval(packet) >> Math.min(count, 63);
            }
            if (a.unsignedLong()) {
                return count >= 64 ? 0 : a.eval(packet) >>> count;
            }
            return shifted(packet, 0, count);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return shifted(packet, index, count(by, packet));
        }

        @Override
        public void emit(Code code) {
            if (a.signedLong() || a.unsignedLong()) {
                a.emit(code);
                emitCount(code, by);
                code.call(Bitwise.class, a.signedLong() ? "right" : "rightUnsigned");
            } else if (by.constant() != null) {
                emitWide(code, 0);
            } else {
                super.emit(code);
            }
        }

        @Override
        protected void emitWide(Code code, int index) {
            if (by.constant() == null) {
                super.emitWide(code, index);
                return;
            }
            int count = count(by, null);
            int from = index + (count >>> 6);
            int shift = count & 63;
            a.emitWord(code, from);
            code.shift(shift, Opcodes.LUSHR);
            if (shift != 0) {
                a.emitWord(code, from + 1);
                code.shift(64 - shift, Opcodes.LSHL);
                code.op(Opcodes.LOR);
            }
        }

        private long shifted(Packet packet, int index, int count) {
            int from = index + (count >>> 6);
            int shift = count & 63;
            long low = a.word(packet, from) >>> shift;
            return shift == 0 ? low : low | a.word(packet, from + 1) << 64 - shift;
        }
    }
}
