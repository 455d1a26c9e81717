// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Replication.CloneSession;
import org.pmip.softswitch.pipeline.Replication.Group;
import org.pmip.softswitch.pipeline.Replication.Replica;

/** A compiled program does what the interpreter does: same entries, same frames, same outcome. */
class CompiledTest {
    private static final int COMMANDS = 76;
    /** The command whose outcome is not the same twice, whoever runs it. */
    private static final int RANDOM = 48;
    private static final int FRAMES = 12;
    private static final int[] TYPES = {0x88B5, 0x8800, 0x8855, 0x9000, 0x900F, 0x8700, 0x8600};

    private final Map<String, List<Integer>> parameters = new HashMap<>();

    CompiledTest() throws JsonProcessingException {
        for (String program : List.of("features.json", "unions.json")) {
            for (JsonNode action : new ObjectMapper().readTree(Harness.text(program)).get("actions")) {
                List<Integer> widths = new ArrayList<>();
                action.get("runtime_data").forEach(data -> widths.add(data.get("bitwidth").asInt()));
                parameters.put(action.get("name").asText(), widths);
            }
        }
    }

    private static byte[] number(Random random, int width) {
        byte[] octets = new byte[(width + 7) / 8];
        if (random.nextInt(3) > 0) {
            octets[octets.length - 1] = (byte) random.nextInt(Math.min(1 << Math.min(width, 8), 12));
        } else {
            random.nextBytes(octets);
            octets[0] &= (byte) (0xff >>> octets.length * 8 - width);
        }
        return octets;
    }

    private ActionCall action(Random random, Table table) {
        String name = table.actions().get(random.nextInt(table.actions().size()));
        return ActionCall.of(name,
                parameters.get(name).stream().map(width -> number(random, width)).toArray(byte[][]::new));
    }

    private static KeyMatch match(Random random, Table.KeyShape key) {
        byte[] value = number(random, key.width());
        switch (key.kind()) {
            case EXACT:
                return KeyMatch.exact(value);
            case LPM:
                int cut = random.nextInt(key.width() + 1);
                BigInteger prefix = new BigInteger(1, value).shiftRight(cut).shiftLeft(cut);
                return KeyMatch.lpm(prefix.toByteArray(), key.width() - cut);
            case RANGE:
                byte[] other = number(random, key.width());
                boolean rising = Arrays.compareUnsigned(value, other) <= 0;
                return KeyMatch.range(rising ? value : other, rising ? other : value);
            default:
                return random.nextBoolean() ? KeyMatch.ANY : KeyMatch.exact(value);
        }
    }

    /** Writes what chance brings into the tables; what a table does not take is left out. */
    private void fill(Harness harness, long seed) throws TableException {
        Random random = new Random(seed);
        Replication replication = harness.pipeline.replication();
        replication.insertSession(new CloneSession(5, List.of(new Replica(1, 1), new Replica(2, 2)), 30));
        replication.insertSession(new CloneSession(6, List.of(new Replica(3, 1)), 0));
        replication.insertGroup(new Group(1, List.of(new Replica(4, 1), new Replica(5, 2))));
        List<Table> tables = new ArrayList<>(harness.pipeline.tables());
        for (Table table : tables) {
            boolean prioritised = table.keys().stream().anyMatch(key -> key.kind() != Table.MatchKind.EXACT
                    && key.kind() != Table.MatchKind.LPM);
            for (int i = 0; i < 12; i++) {
                List<KeyMatch> matches = table.keys().stream().map(key -> match(random, key)).toList();
                ActionCall call = action(random, table);
                ActionChoice choice = table.profile() != null && table.profile().selector()
                        ? new ActionChoice.OneShot(List.of(new ActionChoice.Weighted(call, 1))) : call;
                try {
                    table.insert(new Entry(matches, prioritised ? 1 + random.nextInt(5) : 0, choice));
                } catch (TableException e) {
                    assertThat(e.kind()).isNotNull();
                }
            }
            if (random.nextInt(4) == 0) {
                try {
                    table.setDefaultAction(action(random, table));
                } catch (TableException e) {
                    assertThat(e.kind()).isNotNull();
                }
            }
        }
    }

