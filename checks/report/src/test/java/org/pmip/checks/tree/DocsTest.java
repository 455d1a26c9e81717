// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pmip.checks.report.Markdown;
import org.pmip.checks.report.Reactor;

/** Facts that stand in a document and in the tree, and that move: they must be the same in both. */
class DocsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private static String read(String path) throws IOException {
        return Files.readString(Tree.ROOT.resolve(path));
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Path document : Tree.endingIn(".md").toList()) {
            Matcher link = LINK.matcher(read(document.toString()));
            while (link.find()) {
                String target = link.group(1);
                if (!target.matches("https?://.*") && !leadsSomewhere(document, target)) {
                    broken.add(document + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String target) throws IOException {
        int cut = target.indexOf('#');
        String file = cut < 0 ? target : target.substring(0, cut);
        Path to = file.isEmpty() ? Tree.ROOT.resolve(document)
                : Tree.ROOT.resolve(document).resolveSibling(file).normalize();
        return Files.exists(to) && (cut < 0
                || Markdown.anchors(Files.readString(to)).anyMatch(target.substring(cut + 1)::equals));
    }

    @Test
    void readmeNamesEveryModule() throws IOException {
        String readme = read("README.md");
        assertThat(Reactor.read(Tree.ROOT).modules()).filteredOn(Reactor.Module::isProduct)
                .extracting(module -> "](" + module.path() + ")").allSatisfy(link -> assertThat(readme).contains(link));
    }

    @Test
    void ciRunsTheTestCommandOfReadme() throws IOException {
        Matcher commands = Pattern.compile("```sh\\n(mvn [^\\n]+)\\n```").matcher(read("README.md"));
        assertThat(commands.find()).as("a command of its own that begins with mvn").isTrue();
        assertThat(read(".ci/run").lines()).anyMatch(line -> line.startsWith(commands.group(1) + " 2>&1 |"));
    }

    @Test
    void readmeNamesTheOarThatIsBuilt() throws IOException {
        Matcher version = Pattern.compile("<artifactId>pmip-parent</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(read("pom.xml"));
        assertThat(version.find()).isTrue();
        assertThat(read("README.md")).contains("app/onos/target/pmip-onos-" + version.group(1) + ".oar");
    }

    @Test
    void everyConfigurationKeyIsDocumented() throws IOException {
        Set<String> keys = new TreeSet<>();
        keys.addAll(keys("app/onos/src/main/java/org/pmip/onos/config",
                "\\.(?:text|parsed|number|flag|texts|objects|object|has)\\(\\s*\"(\\w+)\""));
        keys.addAll(keys("standalone/src/main/java/org/pmip/standalone/config",
                "problems\\.(?:text|number|object)\\([\\w, ]+,\\s*\"(\\w+)\""));
        assertThat(keys).contains("grePolicy", "nextHop", "managementAddress", "cpuPort");
        String reference = read("docs/configuration.md");
        assertThat(keys).filteredOn(key -> !Pattern.compile("[`/]" + key + "[`/]").matcher(reference).find())
                .as("configuration keys that docs/configuration.md does not explain").isEmpty();
    }

    private static Set<String> keys(String folder, String pattern) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.list(Tree.ROOT.resolve(folder))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                Pattern.compile(pattern).matcher(Files.readString(file)).results()
                        .forEach(call -> keys.add(call.group(1)));
            }
        }
        return keys;
    }
}
