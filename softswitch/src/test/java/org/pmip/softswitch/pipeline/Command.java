// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame with the command header of the features program. */
final class Command {
    static final int LENGTH = 14 + 40;

    long dst = 0x0200_0000_0001L;
    long src = 0x0200_0000_0002L;
    int op;
    int flag;
    int arg;
    long a;
    long b;
    long high;
    long low;
    int s;
    int t;
    int odd;
    int one;
    byte[] rest = {};

    static Command of(int op) {
        Command command = new Command();
        command.op = op;
        return command;
    }

    Command flag(int value) {
        flag = value;
        return this;
    }

    Command arg(int value) {
        arg = value;
        return this;
    }

    Command a(long value) {
        a = value;
        return this;
    }

    Command b(long value) {
        b = value;
        return this;
    }

    Command wide(BigInteger value) {
        high = value.shiftRight(64).longValue();
        low = value.longValue();
        return this;
    }

    Command s(int value) {
        s = value;
        return this;
    }

    Command t(int value) {
        t = value;
        return this;
    }

    Command odd(int value, int lastBit) {
        odd = value;
        one = lastBit;
        return this;
    }

    Command rest(byte... octets) {
        rest = octets;
        return this;
    }

    BigInteger wide() {
        return unsigned(high).shiftLeft(64).or(unsigned(low));
    }

    static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    byte[] frame() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH + rest.length);
        buffer.putShort((short) (dst >> 32)).putInt((int) dst).putShort((short) (src >> 32)).putInt((int) src);
        buffer.putShort((short) 0x88B5).put((byte) op).put((byte) flag).putShort((short) arg);
        buffer.putLong(a).putLong(b).putLong(high).putLong(low).put((byte) s).putShort((short) t);
        buffer.put((byte) (odd << 1 | one)).put(rest);
        return buffer.array();
    }

    static Command parse(byte[] frame) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        Command command = new Command();
        command.dst = (buffer.getShort() & 0xffffL) << 32 | buffer.getInt() & 0xffffffffL;
        command.src = (buffer.getShort() & 0xffffL) << 32 | buffer.getInt() & 0xffffffffL;
        buffer.getShort();
        command.op = buffer.get() & 0xff;
        command.flag = buffer.get() & 0xff;
        command.arg = buffer.getShort() & 0xffff;
        command.a = buffer.getLong();
        command.b = buffer.getLong();
        command.high = buffer.getLong();
        command.low = buffer.getLong();
        command.s = buffer.get();
        command.t = buffer.getShort();
        int last = buffer.get() & 0xff;
        command.odd = last >> 1;
        command.one = last & 1;
        command.rest = Arrays.copyOfRange(frame, buffer.position(), frame.length);
        return command;
    }
}
