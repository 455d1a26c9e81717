// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the small test classes below, which JUnit does not find by itself, and looks at what was recorded. */
class RequirementListenerTest {

    @TempDir
    private Path folder;

    private Map<String, Outcome> run(Class<?> type) throws IOException {
        Path path = folder.resolve(type.getSimpleName() + ".tsv");
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new RequirementListener(new ResultsFile(path, "run")))
                .build());
        launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(type)).build());
        Map<String, Outcome> shortened = new HashMap<>();
        ResultsFile.parse(Files.readString(path)).forEach((key, outcome) ->
                shortened.put(key.replace("\t" + type.getName(), " "), outcome));
        return shortened;
    }

    @Test
    void recordsEachOutcome() throws IOException {
        assertThat(run(Outcomes.class)).containsOnly(
                entry("P #passes", Outcome.PASSED),
                entry("Q #passes", Outcome.PASSED),
                entry("F #fails", Outcome.FAILED),
                entry("A #abortsByAssumption", Outcome.SKIPPED),
                entry("D #isDisabled", Outcome.SKIPPED));
    }

    @Test
    void oneBadRepetitionSpoilsTheTest() throws IOException {
        assertThat(run(Repetitions.class)).containsOnly(
                entry("R #secondOfThreeFails", Outcome.FAILED),
                entry("T #oneOfTwoAborts", Outcome.SKIPPED),
                entry("U #bothPass", Outcome.PASSED));
    }

    @Test
    void namesOnClassesHoldForNestedTestsToo() throws IOException {
        assertThat(run(OfClass.class)).containsOnly(
                entry("C #own", Outcome.PASSED),
                entry("C $Inner#below", Outcome.PASSED),
                entry("N $Inner#below", Outcome.PASSED));
    }

    @Test
    void aClassThatCannotBeSetUpFailsItsTests() throws IOException {
        assertThat(run(BrokenSetUp.class)).containsOnly(entry("S #neverRun", Outcome.FAILED));
    }

    @Test
    void aClassWhoseAssumptionFailsSkipsItsTests() throws IOException {
        assertThat(run(AbortedSetUp.class)).containsOnly(entry("S #neverRun", Outcome.SKIPPED));
    }

    @Test
    void aDisabledClassSkipsItsTests() throws IOException {
        assertThat(run(DisabledClass.class)).containsOnly(entry("S #neverRun", Outcome.SKIPPED));
    }

    static class Outcomes {
        @Test
        @Requirement({"P", "Q"})
        void passes() {
            Assertions.assertTrue(true);
        }

        @Test
        @Requirement("F")
        void fails() {
            Assertions.fail("as it should");
        }

        @Test
        @Requirement("A")
        void abortsByAssumption() {
            Assumptions.assumeTrue(false, "as it should");
        }

        @Test
        @Disabled("as it should be")
        @Requirement("D")
        void isDisabled() {
            Assertions.fail("must not run");
        }

        @Test
        void namesNothing() {
            Assertions.assertTrue(true);
        }
    }

    static class Repetitions {
        @RepeatedTest(3)
        @Requirement("R")
        void secondOfThreeFails(RepetitionInfo info) {
            Assertions.assertNotEquals(2, info.getCurrentRepetition());
        }

        @TestFactory
        @Requirement("T")
        Stream<DynamicTest> oneOfTwoAborts() {
            return Stream.of(true, false).map(go -> DynamicTest.dynamicTest("go " + go,
                    () -> Assumptions.assumeTrue(go)));
        }

        @TestFactory
        @Requirement("U")
        Stream<DynamicTest> bothPass() {
            return Stream.of(1, 2).map(i -> DynamicTest.dynamicTest("number " + i,
                    () -> Assertions.assertTrue(i > 0)));
        }
    }

    @Requirement("C")
    static class OfClass {
        @Test
        void own() {
            Assertions.assertTrue(true);
        }

        @Nested
        class Inner {
            @Test
            @Requirement("N")
            void below() {
                Assertions.assertTrue(true);
            }
        }
    }

    static class BrokenSetUp {
        @BeforeAll
        static void setUp() {
            throw new IllegalStateException("as it should");
        }

        @Test
        @Requirement("S")
        void neverRun() {
            Assertions.assertTrue(true);
        }
    }

    static class AbortedSetUp {
        @BeforeAll
        static void setUp() {
            Assumptions.abort("as it should");
        }

        @Test
        @Requirement("S")
        void neverRun() {
            Assertions.assertTrue(true);
        }
    }

    @Disabled("as it should be")
    static class DisabledClass {
        @Test
        @Requirement("S")
        void neverRun() {
            Assertions.assertTrue(true);
        }
    }
}
