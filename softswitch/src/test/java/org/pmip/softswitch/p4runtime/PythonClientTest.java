// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.StatusProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.softswitch.SoftSwitch;
import p4.v1.P4RuntimeOuterClass;

/** A controller in Python, with the gRPC library and the HTTP/2 implementation of C, gets on with the switch. */
class PythonClientTest {
    private static final Path SCRIPT = Path.of("src", "test", "python", "client.py");

    @TempDir
    private Path directory;

    private static void collect(FileDescriptor file, Set<FileDescriptor> into) {
        file.getDependencies().forEach(one -> collect(one, into));
        into.add(file);
    }

    /** Descriptors of P4Runtime and of what it needs, each after those it depends on. */
    private static FileDescriptorSet descriptors() {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(P4RuntimeOuterClass.getDescriptor(), files);
        collect(StatusProto.getDescriptor(), files);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.forEach(file -> set.addFile(file.toProto()));
        return set.build();
    }

    /** A Python that has what the script needs, or null. */
    private static String python() throws InterruptedException {
        for (String one : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(one, "-c", "import grpc, google.protobuf")
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (process.waitFor() == 0) {
                    return one;
                }
            } catch (IOException e) {
                // There is none of that name: try the next.
                continue;
            }
        }
        return null;
    }

    @Test
    void controlsTheSwitch() throws Exception {
        String python = python();
        Assumptions.assumeTrue(python != null,
                "needs gRPC and protobuf for Python (Debian: apt-get install python3-grpcio python3-protobuf)");
        Path set = Files.write(directory.resolve("descriptors"), descriptors().toByteArray());
        Path config = Files.write(directory.resolve("config"), Lab.config(9).toByteArray());
        try (SoftSwitch device = SoftSwitch.builder().cpuPort(255).build()) {
            device.start();
            Process client = new ProcessBuilder(python, "-B", SCRIPT.toString(), device.address(), set.toString(),
                    config.toString()).redirectErrorStream(true).start();
            try {
                String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(client.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(said).endsWith("all seen\n");
                assertThat(client.exitValue()).isZero();
            } finally {
                client.destroyForcibly();
            }
        }
    }
}
