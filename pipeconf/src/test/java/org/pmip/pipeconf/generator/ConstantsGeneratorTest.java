// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generated constants are those of the P4Info. */
class ConstantsGeneratorTest {
    private static final Path ROOT = Path.of(System.getProperty("pmip.root", ".."));

    @Test
    void constantsAreUpToDate() throws Exception {
        assertThat(ROOT.resolve(ConstantsGenerator.FILE)).as("run ConstantsGenerator")
                .hasContent(ConstantsGenerator.source(ROOT));
    }
}
