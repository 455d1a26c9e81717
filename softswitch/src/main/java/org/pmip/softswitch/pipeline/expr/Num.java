// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import java.math.BigInteger;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * An expression that is an integer. Integers have no width here: the JSON's arithmetic is that of whole numbers, and
 * masks stand wherever the program's types end. What makes it fast is that the least and greatest value are known when
 * the program is loaded: almost always 64 bits hold everything, and a word is all that is computed. Otherwise the
 * value is taken word by word in two's complement, lowest first.
 */
public abstract class Num {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final BigInteger least;
    private final BigInteger greatest;
    private final boolean signedLong;
    private final boolean unsignedLong;
    private final int words;

    /** With its least and greatest value. */
    protected Num(BigInteger least, BigInteger greatest) {
        this.least = least;
        this.greatest = greatest;
        signedLong = least.compareTo(LONG_MIN) >= 0 && greatest.compareTo(LONG_MAX) <= 0;
        unsignedLong = least.signum() >= 0 && greatest.bitLength() <= 64;
        words = Math.max(least.bitLength(), greatest.bitLength()) / 64 + 1;
    }

    /** The lowest 64 bits. */
    public abstract long eval(Packet packet);

    /** The word of that index of the value in two's complement, 0 is the lowest; there are infinitely many. */
    public long word(Packet packet, int index) {
        if (index == 0) {
            return eval(packet);
        }
        if (unsignedLong) {
            return 0;
        }
        return signedLong ? eval(packet) >> 63 : wideWord(packet, index);
    }

    /** As {@link #word} for an index above 0 and a value that may not fit into 64 bits. */
    protected long wideWord(Packet packet, int index) {
        return big(packet).shiftRight(64 * index).longValue();
    }

    /** The whole value. */
    public BigInteger big(Packet packet) {
        if (signedLong) {
            return BigInteger.valueOf(eval(packet));
        }
        byte[] octets = new byte[words * 8];
        for (int i = 0; i < words; i++) {
            long word = word(packet, i);
            for (int j = 0; j < 8; j++) {
                octets[octets.length - 1 - 8 * i - j] = (byte) (word >>> 8 * j);
            }
        }
        return new BigInteger(octets);
    }

    /** Writes what pushes the lowest 64 bits. */
    public void emit(Code code) {
        code.object(this, Num.class);
        code.packet();
        code.call(Num.class, "eval");
    }

    /** Writes what pushes the word of that index; see {@link #word}. */
    public final void emitWord(Code code, int index) {
        if (index == 0) {
            emit(code);
        } else if (unsignedLong) {
            code.number(0);
        } else if (signedLong) {
            emit(code);
            code.integer(63);
            code.op(Opcodes.LSHR);
        } else if (code.wideBegin()) {
            emitWide(code, index);
            code.wideEnd();
        } else {
            callWord(code, index);
        }
    }

    /** As {@link #emitWord} for an index above 0 and a value that may not fit into 64 bits. */
    protected void emitWide(Code code, int index) {
        callWord(code, index);
    }

    private void callWord(Code code, int index) {
        code.object(this, Num.class);
        code.packet();
        code.integer(index);
        code.call(Num.class, "word");
    }

    /** The least value that it can have. */
    public final BigInteger least() {
        return least;
    }

    /** The greatest value that it can have. */
    public final BigInteger greatest() {
        return greatest;
    }

    /** Whether it always fits into a long. */
    public final boolean signedLong() {
        return signedLong;
    }

    /** Whether it always fits into an unsigned long. */
    public final boolean unsignedLong() {
        return unsignedLong;
    }

    /** Words that hold every value in two's complement. */
    final int words() {
        return words;
    }

    /** The value if it is always the same, else null. */
    public BigInteger constant() {
        return null;
    }

    /** The word of the packet that is the value, if it is one as it stands, else -1. */
    public int plainWord() {
        return -1;
    }

    /** What is 1 when it is true and 0 when not, if it is no more than that, else null. */
    public Bool bool() {
        return null;
    }

    static BigInteger mask(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }
}
