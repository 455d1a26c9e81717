// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiled program in the repository is the one that the sources give. */
class BuildTest {
    private static final Path P4SRC = Bench.ROOT.resolve("p4src").toAbsolutePath().normalize();

    private static Properties recorded() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(P4SRC.resolve("build/build.properties"))) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void recordedSourcesAreTheSources() throws Exception {
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(P4SRC)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".p4")).toList()) {
                found.put(P4SRC.relativize(file).toString(), HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
            }
        }
        TreeMap<String, String> recorded = new TreeMap<>();
        recorded().forEach((name, value) -> recorded.put((String) name, (String) value));
        assertThat(recorded.remove("compiler")).as("version of p4c").isNotBlank();
        assertThat(recorded).as("run p4src/compile.sh").isEqualTo(found);
    }

    @Test
    void compilingAgainChangesNothing(@TempDir Path folder) throws Exception {
        String version;
        try {
            version = run(P4SRC, "p4c-bm2-ss", "--version");
        } catch (IOException e) {
            Assumptions.abort("p4c-bm2-ss is not on the PATH");
            return;
        }
        String compiler = recorded().getProperty("compiler");
        Assumptions.assumeTrue(version.contains(compiler), "p4c-bm2-ss on the PATH is not the recorded " + compiler);
        Path json = folder.resolve("pmip.json");
        Path p4info = folder.resolve("pmip.p4info.txt");
        String warnings = run(P4SRC, "p4c-bm2-ss", "--arch", "v1model", "-o", json.toString(),
                "--p4runtime-files", p4info.toString(), "pmip.p4");
        assertThat(warnings).isEmpty();
        assertThat(Files.mismatch(json, P4SRC.resolve("build/pmip.json"))).as("first octet that differs").isEqualTo(-1);
        assertThat(Files.mismatch(p4info, P4SRC.resolve("build/pmip.p4info.txtpb"))).as("first octet that differs")
                .isEqualTo(-1);
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
