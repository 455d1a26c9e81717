// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of the compiler's output belongs to the sources; else run {@code samples/compile.sh}. */
class SamplesTest {
    @TempDir
    private Path directory;

    private static Properties built() throws Exception {
        Properties built = new Properties();
        try (InputStream in = Files.newInputStream(Samples.path("build.properties"))) {
            built.load(in);
        }
        return built;
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "labels", "nat", "probe", "router", "wide"})
    void theRecordedSourcesAreTheSources(String name) throws Exception {
        byte[] source = Files.readAllBytes(Samples.path(name + ".p4"));
        assertThat(built().getProperty(name + ".p4"))
                .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source)));
    }

    @Test
    void compilingAgainGivesTheSame() throws Exception {
        Path compiler = Samples.compiler();
        Assumptions.assumeTrue(compiler != null, "p4c-bm2-ss is not on the PATH");
        String version = said(List.of(compiler.toString(), "--version"));
        String recorded = built().getProperty("compiler");
        Assumptions.assumeTrue(version.contains(recorded), "p4c-bm2-ss on the PATH is not the recorded " + recorded);
        ObjectMapper mapper = new ObjectMapper();
        for (String name : List.of("filter", "labels", "nat", "probe", "router", "wide")) {
            Path json = directory.resolve(name + ".json");
            Path info = directory.resolve(name + ".p4info.txt");
            said(List.of(compiler.toString(), "--arch", "v1model", "-o", json.toString(), "--p4runtime-files",
                    info.toString(), Samples.path(name + ".p4").toString()));
            JsonNode tree = mapper.readTree(json.toFile());
            shorten(tree);
            assertThat(tree).isEqualTo(mapper.readTree(Samples.path(name + ".json").toFile()));
            assertThat(info).hasSameTextualContentAs(Samples.path(name + ".p4info.txt"));
        }
    }

    private static void shorten(JsonNode node) {
        if (node instanceof ObjectNode) {
            ((ObjectNode) node).remove(List.of("source_info", "program"));
        }
        if (node instanceof ContainerNode) {
            node.forEach(SamplesTest::shorten);
        }
    }

    private static String said(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
