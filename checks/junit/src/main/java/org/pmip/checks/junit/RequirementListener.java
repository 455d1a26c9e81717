// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    private final Map<String, String> results = new TreeMap<>();
    private TestPlan plan;

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        record(test, "skipped");
        for (TestIdentifier below : plan.getDescendants(test)) {
            record(below, "skipped");
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL:
                if (test.isTest()) {
                    record(test, "passed");
                }
                break;
            case ABORTED:
                record(test, "skipped");
                break;
            default:
                record(test, "failed");
                break;
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        StringBuilder out = new StringBuilder();
        results.forEach((key, result) -> out.append(key).append('\t').append(result).append('\n'));
        try {
            Files.createDirectories(RESULTS.getParent());
            Files.write(RESULTS, out.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + RESULTS, e);
        }
    }

    private void record(TestIdentifier test, String result) {
        TestSource source = test.getSource().orElse(null);
        Set<String> ids = new LinkedHashSet<>();
        String name;
        if (source instanceof MethodSource) {
            MethodSource method = (MethodSource) source;
            name = method.getClassName() + "#" + method.getMethodName();
            collect(method.getJavaMethod(), ids);
            collect(method.getJavaClass(), ids);
        } else if (source instanceof ClassSource) {
            ClassSource type = (ClassSource) source;
            name = type.getClassName();
            collect(type.getJavaClass(), ids);
        } else {
            return;
        }
        for (String id : ids) {
            results.merge(id + "\t" + name, result, RequirementListener::worse);
        }
    }

    private static void collect(Method method, Set<String> ids) {
        Requirement named = method.getAnnotation(Requirement.class);
        if (named != null) {
            ids.addAll(Set.of(named.value()));
        }
    }

    private static void collect(Class<?> type, Set<String> ids) {
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            Requirement named = at.getAnnotation(Requirement.class);
            if (named != null) {
                ids.addAll(Set.of(named.value()));
            }
        }
    }

    private static String worse(String first, String second) {
        if (first.equals("failed") || second.equals("failed")) {
            return "failed";
        }
        return first.equals("skipped") || second.equals("skipped") ? "skipped" : "passed";
    }
}
