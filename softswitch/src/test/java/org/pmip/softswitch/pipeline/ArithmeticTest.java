// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a compiled program computes, field widths and signs included, against the same in whole numbers. */
class ArithmeticTest {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger TWO_128 = BigInteger.ONE.shiftLeft(128);

    private final Harness harness = Harness.features();

    private Command run(Command command) {
        return Command.parse(harness.one(1, command.frame()).frame());
    }

    private static BigInteger cut(BigInteger value, BigInteger modulus) {
        return value.mod(modulus);
    }

    @Property(tries = 150)
    void sixtyFourBits(@ForAll long a, @ForAll long b, @ForAll @IntRange(max = 255) int shift) {
        BigInteger x = Command.unsigned(a);
        BigInteger y = Command.unsigned(b);
        BigInteger[] expected = {
            cut(x.add(y), TWO_64), cut(x.subtract(y), TWO_64), cut(x.multiply(y), TWO_64),
            x.add(y).min(TWO_64.subtract(BigInteger.ONE)), x.subtract(y).max(BigInteger.ZERO),
            cut(x.shiftLeft(shift), TWO_64), x.shiftRight(shift), cut(x.not(), TWO_64), cut(x.negate(), TWO_64),
            x.and(y).or(x.xor(BigInteger.valueOf(0xff)))};
        for (int op = 0; op < expected.length; op++) {
            Command out = run(Command.of(op).flag(shift).a(a).b(b));
            assertThat(Command.unsigned(out.a)).as("op %d", op).isEqualTo(expected[op]);
            assertThat(out.b).isEqualTo(b);
        }
        assertThat(run(Command.of(19).a(a).b(b)).a).isEqualTo(x.compareTo(y) > 0 ? 1 : 2);
        assertThat(run(Command.of(28).a(a).b(b)).a).isEqualTo(a << 48 | b & 0xffffffffffffL);
    }

    @Property(tries = 150)
    void oneHundredAndTwentyEightBits(@ForAll long high, @ForAll long low, @ForAll long a, @ForAll long b,
                                      @ForAll @IntRange(max = 255) int shift) {
        BigInteger wide = Command.unsigned(high).shiftLeft(64).or(Command.unsigned(low));
        BigInteger x = Command.unsigned(a);
        BigInteger joined = x.shiftLeft(64).or(Command.unsigned(b));
        assertThat(run(Command.of(10).wide(wide).a(a)).wide()).isEqualTo(cut(wide.add(x), TWO_128));
        assertThat(run(Command.of(11).wide(wide).flag(shift)).wide()).isEqualTo(cut(wide.shiftLeft(shift), TWO_128));
        assertThat(run(Command.of(12).wide(wide).flag(shift)).wide()).isEqualTo(wide.shiftRight(shift));
        assertThat(run(Command.of(13).wide(wide)).a).isEqualTo(wide.shiftRight(32).longValue());
        BigInteger hole = TWO_64.subtract(BigInteger.ONE).shiftLeft(32);
        assertThat(run(Command.of(14).wide(wide).a(a)).wide()).isEqualTo(wide.andNot(hole).or(x.shiftLeft(32)));
        assertThat(run(Command.of(23).wide(wide).a(a)).wide()).isEqualTo(cut(wide.multiply(x), TWO_128));
        assertThat(run(Command.of(24).wide(wide).a(a).b(b)).wide())
                .isEqualTo(wide.add(joined).min(TWO_128.subtract(BigInteger.ONE)));
        assertThat(run(Command.of(25).wide(wide).a(a).b(b)).a).isEqualTo(wide.compareTo(joined) > 0 ? 1 : 2);
        assertThat(run(Command.of(29).wide(wide)).wide()).isEqualTo(cut(wide.not(), TWO_128));
        assertThat(run(Command.of(30).wide(wide).a(a)).wide()).isEqualTo(cut(wide.subtract(x), TWO_128));
    }

    @Property(tries = 150)
    void signed(@ForAll byte s, @ForAll byte f, @ForAll short t) {
        assertThat(run(Command.of(15).s(s).flag(f)).s).isEqualTo(Math.max(-128, Math.min(127, s + f)));
        assertThat(run(Command.of(16).s(s).flag(f)).s).isEqualTo(Math.max(-128, Math.min(127, s - f)));
        assertThat(run(Command.of(17).s(s).t(t)).t).isEqualTo((short) (t * s));
        assertThat(run(Command.of(18).s(s)).s).isEqualTo(s >> 3);
        assertThat(run(Command.of(20).s(s).flag(f)).a).isEqualTo(s < f ? 1 : 2);
        assertThat(run(Command.of(22).t(t)).a).isEqualTo(t);
        assertThat(run(Command.of(26).t(t)).wide()).isEqualTo(cut(BigInteger.valueOf(t), TWO_128));
        assertThat(run(Command.of(27).s(s)).s).isEqualTo((byte) -s);
    }

    @Test
    void fieldsThatShareAnOctetWrapEachInItsOwnWidth() {
        Command out = run(Command.of(21).odd(127, 1));
        assertThat(out.odd).isZero();
        assertThat(out.one).isZero();
        out = run(Command.of(21).odd(5, 0));
        assertThat(out.odd).isEqualTo(6);
        assertThat(out.one).isEqualTo(1);
    }

    @Property(tries = 50)
    void conditionsInActions(@ForAll long a, @ForAll long b) {
        Command out = run(Command.of(31).a(a).b(b));
        boolean greater = Long.compareUnsigned(a, b) > 0;
        assertThat(out.high).isEqualTo(greater ? a : b);
        assertThat(out.low).isEqualTo(greater ? b : a);
        assertThat(out.flag).isEqualTo(greater ? 0 : 0xff);
    }

    @Test
    void whatIsNotTouchedLeavesAsItCame() {
        byte[] frame = Command.of(39).flag(1).arg(2).a(3).b(4).s(5).t(6).odd(7, 1).rest(new byte[] {1, 2, 3}).frame();
        Harness.Sent sent = harness.one(1, frame);
        assertThat(sent.port()).isEqualTo(11);
        assertThat(sent.frame()).isEqualTo(frame);
    }
}
