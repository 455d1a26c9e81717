// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmip.checks.junit.Outcome;
import org.pmip.checks.junit.RequirementListener;
import org.pmip.checks.junit.ResultsFile;

/**
 * What one module's tests left behind, unless it is out of date.
 *
 * @param results outcome by {@code id TAB test}; empty when there are none that count
 * @param warning why the results do not count, when they do not
 */
record ModuleResults(Map<String, Outcome> results, Optional<String> warning) {

    /** What the packaging plugins put beside the classes after the tests ran. */
    private static final Set<String> WRITTEN_LATER = Set.of("META-INF", "OSGI-INF");

    static ModuleResults read(Reactor reactor, Reactor.Module module) throws IOException {
        Path file = reactor.root().resolve(module.path()).resolve(RequirementListener.RESULTS);
        if (!Files.exists(file)) {
            return new ModuleResults(Map.of(), Optional.empty());
        }
        FileTime made = Files.getLastModifiedTime(file);
        for (Reactor.Module upstream : reactor.closure(module)) {
            for (String output : Set.of("classes", "test-classes")) {
                if (upstream != module && output.equals("test-classes")) {
                    continue;
                }
                Path folder = reactor.root().resolve(upstream.path()).resolve("target").resolve(output);
                Optional<Path> newer = newerThan(made, folder);
                if (newer.isPresent()) {
                    return new ModuleResults(Map.of(), Optional.of("the test results of " + module.path()
                            + " do not count, since they are older than "
                            + reactor.root().relativize(newer.get())));
                }
            }
        }
        return new ModuleResults(ResultsFile.parse(Files.readString(file)), Optional.empty());
    }

    private static Optional<Path> newerThan(FileTime time, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Path[] found = new Path[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                return WRITTEN_LATER.contains(at.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
                if (attributes.lastModifiedTime().compareTo(time) > 0) {
                    found[0] = at;
                    return FileVisitResult.TERMINATE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return Optional.ofNullable(found[0]);
    }
}
