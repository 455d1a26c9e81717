// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Runs {@link LinuxPortProbe} in a network namespace of its own, which goes when the process ends. */
class LinuxPortTest {
    @Test
    void carriesFramesOverAPairOfVirtualInterfaces() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root for packet sockets");
        Assumptions.assumeTrue(runs("unshare", "-n", "true"), "needs unshare and the right to make namespaces");
        Assumptions.assumeTrue(runs("unshare", "-n", "ip", "link", "add", "wire1", "type", "veth", "peer",
                "name", "wire2"),
                "needs ip (Debian: apt-get install iproute2) and virtual interfaces");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process probe = new ProcessBuilder("unshare", "-n",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes,
                LinuxPortProbe.class.getName()).redirectErrorStream(true).start();
        try {
            String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(probe.waitFor(240, TimeUnit.SECONDS)).isTrue();
            assertThat(said).endsWith("all seen\n");
            assertThat(probe.exitValue()).isZero();
        } finally {
            probe.destroyForcibly();
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
