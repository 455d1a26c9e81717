// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("target").resolve("results.tsv");
    }

    @Test
    void makesTheFolderAndWritesSortedLines() throws IOException {
        new ResultsFile(path(), "one").merge(Map.of("B\tt", Outcome.PASSED, "A\tt", Outcome.SKIPPED));
        assertThat(Files.readAllLines(path())).containsExactly("#run\tone", "A\tt\tskipped", "B\tt\tpassed");
    }

    @Test
    void addsUpWithinOneRunAndKeepsTheWorst() throws IOException {
        new ResultsFile(path(), "one").merge(Map.of("A\tt", Outcome.FAILED, "B\tt", Outcome.PASSED));
        new ResultsFile(path(), "one").merge(Map.of("A\tt", Outcome.PASSED, "C\tt", Outcome.PASSED));
        assertThat(ResultsFile.parse(Files.readString(path()))).containsOnly(
                entry("A\tt", Outcome.FAILED), entry("B\tt", Outcome.PASSED), entry("C\tt", Outcome.PASSED));
    }

    @Test
    void forgetsWhatAnEarlierRunSaid() throws IOException {
        new ResultsFile(path(), "one").merge(Map.of("A\tt", Outcome.PASSED));
        new ResultsFile(path(), "one-more").merge(Map.of("B\tt", Outcome.PASSED));
        assertThat(ResultsFile.parse(Files.readString(path()))).containsOnlyKeys("B\tt");
    }

    @Test
    void refusesLinesOfAnotherForm() {
        assertThatThrownBy(() -> ResultsFile.parse("A\tpassed\n")).hasMessageContaining("A\tpassed");
        assertThatThrownBy(() -> ResultsFile.parse("A\tt\tperhaps\n")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalJvmsDoNotOverwriteEachOther() throws Exception {
        List<Process> forks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            forks.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    Fork.class.getName(), path().toString(), "fork" + i).inheritIO().start());
        }
        for (Process fork : forks) {
            assertThat(fork.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(fork.exitValue()).isZero();
        }
        assertThat(ResultsFile.parse(Files.readString(path()))).hasSize(4 * Fork.MERGES);
    }

    /** A test JVM of a build that uses several. */
    static final class Fork {

        static final int MERGES = 20;

        private Fork() {
        }

        public static void main(String[] args) {
            ResultsFile file = new ResultsFile(Path.of(args[0]), "run");
            for (int i = 0; i < MERGES; i++) {
                file.merge(Map.of("ID\t" + args[1] + "#test" + i, Outcome.PASSED));
            }
        }
    }
}
