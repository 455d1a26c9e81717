// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole headers as values, and what the switch itself tells a program. */
class HeaderTest {
    private final Harness harness = Harness.features();

    private Command run(Command command) {
        return Command.parse(harness.one(1, command.frame()).frame());
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private String tags(int op, int flag, String tags) {
        return HexFormat.of().formatHex(run(Command.of(op).flag(flag).rest(octets(tags))).rest);
    }

    private int flag(int op, int flag, String tags) {
        return run(Command.of(op).flag(flag).rest(octets(tags))).flag;
    }

    @Test
    void headersAreCopiedWithTheirValidity() {
        assertThat(tags(80, 0, "0aaa1bbb")).isEqualTo("0aaa1bbb0aaa");
        assertThat(tags(82, 0, "0aaa1bbb")).isEqualTo("0aaa0aaa");
        assertThat(tags(82, 1, "0aaa1bbb")).isEqualTo("0aaa1bbb");
        assertThat(tags(82, 0, "1bbb")).isEqualTo("1bbb1bbb");
        assertThat(tags(82, 1, "1bbb")).isEqualTo("1bbb");
    }

    @Test
    void headersAreEqualWhenBothAreValidAndHoldTheSame() {
        assertThat(flag(81, 0, "0aaa1aaa")).isEqualTo(2);
        assertThat(flag(81, 0, "0aaa0aaa1bbb")).isEqualTo(1);
        assertThat(flag(81, 0, "1aaa")).isEqualTo(2);
    }

    @Test
    void anIndexIsComputedForEveryPacket() {
        for (int i = 0; i < 4; i++) {
            assertThat(flag(83, i, "0bbb1aaa")).isEqualTo(i == 1 ? 1 : 2);
        }
    }

    @Test
    void varbitsAreCopiedAndCompared() {
        Command out = run(Command.of(85).rest(octets("03112233")));
        assertThat(out.flag).isEqualTo(1);
        assertThat(out.rest).isEqualTo(octets("0011223303112233"));
        out = run(Command.of(85).rest(octets("00")));
        assertThat(out.flag).as("both empty and the first octet the same").isEqualTo(2);
    }

    @Test
    void aWrongChecksumIsTold() {
        // destination 0200 0000 0001, a 1
        int right = ~(0x0200 + 1 + 1) & 0xffff;
        assertThat(run(Command.of(86).a(1).arg(right)).flag).isZero();
        assertThat(run(Command.of(86).a(1).arg(right ^ 1)).flag).isEqualTo(1);
        assertThat(run(Command.of(86).a(2).arg(right)).flag).isEqualTo(1);
    }

    @Test
    void timeStampsAreMicrosecondsSinceTheStart() {
        assertThat(run(Command.of(87).b(9)).a).isZero();
        harness.nanoseconds.addAndGet(5_000_999);
        Command out = run(Command.of(87));
        assertThat(out.a).isEqualTo(5000);
        assertThat(out.b).isEqualTo(5000);
    }

    @Test
    void tablesWithTimeoutsKnowWhenAnEntryWasHit() throws TableException {
        Table ports = harness.pipeline.table("FeatureIngress.ports");
        Entry entry = new Entry(List.of(KeyMatch.exact(Harness.number(1))), 0, Harness.forward(1), Bits.of(0),
                1000, false);
        harness.nanoseconds.set(70);
        ports.modify(entry);
        assertThat(ports.find(entry).idleTimeout()).isEqualTo(1000);
        assertThat(ports.lastHit(entry)).isEqualTo(70);
        harness.nanoseconds.set(500);
        assertThat(harness.pipeline.now()).isEqualTo(500);
        run(Command.of(39));
        assertThat(ports.lastHit(entry)).isEqualTo(500);
        assertThatThrownBy(() -> harness.pipeline.table("FeatureIngress.routes").lastHit(entry))
                .hasMessageContaining("idle timeout");
    }

    @Test
    void linesWithoutValuesAreLoggedToo() {
        harness.pipeline.trace((packet, text) -> harness.steps.add(text));
        run(Command.of(84).rest(octets("1bbb")));
        assertThat(harness.steps).contains("a line without values");
    }
}
