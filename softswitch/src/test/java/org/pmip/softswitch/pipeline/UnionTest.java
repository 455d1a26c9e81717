// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Header unions, alone and in stacks. */
class UnionTest {
    private final Harness harness = new Harness("unions.json");

    @ParameterizedTest
    @CsvSource({
        "as it was, 00 0107 02111111 0109 ff, 00 0107 02111111 0109 ff",
        "no option, 00 ff, 00 ff",
        "each in its own shape, 01 0107 02111111 0109 ff, 01 0108 02111110 0109 ff",
        "the other shapes are not valid, 01 02111111 0107 ff, 01 02111111 0107 ff",
        "one shape takes the place of the other, 02 0107 0108 ff, 02 02abcdef 0108 ff",
        "removed, 03 0107 0108 02111111 ff, 03 0107 0108 ff",
        "a fourth is too much, 01 0101 0102 0103 0104 ff, 01 0102 0102 0103 0104 ff",
        "cut short, 01 0107 021111, 01 0108 021111"
    })
    void options(String name, String in, String out) {
        List<Harness.Sent> sent = harness.send(0, HexFormat.of().parseHex(in.replace(" ", "")));
        assertThat(sent).as(name).hasSize(1);
        assertThat(sent.get(0).port()).isEqualTo(1);
        assertThat(sent.get(0).hex()).as(name).isEqualTo(out.replace(" ", ""));
    }
}
