// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import java.math.BigInteger;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Sums, differences, products, quotients. */
public final class Arithmetic {
    private Arithmetic() {
    }

    /** a + b. */
    public static Num add(Num a, Num b) {
        return new Add(a, b);
    }

    /** a - b. */
    public static Num subtract(Num a, Num b) {
        return new Subtract(a, b);
    }

    /** a * b. */
    public static Num multiply(Num a, Num b) {
        return new Multiply(a, b);
    }

    /** a / b for numbers that are not negative; 0 where b is 0, which P4 leaves open. */
    public static Num divide(Num a, Num b) {
        return new Quotient(a, b, false);
    }

    /** a % b for numbers that are not negative; 0 where b is 0, which P4 leaves open. */
    public static Num modulo(Num a, Num b) {
        return new Quotient(a, b, true);
    }

    private static final class Add extends Num {
        private final Num a;
        private final Num b;

        Add(Num a, Num b) {
            super(a.least().add(b.least()), a.greatest().add(b.greatest()));
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) + b.eval(packet);
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LADD);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            long carry = 0;
            for (int i = 0; ; i++) {
                long left = a.word(packet, i);
                long right = b.word(packet, i);
                long sum = left + right;
                long total = sum + carry;
                if (i == index) {
                    return total;
                }
                carry = Long.compareUnsigned(sum, left) < 0 || Long.compareUnsigned(total, sum) < 0 ? 1 : 0;
            }
        }
    }

    private static final class Subtract extends Num {
        private final Num a;
        private final Num b;

        Subtract(Num a, Num b) {
            super(a.least().subtract(b.greatest()), a.greatest().subtract(b.least()));
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) - b.eval(packet);
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LSUB);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            long borrow = 0;
            for (int i = 0; ; i++) {
                long left = a.word(packet, i);
                long right = b.word(packet, i);
                long difference = left - right;
                long total = difference - borrow;
                if (i == index) {
                    return total;
                }
                borrow = Long.compareUnsigned(left, right) < 0 || difference == 0 && borrow == 1 ? 1 : 0;
            }
        }
    }

    private static final class Multiply extends Num {
        private final Num a;
        private final Num b;

        Multiply(Num a, Num b) {
            this(a, b, new BigInteger[] {
                a.least().multiply(b.least()), a.least().multiply(b.greatest()),
                a.greatest().multiply(b.least()), a.greatest().multiply(b.greatest())});
        }

        private Multiply(Num a, Num b, BigInteger[] corners) {
            super(corners[0].min(corners[1]).min(corners[2]).min(corners[3]),
                    corners[0].max(corners[1]).max(corners[2]).max(corners[3]));
            this.a = a;
            this.b = b;
        }

        @Override
        public long eval(Packet packet) {
            return a.eval(packet) * b.eval(packet);
        }

        @Override
        public void emit(Code code) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LMUL);
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return big(packet).shiftRight(64 * index).longValue();
        }

        @Override
        public BigInteger big(Packet packet) {
            return a.big(packet).multiply(b.big(packet));
        }
    }

    private static final class Quotient extends Num {
        private final Num a;
        private final Num b;
        private final boolean rest;

        Quotient(Num a, Num b, boolean rest) {
            super(BigInteger.ZERO, a.greatest().max(BigInteger.ZERO));
            this.a = a;
            this.b = b;
            this.rest = rest;
        }

        @Override
        public long eval(Packet packet) {
            if (a.unsignedLong() && b.unsignedLong()) {
                long divisor = b.eval(packet);
                if (divisor == 0) {
                    return 0;
                }
                long dividend = a.eval(packet);
                return rest ? Long.remainderUnsigned(dividend, divisor) : Long.divideUnsigned(dividend, divisor);
            }
            return big(packet).longValue();
        }

        @Override
        protected long wideWord(Packet packet, int index) {
            return big(packet).shiftRight(64 * index).longValue();
        }

        @Override
        public BigInteger big(Packet packet) {
            BigInteger divisor = b.big(packet);
            BigInteger dividend = a.big(packet);
            if (divisor.signum() <= 0 || dividend.signum() < 0) {
                return BigInteger.ZERO;
            }
            return rest ? dividend.mod(divisor) : dividend.divide(divisor);
        }
    }
}
