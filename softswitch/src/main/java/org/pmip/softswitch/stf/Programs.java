// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Finds the program of a test: the JSON beside it or, with a compiler, what that makes of the P4 text beside it. */
final class Programs {
    private static final long COMPILER_SECONDS = 120;
    private static final Pattern OTHER_ARCHITECTURE = Pattern.compile(
            "(?m)^\\s*#include\\s*[<\"][^>\"]*(psa|pna|ebpf_model|ubpf_model|xdp_model|tna|t2na|dpdk)[^>\"]*[>\"]");

    private final Path compiler;
    private final Path work;

    /** The reason why a test has no program. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String reason) {
            super(reason);
        }
    }

    /**
     * With a compiler.
     *
     * @param compiler p4c-bm2-ss, or null for none
     * @param work where it writes
     */
    Programs(Path compiler, Path work) {
        this.compiler = compiler;
        this.work = work;
    }

    Path of(Path script) throws IOException, InterruptedException, Missing {
        String name = script.getFileName().toString().replaceAll("\\.stf$", "");
        Path source = script.resolveSibling(name + ".p4");
        Path json = script.resolveSibling(name + ".json");
        if (compiler != null && Files.exists(source)) {
            return compile(source, work.resolve(name + ".json"));
        }
        if (Files.exists(json)) {
            return json;
        }
        throw new Missing("there is no " + json.getFileName() + " beside it"
                + (compiler == null ? ", and no --p4c to make it" : ", and no " + source.getFileName()));
    }

    private Path compile(Path source, Path json) throws IOException, InterruptedException, Missing {
        if (OTHER_ARCHITECTURE.matcher(Files.readString(source, StandardCharsets.ISO_8859_1)).find()) {
            throw new Missing(source.getFileName() + " is for another architecture than v1model");
        }
        Path log = work.resolve("compiler.log");
        Process process = new ProcessBuilder(List.of(compiler.toString(), "--arch", "v1model", "-o", json.toString(),
                source.toAbsolutePath().toString())).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(COMPILER_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new Missing("the compiler did not end in " + COMPILER_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new Missing("does not compile: " + Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.contains("error")).findFirst().orElse("exit code " + process.exitValue()));
        }
        return json;
    }
}
