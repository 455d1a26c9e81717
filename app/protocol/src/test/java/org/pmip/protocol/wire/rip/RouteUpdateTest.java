// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.rip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.Octets;

/** Against frames that scapy has made. */
class RouteUpdateTest {

    private static final MacAddress MAC = MacAddress.valueOf("00:00:5e:00:53:02");
    private static final Ip6Address LINK_LOCAL = Ip6Address.valueOf("fe80::200:5eff:fe00:5302");
    private static final Ip4Address SOURCE = Ip4Address.valueOf("192.0.2.1");

    @Test
    void ripngTellsPrefixAndMetric() {
        List<byte[]> frames = RouteUpdate.ripng(MAC, LINK_LOCAL, List.of(Ip6Prefix.valueOf("2001:db8:100::/40")),
                RouteUpdate.UNREACHABLE);
        assertThat(frames).hasSize(1);
        assertThat(Octets.hex(frames.get(0))).isEqualTo("33330000000900005e00530286dd"
                + "6c000000002011fffe8000000000000002005efffe005302ff020000000000000000000000000009"
                + "020902090020f342" + "02010000" + "20010db8010000000000000000000000" + "0000" + "28" + "10");
    }

    @Test
    void ripTellsPrefixesWithTheirMasks() {
        List<byte[]> frames = RouteUpdate.ripv2(MAC, SOURCE,
                List.of(Ip4Prefix.valueOf("10.1.0.0/16"), Ip4Prefix.valueOf("10.2.4.0/22")), RouteUpdate.CONNECTED);
        assertThat(frames).hasSize(1);
        assertThat(Octets.hex(frames.get(0))).isEqualTo("01005e00000900005e0053020800"
                + "45c00048000040000111d6dac0000201e0000009" + "020802080034435f" + "02020000"
                + "00020000" + "0a010000" + "ffff0000" + "00000000" + "00000001"
                + "00020000" + "0a020400" + "fffffc00" + "00000000" + "00000001");
    }

    @Test
    void manyPrefixesComeInSeveralMessages() {
        List<Ip6Prefix> prefixes = IntStream.range(0, 200).mapToObj(one ->
                Ip6Prefix.valueOf("2001:db8:" + Integer.toHexString(one) + "::/48")).collect(Collectors.toList());
        List<byte[]> frames = RouteUpdate.ripng(MAC, LINK_LOCAL, prefixes, 1);
        // 61 of 20 octets fit into the least MTU of IPv6 with 40 + 8 + 4 octets of headers.
        assertThat(frames).extracting(frame -> (frame.length - 66) / 20).containsExactly(61, 61, 61, 17);
        assertThat(frames.get(3)).endsWith(prefixEntry("2001:db8:c7::"));
        assertThat(frames).allSatisfy(frame -> assertThat(frame.length).isLessThanOrEqualTo(14 + 1280));

        List<Ip4Prefix> subnets = IntStream.range(0, 51).mapToObj(one -> Ip4Prefix.valueOf("10." + one + ".0.0/16"))
                .collect(Collectors.toList());
        assertThat(RouteUpdate.ripv2(MAC, SOURCE, subnets, 1)).extracting(frame -> (frame.length - 46) / 20)
                .containsExactly(25, 25, 1);
    }

    private static byte[] prefixEntry(String address) {
        byte[] entry = Arrays.copyOf(Ip6Address.valueOf(address).toOctets(), 20);
        entry[18] = 48;
        entry[19] = 1;
        return entry;
    }

    @Test
    void nothingIsToldOfNothing() {
        assertThat(RouteUpdate.ripng(MAC, LINK_LOCAL, List.of(), 1)).isEmpty();
        assertThat(RouteUpdate.ripv2(MAC, SOURCE, List.of(), 1)).isEmpty();
    }

    @Test
    void whatNoRouterWouldTakeIsRefused() {
        assertThatThrownBy(() -> RouteUpdate.ripng(MAC, Ip6Address.valueOf("2001:db8::1"), List.of(), 1))
                .hasMessageContaining("linkLocal").hasMessageContaining("fe80");
        assertThatThrownBy(() -> RouteUpdate.ripv2(MAC, SOURCE, List.of(), 17)).hasMessageContaining("metric");
        assertThatThrownBy(() -> RouteUpdate.ripng(MAC, LINK_LOCAL, List.of(), 0)).hasMessageContaining("metric");
    }
}
