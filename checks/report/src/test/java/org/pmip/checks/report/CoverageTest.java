// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {

    @TempDir
    private Path root;
    private Checkout checkout;

    @BeforeEach
    void setUp() throws IOException {
        checkout = new Checkout(root);
    }

    @Test
    void aRowIsMetOnlyWhileAllItsTestsPass() throws IOException {
        checkout.results("base", "A-1\tt.X#a\tpassed", "A-2\tt.X#b\tpassed", "B-1\tt.X#c\tskipped");
        checkout.results("top", "A-2\tt.Y#d\tfailed");
        assertThat(checkout.row("A-1")).extracting(Covered::state, Covered::evidence)
                .containsExactly(State.MET, List.of("t.X#a"));
        assertThat(checkout.row("A-2")).extracting(Covered::state, Covered::evidence)
                .containsExactly(State.OPEN, List.of("t.X#b", "t.Y#d (failed)"));
        assertThat(checkout.row("B-1")).extracting(Covered::state, Covered::evidence)
                .containsExactly(State.OPEN, List.of("t.X#c (skipped)"));
        assertThat(checkout.row("B-2").state()).isEqualTo(State.OPEN);
    }

    @Test
    void theSummaryCountsByRole() throws IOException {
        checkout.results("base", "A-1\tt.X#a\tpassed");
        checkout.answers("B-2\tpom.xml\twhy not");
        assertThat(Coverage.of(root).summary())
                .isEqualTo("requirements: 1 met, 1 declarative, 2 open of 4 \u2014 LMA 1/2, MAG 1/2");
    }

    @Test
    void resultsOlderThanTheirOwnClassesDoNotCount() throws IOException {
        checkout.results("base", "A-1\tt.X#a\tpassed");
        checkout.compiled("base/target/test-classes/t/X.class", 61);
        assertThat(checkout.row("A-1").state()).isEqualTo(State.OPEN);
        assertThat(Coverage.of(root).warnings()).singleElement().asString().contains("base", "X.class");
    }

    @Test
    void resultsOlderThanClassesTheyDependOnDoNotCount() throws IOException {
        checkout.results("base", "A-1\tt.X#a\tpassed");
        checkout.results("top", "A-2\tt.Y#a\tpassed");
        checkout.compiled("top/target/classes/t/Y.class", 61);
        assertThat(checkout.row("A-1").state()).isEqualTo(State.MET);
        assertThat(checkout.row("A-2").state()).isEqualTo(State.OPEN);
        checkout.compiled("top/target/classes/t/Y.class", 0);
        assertThat(checkout.row("A-2").state()).isEqualTo(State.MET);
        checkout.compiled("base/target/classes/t/X.class", 61);
        assertThat(checkout.row("A-2").state()).isEqualTo(State.OPEN);
    }

    @Test
    void whatPackagingWritesDoesNotSpoilResults() throws IOException {
        checkout.results("base", "A-1\tt.X#a\tpassed");
        checkout.compiled("base/target/classes/META-INF/MANIFEST.MF", 90);
        checkout.compiled("base/target/classes/OSGI-INF/x.xml", 90);
        assertThat(checkout.row("A-1").state()).isEqualTo(State.MET);
    }

    @Test
    void aTestThatDidNotRunOpensItsRow() throws IOException {
        checkout.testClass("base", Samples.class);
        checkout.results("base", "A-1\t" + Samples.class.getName() + "#first\tpassed");
        assertThat(checkout.row("A-1")).extracting(Covered::state, Covered::evidence).containsExactly(State.OPEN,
                List.of(Samples.class.getName() + "#first", Samples.class.getName() + "#second (not run)"));
        checkout.results("base", "A-1\t" + Samples.class.getName() + "#first\tpassed",
                "A-1\t" + Samples.class.getName() + "#second\tpassed");
        assertThat(checkout.row("A-1").state()).isEqualTo(State.MET);
    }

    @Test
    void aTestMayRunInASubclassAndAClassInItsNestedOnes() throws IOException {
        checkout.testClass("base", Samples.Base.class);
        checkout.testClass("base", Samples.Below.class);
        checkout.testClass("base", Samples.Whole.class);
        assertThat(checkout.row("B-1").evidence())
                .containsExactly(Samples.Base.class.getName() + "#inherited (not run)");
        assertThat(checkout.row("B-2").evidence()).containsExactly(Samples.Whole.class.getName() + " (not run)");
        checkout.results("base", "B-1\t" + Samples.Below.class.getName() + "#inherited\tpassed",
                "B-2\t" + Samples.Whole.class.getName() + "$Inner#x\tpassed");
        assertThat(checkout.row("B-1").state()).isEqualTo(State.MET);
        assertThat(checkout.row("B-2").state()).isEqualTo(State.MET);
    }

    @Test
    void unknownRowsAreProblemsWhetherOrNotTheTestRan() throws IOException {
        checkout.contract("B-1\tMAG");
        checkout.results("base", "X-9\tt.X#a\tpassed");
        checkout.testClass("base", Samples.class);
        assertThat(Coverage.of(root).problems()).containsExactly(
                "no row A-1 in docs/requirements.tsv, named by " + Samples.class.getName() + "#first, "
                        + Samples.class.getName() + "#second",
                "no row X-9 in docs/requirements.tsv, named by t.X#a");
    }

    @Test
    void theToolsOwnTestsNameMadeUpRows() throws IOException {
        checkout.results("checks/own", "X-9\tt.X#a\tpassed", "A-1\tt.X#b\tpassed");
        assertThat(Coverage.of(root).problems()).isEmpty();
        assertThat(checkout.row("A-1").state()).isEqualTo(State.OPEN);
    }

    @Test
    void aTestDecidesWhereThereIsAnAnswerToo() throws IOException {
        checkout.answers("A-1\tpom.xml\tthere", "A-2\tpom.xml\tthere");
        checkout.results("base", "A-1\tt.X#a\tfailed");
        assertThat(checkout.row("A-1").state()).isEqualTo(State.OPEN);
        assertThat(checkout.row("A-2")).isEqualTo(new Covered(checkout.row("A-2").row(), State.DECLARATIVE,
                List.of("pom.xml"), "there"));
    }

    @Test
    void aContractMustNotNameARowTwice() throws IOException {
        checkout.contract("A-1\tLMA", "A-1\tMAG");
        assertThatThrownBy(() -> Coverage.of(root)).hasMessageContaining("A-1 stands there twice");
        checkout.write("docs/requirements.tsv", "id\trole\n");
        assertThatThrownBy(() -> Coverage.of(root)).hasMessageContaining("requirements.tsv:1");
    }
}
