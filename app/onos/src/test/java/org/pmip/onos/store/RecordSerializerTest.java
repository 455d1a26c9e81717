// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.util.KryoNamespace;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Remnant;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordSerializerTest {

    private static final KryoNamespace KRYO = StoredTypes.records();

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
    void theIpv4TransportAndWhatRestsSurvive() {
        BindingCacheEntry translated = entry(7, GreMode.KEYS).toBuilder().tunnel(Ip4Address.valueOf("192.168.1.2"),
                Ip4Address.valueOf("198.51.100.1"), Ip4Address.valueOf("203.0.113.5"), 40_000).build();
        Ipv4Home home = new Ipv4Home(Ip4Address.valueOf("10.1.0.200"), 24, Ip4Address.valueOf("10.1.0.1"));
        MobileNodeRecord record = new MobileNodeRecord(MobileNodeIdentifier.ofNai("mn@example.net"),
                List.of(translated), List.of(
                        new Remnant(OptionalLong.of(0xffff_fff0L), List.of(), Optional.empty(), 1, 1L << 45),
                        new Remnant(OptionalLong.empty(), translated.prefixes(), Optional.of(home), 65_535, 7)));
        assertThat(KRYO.<MobileNodeRecord>deserialize(KRYO.serialize(record))).isEqualTo(record);
    }

    @Test
    void whatOlderFormatsWroteIsRead() {
        MobileNodeRecord record = new MobileNodeRecord(MobileNodeIdentifier.of(9, new byte[] {1, 2, 3}),
                List.of(entry(1, GreMode.KEYS)));
        byte[] newer = KRYO.serialize(record);
        int format = 0;
        while (newer[format] != 3 || newer[format + 1] != 9 || newer[format + 2] != 3) {
            format++;
        }
        // Format 3 put a length in front of each tunnel end, the peer's address and port after them, and the number of
        // remnants last. Format 1 ends before the mark of the IPv4 part.
        byte[] far = Ip6Address.valueOf("2001:db8::2").toOctets();
        byte[] near = Ip6Address.valueOf("2001:db8::1").toOctets();
        int ends = format;
        while (!Arrays.equals(Arrays.copyOfRange(newer, ends, ends + 16), far)) {
            ends++;
        }
        byte[] front = Arrays.copyOf(newer, ends - 1);
        byte[] rest = Arrays.copyOfRange(newer, ends - 1 + 3 * 17 + 1, newer.length - 1);
        byte[] second = ByteBuffer.allocate(front.length + 32 + rest.length).put(front).put(far).put(near).put(rest)
                .array();
        second[format] = 2;
        byte[] first = Arrays.copyOf(second, second.length - 1);
        first[format] = 1;
        assertThat(KRYO.<MobileNodeRecord>deserialize(second)).isEqualTo(record);
        assertThat(KRYO.<MobileNodeRecord>deserialize(first)).isEqualTo(record);
    }

    @Test
    void aNewerFormatIsRefusedByName() {
        byte[] octets = KRYO.serialize(MobileNodeRecord.none(MobileNodeIdentifier.ofNai("mn@example.net")));
        int format = octets.length - "mn@example.net".length() - 5;
        assertThat(octets[format]).isEqualTo((byte) 3);
        octets[format] = 77;
        assertThatThrownBy(() -> KRYO.deserialize(octets)).hasMessageContaining("format 77");
    }
}
