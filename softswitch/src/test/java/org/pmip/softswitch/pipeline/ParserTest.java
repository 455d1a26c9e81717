// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What is taken from frames, and what too short or wrong ones do. */
class ParserTest {
    private static final String MACS = "020000000001" + "020000000002";

    private final Harness harness = Harness.features();

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** What the program writes into the source address after a parser error; -1 if there was none. */
    private int error(byte[] frame) {
        byte[] out = harness.one(1, frame).frame();
        return Arrays.equals(out, frame) ? -1 : out[11] & 0xff;
    }

    @Test
    void aFrameCutAnywhereInTheCommandIsTooShort() {
        byte[] frame = Command.of(39).frame();
        for (int length = 14; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThat(error(cut)).as("%d octets", length).isEqualTo(0xE1);
        }
        assertThat(error(frame)).isEqualTo(-1);
    }

    @Test
    void aFrameCutInTheFirstHeaderLeavesAsItIs() {
        byte[] frame = Command.of(39).frame();
        for (int length = 0; length < 14; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThat(harness.one(1, cut).frame()).isEqualTo(cut);
        }
    }

    @Test
    void stacksFillUntilTheyOverflow() {
        String four = "0001 0002 0003 1004";
        byte[] out = harness.one(1, octets(MACS + "9000" + four + "ab")).frame();
        assertThat(HexFormat.of().formatHex(out)).isEqualTo(MACS + "9001" + "0002" + "0003" + "1004" + "ab");
        assertThat(harness.one(1, octets(MACS + "9000" + "0001 0002 0003 0004 1005")).hex())
                .as("elements that were taken stay valid; the program pops one")
                .isEqualTo(MACS + "9001" + "0002" + "0003" + "0004" + "1005");
    }

    @Test
    void rangesInSelectAreWhole() {
        for (int type = 0x8fff; type <= 0x9010; type++) {
            String hex = MACS + String.format("%04x", type) + "1abc" + "00";
            String out = harness.one(1, octets(hex)).hex();
            boolean tags = type >= 0x9000 && type <= 0x900f;
            assertThat(out).isEqualTo(tags ? MACS + "9001" + "00" : hex);
        }
    }

    @Test
    void verifyEndsParsingWithTheProgramsError() {
        String out = harness.one(1, Command.of(50).rest((byte) 0x1f, (byte) 0xff).frame()).hex();
        assertThat(out).hasSize(2 * (Command.LENGTH + 4));
        byte[] alone = octets(MACS + "9000" + "1fff");
        assertThat(harness.one(1, alone).hex()).as("taken, so popped").isEqualTo(MACS + "9001");
    }

    @Test
    void lookaheadAndAdvanceStayInTheFrame() {
        assertThat(error(octets(MACS + "8800"))).isEqualTo(0xE1);
        assertThat(error(octets(MACS + "8800" + "00"))).isEqualTo(-1);
        // What is skipped is not in any header, and so does not leave again.
        assertThat(harness.one(1, octets(MACS + "88aa" + "03aabbcc")).hex()).isEqualTo(MACS + "88aa" + "cc");
        assertThat(error(octets(MACS + "8800" + "05aabbcc"))).isEqualTo(0xE1);
        assertThat(error(octets(MACS + "8800" + "04aabbcc"))).isNotEqualTo(0xE1);
    }

    @Test
    void aParserThatGoesInCirclesTimesOut() {
        assertThat(error(octets(MACS + "8700"))).isEqualTo(0xE5);
        assertThat(error(octets("020000000002" + "020000000002" + "8700"))).isEqualTo(-1);
    }

    @Test
    void varbitsTakeTheLengthThatTheyAreGiven() {
        for (int length = 0; length <= 40; length++) {
            byte[] rest = new byte[1 + length + 3];
            Arrays.fill(rest, (byte) 0x77);
            rest[0] = (byte) length;
            byte[] frame = Command.of(51).rest(rest).frame();
            Command out = Command.parse(harness.one(1, frame).frame());
            assertThat(out.arg).as("length %d", length).isEqualTo(length);
            assertThat(out.rest).isEqualTo(rest);
        }
    }

    @Test
    void varbitsThatAreTooLongAreNotTaken() {
        byte[] rest = new byte[60];
        rest[0] = 41;
        Command out = Command.parse(harness.one(1, Command.of(51).arg(9).rest(rest).frame()).frame());
        assertThat(out.arg).as("the header is not valid, its length reads as zero").isZero();
        assertThat(out.rest).isEqualTo(rest);
        byte[] few = {10, 1, 2};
        assertThat(Command.parse(harness.one(1, Command.of(51).rest(few).frame()).frame()).rest).isEqualTo(few);
    }

    @Test
    void pushMovesTheStackAndAComputedIndexFindsItsElement() {
        Command sent = Command.of(50).flag(1).rest(octets("0001 1002 ff"));
        Command out = Command.parse(harness.one(1, sent.frame()).frame());
        assertThat(HexFormat.of().formatHex(out.rest)).isEqualTo("0123" + "a001" + "1002" + "ff");
        sent = Command.of(50).flag(3).rest(octets("0001 0002 0003 1004 ff"));
        out = Command.parse(harness.one(1, sent.frame()).frame());
        assertThat(HexFormat.of().formatHex(out.rest)).isEqualTo("0123" + "0001" + "0002" + "a003" + "ff");
    }
}
