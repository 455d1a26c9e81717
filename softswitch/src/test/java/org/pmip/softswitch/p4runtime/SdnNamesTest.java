// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Bits;

/** Names and their numbers, as entities come and go. */
class SdnNamesTest {
    private final Set<Bits> used = new HashSet<>();
    private final SdnNames names = new SdnNames("type 'vrf_id_t'", false, () -> new HashSet<>(used));

    private Bits number(String name) throws Refusal {
        names.begin();
        return names.number(ByteString.copyFromUtf8(name), "the vrf");
    }

    private String name(Bits number) {
        return names.name(number).toStringUtf8();
    }

    @Test
    void namesInUseStayAndOthersMakeRoom() throws Refusal {
        names.place(12);
        names.place(20);
        used.add(number("stays"));
        // More names than 12 bits have numbers, of which only one at a time is in use.
        for (int i = 0; i < 10_000; i++) {
            Bits passing = number("passing " + i);
            assertThat(passing.bitLength()).isLessThanOrEqualTo(12);
            assertThat(name(passing)).isEqualTo("passing " + i);
            assertThat(used).doesNotContain(passing);
        }
        assertThat(used).containsExactly(number("stays"));
        assertThat(name(number("stays"))).isEqualTo("stays");
    }

    @Test
    void oneUpdateKeepsAllItsNamesWhileTheyAreFew() throws Refusal {
        names.place(2);
        names.begin();
        Set<Bits> given = new HashSet<>();
        for (String name : new String[] {"a", "b", "c"}) {
            given.add(names.number(ByteString.copyFromUtf8(name), "the vrf"));
        }
        assertThat(given).hasSize(3);
        assertThatThrownBy(() -> names.number(ByteString.copyFromUtf8("d"), "the vrf"))
                .isInstanceOf(Refusal.class).hasMessageContaining("no number is left");
        used.addAll(given);
        assertThatThrownBy(() -> number("d")).isInstanceOf(Refusal.class);
        used.remove(number("b"));
        assertThat(number("d")).isNotIn(used);
    }

    @Test
    void numbersOfTheProgramAreNotGivenAway() throws Refusal {
        names.place(3);
        used.add(Bits.of(7));
        used.add(Bits.of(6));
        assertThat(number("first")).isEqualTo(Bits.of(5));
        assertThat(name(Bits.of(7))).isEqualTo("7");
        assertThat(number("7")).isEqualTo(Bits.of(7));
    }

    @Test
    void whatIsOnlyLookedUpIsNotKept() throws Refusal {
        names.place(9);
        Bits red = number("red");
        assertThat(names.find(ByteString.copyFromUtf8("red"), "the vrf")).isEqualTo(red);
        assertThat(names.find(ByteString.copyFromUtf8("17"), "the vrf")).isEqualTo(Bits.of(17));
        assertThatThrownBy(() -> names.find(ByteString.copyFromUtf8("green"), "the vrf"))
                .hasMessageContaining("the vrf is 'green', which no entity of this switch holds");
        assertThatThrownBy(() -> names.find(ByteString.copyFromUtf8(name(red).length() == 3 ? "511" : ""), "the vrf"))
                .isInstanceOf(Refusal.class);
    }
}
