// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.TableException.Kind;

/** What a program keeps between packets and what it computes over them. */
class StateTest {
    private final Harness harness = Harness.features();
    private final Pipeline pipeline = harness.pipeline;

    private Command run(Command command) {
        return Command.parse(harness.one(1, command.frame()).frame());
    }

    @Test
    void countersCountPacketsAndOctets() throws TableException {
        CounterArray counter = pipeline.counters("FeatureIngress.packets");
        run(Command.of(40).arg(3));
        run(Command.of(40).arg(3).rest(new byte[10]));
        run(Command.of(40).arg(16));
        run(Command.of(40).arg(0xffff));
        assertThat(counter.size()).isEqualTo(16);
        assertThat(counter.read(3)).isEqualTo(new CounterArray.Value(2, 2 * Command.LENGTH + 10));
        for (int i = 0; i < 16; i++) {
            assertThat(counter.read(i).packets()).isEqualTo(i == 3 ? 2 : 0);
        }
        counter.write(3, CounterArray.Value.ZERO);
        assertThat(counter.read(3)).isEqualTo(CounterArray.Value.ZERO);
        assertThatThrownBy(() -> counter.read(16)).isInstanceOfSatisfying(TableException.class,
                e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_RANGE)).hasMessageContaining("0 to 15");
    }

    @Test
    void metersColourPackets() throws TableException {
        MeterArray meter = pipeline.meters("FeatureIngress.pace");
        assertThat(run(Command.of(40).arg(2)).flag).isZero();
        meter.write(2, new MeterArray.Config(1, 1, 1, 2));
        assertThat(meter.read(2)).isEqualTo(new MeterArray.Config(1, 1, 1, 2));
        assertThat(run(Command.of(40).arg(2)).flag).isZero();
        assertThat(run(Command.of(40).arg(2)).flag).isEqualTo(1);
        assertThat(run(Command.of(40).arg(2)).flag).isEqualTo(2);
        assertThat(run(Command.of(40).arg(3)).flag).isZero();
        harness.nanoseconds.addAndGet(1_000_000_000L);
        assertThat(run(Command.of(40).arg(2)).flag).isZero();
        assertThat(run(Command.of(40).arg(2)).flag).isEqualTo(2);
        meter.write(2, null);
        assertThat(meter.read(2)).isNull();
        assertThat(run(Command.of(40).arg(2)).flag).isZero();
        assertThatThrownBy(() -> meter.write(16, null)).hasMessageContaining("16");
    }

    @Test
    void registersKeepTheirWidth() throws TableException {
        RegisterArray memory = pipeline.registers("FeatureIngress.memory");
        assertThat(run(Command.of(41).arg(4).a(-1L)).b).isZero();
        assertThat(run(Command.of(41).arg(4).a(3)).b).isEqualTo(-1L);
        assertThat(memory.read(4)).isEqualTo(Bits.of(2));
        memory.write(4, Bits.of(100));
        assertThat(run(Command.of(41).arg(4)).b).isEqualTo(100);
        assertThat(run(Command.of(41).arg(16).a(1).b(7)).b).as("outside nothing is read").isZero();
        RegisterArray wide = pipeline.registers("FeatureIngress.wide_memory");
        assertThat(wide.width()).isEqualTo(128);
        BigInteger value = new BigInteger("fedcba98765432100123456789abcdef", 16);
        assertThat(run(Command.of(42).arg(1).wide(value)).wide()).isEqualTo(BigInteger.ZERO);
        assertThat(run(Command.of(42).arg(1).wide(BigInteger.ONE)).wide()).isEqualTo(value);
        wide.write(1, Bits.of(value.toByteArray()));
        assertThat(wide.read(1)).isEqualTo(Bits.of(value.toByteArray()));
        assertThatThrownBy(() -> memory.write(1, Bits.of(value.toByteArray()))).hasMessageContaining("64 bits");
        assertThatThrownBy(() -> memory.read(-1)).hasMessageContaining("-1");
    }

    private static long crc16(byte[] octets) {
        int crc = 0;
        for (byte octet : octets) {
            crc ^= octet & 0xff;
            for (int i = 0; i < 8; i++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
            }
        }
        return crc;
    }

    private static long crc32(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return crc.getValue();
    }

    private static byte[] join(long a, int... rest) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + rest.length).putLong(a);
        for (int octet : rest) {
            buffer.put((byte) octet);
        }
        return buffer.array();
    }

    @Test
    void hashesAreThoseOfTheirNames() {
        long a = 0x3132333435363738L;
        assertThat(crc16("123456789".getBytes())).isEqualTo(0xBB3D);
        assertThat(run(Command.of(60).a(a).odd(0x1c, 1)).b).isEqualTo(0xBB3D).isEqualTo(crc16(join(a, '9')));
        BigInteger wide = new BigInteger("fedcba98765432100123456789abcdef", 16);
        byte[] both = ByteBuffer.allocate(24).putLong(a).putLong(wide.shiftRight(64).longValue())
                .putLong(wide.longValue()).array();
        assertThat(run(Command.of(61).a(a).wide(wide)).b).isEqualTo(crc32(both));
        assertThat(run(Command.of(65).a(a)).b).isEqualTo(100 + crc32(join(a)) % 10);
        assertThat(run(Command.of(66).a(a)).b).isEqualTo(crc16(join(a)));
        assertThat(run(Command.of(67).a(a)).b).isEqualTo(crc32(join(a)));
        // 3132 + 3334 + 3536 + 3738 + 4200, complemented
        assertThat(run(Command.of(62).a(a).flag(0x42)).b)
                .isEqualTo(~(0x3132 + 0x3334 + 0x3536 + 0x3738 + 0x4200 - 0xffff)
                & 0xffffL);
        assertThat(run(Command.of(63).a(a).flag(0x42)).b)
                .isEqualTo(0x3132 ^ 0x3334 ^ 0x3536 ^ 0x3738 ^ 0x4200);
        assertThat(run(Command.of(64).arg(0x1234).flag(0x56)).b).isEqualTo(0x123456);
    }

    @Test
    void checksumsAreComputedBeforeTheFrameLeaves() {
        Command out = run(Command.of(70).a(1).rest((byte) 0xff, (byte) 0xff));
        // destination 0200 0000 0001, a 1, b 0
        assertThat(out.arg).isEqualTo(~(0x0200 + 1 + 1) & 0xffff);
        out = run(Command.of(71).a(1).rest((byte) 0x01, (byte) 0x02, (byte) 0x03));
        assertThat(out.arg).as("with payload, its odd octet filled up")
                .isEqualTo(~(0x0200 + 1 + 1 + 0x0102 + 0x0300) & 0xffff);
    }

    @Test
    void randomNumbersLieBetweenTheirBounds() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(run(Command.of(48)).arg);
        }
        assertThat(seen).containsExactlyInAnyOrder(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
    }

    @Test
    void digestsCarryTheirFieldsInWholeOctets() {
        run(Command.of(47).arg(0x0102));
        assertThat(harness.digests).hasSize(1);
        Harness.Digest digest = harness.digests.get(0);
        assertThat(digest.name()).isEqualTo("seen_t");
        assertThat(digest.fields()).isDeepEqualTo(new byte[][] {{2, 0, 0, 0, 0, 2}, {0, 1}, {1, 2}});
    }

    @Test
    void theTraceTellsThePacketsWayAndTheProgramsOwnLines() {
        pipeline.trace((packet, text) -> harness.steps.add(text));
        run(Command.of(59).arg(5).a(6));
        assertThat(harness.steps).contains("arg 5 a 6")
                .anyMatch(step -> step.startsWith("Table 'FeatureIngress.ports': hit"))
                .anyMatch(step -> step.contains("Transmitting 54 octets on port 11"));
        int lines = harness.steps.size();
        assertThat(harness.send(1, Command.of(59).frame())).as("a failed assertion drops").isEmpty();
        assertThat(harness.steps).hasSizeGreaterThan(lines).last().asString().contains("assert failed");
        pipeline.trace(null);
        lines = harness.steps.size();
        run(Command.of(59).arg(5));
        assertThat(harness.steps).hasSize(lines);
    }

    @Test
    void exitEndsIngressOnly() {
        assertThat(harness.one(1, Command.of(58).frame()).port()).isEqualTo(11);
    }
}
