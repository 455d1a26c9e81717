// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path root;
    private Checkout checkout;

    @BeforeEach
    void setUp() throws IOException {
        checkout = new Checkout(root);
        checkout.results("base", "A-1\torg.pmip.some.place.X#a\tpassed", "A-1\torg.pmip.some.place.X#b\tpassed",
                "A-2\torg.pmip.some.place.X#c\tskipped");
        checkout.answers("B-1\tpom.xml\tmodules < 4");
    }

    private String report() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main.run(root, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTheTotalOnOneLineAndWhatDoesNotCount() throws IOException {
        assertThat(report()).isEqualTo(
                "requirements: 1 met, 1 declarative, 2 open of 4 \u2014 LMA 1/2, MAG 1/2" + System.lineSeparator());
        checkout.compiled("base/target/classes/X.class", 61);
        assertThat(report().lines()).hasSize(2).first().asString().startsWith("requirements: the test results of base");
    }

    @Test
    void theTableHasExactlyFourColumns() throws IOException {
        report();
        assertThat(Files.readAllLines(root.resolve("target/requirements.tsv"))).containsExactly(
                "id\trole\tstate\ttests",
                "A-1\tLMA\tmet\torg.pmip.some.place.X#a, org.pmip.some.place.X#b",
                "A-2\tLMA\topen\torg.pmip.some.place.X#c (skipped)",
                "B-1\tMAG\tdeclarative\tpom.xml",
                "B-2\tMAG\topen\t");
    }

    @Test
    void thePageHasEveryRowEscapedAndNeedsNothingElse() throws IOException {
        report();
        String page = Files.readString(root.resolve("target/requirements.html"));
        assertThat(page).contains("id=\"A-1\"", "id=\"A-2\"", "id=\"B-1\"", "id=\"B-2\"")
                .contains("data-role=\"LMA\" data-state=\"met\"", "If &lt;x&gt; &amp; y, z.", "modules &lt; 4")
                .contains(">X#a</li>", "X#c (skipped)", "1 met, 1 declarative, 2 open of 4")
                .doesNotContain("http:", "https:", "src=", "href=", "@ROWS@", "@ROLES@", "@SUMMARY@");
    }

    @Test
    void theReportIsWrittenBeforeProblemsFailTheBuild() throws IOException {
        checkout.answers("Z-1\tpom.xml\twhy");
        assertThatThrownBy(this::report)
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("Z-1");
        assertThat(root.resolve("target/requirements.tsv")).exists();
    }
}
