// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.util.KryoNamespace;
import org.onosproject.store.serializers.KryoNamespaces;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordSerializerTest {

    private static final KryoNamespace KRYO = KryoNamespace.newBuilder().register(KryoNamespaces.BASIC)
            .nextId(KryoNamespaces.BEGIN_USER_CUSTOM_ID).register(new RecordSerializer(), MobileNodeRecord.class)
            .build("test");

    private static BindingCacheEntry entry(long id, GreMode gre) {
        return BindingCacheEntry.builder().sessionId(id).state(BindingCacheEntry.State.ENDING)
                .linkLayerIdentifier(new byte[] {2, 0, 0, 0, 0, 9})
                .linkLocalAddress(Ip6Address.valueOf("fe80::1"))
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:1::/64"), Ip6Prefix.valueOf("2001:db8:2::/56")))
                .accessTechnology(200).order(0xfedc_ba98_7654_3210L, 65_535)
                .tunnel(Ip6Address.valueOf("2001:db8::2"), Ip6Address.valueOf("2001:db8::1")).operator(65_535)
                .gre(gre, 0xffff_ffffL, 0x8000_0001L).tlvHeader(true).lifetime(65_535).times(1L << 45, 1L << 46)
                .exchange(new byte[16], new byte[200]).build();
    }

    @Test
    void everyFieldSurvives() {
        for (GreMode gre : GreMode.values()) {
            MobileNodeRecord record = new MobileNodeRecord(MobileNodeIdentifier.of(9, new byte[] {1, 2, 3}),
                    List.of(entry(1, gre), entry(0xffff_ffffL, gre)));
            assertThat(KRYO.<MobileNodeRecord>deserialize(KRYO.serialize(record))).isEqualTo(record);
        }
    }

    @Test
    void theIpv4PartSurvives() {
        BindingCacheEntry dual = entry(7, GreMode.KEYS).toBuilder().ipv4Home(Optional.of(new Ipv4Home(
                Ip4Address.valueOf("10.1.0.200"), 24, Ip4Address.valueOf("10.1.0.1")))).build();
        MobileNodeRecord record = new MobileNodeRecord(MobileNodeIdentifier.ofNai("mn@example.net"),
                List.of(dual, entry(8, GreMode.NONE), dual.toBuilder().sessionId(9).prefixes(List.of()).build()));
        assertThat(KRYO.<MobileNodeRecord>deserialize(KRYO.serialize(record))).isEqualTo(record);
    }

    @Test
    void whatFormat1WroteIsRead() {
        MobileNodeRecord record = new MobileNodeRecord(MobileNodeIdentifier.of(9, new byte[] {1, 2, 3}),
                List.of(entry(1, GreMode.KEYS)));
        byte[] newer = KRYO.serialize(record);
        int format = 0;
        while (newer[format] != 2 || newer[format + 1] != 9 || newer[format + 2] != 3) {
            format++;
        }
        // Format 1 ends before the mark of the IPv4 part, which is the last octet of a record with one session.
        byte[] older = Arrays.copyOf(newer, newer.length - 1);
        older[format] = 1;
        assertThat(KRYO.<MobileNodeRecord>deserialize(older)).isEqualTo(record);
    }

    @Test
    void aNewerFormatIsRefusedByName() {
        byte[] octets = KRYO.serialize(MobileNodeRecord.none(MobileNodeIdentifier.ofNai("mn@example.net")));
        int format = octets.length - "mn@example.net".length() - 4;
        assertThat(octets[format]).isEqualTo((byte) 2);
        octets[format] = 77;
        assertThatThrownBy(() -> KRYO.deserialize(octets)).hasMessageContaining("format 77");
    }
}
