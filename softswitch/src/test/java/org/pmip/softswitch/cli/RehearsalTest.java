// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static Path resource(String name) throws Exception {
        return Path.of(RehearsalTest.class.getResource(name).toURI());
    }

    @Test
    void setsTheProgramAndReadsTheDefaultEntryOfEachTable() throws Exception {
        assertThat(Rehearsal.run(resource("/samples/router.json"), resource("/samples/router.p4info.txt")))
                .isEqualTo(3);
    }
}
