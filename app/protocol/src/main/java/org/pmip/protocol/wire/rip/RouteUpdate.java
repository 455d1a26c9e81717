// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.rip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.packet.InternetChecksum;

/**
 * Ethernet frames with unsolicited responses of RIPng (RFC 2080 section 2.4.2) and RIP version 2 (RFC 2453 section
 * 3.9.2): the least that every router understands for "this way to these prefixes". Stateless.
 */
public final class RouteUpdate {

    /** The metric of a prefix to which there is no way any more. */
    public static final int UNREACHABLE = 16;
    /** The metric of a prefix that is one hop away. */
    public static final int CONNECTED = 1;
    /** Seconds between two updates; routers forget what they have not heard of for six times as long. */
    public static final int INTERVAL_SECONDS = 30;

    private static final MacAddress RIPNG_ROUTERS = MacAddress.valueOf("33:33:00:00:00:09");
    private static final Ip6Address ALL_RIPNG_ROUTERS = Ip6Address.valueOf("ff02::9");
    private static final int RIPNG_PORT = 521;
    /** RFC 2080 section 2.4.2: routers drop updates with another hop limit. */
    private static final int RIPNG_HOP_LIMIT = 255;
    private static final MacAddress RIP_ROUTERS = MacAddress.valueOf("01:00:5e:00:00:09");
    private static final Ip4Address ALL_RIP_ROUTERS = Ip4Address.valueOf("224.0.0.9");
    private static final int RIP_PORT = 520;
    private static final int RESPONSE = 2;
    private static final int ENTRY = 20;
    private static final int HEADER = 4;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int IPV4 = 20;
    /** What a link of the least MTU takes (RFC 8200 section 5). */
    private static final int RIPNG_ENTRIES = (1280 - IPV6 - UDP_HEADER - HEADER) / ENTRY;
    /** RFC 2453 section 4. */
    private static final int RIP_ENTRIES = 25;

    private RouteUpdate() {
    }

    /**
     * Updates for IPv6; no frame for no prefix.
     *
     * @param linkLocal the sender, and so the next hop
     * @param metric {@link #CONNECTED} to {@link #UNREACHABLE}
     */
    public static List<byte[]> ripng(MacAddress mac, Ip6Address linkLocal, List<Ip6Prefix> prefixes, int metric) {
        if (!linkLocal.isLinkLocal()) {
            throw new IllegalArgumentException("linkLocal is " + linkLocal + ": use an address of fe80::/10");
        }
        check(metric);
        return inParts(prefixes, RIPNG_ENTRIES, 1, (out, prefix) -> out.put(prefix.address().toOctets())
                .putShort((short) 0).put((byte) prefix.prefixLength()).put((byte) metric), data -> {
                    int length = UDP_HEADER + data.length;
                    ByteBuffer out = ByteBuffer.allocate(ETHERNET + IPV6 + length);
                    out.put(RIPNG_ROUTERS.toBytes()).put(mac.toBytes()).putShort((short) 0x86dd);
                    // DSCP CS6, as routing protocols have it.
                    out.putInt(0x6c00_0000).putShort((short) length).put((byte) UDP).put((byte) RIPNG_HOP_LIMIT)
                            .put(linkLocal.toOctets()).put(ALL_RIPNG_ROUTERS.toOctets());
                    udp(out, RIPNG_PORT, linkLocal.toOctets(), ALL_RIPNG_ROUTERS.toOctets(), data);
                    return out.array();
                });
    }

    /**
     * Updates for IPv4; no frame for no prefix.
     *
     * @param source the sender's address on the link, and so the next hop
     * @param metric {@link #CONNECTED} to {@link #UNREACHABLE}
     */
    public static List<byte[]> ripv2(MacAddress mac, Ip4Address source, List<Ip4Prefix> prefixes, int metric) {
        check(metric);
        return inParts(prefixes, RIP_ENTRIES, 2, (out, prefix) -> out.putShort((short) 2).putShort((short) 0)
                .put(prefix.address().toOctets()).put(Ip4Address.makeMaskPrefix(prefix.prefixLength()).toOctets())
                .putInt(0).putInt(metric), data -> {
                    int length = UDP_HEADER + data.length;
                    ByteBuffer out = ByteBuffer.allocate(ETHERNET + IPV4 + length);
                    out.put(RIP_ROUTERS.toBytes()).put(mac.toBytes()).putShort((short) 0x0800);
                    out.putShort((short) 0x45c0).putShort((short) (IPV4 + length)).putShort((short) 0)
                            .putShort((short) 0x4000).put((byte) 1).put((byte) UDP).putShort((short) 0)
                            .put(source.toOctets()).put(ALL_RIP_ROUTERS.toOctets());
                    out.putShort(ETHERNET + 10, (short) ~InternetChecksum.fold(
                            InternetChecksum.sum(out.array(), ETHERNET, IPV4)));
                    udp(out, RIP_PORT, source.toOctets(), ALL_RIP_ROUTERS.toOctets(), data);
                    return out.array();
                });
    }

    private static void check(int metric) {
        if (metric < CONNECTED || metric > UNREACHABLE) {
            throw new IllegalArgumentException("metric is " + metric + ": use 1 to 16");
        }
    }

    private static <P> List<byte[]> inParts(List<P> prefixes, int greatest, int version,
                                            BiConsumer<ByteBuffer, P> entry,
                                            UnaryOperator<byte[]> packet) {
        List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < prefixes.size(); from += greatest) {
            List<P> part = prefixes.subList(from, Math.min(from + greatest, prefixes.size()));
            ByteBuffer data = ByteBuffer.allocate(HEADER + part.size() * ENTRY);
            data.put((byte) RESPONSE).put((byte) version).putShort((short) 0);
            part.forEach(prefix -> entry.accept(data, prefix));
            frames.add(packet.apply(data.array()));
        }
        return frames;
    }

    /** Writes the datagram at the buffer's position, both ports being the protocol's. */
    private static void udp(ByteBuffer out, int port, byte[] source, byte[] destination, byte[] data) {
        int at = out.position();
        int length = UDP_HEADER + data.length;
        out.putShort((short) port).putShort((short) port).putShort((short) length).putShort((short) 0).put(data);
        int checksum = ~InternetChecksum.withPseudoHeader(source, destination, UDP, out.array(), at, length) & 0xffff;
        out.putShort(at + 6, (short) (checksum == 0 ? 0xffff : checksum));
    }
}
