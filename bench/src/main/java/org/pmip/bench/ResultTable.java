// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Prints a line for each benchmark as soon as it is measured, and what JMH says only when something goes wrong. */
final class ResultTable implements OutputFormat {

    private final PrintStream out;
    private final StringBuilder said = new StringBuilder();

    ResultTable(PrintStream out) {
        this.out = out;
    }

    @Override
    public void startRun() {
        out.printf("%-50s %12s %12s %14s%n", "benchmark, one thread if not named otherwise",
                "ns each", "+/- 99.9 %", "a second");
    }

    @Override
    public void startBenchmark(BenchmarkParams parameters) {
        said.setLength(0);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        if (result == null) {
            out.println("failed:");
            out.println(said);
            return;
        }
        double nanos = result.getPrimaryResult().getScore();
        out.printf(Locale.ROOT, "%-50s %12.1f %12.1f %,14.0f%n", name(result.getParams()), nanos,
                result.getPrimaryResult().getScoreError(), 1e9 / nanos);
    }

    private static String name(BenchmarkParams parameters) {
        StringBuilder name = new StringBuilder(parameters.getBenchmark().replaceFirst("^org\\.pmip\\.bench\\.", "")
                .replace("Benchmark.", " "));
        for (String key : parameters.getParamsKeys()) {
            name.append(' ').append(key).append('=').append(parameters.getParam(key));
        }
        return name.toString();
    }

    @Override
    public void print(String text) {
        said.append(text);
    }

    @Override
    public void println(String text) {
        said.append(text).append('\n');
    }

    @Override
    public void verbosePrintln(String text) {
        println(text);
    }

    @Override
    public void write(int octet) {
        said.append((char) octet);
    }

    @Override
    public void write(byte[] octets) {
        said.append(new String(octets));
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams parameters, int iteration) {
        // Iterations are of no interest to who reads the table.
    }

    @Override
    public void iterationResult(BenchmarkParams benchmark, IterationParams parameters, int iteration,
            IterationResult result) {
        // The same.
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        out.flush();
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
