// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pmip.checks.report.Reactor;

/** Who may depend on whom, as the poms say; {@link ArchitectureTest} looks at the classes. */
class PomTest {

    /** What each module may have on the class path of its product code. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "pmip-junit", Set.of(),
            "pmip-protocol", Set.of(),
            "pmip-pipeconf", Set.of(),
            "pmip-softswitch", Set.of(),
            "pmip-p4src", Set.of(),
            "pmip-onos", Set.of("pmip-protocol", "pmip-pipeconf"),
            "pmip-standalone", Set.of("pmip-onos", "pmip-protocol", "pmip-pipeconf", "pmip-softswitch"),
            "pmip-bench", Set.of("pmip-onos", "pmip-protocol", "pmip-pipeconf", "pmip-softswitch", "pmip-standalone"),
            "pmip-mininet", Set.of(),
            "pmip-checks", Set.of("pmip-junit"));

    /** What tests may see besides: the switch, to run the pipeline on, and nothing that would close a circle. */
    private static final Map<String, Set<String>> ALLOWED_IN_TESTS = Map.of(
            "pmip-p4src", Set.of("pmip-softswitch", "pmip-pipeconf"),
            "pmip-mininet", Set.of("pmip-standalone"));

    @Test
    void modulesDependOnlyOnWhatTheyMaySee() throws IOException {
        List<Reactor.Module> modules = Reactor.read(Tree.ROOT).modules();
        assertThat(modules).extracting(Reactor.Module::artifactId)
                .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
        for (Reactor.Module module : modules) {
            String self = module.artifactId();
            for (Reactor.Dependency dependency : module.dependencies()) {
                String other = dependency.artifactId();
                boolean test = dependency.scope().equals("test");
                assertThat(ALLOWED.get(self).contains(other)
                        || test && other.equals("pmip-junit")
                        || test && ALLOWED_IN_TESTS.getOrDefault(self, Set.of()).contains(other))
                        .as(self + " may depend on " + other + " (" + dependency.scope() + ")").isTrue();
            }
        }
    }
}
