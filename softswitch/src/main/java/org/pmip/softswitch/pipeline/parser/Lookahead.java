// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import java.math.BigInteger;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Bits that lie ahead of the cursor. Only to be evaluated where {@link #octets} octets are left. */
public final class Lookahead extends Num {
    private final int offset;
    private final int width;

    /** That many bits from that many bits ahead. */
    public Lookahead(int offset, int width) {
        super(BigInteger.ZERO, BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE));
        this.offset = offset;
        this.width = width;
    }

    /** Octets ahead of the cursor that it looks at. */
    public int octets() {
        return offset + width + 7 >>> 3;
    }

    /** How many bits it yields. */
    public int width() {
        return width;
    }

    @Override
    public long eval(Packet packet) {
        return wideWord(packet, 0);
    }

    @Override
    protected long wideWord(Packet packet, int index) {
        int end = offset + width - 64 * index;
        if (end <= offset) {
            return 0;
        }
        int begin = Math.max(offset, end - 64);
        return bits(packet.data, packet.cursor, begin, end);
    }

    @Override
    public void emit(Code code) {
        emitWide(code, 0);
    }

    @Override
    protected void emitWide(Code code, int index) {
        int end = offset + width - 64 * index;
        if (end <= offset) {
            code.number(0);
            return;
        }
        code.get("data", byte[].class);
        code.get("cursor", int.class);
        code.integer(Math.max(offset, end - 64));
        code.integer(end);
        code.call(Lookahead.class, "bits");
    }

    /** Up to 64 bits, from the first to one before the last, counted from a place in octets. */
    public static long bits(byte[] data, int at, int begin, int end) {
        int first = begin >>> 3;
        int last = end - 1 >>> 3;
        int spare = 7 - (end - 1 & 7);
        int count = last - first + 1;
        if (count <= 8) {
            return Octets.load(data, at + first, count) >>> spare & Octets.mask(end - begin);
        }
        long high = Octets.load(data, at + first, 8);
        long value = high << 8 - spare | (data[at + last] & 0xff) >>> spare;
        return value & Octets.mask(end - begin);
    }
}
