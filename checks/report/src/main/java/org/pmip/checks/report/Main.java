// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Makes the requirement coverage report of a checkout; the build runs it at verify. */
public final class Main {

    private Main() {
    }

    /**
     * Writes {@code target/requirements.tsv} and {@code .html} and prints the total.
     *
     * @param args the root of the checkout
     * @throws IllegalStateException when a test or an answer names an unknown row, or a place does not exist
     */
    public static void main(String[] args) throws IOException {
        run(Path.of(args[0]), System.out);
    }

    static void run(Path checkout, PrintStream out) throws IOException {
        Path root = checkout.toAbsolutePath().normalize();
        Coverage coverage = Coverage.of(root);
        Report.write(coverage, root.resolve("target"));
        coverage.warnings().forEach(warning -> out.println("requirements: " + warning));
        out.println(coverage.summary());
        if (!coverage.problems().isEmpty()) {
            throw new IllegalStateException("requirement coverage:\n  " + String.join("\n  ", coverage.problems()));
        }
    }
}
