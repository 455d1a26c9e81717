// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmip.softswitch.Samples;

class StfRunnerTest {
    private static final String FRAME = "0200000000010200000000028847";
    private static final String BELOW = "45" + "00".repeat(7) + "0911aaaa" + "c0000201" + "c0000202";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        out.reset();
        return StfRunner.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void copyProgram() throws IOException {
        Files.copy(Samples.path("labels.json"), directory.resolve("t.json"));
    }

    /** Runs a test of these lines on the labels program, and returns what is said. */
    private String labels(int code, String... lines) throws IOException {
        Files.write(directory.resolve("t.stf"), List.of(lines));
        int result = run(directory.toString());
        assertThat(result).as(said()).isEqualTo(code);
        return said();
    }

    private static String label(int value, int ttl) {
        return String.format("%08x", value << 12 | 1 << 8 | ttl);
    }

    @Test
    void theSamplesPass() {
        assertThat(run(Samples.path("router.stf").getParent().toString())).isZero();
        assertThat(said()).contains("passed  router\n", "passed  probe\n").endsWith("6 passed, 0 failed, 0 not run\n");
    }

    @Test
    void whatIsNotExpectedFails() throws IOException {
        String add = "add tops 1 labelled:1 label:0x00010 swap_label(value:17, port:3) # a comment";
        String in = "packet 1 " + FRAME + " " + label(16, 9) + " " + BELOW;
        String right = label(17, 8);
        assertThat(labels(0, add, in, "expect 3 " + FRAME + right)).contains("passed  t\n1 passed");
        assertThat(labels(0, add, in, "EXPECT 3")).contains("passed  t\n");
        assertThat(labels(0, add, in, "expect 3 " + "*".repeat(28) + right + "*".repeat(40) + " $"))
                .contains("passed");
        assertThat(labels(0, add, in)).as("port 3 is not one of the test").contains("passed");
        assertThat(labels(1, add, in, "expect 3 " + FRAME + label(18, 8)))
                .contains("failed  t ", "line 3: port 3: expected " + FRAME + label(18, 8) + ", got " + FRAME + right);
        assertThat(labels(1, add, in, "expect 3 " + FRAME + right + "$")).contains("line 3: port 3");
        assertThat(labels(1, add, in, "expect 3 " + FRAME + right + BELOW + "00")).contains("line 3: port 3");
        assertThat(labels(1, add, in, "expect 3", "expect 3")).contains("line 4: nothing (more) left by port 3");
        assertThat(labels(1, add, in, in, "expect 3")).contains("port 3: nobody expects " + FRAME + right);
    }

    @Test
    void entriesDecideAsTheyAreWritten() throws IOException {
        String in = "packet 1 " + FRAME + label(0x12345, 9) + BELOW;
        String out3 = "expect 3 " + FRAME;
        String low = "add LabelIngress.tops 3 labelled:1 label:0x12345 swap_label(value:1, port:4)";
        assertThat(labels(0, low, "add tops 4 label:0x1**45 labelled:1 swap_label(value:1, port:3)", in, out3))
                .contains("passed");
        assertThat(labels(0, low, "add tops 4 label:0b1***0001101000101 labelled:1 swap_label(value:1, port:3)", in,
                out3)).contains("passed");
        assertThat(labels(0, low, "add tops 4 label:0b1***0001101000111 labelled:1 swap_label(value:1, port:3)", in,
                "expect 4")).contains("passed");
        assertThat(labels(0, low, "add tops 4 label:5&&&0xf labelled:1 swap_label(value:1, port:3)", in, out3))
                .contains("passed");
        assertThat(labels(0, "setdefault tops swap_label(port:0o3, value:0x1)", in, out3)).contains("passed");
        assertThat(labels(0, low, "remove all", in, "wait", "no_packet")).contains("passed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bake 1                                | 'bake' is no statement",
        "packet 1 0                            | not made of whole octets",
        "packet 512 00                         | '512' is not a number from 0 to 511",
        "packet                                | the port is missing",
        "expect 1 0g                           | not made of hexadecimal digits",
        "add tops labelled:1                   | does not read as add TABLE",
        "add tops 1 labelled:1 swap_label(x)   | does not read as NAME:VALUE",
        "add bottoms labelled:1 drop()         | there is no table 'bottoms'",
        "add tops labelled:1 fly()             | there is no action of table 'LabelIngress.tops' 'fly'",
        "add tops colour:1 drop()              | has no key 'colour'",
        "add tops labelled:1 pop()             | parameter 'port' of action 'LabelIngress.pop' is missing",
        "add tops labelled:1 pop(port:1, x:1)  | has no parameter 'x'",
        "add tops labelled:1 pop(port:512)     | wider than its 9 bits",
        "add tops labelled:1&&&1 drop()        | is EXACT and takes no mask",
        "add tops label:1 labelled:zz drop()   | 'zz' is not a number",
        "remove tops                           | knows only 'remove all'",
        "mc_node_associate 1 0                 | there is no multicast group 1",
        "mirroring_get 7                       | there is no clone session 7",
        "register_read nothing 0               | there is no register 'nothing'",
        "check_counter c(                      | does not read as check_counter"})
    void aStatementThatCannotBeExecutedIsNamedWithItsLine(String statement, String reason) throws IOException {
        assertThat(labels(1, "", statement)).contains("failed  t ", "line 2: ", reason, "0 passed, 1 failed");
    }

