// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pace of reading.
 */
class PollPaceTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "2000, 1, 1", "2001, 1, 2", "4001, 1, 4", "20000, 1, 16", "100000, 1, 64",
        "1000000, 1, 120", "20000, 30, 30", "0, 5, 5", "10001, 5, 10", "100000, 60, 60"})
    void growsWithTheTables(int entries, int shortest, int seconds) {
        assertThat(PollPace.seconds(entries, shortest)).isEqualTo(seconds);
    }
}
