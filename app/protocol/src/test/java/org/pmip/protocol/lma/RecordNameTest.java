// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** The name under which a node is stored. */
class RecordNameTest {

    private static String nai(String text) {
        return MobileNodeRecord.key(MobileNodeIdentifier.ofNai(text));
    }

    @Test
    void anIdentifierIsItsOwnName() {
        assertThat(nai("mn1@example.net")).isEqualTo("mn1@example.net");
        assertThat(nai("0460001357924680@nai.epc.example")).isEqualTo("0460001357924680@nai.epc.example");
        assertThat(nai("j\u00fcrgen@example.net")).isEqualTo("j\u00fcrgen@example.net");
        assertThat(nai("2:x")).isEqualTo("2:x");
        assertThat(nai(":6162")).isEqualTo(":6162");
        assertThat(nai("2")).isEqualTo("2");
    }

    @Test
    void noOtherNodeHasIt() {
        MobileNodeIdentifier other = MobileNodeIdentifier.of(2, "ab".getBytes(StandardCharsets.US_ASCII));
        assertThat(MobileNodeRecord.key(other)).isEqualTo("2:6162");
        assertThat(nai("2:6162")).isEqualTo("1:323a36313632");
        assertThat(nai("1:323a36313632")).isNotEqualTo(nai("2:6162")).startsWith("1:");
    }
}
