// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs STF packet tests, the form in which p4c's samples are tested, on programs in this process and prints a table.
 * For one thread.
 */
public final class StfRunner {
    /** What the arguments mean. */
    public static final String HELP = String.join("\n",
            "usage: softswitch stf [options] DIR|FILE.stf ...",
            "",
            "Runs STF packet tests. The program of X.stf is X.json beside it, as p4c-bm2-ss writes it for v1model.",
            "",
            "  --p4c PATH   compile X.p4 with this p4c-bm2-ss instead, where there is one",
            "  --list       name the tests and their programs, and run none",
            "  -h, --help   this text",
            "",
            "Exit code 0: all that were run have passed; 1: some have failed, or none was run; 2: wrong arguments.");

    private static final int USAGE = 2;

    private final PrintStream out;
    private final List<Path> given = new ArrayList<>();
    private Path compiler;
    private boolean list;
    private boolean help;

    private StfRunner(PrintStream out) {
        this.out = out;
    }

    /** Runs what the arguments name, prints to {@code out} and, what is wrong with them, to {@code err}. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        StfRunner runner = new StfRunner(out);
        try {
            runner.parse(new ArrayDeque<>(arguments));
            if (runner.help) {
                out.println(HELP);
                return 0;
            }
            return runner.run();
        } catch (IllegalArgumentException e) {
            err.println("softswitch: " + e.getMessage());
            return USAGE;
        } catch (IOException e) {
            err.println("softswitch: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void parse(Deque<String> rest) {
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            switch (argument) {
                case "-h", "--help" -> help = true;
                case "--list" -> list = true;
                case "--p4c" -> {
                    if (rest.isEmpty()) {
                        throw new IllegalArgumentException("--p4c needs a value");
                    }
                    compiler = Path.of(rest.remove());
                    if (!Files.isExecutable(compiler)) {
                        throw new IllegalArgumentException("--p4c: '" + compiler + "' is not a program");
                    }
                }
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("unknown option '" + argument + "' (--help lists all)");
                    }
                    given.add(existing(argument));
                }
            }
        }
        if (given.isEmpty() && !help) {
            throw new IllegalArgumentException("give a directory or a file with STF tests");
        }
    }

    private static Path existing(String argument) {
        Path path = Path.of(argument);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no '" + argument + "'");
        }
        return path;
    }

    private List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (Path path : given) {
            if (!Files.isDirectory(path)) {
                scripts.add(path);
                continue;
            }
            try (Stream<Path> files = Files.list(path)) {
                files.filter(file -> file.getFileName().toString().endsWith(".stf")).sorted().forEach(scripts::add);
            }
        }
        return scripts;
    }

    private int run() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("softswitch-stf");
        try {
            Programs programs = new Programs(compiler, work);
            int[] totals = new int[Verdict.Outcome.values().length];
            for (Path script : scripts()) {
                if (list) {
                    list(script);
                } else {
                    Verdict verdict = verdict(script, programs);
                    totals[verdict.outcome().ordinal()]++;
                    print(verdict);
                }
            }
            if (list) {
                return 0;
            }
            int passed = totals[Verdict.Outcome.PASSED.ordinal()];
            int failed = totals[Verdict.Outcome.FAILED.ordinal()];
            out.println(passed + " passed, " + failed + " failed, " + totals[Verdict.Outcome.NOT_RUN.ordinal()]
                    + " not run");
            return failed == 0 && passed > 0 ? 0 : 1;
        } finally {
            remove(work);
        }
    }

    private void list(Path script) {
        String name = name(script);
        String program = compiler != null && Files.exists(script.resolveSibling(name + ".p4")) ? name + ".p4"
                : Files.exists(script.resolveSibling(name + ".json")) ? name + ".json" : "no program";
        out.println(script + "\t" + program);
    }

    private static String name(Path script) {
        return script.getFileName().toString().replaceAll("\\.stf$", "");
    }

    private static Verdict verdict(Path script, Programs programs) throws IOException, InterruptedException {
        String name = name(script);
        try {
            return Verdict.of(name, StfTest.run(script, programs.of(script)));
        } catch (Programs.Missing e) {
            return Verdict.notRun(name, e.getMessage());
        } catch (RuntimeException e) {
            // A fault of the switch in one program must not hide the outcome of the others.
            return Verdict.of(name, List.of("the switch failed: " + e));
        }
    }

    private void print(Verdict verdict) {
        String reason = verdict.reasons().isEmpty() ? "" : verdict.reasons().get(0);
        String more = verdict.reasons().size() < 2 ? "" : " (and " + (verdict.reasons().size() - 1) + " more)";
        out.println(String.format(Locale.ROOT, "%-7s %-40s %s", verdict.outcome().name().toLowerCase(Locale.ROOT)
                .replace('_', ' '), verdict.name(), reason + more).stripTrailing());
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
