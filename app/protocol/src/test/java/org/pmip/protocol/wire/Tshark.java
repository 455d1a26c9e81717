// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A dissector that others wrote, asked for what it makes of our frames. */
public final class Tshark {

    private static final int LINKTYPE_ETHERNET = 1;
    private static final int SECONDS = 60;

    private final Path folder;

    /**
     * Tests without it are skipped.
     *
     * @param folder for captures, of the test alone
     */
    public Tshark(Path folder) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tshark")));
        assumeTrue(found, "tshark is not installed: the dissection by others is not compared");
        this.folder = folder;
    }

    /** One line of values for each frame, in the order of the fields' names. */
    public List<String> fields(List<byte[]> frames, String... names) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-T", "fields", "-E", "separator=|"));
        for (String name : names) {
            arguments.add("-e");
            arguments.add(name);
        }
        return run(frames, arguments.toArray(new String[0])).lines().collect(Collectors.toList());
    }

    /** All that it says, with these arguments. */
    public String run(List<byte[]> frames, String... arguments) throws Exception {
        Path capture = folder.resolve("frames.pcap");
        write(capture, frames);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("TZ", "UTC");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("tshark did not end in " + SECONDS + " s");
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static void write(Path file, List<byte[]> frames) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(0xa1b2c3d4);
            out.writeShort(2);
            out.writeShort(4);
            out.writeLong(0);
            out.writeInt(0xffff);
            out.writeInt(LINKTYPE_ETHERNET);
            for (byte[] frame : frames) {
                out.writeLong(0);
                out.writeInt(frame.length);
                out.writeInt(frame.length);
                out.write(frame);
            }
        }
    }
}
