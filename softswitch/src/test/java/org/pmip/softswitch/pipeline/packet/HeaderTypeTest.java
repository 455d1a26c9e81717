// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.expr.Leaves;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;

/** Headers of random fields, with and without a varbit, against the same bits as one large number. */
class HeaderTypeTest {
    private static final int SLACK = 3;

    private static List<Field> fields(Random random, boolean varbit) {
        List<Field> fields = new ArrayList<>();
        for (int part = 0; part < (varbit ? 2 : 1); part++) {
            int bits = 0;
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                int width = 1 + (random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(48));
                fields.add(new Field("f" + fields.size(), width, false, false, 0));
                bits += width;
            }
            if (bits % 8 != 0) {
                fields.add(new Field("f" + fields.size(), 8 - bits % 8, false, false, 0));
            }
            if (varbit && part == 0) {
                fields.add(new Field("rest", 8 * 20, false, true, 0));
            }
        }
        return fields;
    }

    @Property(tries = 1000)
    void whatIsTakenIsPutBackAndEveryFieldIsRight(@ForAll long seed) {
        Random random = new Random(seed);
        boolean varbit = random.nextBoolean();
        HeaderType type = new HeaderType("t", fields(random, varbit));
        Header header = new Header("h", type, SLACK, 2, false);
        Packet packet = new Packet(new Layout(new long[SLACK + type.words()], 0, 2 + type.varbitOctets(), 0,
                List.of()));
        int varOctets = varbit ? random.nextInt(21) : 0;
        int octets = type.fixedOctets() + varOctets;
        int before = random.nextInt(4);
        byte[] frame = new byte[before + octets + random.nextInt(10)];
        random.nextBytes(frame);
        packet.reset(frame, 0, frame.length);
        packet.cursor = before;

        header.extract(packet, varOctets);

        assertThat(header.valid(packet)).isTrue();
        assertThat(header.octets(packet)).isEqualTo(octets);
        assertThat(packet.cursor).isEqualTo(before + octets);
        BigInteger all = new BigInteger(1, Arrays.copyOfRange(frame, before, before + octets));
        int left = octets * 8;
        for (Field field : type.fields()) {
            int width = field.varbit() ? varOctets * 8 : field.width();
            left -= width;
            if (!field.varbit()) {
                BigInteger expected = all.shiftRight(left).mod(BigInteger.ONE.shiftLeft(width));
                assertThat(Leaves.field(SLACK + field.word(), width, false).big(packet)).isEqualTo(expected);
            }
        }
        byte[] out = new byte[1 + octets + random.nextInt(12)];
        assertThat(header.emit(packet, out, 1)).isEqualTo(1 + octets);
        assertThat(Arrays.copyOfRange(out, 1, 1 + octets))
                .isEqualTo(Arrays.copyOfRange(frame, before, before + octets));
    }

    @Property(tries = 500)
    void bitsAreGatheredOneAfterTheOther(@ForAll long seed) {
        Random random = new Random(seed);
        BitBuffer bits = new BitBuffer();
        for (int round = 0; round < 2; round++) {
            bits.clear();
            BigInteger expected = BigInteger.ZERO;
            int total = 0;
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                int width = 1 + random.nextInt(64);
                long value = random.nextLong();
                bits.put(value, width);
                BigInteger cut = new BigInteger(Long.toUnsignedString(value & Octets.mask(width)));
                expected = expected.shiftLeft(width).or(cut);
                total += width;
            }
            int filled = (total + 7) / 8 * 8;
            assertThat(bits.length()).isEqualTo(filled / 8);
            assertThat(new BigInteger(1, Arrays.copyOf(bits.octets(), bits.length())))
                    .isEqualTo(expected.shiftLeft(filled - total));
        }
    }

    @Test
    void stacksMoveTheirElements() {
        HeaderType type = new HeaderType("t", List.of(new Field("f", 8, false, false, 0)));
        Header[] headers = new Header[3];
        for (int i = 0; i < 3; i++) {
            headers[i] = new Header("h" + i, type, 2 * i, 0, false);
        }
        HeaderStack stack = new HeaderStack("s", headers, new Header("spare", type, 6, 0, false), 8);
        Packet packet = new Packet(new Layout(new long[9], 0, 0, 0, List.of()));
        packet.reset(new byte[] {1, 2, 3}, 0, 3);
        for (int i = 0; i < 3; i++) {
            stack.grow(packet).extract(packet, 0);
        }
        assertThat(stack.grow(packet)).isNull();
        assertThat(stack.last(packet)).isSameAs(headers[2]);
        stack.pushFront(packet, 1);
        assertThat(values(packet, headers)).containsExactly(-1, 1, 2);
        stack.popFront(packet, 2);
        assertThat(values(packet, headers)).containsExactly(2, -1, -1);
        assertThat(stack.next(packet)).isEqualTo(1);
        stack.popFront(packet, 9);
        assertThat(values(packet, headers)).containsExactly(-1, -1, -1);
        assertThat(stack.next(packet)).isZero();
        assertThat(stack.last(packet).name()).as("of an empty stack there is no last").isEqualTo("spare");
        stack.pushFront(packet, 9);
        assertThat(values(packet, headers)).containsExactly(-1, -1, -1);
    }

    private static List<Integer> values(Packet packet, Header[] headers) {
        return Arrays.stream(headers).map(header ->
                header.valid(packet) ? (int) packet.words[header.base() + 1] : -1).toList();
    }

    @Test
    void oneValidMemberOfAUnionMakesTheOthersInvalid() {
        HeaderType type = new HeaderType("t", List.of(new Field("f", 8, false, false, 0)));
        Header a = new Header("a", type, 0, 0, false);
        Header b = new Header("b", type, 2, 0, false);
        a.joinUnion(new int[] {2});
        b.joinUnion(new int[] {0});
        Packet packet = new Packet(new Layout(new long[4], 0, 0, 0, List.of()));
        a.add(packet);
        packet.words[1] = 7;
        assertThat(a.add(packet)).as("already there").isFalse();
        assertThat(packet.words[1]).isEqualTo(7);
        b.add(packet);
        assertThat(a.valid(packet)).isFalse();
        assertThat(b.valid(packet)).isTrue();
        assertThat(a.same(packet, b)).isFalse();
        a.copy(packet, b);
        assertThat(a.valid(packet)).isTrue();
        assertThat(b.valid(packet)).isFalse();
    }
}
