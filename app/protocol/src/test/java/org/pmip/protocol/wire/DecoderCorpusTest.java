// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@link DecoderFuzz} met in a long run is met again, and comes out as it did. */
class DecoderCorpusTest {

    private static List<String> lines() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                DecoderCorpusTest.class.getResourceAsStream("/fuzz/decoder.tsv"), StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toList());
        }
    }

    @Test
    void everySampleComesOutAsItDid() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(50);
        for (String line : lines) {
            String[] columns = line.split("\t", -1);
            DecoderFuzz.Target target = DecoderFuzz.Target.valueOf(columns[0].substring(0, columns[0].indexOf(' ')));
            assertThat(target + " " + DecoderFuzz.outcome(target, Octets.of(columns[1]))).as(columns[1])
                    .isEqualTo(columns[0]);
        }
    }
}
