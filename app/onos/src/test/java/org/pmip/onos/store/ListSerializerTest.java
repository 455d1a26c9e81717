// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.util.KryoNamespace;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Attempt;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.Registration;
import org.pmip.protocol.mag.Registration.Purpose;
import org.pmip.protocol.mag.TunnelFormat;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

class ListSerializerTest {

    private static final KryoNamespace KRYO = StoredTypes.lists();

    private static BindingUpdateListEntry.Builder bare(long id) {
        return BindingUpdateListEntry.builder().sessionId(id)
                .attachment(Attachment.of("mag1", "2/60", new byte[] {2, 0, 0, 0, 0, 9}, 4))
                .tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8::1")), Ip6Address.valueOf("2001:db8::2"));
    }

    private static BindingUpdateListEntry.Builder full(long id) {
        Binding binding = Binding.builder()
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:1::/64"), Ip6Prefix.valueOf("2001:db8:2::/56")))
                .ipv4(Optional.of(new Ipv4Home(Ip4Address.valueOf("10.1.0.200"), 24, Ip4Address.valueOf("10.1.0.1"))),
                        true)
                .linkLocal(Ip6Address.valueOf("fe80::1")).tunnel(TunnelFormat.GRE_IPV4_UDP_TLV)
                .gre(GreMode.KEYS, 0xffff_ffffL, 0x8000_0001L).lifetime(65_535, 1L << 45).build();
        Registration request = Registration.builder(Purpose.EXTENSION, 5)
                .prefixes(Optional.of(List.of(Ip6Prefix.valueOf("2001:db8:1::/64"))))
                .ipv4(Optional.of(Ip4Address.ZERO)).linkLocal(Optional.of(Ip6Address.ZERO))
                .gre(GreMode.MODE_ONLY, true).forceUdp(true).lifetime(900)
                .progress(3, 32_000, List.of(new Attempt(65_535, 0xfedc_ba98_7654_3210L, 1L << 45),
                        new Attempt(0, 0, 7))).build();
        return bare(id)
                .attachment(Attachment.of("mag2", "3", new byte[0], 200)
                        .withNodeLinkLocal(Ip6Address.valueOf("fe80::9")))
                .tunnel(Anchor.overIpv4("lma4", Ip4Address.valueOf("198.51.100.1"), true, true)
                        .withGre(GreWish.KEYS_ONLY), Ip4Address.valueOf("198.51.100.11"))
                .binding(Optional.of(binding)).forwards(true).registration(Optional.of(request))
                .waiting(Waiting.REPLY, 1L << 46).downlinkKey(OptionalLong.of(0xffff_ffffL)).replaces(41)
                .restart(true).status(155).sent(List.of(1L << 45, 2L));
    }

    private static void assertSurvives(BindingUpdateListEntry... entries) {
        BindingUpdateList list = new BindingUpdateList(MobileNodeIdentifier.of(9, new byte[] {1, 2, 3}), 65_535,
                0xfedc_ba98_7654_3210L, List.of(entries));
        assertThat(KRYO.<BindingUpdateList>deserialize(KRYO.serialize(list))).isEqualTo(list);
    }

    @Test
    void everyFieldSurvives() {
        assertSurvives(bare(1).build(), full(0xffff_ffffL).build());
        assertSurvives();
    }

    @Test
    void everyValueOfEachKindSurvives() {
        for (State state : State.values()) {
            assertSurvives(full(2).state(state).build());
        }
        for (Waiting waiting : Waiting.values()) {
            assertSurvives(full(2).waiting(waiting, 5).build());
        }
        for (Restriction restriction : Restriction.values()) {
            assertSurvives(full(2).restriction(restriction).build());
        }
        for (Purpose purpose : Purpose.values()) {
            assertSurvives(bare(2).registration(Optional.of(Registration.builder(purpose, 1).build())).build());
        }
        for (TunnelFormat format : TunnelFormat.values()) {
            assertSurvives(bare(2).binding(Optional.of(Binding.builder().tunnel(format).lifetime(1, 0).build()))
                    .build());
        }
        for (GreWish wish : GreWish.values()) {
            assertSurvives(bare(2).tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8::1")).withGre(wish),
                    Ip6Address.valueOf("2001:db8::2")).build());
        }
    }
}
