// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

    private byte[] typed(int type, Command command) {
        byte[] frame = command.frame();
        frame[12] = (byte) (type >> 8);
        frame[13] = (byte) type;
        return frame;
    }

    /** Whether the first tag was taken: operation 83 tells whether its number is 0xAAA. */
    private boolean tagTaken(int type, Command command) {
        return Command.parse(harness.one(1, typed(type, command)).frame()).flag == 1;
    }

    @Test
    void valueSetsDecideWhatTheControlPlaneGave() throws TableException {
        ValueSet set = harness.pipeline.valueSet("FeatureParser.commands");
        assertThat(set.size()).isEqualTo(4);
        assertThat(set.widths()).containsExactly(16);
        Command command = Command.of(7).a(5);
        assertThat(Command.parse(harness.one(1, typed(0x1234, command)).frame()).a).isEqualTo(5);
        List<List<KeyMatch>> members = List.of(List.of(KeyMatch.exact(Harness.number(0x1234))),
                List.of(KeyMatch.ternary(Harness.number(0x4000), Harness.number(0xf00f))));
        set.replace(members);
        assertThat(set.members()).isEqualTo(members);
        assertThat(Command.parse(harness.one(1, typed(0x1234, command)).frame()).a).isEqualTo(~5L);
        assertThat(Command.parse(harness.one(1, typed(0x4ab0, command)).frame()).a).isEqualTo(~5L);
        assertThat(Command.parse(harness.one(1, typed(0x4ab1, command)).frame()).a).isEqualTo(5);
        set.replace(List.of(List.of(KeyMatch.range(octets("1233"), octets("1235")))));
        assertThat(Command.parse(harness.one(1, typed(0x1233, command)).frame()).a).isEqualTo(~5L);
        assertThat(Command.parse(harness.one(1, typed(0x1235, command)).frame()).a).isEqualTo(~5L);
        assertThat(Command.parse(harness.one(1, typed(0x1232, command)).frame()).a).isEqualTo(5);
        assertThat(Command.parse(harness.one(1, typed(0x1236, command)).frame()).a).isEqualTo(5);
        set.replace(List.of());
        assertThat(Command.parse(harness.one(1, typed(0x1234, command)).frame()).a).isEqualTo(5);
    }

    @Test
    void valueSetsOfSeveralPartsFitWholeKeys() throws TableException {
        ValueSet pairs = harness.pipeline.valueSet("FeatureParser.pairs");
        assertThat(pairs.widths()).containsExactly(128, 8);
        Command command = Command.of(83).wide(BigInteger.ONE.shiftLeft(127).add(BigInteger.TWO)).rest(octets("1aaa"));
        assertThat(tagTaken(0x8600, command)).isFalse();
        KeyMatch high = KeyMatch.lpm(BigInteger.ONE.shiftLeft(127).toByteArray(), 64);
        pairs.replace(List.of(List.of(high, KeyMatch.exact(Harness.number(84))),
                List.of(KeyMatch.exact(Harness.number(2)), KeyMatch.ANY)));
        assertThat(tagTaken(0x8600, command)).isFalse();
        pairs.replace(List.of(List.of(high, KeyMatch.exact(Harness.number(83)))));
        assertThat(tagTaken(0x8600, command)).isTrue();
        assertThat(tagTaken(0x8600, Command.of(83).rest(octets("1aaa")))).isFalse();
        BigInteger middle = BigInteger.ONE.shiftLeft(127).add(BigInteger.TWO);
        KeyMatch around = KeyMatch.range(middle.toByteArray(), middle.add(BigInteger.TWO).toByteArray());
        pairs.replace(List.of(List.of(around, KeyMatch.exact(Harness.number(83)))));
        assertThat(tagTaken(0x8600, command)).isTrue();
        assertThat(tagTaken(0x8600, Command.of(83).wide(middle.add(BigInteger.valueOf(3))).rest(octets("1aaa"))))
                .isFalse();
        assertThat(tagTaken(0x8600, Command.of(83).wide(middle.subtract(BigInteger.ONE)).rest(octets("1aaa"))))
                .isFalse();
    }

    @Test
    void valueSetsAnswerWhatIsWrong() {
        ValueSet set = harness.pipeline.valueSet("FeatureParser.commands");
        List<KeyMatch> any = List.of(KeyMatch.ANY);
        assertThatThrownBy(() -> set.replace(List.of(any, any, any, any, any))).hasMessageContaining("4 members");
        assertThatThrownBy(() -> set.replace(List.of(List.of()))).hasMessageContaining("1 parts");
        assertThatThrownBy(() -> set.replace(List.of(List.of(KeyMatch.exact(octets("010000"))))))
                .hasMessageContaining("16 bits");
        assertThatThrownBy(() -> set.replace(List.of(List.of(KeyMatch.range(octets("03"), octets("02"))))))
                .hasMessageContaining("low 0x03 is above high 0x02");
        assertThatThrownBy(() -> set.replace(List.of(List.of(KeyMatch.lpm(octets("01"), 8)))))
                .hasMessageContaining("outside");
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
