// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.checks.junit.Requirement;
import org.pmip.standalone.LogLevel;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole: what a newcomer sees is what the documents ask for. */
class DemoTest {

    @Test
    @Requirement({"R5845-2.2-3", "R5845-2.2-4", "R5845-3.1-1", "R5845-3.1-3", "R5845-3.2-4", "R5845-3.3.2-8",
        "R5845-3.3.2-9", "R5845-5.2-3", "R5845-5.2-8", "R5845-5.2-9", "PMIP10-3-2", "PMIP10-3-4", "PMIP10-5.3.2-8",
        "PMIP10-5.3.4-3", "PMIP10-5.3.4-4", "PMIP10-5.3.4-5", "PMIP10-5.3.5-4", "PMIP10-5.3.5-7", "PMIP10-5.6.1-1",
        "PMIP10-5.6.1-2", "PMIP10-5.6.1-3", "PMIP10-5.6.1-4", "PMIP10-5.6.2-3", "PMIP10-5.6.2-4", "PMIP10-5.6.2-5"})
    void everythingComesTrue(@TempDir Path captures) throws Exception {
        ByteArrayOutputStream story = new ByteArrayOutputStream();
        Printer printer = new Printer(new PrintStream(story, true, StandardCharsets.UTF_8));
        int code = Main.show(new Main.Options(false, captures.toString(), null, List.of(), LogLevel.WARN), printer);
        assertThat(code).as(story.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(captures.resolve("switch1-port1.pcap")).exists();
        assertThat(Files.size(captures.resolve("switch1-port3.pcap"))).isGreaterThan(100_000);
    }
}
