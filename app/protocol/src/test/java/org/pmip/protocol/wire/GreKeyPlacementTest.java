// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.GreKey;

/** Which messages carry the GRE Key option, and what it says in them. */
@Requirement("R5845-6.1-1")
class GreKeyPlacementTest {

    private static final int BINDING_ERROR = 24;

    @Test
    void requestAndAnswerCarryAKeyOrTheModeAlone() throws DecodeException {
        for (GreKey option : new GreKey[] {GreKey.of(0xffff_ffffL), GreKey.modeOnly()}) {
            assertThat(sent(BindingUpdate.proxyBuilder().option(option).build()).first(GreKey.class))
                    .contains(option);
            assertThat(sent(BindingAcknowledgement.builder().proxy(true).option(option).build())
                    .first(GreKey.class)).contains(option);
        }
    }

    @Test
    void errorHasNoOptions() throws DecodeException {
        BindingError error = BindingError.of(BindingError.UNKNOWN_BINDING, Ip6Address.ZERO);
        assertThat(sent(error).options()).isEmpty();
        assertThat(MobilityHeaderCodec.encodeWithoutChecksum(error)).hasSize(BINDING_ERROR);
    }

    private static MobilityMessage sent(MobilityMessage message) throws DecodeException {
        return MobilityHeaderCodec.decode(MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA), Octets.MAG,
                Octets.LMA);
    }
}
