// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

    /** The numbers of RFC 1071 section 3. */
    @Test
    void sumsAsTheExampleOfTheRfc() {
        byte[] octets = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        assertThat(InternetChecksum.fold(InternetChecksum.sum(octets, 0, octets.length))).isEqualTo(0xddf2);
    }

    @Property
    void isTheSumOfAllNumbersOf16Bits(@ForAll @Size(max = 100) byte[] octets, @ForAll @IntRange(max = 9) int from) {
        int at = Math.min(from, octets.length);
        int expected = 0;
        for (int i = at; i < octets.length; i += 2) {
            expected += (octets[i] & 0xff) << 8 | (i + 1 < octets.length ? octets[i + 1] & 0xff : 0);
            expected = (expected & 0xffff) + (expected >>> 16);
        }
        assertThat(InternetChecksum.fold(InternetChecksum.sum(octets, at, octets.length - at))).isEqualTo(expected);
    }

    @Test
    void carriesOfALongMessageAreKept() {
        byte[] octets = new byte[65_535];
        Arrays.fill(octets, (byte) 0xff);
        // 32767 times 0xffff, which counts as zero, and 0xff00.
        assertThat(InternetChecksum.fold(InternetChecksum.sum(octets, 0, octets.length))).isEqualTo(0xff00);
    }
}
