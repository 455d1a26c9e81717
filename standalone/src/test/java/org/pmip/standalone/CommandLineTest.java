// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line, as a process.
 */
class CommandLineTest {
    @TempDir
    Path folder;
    private Process process;

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private List<String> run(String... arguments) throws Exception {
        start(Main.class, arguments);
        return said();
    }

    private List<String> demo(String... arguments) throws Exception {
        start(org.pmip.standalone.demo.Main.class, arguments);
        return said();
    }

    private List<String> said() throws Exception {
        try (BufferedReader reader = process.inputReader()) {
            List<String> lines = reader.lines().toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return lines;
        }
    }

    private void start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Djdk.util.zip"))
            .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path",
            System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("pmip.json"), text).toString();
    }

    @Test
    void runsAndStopsOnASignal() throws Exception {
        Bundles.assumePackaged();
        start(Main.class, "run", "--config", file(Samples.anchorWithSwitch(Samples.freeTcp()).toString()));
        List<String> lines = new ArrayList<>();
        boolean told = false;
        String ready = "pmip: device:lma1 at 127.0.0.1:\\d+: ready; switch in this process, .*";
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                // A slow machine has its switch ready only after it is running.
                if (!told && lines.stream().anyMatch(one -> one.contains("running; stop with"))
                    && lines.stream().anyMatch(one -> one.matches(ready))) {
                    told = true;
                    // Not Process.destroy(), which closes the streams, too.
                    process.toHandle().destroy();
                }
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).anyMatch(line -> line.contains("application active after"))
            .anyMatch(line -> line.contains("all devices ready after") || line.contains("still waiting for [device:"))
            .anyMatch(line -> line.contains("stopped in"));
        assertThat(process.exitValue()).as("exit code of " + lines).isZero();
    }

    @Test
    void saysEachProblemInALine() throws Exception {
        assertThat(run("run", "--config", file("{\"devices\": {}, \"foo\": 1}")))
            .hasSize(3).allMatch(line -> line.startsWith("pmip: "));
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void refusesWrongOptions() throws Exception {
        assertThat(run("run", "--config", "x", "--loud")).containsExactly(
            "pmip: unknown option --loud; try pmip run --help");
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(run("run")).containsExactly("pmip: --config FILE is missing; try pmip run --help");
        assertThat(run("run", "--log", "loud")).containsExactly("pmip: --log loud is no level: choose one of trace,"
            + " debug, info, warn, error, off; try pmip run --help");
        assertThat(run("walk")).containsExactly("pmip: unknown command walk; try pmip run --help");
    }

    @Test
    void namesThePlaceOfTheStoreThatCannotBe() throws Exception {
        Bundles.assumePackaged();
        Path file = Files.createFile(folder.resolve("taken"));
        String config = file(Samples.anchorWithSwitch(Samples.freeTcp()).toString());
        List<String> lines = run("run", "--config", config, "--data", file.resolve("store").toString());
        assertThat(process.exitValue()).as(lines.toString()).isEqualTo(1);
        assertThat(lines).anyMatch(line -> line.startsWith("pmip: cannot start: " + file)
            && line.endsWith(": choose another place"));
    }

    @Test
    void theDemonstrationRefusesWrongOptions() throws Exception {
        assertThat(demo("--log", "loud")).containsExactly("pmip: --log loud is no level: choose one of trace, debug,"
            + " info, warn, error, off; try pmip demo --help");
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(demo("--target", "grpc://127.0.0.1:50051?device_id=1")).containsExactly(
            "pmip: --target and --links with three names go together; try pmip demo --help");
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(demo("--target", "127.0.0.1", "--links", "a,b,c")).containsExactly(
            "pmip: --target 127.0.0.1 has no scheme: should be grpc://HOST:PORT?device_id=N; try pmip demo --help");
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void explainsItself() throws Exception {
        assertThat(run("run", "--help")).first().asString().startsWith("usage: pmip run");
        assertThat(process.exitValue()).isZero();
    }
}