    @Test
    void registersCountersAndMetersAreWritten() throws IOException {
        Files.copy(Samples.path("probe.json"), directory.resolve("p.json"));
        List<String> lines = new ArrayList<>(List.of("register_write sums 3 0x10", "register_read sums 3",
                "counter_write ProbeIngress.cells 2 7 700", "counter_read cells 2",
                "check_counter cells(2) bytes >= 700", "check_counter cells(2) packets == 7",
                "check_counter cells(1)", "meter_set_rates limits 1 0.5:10 1:20",
                "meter_array_set_rates limits 0.5:10 1:20", "meter_get_rates limits 1"));
        Path script = Files.write(directory.resolve("p.stf"), lines);
        assertThat(run(script.toString())).as(said()).isZero();
        lines.set(5, "check_counter cells(2) packets < 7");
        Files.write(script, lines);
        assertThat(run(script.toString())).isOne();
        assertThat(said()).contains("line 6: counter 'cells' at 2 is 7, which is not < 7");
    }

    @Test
    void programsThatAreMissingOrRefusedAreTold() throws IOException {
        Files.createFile(directory.resolve("lonely.stf"));
        Files.createFile(directory.resolve("strange.stf"));
        Files.writeString(directory.resolve("strange.json"), "{}");
        Files.createFile(directory.resolve("broken.stf"));
        Files.writeString(directory.resolve("broken.json"), "{");
        Files.createFile(directory.resolve("t.stf"));
        assertThat(run(directory.toString())).isOne();
        assertThat(said()).contains("not run lonely ", "there is no lonely.json", "failed  strange ", "refused: /",
                "broken.json is no JSON", "passed  t\n1 passed, 2 failed, 1 not run\n");
        assertThat(run("--list", directory.toString())).isZero();
        assertThat(said()).contains("t.stf\tt.json\n", "lonely.stf\tno program\n").doesNotContain("passed");
    }

    @Test
    void withACompilerTheP4TextIsTaken() throws IOException {
        Path compiler = Samples.compiler();
        Assumptions.assumeTrue(compiler != null, "p4c-bm2-ss is not on the PATH");
        Files.delete(directory.resolve("t.json"));
        for (String name : List.of("labels.p4", "labels.stf")) {
            Files.copy(Samples.path(name), directory.resolve(name));
        }
        Files.writeString(directory.resolve("psa.p4"), "#include <psa.p4>\n");
        Files.createFile(directory.resolve("psa.stf"));
        Files.writeString(directory.resolve("wrong.p4"), "#include <core.p4>\ncontrol c() { apply { x = 1; } }\n");
        Files.createFile(directory.resolve("wrong.stf"));
        assertThat(run("--p4c", compiler.toString(), directory.toString())).as(said()).isZero();
        assertThat(said()).contains("passed  labels\n", "psa.p4 is for another architecture", "does not compile: ",
                "1 passed, 0 failed, 2 not run");
    }

    @Test
    void wrongArgumentsAreOneLineAndCodeTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(run("no/such/place")).isEqualTo(2);
        assertThat(run("--p4c")).isEqualTo(2);
        assertThat(run("--p4c", "no/such/compiler", ".")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(5).contains("there is no 'no/such/place'");
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("--p4c", "--list");
    }
}
