// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import java.math.BigInteger;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Comparisons of numbers. */
public final class Compare {
    private Compare() {
    }

    /** a == b. */
    public static Bool equal(Num a, Num b) {
        if (a.constant() != null && b.constant() == null) {
            return equal(b, a);
        }
        if (a.signedLong() && b.signedLong() || a.unsignedLong() && b.unsignedLong()) {
            if (b.constant() != null && a.plainWord() >= 0) {
                return new SameWord(a.plainWord(), b.eval(null));
            }
            return new Same(a, b);
        }
        return new SameWide(a, b, Math.max(a.words(), b.words()));
    }

    /** a &lt; b. */
    public static Bool less(Num a, Num b) {
        if (a.signedLong() && b.signedLong()) {
            return new Less(a, b);
        }
        if (a.unsignedLong() && b.unsignedLong()) {
            return new LessUnsigned(a, b);
        }
        int words = Math.max(a.words(), b.words());
        return packet -> wide(packet, a, b, words) < 0;
    }

    /** Whether a is not zero. */
    public static Bool notZero(Num a) {
        if (a.bool() != null) {
            return a.bool();
        }
        return Logic.not(equal(a, Leaves.constant(BigInteger.ZERO)));
    }

    private static int wide(Packet packet, Num a, Num b, int words) {
        int order = Long.compare(a.word(packet, words - 1), b.word(packet, words - 1));
        for (int i = words - 2; i >= 0 && order == 0; i--) {
            order = Long.compareUnsigned(a.word(packet, i), b.word(packet, i));
        }
        return order;
    }

    private static void branchIfSame(Code code, Label to, boolean when) {
        code.op(Opcodes.LCMP);
        code.jump(when ? Opcodes.IFEQ : Opcodes.IFNE, to);
    }

    private record SameWord(int word, long value) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return packet.words[word] == value;
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            code.word(word);
            code.number(value);
            branchIfSame(code, to, when);
        }
    }

    private record Same(Num a, Num b) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return a.eval(packet) == b.eval(packet);
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            a.emit(code);
            b.emit(code);
            branchIfSame(code, to, when);
        }
    }

    private record SameWide(Num a, Num b, int words) implements Bool {
        @Override
        public boolean test(Packet packet) {
            for (int i = 0; i < words; i++) {
                if (a.word(packet, i) != b.word(packet, i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            Label different = when ? new Label() : to;
            for (int i = 0; i < words; i++) {
                a.emitWord(code, i);
                b.emitWord(code, i);
                branchIfSame(code, different, false);
            }
            if (when) {
                code.jump(to);
                code.label(different);
            }
        }
    }

    private record Less(Num a, Num b) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return a.eval(packet) < b.eval(packet);
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            a.emit(code);
            b.emit(code);
            code.op(Opcodes.LCMP);
            code.jump(when ? Opcodes.IFLT : Opcodes.IFGE, to);
        }
    }

    private record LessUnsigned(Num a, Num b) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return Long.compareUnsigned(a.eval(packet), b.eval(packet)) < 0;
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            a.emit(code);
            b.emit(code);
            code.call(Long.class, "compareUnsigned");
            code.jump(when ? Opcodes.IFLT : Opcodes.IFGE, to);
        }
    }
}
