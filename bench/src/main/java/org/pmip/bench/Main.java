// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

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
        new Runner(options.build(), new ResultTable(System.out)).run();
    }
}