    private static List<String> outcome(Harness harness, int port, byte[] frame) {
        harness.sent.clear();
        harness.digests.clear();
        harness.send(port, frame);
        List<String> outcome = new ArrayList<>();
        harness.sent.forEach(sent -> outcome.add(sent.port() + " " + sent.hex()));
        harness.digests.forEach(digest -> outcome.add(digest.name() + " " + Arrays.deepToString(digest.fields())));
        return outcome;
    }

    private static byte[] frame(Random random) {
        byte[] frame = new byte[random.nextInt(130)];
        random.nextBytes(frame);
        if (frame.length > 17) {
            int type = TYPES[random.nextInt(4) == 0 ? random.nextInt(TYPES.length) : 0];
            frame[12] = (byte) (type >> 8);
            frame[13] = (byte) type;
            frame[14] = (byte) random.nextInt(COMMANDS);
            frame[14] = frame[14] == RANDOM ? 0 : frame[14];
            if (random.nextBoolean()) {
                frame[15] = (byte) random.nextInt(2);
                frame[16] = 0;
                frame[17] = (byte) random.nextInt(6);
            }
        }
        return frame;
    }

    private static List<String> counters(Harness harness) throws TableException {
        List<String> counters = new ArrayList<>();
        for (Table table : harness.pipeline.tables()) {
            if (table.hasCounter()) {
                counters.add(table.name() + " " + table.counter(null));
                List<Entry> entries = new ArrayList<>();
                table.forEach(entries::add);
                for (Entry entry : entries) {
                    counters.add(table.name() + " " + entry.matches() + " " + table.counter(entry));
                }
            }
        }
        return counters;
    }

    private void compare(String program, long seed) throws TableException {
        Harness compiled = new Harness(program);
        Harness interpreted = Harness.interpreted(program);
        fill(compiled, seed);
        fill(interpreted, seed);
        Random random = new Random(~seed);
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = frame(random);
            int port = random.nextInt(12);
            assertThat(outcome(compiled, port, frame)).as("frame %d", i).isEqualTo(outcome(interpreted, port, frame));
        }
        assertThat(counters(compiled)).isEqualTo(counters(interpreted));
    }

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void randomEntriesAndFrames(@ForAll long seed) throws TableException {
        compare("features.json", seed);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void headerUnions(@ForAll long seed) throws TableException {
        compare("unions.json", seed);
    }

    @Test
    void everyCommandWithManyOperands() {
        Harness compiled = Harness.features();
        Harness interpreted = Harness.interpreted("features.json");
        for (int port = 1; port < 10; port++) {
            interpreted.forward(port, port + 10);
        }
        Random random = new Random(7);
        long[] operands = {0, 1, 2, 63, 64, 65, 127, 128, 255, 0x8000, 0xffff, Integer.MAX_VALUE, Long.MAX_VALUE,
            Long.MIN_VALUE, -1, -2};
        for (int op = 0; op < COMMANDS; op++) {
            for (int i = 0; i < 60 && op != RANDOM; i++) {
                Command command = Command.of(op).flag(random.nextInt(3)).arg(random.nextInt(70))
                        .a(operand(random, operands)).b(operand(random, operands)).s(random.nextInt())
                        .t(random.nextInt()).odd(random.nextInt(128), random.nextInt(2)).rest(new byte[i]);
                command.high = operand(random, operands);
                command.low = operand(random, operands);
                byte[] frame = command.frame();
                assertThat(outcome(compiled, 1 + i % 9, frame)).as("command %d, frame %d", op, i)
                        .isEqualTo(outcome(interpreted, 1 + i % 9, frame));
            }
        }
    }

    private static long operand(Random random, long[] operands) {
        return random.nextInt(4) == 0 ? random.nextLong() : operands[random.nextInt(operands.length)];
    }
}
