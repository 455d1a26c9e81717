// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and prints one table; {@code run.sh} starts it. */
public final class Main {

    private Main() {
    }

    /**
     * Runs benchmarks.
     *
     * @param args {@code --quick} for a first impression in a fraction of the time; other words are regular expressions
     *     that choose benchmarks by name
     */
    public static void main(String[] args) throws RunnerException {
        boolean quick = false;
        ChainedOptionsBuilder options = new OptionsBuilder().verbosity(VerboseMode.SILENT).shouldFailOnError(true);
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.startsWith("-")) {
                System.err.println("bench: unknown option " + arg + ": use --quick or names of benchmarks");
                System.exit(2);
            } else {
                options.include(arg);
            }
        }
        options.forks(quick ? 1 : 2)
                .warmupIterations(quick ? 2 : 5).warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 3 : 5).measurementTime(TimeValue.seconds(1));
        System.out.println("Measuring; one line appears for each benchmark when all are done.");
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        System.out.printf("%-44s %12s %12s %14s%n", "benchmark, one thread", "ns each", "+/- 99.9 %", "a second");
        for (RunResult result : results) {
            double nanos = result.getPrimaryResult().getScore();
            System.out.printf(Locale.ROOT, "%-44s %12.1f %12.1f %,14.0f%n", name(result), nanos,
                    result.getPrimaryResult().getScoreError(), 1e9 / nanos);
        }
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        StringBuilder name = new StringBuilder(full.replaceFirst("^org\\.pmip\\.bench\\.", "")
                .replace("Benchmark.", " "));
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        return name.toString();
    }
}
