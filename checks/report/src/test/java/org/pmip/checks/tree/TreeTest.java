// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of every file of the repository. */
class TreeTest {

    private static final int MOST_LINES = 450;

    private static final Pattern MACHINE_PATH = Pattern.compile(
            "(?<![\\w./}-])/(home|Users|root|work|opt/real|tmp|var/folders|mnt|srv)/[\\w.]|[A-Z]:\\\\Users");

    private static final Pattern REGISTRY = Pattern.compile(
            "repo1?\\.maven\\.|central\\.sonatype|oss\\.sonatype|files\\.pythonhosted|pypi\\.org|registry\\.npmjs"
                    + "|proxy\\.golang|(deb|security|ftp)\\.debian\\.org|archive\\.ubuntu|index\\.crates");

    @Test
    void sourcesSayTheirLicence() throws Exception {
        List<Path> sources = Stream.concat(
                Tree.endingIn(".java", ".p4", ".py", ".sh", ".xml", ".svg"),
                Tree.files().stream().filter(TreeTest::isScript)).toList();
        assertThat(sources).hasSizeGreaterThan(20)
                .filteredOn(file -> Tree.lines(file).stream().limit(4)
                        .noneMatch(line -> line.contains("SPDX-License-Identifier: Apache-2.0")))
                .as("files without SPDX-License-Identifier in their first lines").isEmpty();
    }

    private static boolean isScript(Path file) {
        return !file.getFileName().toString().contains(".")
                && Tree.lines(file).stream().limit(1).anyMatch(line -> line.startsWith("#!"));
    }

    @Test
    void javaFilesAreShortEnoughToRead() throws Exception {
        assertThat(Tree.endingIn(".java").filter(file -> !file.getParent().endsWith("generated"))
                .filter(file -> Tree.lines(file).size() > MOST_LINES))
                .as("Java files of more than " + MOST_LINES + " lines, generated ones aside").isEmpty();
    }

    @Test
    void noFileNamesAPathOfOneMachine() throws Exception {
        assertThat(found(MACHINE_PATH)).isEmpty();
    }

    @Test
    void noFileNamesAPackageRegistry() throws Exception {
        assertThat(found(REGISTRY)).isEmpty();
    }

    @Test
    void noBuildOutputIsKept() throws Exception {
        assertThat(Tree.endingIn(".class", ".jar", ".oar", ".war", ".so", ".o", ".pyc", ".log"))
                .as("binaries and logs").isEmpty();
    }

    @Test
    void thePatternsFindWhatTheyAreFor() {
        assertThat(Stream.of("cd /home/" + "me", "see '/tmp/" + "x'", "C:\\" + "Users", "\"/root/" + ".m2\""))
                .allMatch(text -> MACHINE_PATH.matcher(text).find());
        assertThat(Stream.of("src/home/x", "https://example.org/work/x", "${HOME}/tmp/x", "ls /tmp", "/opt/onos/bin"))
                .noneMatch(text -> MACHINE_PATH.matcher(text).find());
        assertThat(Stream.of("https://repo." + "maven.apache.org", "pypi" + ".org/simple", "deb" + ".debian.org"))
                .allMatch(text -> REGISTRY.matcher(text).find());
        assertThat(Stream.of("http://maven.apache.org/POM/4.0.0", "https://www.apache.org/licenses"))
                .noneMatch(text -> REGISTRY.matcher(text).find());
    }

    private static List<String> found(Pattern pattern) throws Exception {
        return Tree.files().stream().flatMap(file -> {
            List<String> lines = Tree.lines(file);
            return IntStream.range(0, lines.size()).mapToObj(i -> {
                Matcher matcher = pattern.matcher(lines.get(i));
                return matcher.find() ? file + ":" + (i + 1) + ": " + matcher.group() : null;
            }).filter(hit -> hit != null);
        }).toList();
    }
}
