// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pmip.checks.report.Contract;

/** The contract travels with the repository; where its origin lies beside the checkout, the two must be the same. */
class ContractCopyTest {

    @Test
    void theContractIsTheOneBesideTheCheckout() throws IOException {
        Path origin = Tree.ROOT.resolveSibling(Path.of("shared", "spec", "requirements.tsv"));
        assumeTrue(Files.exists(origin), "no ../shared/spec/requirements.tsv beside this checkout to compare with");
        assertThat(Tree.ROOT.resolve(Contract.FILE)).as("copy of ../shared/spec/requirements.tsv")
                .hasSameTextualContentAs(origin);
    }
}
