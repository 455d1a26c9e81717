// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.softswitch.Samples;

/**
 * Random entities and packets through this switch and through a real simple_switch_grpc on virtual wires. Where bmv2 is
 * not installed the samples' own packet tests stand for it. More programs, each JSON with its P4Info beside it, are
 * taken from the folder that {@code -Dsoftswitch.differential=DIR} names.
 */
@ExtendWith(DifferentialTest.Bmv2Present.class)
class DifferentialTest {
    private static final String FOLDER = "softswitch.differential";

    @TempDir
    private Path directory;

    /** Says in the report why the comparison was left out. */
    static final class Bmv2Present implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (!"root".equals(System.getProperty("user.name"))) {
                return ConditionEvaluationResult.disabled("bmv2 needs root for its network namespace");
            }
            for (String program : List.of("simple_switch_grpc", "ip", "unshare")) {
                if (Samples.onPath(program) == null) {
                    return ConditionEvaluationResult.disabled(program + " is not on the PATH");
                }
            }
            return ConditionEvaluationResult.enabled("bmv2 is here");
        }
    }

    @Test
    void theSamplesDoTheSame() throws Exception {
        List<Path> programs = new ArrayList<>();
        for (String name : List.of("router", "filter", "nat", "labels", "probe", "wide")) {
            programs.add(Samples.path(name + ".json"));
            programs.add(Samples.path(name + ".p4info.txt"));
        }
        assertSame(7, 150, programs);
    }

    @Test
    void theProgramOfThisProductDoesTheSame() throws Exception {
        Path build = Path.of("../p4src/build");
        Assumptions.assumeTrue(Files.exists(build), "p4src is not beside this module");
        assertSame(3, 150, List.of(build.resolve("pmip.json"), build.resolve("pmip.p4info.txtpb")));
    }

    @Test
    void otherProgramsDoTheSame() throws Exception {
        String folder = System.getProperty(FOLDER);
        Assumptions.assumeTrue(folder != null, "-D" + FOLDER + "=DIR names no folder with programs");
        List<Path> programs = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path json : files.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
                programs.add(json);
                programs.add(json.resolveSibling(json.getFileName().toString().replaceAll("json$", "p4info.txt")));
            }
        }
        assertSame(1, 150, programs);
    }

    private void assertSame(long seed, int packets, List<Path> programs) throws IOException, InterruptedException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("unshare", "-n",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes,
                DifferentialProbe.class.getName(), Long.toString(seed), Integer.toString(packets)));
        programs.forEach(file -> command.add(file.toAbsolutePath().toString()));
        Path said = directory.resolve("said");
        Process probe = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertThat(probe.waitFor(60L + 60L * programs.size(), TimeUnit.SECONDS)).isTrue();
        } finally {
            // SIGTERM lets it end the bmv2 that it has started.
            probe.destroy();
        }
        assertThat(Files.readString(said, StandardCharsets.UTF_8)).endsWith("all the same\n");
    }
}
