// SPDX-License-Identifier: Apache-2.0
package org.pmip.mininet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Python of the Mininet domain, and the demonstration itself where Mininet and a switch are. */
class MininetTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    /** Debian's, for which Debian's Mininet and gRPC are installed. */
    private static final String PYTHON = "/usr/bin/python3";
    private static final int LIMIT_SECONDS = 400;
    private static final int SOMETHING_IS_MISSING = 2;

    @TempDir
    private Path work;

    @Test
    void pythonParts() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is missing");
        assumeTrue(run(PYTHON, "-c", "import grpc").code == 0, "gRPC for Python (python3-grpcio) is missing");
        Outcome outcome = run(PYTHON, "-B", "-m", "unittest", "discover", "-s", "mininet/tests", "-t", "mininet/tests");
        assertThat(outcome.code).as(outcome.output).isZero();
        assertThat(outcome.output).containsPattern("Ran [1-9][0-9]* tests");
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"roaming, softswitch", "operators, softswitch", "nat, softswitch", "roaming, bmv2", "nat, bmv2"})
    void demonstration(String scenario, String target) throws Exception {
        assumeTrue(Boolean.getBoolean("mininet"),
                "builds networks for minutes and wants a machine that does nothing else: ask for it by -Dmininet=true");
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is missing");
        assumeTrue(Files.exists(ROOT.resolve("standalone/target/dist/lib/.complete")), "./pmip is not built yet");
        Outcome outcome = run(PYTHON, "mininet/demo.py", "--scenario", scenario, "--switch", target, "--seconds", "3");
        assumeTrue(outcome.code != SOMETHING_IS_MISSING || outcome.output.contains("usage:"), outcome.output);
        assertThat(outcome.code).as(outcome.output).isZero();
        assertThat(outcome.output).contains("everything came out as it should");
    }

    @ParameterizedTest(name = "{0} in {1} on {2}, controllers: {3}")
    @CsvSource({"--dual, key, softswitch, 1", "--ipv4, tlv-key, softswitch, 1", "--ipv6, ip, bmv2, 1",
        "--dual, key, softswitch, 2"})
    void roaming(String families, String format, String target, String clusters) throws Exception {
        assumeTrue(Boolean.getBoolean("mininet"),
                "builds networks for minutes and wants a machine that does nothing else: ask for it by -Dmininet=true");
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is missing");
        assumeTrue(Files.exists(ROOT.resolve("standalone/target/dist/lib/.complete")), "./pmip is not built yet");
        Outcome outcome = run(PYTHON, "mininet/roam.py", families, "--format", format, "--switch", target,
                "--clusters", clusters, "--seconds", "4");
        assumeTrue(outcome.code != SOMETHING_IS_MISSING || outcome.output.contains("usage:"), outcome.output);
        assertThat(outcome.code).as(outcome.output).isZero();
        assertThat(outcome.output).contains("everything came out as it should");
    }

    private Outcome run(String... command) throws IOException, InterruptedException {
        File output = Files.createTempFile(work, "output", ".txt").toFile();
        Process process = new ProcessBuilder(command).directory(ROOT.toFile())
                .redirectErrorStream(true).redirectOutput(output).start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output.toPath());
            assertThat(ended).as("has ended; it said so far: %s", said).isTrue();
            return new Outcome(process.exitValue(), said);
        } finally {
            // Asks it to clean up after itself, if it has not ended.
            process.destroy();
        }
    }

    private static final class Outcome {
        private final int code;
        private final String output;

        private Outcome(int code, String output) {
            this.code = code;
            this.output = output;
        }
    }
}
