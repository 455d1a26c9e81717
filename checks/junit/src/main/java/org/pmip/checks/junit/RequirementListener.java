// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/requirement-tests.tsv}: a line {@code id TAB test TAB result} for each requirement row that a
 * test names, where result is {@code passed}, {@code failed} or {@code skipped}. The worst result of a test's
 * repetitions and parameters is the one that is written.
 *
 * <p>Found by JUnit through the service loader; thread-safe.
 */
public final class RequirementListener implements TestExecutionListener {

    /** Where the results of a module go, relative to its folder. */
    public static final Path RESULTS = Path.of("target", "requirement-tests.tsv");

    private final ResultsFile file;
    private final Map<String, Outcome> results = new TreeMap<>();
    private TestPlan plan;

    /** Made by the service loader: writes {@link #RESULTS} below the working directory. */
    public RequirementListener() {
        this(new ResultsFile(RESULTS, ResultsFile.currentRun()));
    }

    RequirementListener(ResultsFile file) {
        this.file = file;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        results.clear();
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        recordTree(test, Outcome.SKIPPED);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL:
                if (test.isTest()) {
                    record(test, Outcome.PASSED);
                }
                break;
            case ABORTED:
                // An assumption in @BeforeAll ends a class before JUnit reports any of its tests.
                recordTree(test, Outcome.SKIPPED);
                break;
            default:
                recordTree(test, Outcome.FAILED);
                break;
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        file.merge(results);
    }

    private void recordTree(TestIdentifier test, Outcome outcome) {
        record(test, outcome);
        for (TestIdentifier below : plan.getDescendants(test)) {
            record(below, outcome);
        }
    }

    private void record(TestIdentifier test, Outcome outcome) {
        TestSource source = test.getSource().orElse(null);
        Set<String> ids = new LinkedHashSet<>();
        String name;
        if (source instanceof MethodSource) {
            MethodSource method = (MethodSource) source;
            name = method.getClassName() + "#" + method.getMethodName();
            collect(method.getJavaMethod(), ids);
            collectEnclosing(method.getJavaClass(), ids);
        } else if (source instanceof ClassSource) {
            ClassSource type = (ClassSource) source;
            name = type.getClassName();
            collectEnclosing(type.getJavaClass(), ids);
        } else {
            return;
        }
        for (String id : ids) {
            results.merge(id + "\t" + name, outcome, Outcome::worse);
        }
    }

    private static void collectEnclosing(Class<?> type, Set<String> ids) {
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            collect(at, ids);
        }
    }

    private static void collect(AnnotatedElement element, Set<String> ids) {
        Requirement named = element.getAnnotation(Requirement.class);
        if (named != null) {
            ids.addAll(Set.of(named.value()));
        }
    }
}
