// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.UnknownOption;

/** Builders refuse what does not fit on the wire, and values do not change. */
class BuilderTest {

    private static void refuses(ThrowingCallable call, String field, String fix) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(field)
                .hasMessageContaining(fix);
    }

    @Test
    void fieldsHaveRanges() {
        refuses(() -> BindingUpdate.builder().sequence(65536), "sequence is 65536", "0 to 65535");
        refuses(() -> BindingUpdate.builder().sequence(-1), "sequence is -1", "0 to 65535");
        refuses(() -> BindingUpdate.builder().lifetime(65536), "lifetime is 65536", "0 to 65535");
        refuses(() -> BindingUpdate.builder().flags(0x0040), "flags are 0x0040", "0xff80");
        refuses(() -> BindingAcknowledgement.builder().status(256), "status is 256", "0 to 255");
        refuses(() -> BindingAcknowledgement.builder().flags(8), "flags are 0x08", "0xf0");
        refuses(() -> BindingAcknowledgement.builder().lifetime(-1), "lifetime is -1", "0 to 65535");
        refuses(() -> BindingAcknowledgement.builder().sequence(1 << 16), "sequence is 65536", "0 to 65535");
        refuses(() -> BindingError.of(-1, Ip6Address.ZERO), "status is -1", "0 to 255");
        refuses(() -> HandoffIndicator.of(256), "HI is 256", "0 to 255");
        refuses(() -> AccessTechnologyType.of(-1), "ATT is -1", "0 to 255");
        refuses(() -> MobileNodeIdentifier.of(256, new byte[0]), "subtype is 256", "0 to 255");
        refuses(() -> MobileNodeLinkLayerIdentifier.of(new byte[254]), "identifier length is 254", "0 to 253");
        assertThatThrownBy(() -> BindingError.of(1, null)).hasMessageContaining("homeAddress");
        refuses(() -> BindingUpdate.builder().option(null), "option", "is missing");
        refuses(() -> BindingAcknowledgement.builder().options(Collections.singletonList(null)), "option",
                "is missing");
    }

    @Test
    void aMessageHasAGreatestLength() {
        List<MobilityOption> most = IntStream.range(0, 509).mapToObj(i -> UnknownOption.of(200, new byte[2]))
                .collect(Collectors.toList());
        BindingUpdate greatest = BindingUpdate.builder().options(most).build();
        byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(greatest);
        assertThat(octets).hasSize(2048).hasSize(MobilityHeaderCodec.GREATEST_LENGTH);
        BindingUpdate over = BindingUpdate.builder().options(most).option(GreKey.modeOnly()).build();
        refuses(() -> MobilityHeaderCodec.encodeWithoutChecksum(over), "2056 octets", "leave options out");
    }

    @Test
    void equalityCoversEveryField() {
        assertThat(List.of(
                BindingUpdate.builder().build(), BindingUpdate.builder().sequence(1).build(),
                BindingUpdate.builder().flags(BindingUpdate.A).build(), BindingUpdate.builder().lifetime(1).build(),
                BindingUpdate.builder().option(GreKey.of(0)).build(),
                BindingUpdate.builder().option(GreKey.modeOnly()).build(),
                BindingAcknowledgement.builder().build(), BindingAcknowledgement.builder().status(1).build(),
                BindingAcknowledgement.builder().proxy(true).build(),
                BindingAcknowledgement.builder().sequence(1).build(),
                BindingAcknowledgement.builder().lifetime(1).build(),
                BindingAcknowledgement.builder().option(GreKey.of(0)).build(),
                BindingError.of(1, Ip6Address.ZERO), BindingError.of(2, Ip6Address.ZERO),
                BindingError.of(2, Octets.MAG))).doesNotHaveDuplicates();
        assertThat(HandoffIndicator.of(1)).isNotEqualTo(AccessTechnologyType.of(1))
                .isNotEqualTo(UnknownOption.of(23, new byte[] {0, 1})).isNotEqualTo(null);
    }

    @Test
    void valuesKeepCopiesOfOctets() {
        byte[] mine = {1, 2, 3};
        MobileNodeIdentifier identifier = MobileNodeIdentifier.of(9, mine);
        MobileNodeLinkLayerIdentifier link = MobileNodeLinkLayerIdentifier.of(mine);
        UnknownOption unknown = UnknownOption.of(99, mine);
        mine[0] = 7;
        identifier.identifier()[1] = 7;
        link.identifier()[1] = 7;
        assertThat(identifier.identifier()).containsExactly(1, 2, 3);
        assertThat(link.identifier()).containsExactly(1, 2, 3);
        assertThat(unknown).hasToString("Option99=010203");
    }

    @Test
    void optionsOfAMessageDoNotChange() {
        BindingUpdate.Builder builder = BindingUpdate.builder().option(GreKey.of(1));
        BindingUpdate message = builder.build();
        builder.option(GreKey.of(2));
        assertThat(message.options()).containsExactly(GreKey.of(1));
        assertThatThrownBy(() -> message.options().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
