// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

    @TempDir
    private Path root;
    private Checkout checkout;

    @BeforeEach
    void setUp() throws IOException {
        checkout = new Checkout(root);
        checkout.write("docs/choices.md", "# Choices\n\ntext\n\n## Port 5437, and TLV `data`\n");
        checkout.write("src/Thing.java", "class Thing { int LIMIT_2 = 3; }\n");
    }

    @Test
    void placesThatExistAreGood() throws IOException {
        for (String place : new String[] {"src/Thing.java", "src/Thing.java#LIMIT_2", "docs/choices.md",
            "docs/choices.md#choices", "docs/choices.md#port-5437-and-tlv-data"}) {
            assertThat(Answers.missing(root, place)).as(place).isEmpty();
        }
    }

    @Test
    void placesThatDoNotExistAreNamed() throws IOException {
        assertThat(Answers.missing(root, "src/None.java")).contains("no file src/None.java");
        assertThat(Answers.missing(root, "src")).contains("no file src");
        assertThat(Answers.missing(root, "")).isPresent();
        assertThat(Answers.missing(root, "../" + root.getFileName() + "x")).isPresent();
        assertThat(Answers.missing(root, "src/Thing.java#LIMIT")).contains("no LIMIT in src/Thing.java");
        assertThat(Answers.missing(root, "src/Thing.java#")).isPresent();
        assertThat(Answers.missing(root, "docs/choices.md#port")).contains("no port in docs/choices.md");
    }

    @Test
    void eachBadAnswerIsAProblem() throws IOException {
        checkout.answers("A-1\tpom.xml\tfine", "A-1\tpom.xml\tagain", "A-2\tpom.xml\t ", "B-1\tgone\twhy",
                "Z-1\tpom.xml\twhy");
        assertThat(Coverage.of(root).problems()).containsExactly(
                "docs/declarative.tsv: A-1 stands there twice",
                "docs/declarative.tsv: A-2 says no why",
                "docs/declarative.tsv: B-1: no file gone",
                "docs/declarative.tsv: no row Z-1 in docs/requirements.tsv");
    }

    @Test
    void aLineOfAnotherFormIsRefused() throws IOException {
        checkout.answers("A-1\tpom.xml");
        assertThatThrownBy(() -> Coverage.of(root)).hasMessageContaining("declarative.tsv:2");
    }
}
