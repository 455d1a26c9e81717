// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files that make up the repository: what git tracks or would, or all but build outputs where there is no git. */
final class Tree {

    /** The root of the checkout under test; the build hands it over. */
    static final Path ROOT = Path.of(System.getProperty("pmip.root")).toAbsolutePath().normalize();

    private static final Set<String> OUTPUTS = Set.of("target", ".git", ".idea", ".settings", ".vscode", "__pycache__");

    private Tree() {
    }

    /** Paths relative to the root, sorted. */
    static Set<Path> files() throws IOException, InterruptedException {
        Set<Path> files = Files.exists(ROOT.resolve(".git")) ? listedByGit() : Set.of();
        return files.isEmpty() ? walked() : files;
    }

    /** The files whose name ends so. */
    static Stream<Path> endingIn(String... suffixes) throws IOException, InterruptedException {
        return files().stream().filter(file -> Stream.of(suffixes).anyMatch(file.toString()::endsWith));
    }

    /** The lines of a text file; none when the file is binary. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(ROOT.resolve(file), StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> listedByGit() throws IOException, InterruptedException {
        Process git;
        try {
            git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
                    .directory(ROOT.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            // A machine without git has the files all the same.
            return Set.of();
        }
        String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Set<Path> files = new TreeSet<>();
        if (git.waitFor() == 0) {
            Stream.of(names.split("\0")).filter(name -> !name.isEmpty()).map(Path::of)
                    .filter(file -> Files.isRegularFile(ROOT.resolve(file))).forEach(files::add);
        }
        return files;
    }

    private static Set<Path> walked() throws IOException {
        Set<Path> files = new TreeSet<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                return OUTPUTS.contains(at.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
                files.add(ROOT.relativize(at));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
