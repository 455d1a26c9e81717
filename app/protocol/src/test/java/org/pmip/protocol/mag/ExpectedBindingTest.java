// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

class ExpectedBindingTest {

    private static final Anchor ANCHOR = Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8:0:1::1"));
    private static final Binding BINDING = Binding.builder().prefixes(List.of(Ip6Prefix.valueOf("2001:db8:100::/64")))
            .tunnel(TunnelFormat.GRE_IPV6).gre(GreMode.KEYS, 7, 9).lifetime(100, 0).build();

    private static BindingUpdateListEntry.Builder entry(long id, String gateway, Anchor anchor) {
        return BindingUpdateListEntry.builder().sessionId(id)
                .attachment(Attachment.of(gateway, "2", new byte[] {2, 0, 0, 0, 0, 1}, AccessTechnologyType.ETHERNET))
                .tunnel(anchor, Ip6Address.valueOf("2001:db8:0:1" + id + "::1")).downlinkKey(OptionalLong.of(7));
    }

    private static List<BindingUpdateListEntry> expected(BindingUpdateListEntry.Builder next) {
        BindingUpdateListEntry old = entry(1, "mag1", ANCHOR).state(State.SUPERSEDED).forwards(true)
                .binding(Optional.of(BINDING)).build();
        return new BindingUpdateList(MobileNodeIdentifier.ofNai("anna@example.net"), 0, 0,
                List.of(old, next.build())).expected();
    }

    @Test
    void theNextGatewayExpectsWhatTheSessionHas() {
        assertThat(expected(entry(2, "mag2", ANCHOR).replaces(1))).singleElement().satisfies(entry -> {
            assertThat(entry.sessionId()).isEqualTo(2);
            assertThat(entry.binding()).contains(BINDING);
            assertThat(entry.forwards()).isFalse();
        });
    }

    @Test
    void nothingIsExpectedWhereItIsNotLikely() {
        assertThat(expected(entry(2, "mag2", ANCHOR))).as("a session of its own").isEmpty();
        assertThat(expected(entry(2, "mag2", ANCHOR).replaces(3))).as("of a session that is gone").isEmpty();
        assertThat(expected(entry(2, "mag1", ANCHOR).replaces(1))).as("at the same gateway").isEmpty();
        assertThat(expected(entry(2, "mag2", Anchor.overIpv6("other", Ip6Address.valueOf("2001:db8:0:2::1")))
                .replaces(1))).as("of another anchor").isEmpty();
        assertThat(expected(entry(2, "mag2", ANCHOR).replaces(1).downlinkKey(OptionalLong.of(8))))
                .as("with another key").isEmpty();
        assertThat(expected(entry(2, "mag2", ANCHOR).replaces(1).state(State.ACTIVE).forwards(true)
                .binding(Optional.of(BINDING)))).as("once it has come").isEmpty();
    }
}
