// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.packet.Layout;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Random expressions over fields of every width, word by word against whole numbers. */
class NumTest {
    private static final int[] WIDTHS = {1, 7, 8, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200};

    /** An expression together with what it should be. */
    private record Pair(Num num, Function<Packet, BigInteger> value) { }

    private static Packet packet(Random random) {
        Packet packet = new Packet(new Layout(new long[80], 0, 0, 0, List.of()));
        int word = 0;
        for (int width : WIDTHS) {
            BigInteger value = switch (random.nextInt(4)) {
                case 0 -> BigInteger.ZERO;
                case 1 -> BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
                case 2 -> BigInteger.ONE.shiftLeft(width - 1);
                default -> new BigInteger(width, random);
            };
            Place.of(word, width).assign(packet, Leaves.constant(value));
            word += (width + 63) / 64;
        }
        return packet;
    }

    private static Pair leaf(Random random) {
        if (random.nextInt(4) == 0) {
            BigInteger value = new BigInteger(random.nextInt(140), random);
            BigInteger constant = random.nextBoolean() ? value : value.negate();
            return new Pair(Leaves.constant(constant), packet -> constant);
        }
        int which = random.nextInt(WIDTHS.length);
        int first = 0;
        for (int i = 0; i < which; i++) {
            first += (WIDTHS[i] + 63) / 64;
        }
        int word = first;
        int width = WIDTHS[which];
        boolean signed = width > 1 && random.nextInt(3) == 0;
        return new Pair(Leaves.field(word, width, signed), packet -> {
            BigInteger value = BigInteger.ZERO;
            for (int i = 0; i < (width + 63) / 64; i++) {
                value = value.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(packet.words[word + i])));
            }
            return signed && value.testBit(width - 1) ? value.subtract(BigInteger.ONE.shiftLeft(width)) : value;
        });
    }

    private static Pair expression(Random random, int depth) {
        if (depth == 0) {
            return leaf(random);
        }
        Pair a = expression(random, depth - 1);
        Pair b = expression(random, depth - 1);
        int shift = random.nextInt(140);
        int width = 1 + random.nextInt(140);
        BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
        BigInteger half = BigInteger.ONE.shiftLeft(width - 1);
        Num by = Leaves.constant(BigInteger.valueOf(shift));
        return switch (random.nextInt(13)) {
            case 0 -> new Pair(Arithmetic.add(a.num, b.num), p -> a.value.apply(p).add(b.value.apply(p)));
            case 1 -> new Pair(Arithmetic.subtract(a.num, b.num), p -> a.value.apply(p).subtract(b.value.apply(p)));
            case 2 -> new Pair(Arithmetic.multiply(a.num, b.num), p -> a.value.apply(p).multiply(b.value.apply(p)));
            case 3 -> new Pair(Bitwise.and(a.num, b.num), p -> a.value.apply(p).and(b.value.apply(p)));
            case 4 -> new Pair(Bitwise.or(a.num, b.num), p -> a.value.apply(p).or(b.value.apply(p)));
            case 5 -> new Pair(Bitwise.xor(a.num, b.num), p -> a.value.apply(p).xor(b.value.apply(p)));
            case 6 -> new Pair(Bitwise.not(a.num), p -> a.value.apply(p).not());
            case 7 -> new Pair(Bitwise.shiftLeft(a.num, by), p -> a.value.apply(p).shiftLeft(shift));
            case 8 -> new Pair(Bitwise.shiftRight(a.num, by), p -> a.value.apply(p).shiftRight(shift));
            case 9 -> new Pair(Choice.twosComplement(a.num, width), p -> {
                BigInteger low = a.value.apply(p).and(mask);
                return low.testBit(width - 1) ? low.subtract(BigInteger.ONE.shiftLeft(width)) : low;
            });
            case 10 -> new Pair(Choice.saturateUnsigned(a.num, width),
                    p -> a.value.apply(p).max(BigInteger.ZERO).min(mask));
            case 11 -> new Pair(Choice.saturateSigned(a.num, width),
                    p -> a.value.apply(p).max(half.negate()).min(half.subtract(BigInteger.ONE)));
            default -> new Pair(Choice.choose(Compare.less(a.num, b.num), a.num, b.num),
                    p -> a.value.apply(p).min(b.value.apply(p)));
        };
    }

    @Property(tries = 3000)
    void everyWordIsRight(@ForAll long seed) {
        Random random = new Random(seed);
        Packet packet = packet(random);
        Pair a = expression(random, 1 + random.nextInt(3));
        Pair b = expression(random, random.nextInt(2));
        BigInteger expected = a.value.apply(packet);
        BigInteger other = b.value.apply(packet);
        assertThat(a.num.big(packet)).isEqualTo(expected);
        for (int i = 0; i < 5; i++) {
            assertThat(a.num.word(packet, i)).as("word %d of %s", i, expected)
                    .isEqualTo(expected.shiftRight(64 * i).longValue());
        }
        assertThat(expected).isBetween(a.num.least(), a.num.greatest());
        assertThat(Compare.equal(a.num, b.num).test(packet)).isEqualTo(expected.equals(other));
        assertThat(Compare.equal(a.num, a.num).test(packet)).isTrue();
        assertThat(Compare.less(a.num, b.num).test(packet)).isEqualTo(expected.compareTo(other) < 0);
        assertThat(Compare.notZero(a.num).test(packet)).isEqualTo(expected.signum() != 0);
        if (expected.signum() >= 0 && other.signum() > 0) {
            assertThat(Arithmetic.divide(a.num, b.num).big(packet)).isEqualTo(expected.divide(other));
            assertThat(Arithmetic.modulo(a.num, b.num).word(packet, 0)).isEqualTo(expected.mod(other).longValue());
        }
    }

    @Property(tries = 500)
    void assignmentCutsToTheWidth(@ForAll long seed) {
        Random random = new Random(seed);
        Packet packet = packet(random);
        Pair a = expression(random, 2);
        int which = random.nextInt(WIDTHS.length);
        int word = 0;
        for (int i = 0; i < which; i++) {
            word += (WIDTHS[i] + 63) / 64;
        }
        int width = WIDTHS[which];
        BigInteger expected = a.value.apply(packet).mod(BigInteger.ONE.shiftLeft(width));
        Place.of(word, width).assign(packet, a.num);
        assertThat(Leaves.field(word, width, false).big(packet)).isEqualTo(expected);
    }

    @Test
    void divisionByZeroGivesZero() {
        Num ten = Leaves.constant(BigInteger.TEN);
        Num zero = Leaves.constant(BigInteger.ZERO);
        assertThat(Arithmetic.divide(ten, zero).eval(null)).isZero();
        assertThat(Arithmetic.modulo(ten, zero).eval(null)).isZero();
        Num wide = Leaves.constant(BigInteger.ONE.shiftLeft(100));
        assertThat(Arithmetic.divide(wide, zero).big(null)).isZero();
    }

    @Test
    void shiftsBeyondEveryFieldLeaveNothing() {
        Num endless = Leaves.constant(BigInteger.ONE.shiftLeft(80));
        Num one = Leaves.constant(BigInteger.ONE);
        assertThat(Bitwise.shiftLeft(one, endless).eval(null)).isZero();
        assertThat(Bitwise.shiftRight(Leaves.constant(BigInteger.ONE.negate()), endless).eval(null)).isEqualTo(-1);
        assertThat(Bitwise.shiftRight(one, endless).eval(null)).isZero();
    }
}
