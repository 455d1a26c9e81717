// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.pmip.protocol.wire.packet.InternetChecksum;

/**
 * A node of the transport network between an anchor and a gateway. It passes frames on as they are, as long as their
 * packets fit its link and tunnel packets are not cut off, and tells senders otherwise (RFC 4443, RFC 1191).
 */
final class TransportRouter implements AutoCloseable {
    private static final byte[] ADDRESS = {0x20, 1, 0xd, (byte) 0xb8, 0, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final byte[] ADDRESS_4 = {(byte) 203, 0, 113, (byte) 254};
    private static final int ETHERNET = 14;
    /** As much of the packet as old routers quote of IPv4 would not do: the least that newer ones do. */
    private static final int QUOTED = 128;

    private final Wire anchor;
    private final Wire gateway;
    private final AtomicInteger tooBig = new AtomicInteger();
    private volatile int mtu = 1_500;
    private volatile boolean cut;

    TransportRouter() throws IOException {
        anchor = new Wire("towards-anchor");
        gateway = new Wire("towards-gateway");
        anchor.add(frame -> pass(anchor, gateway, frame));
        gateway.add(frame -> pass(gateway, anchor, frame));
    }

    /** The port at which the anchor's switch finds it. */
    int anchorsPeer() {
        return anchor.port();
    }

    /** The port at which the gateway's switch finds it. */
    int gatewaysPeer() {
        return gateway.port();
    }

    /** Begins to pass frames between the switches' own ports. */
    void connect(int anchorPort, int gatewayPort) {
        anchor.connect(anchorPort);
        gateway.connect(gatewayPort);
    }

    /** What fits its links from now on, in octets. */
    void mtu(int octets) {
        mtu = octets;
    }

    /** Whether tunnel packets, and these alone, have no way from now on. */
    void cut(boolean without) {
        cut = without;
    }

    /** How many packets did not fit so far. */
    int tooBig() {
        return tooBig.get();
    }

    private void pass(Wire from, Wire to, byte[] frame) {
        boolean ipv6 = frame[12] == (byte) 0x86;
        int length = at16(frame, ETHERNET + (ipv6 ? 4 : 2)) + (ipv6 ? 40 : 0);
        if (length > mtu) {
            tooBig.incrementAndGet();
            from.send(ipv6 ? error(frame, 2, 0, mtu) : error4(frame, 3, 4, mtu));
        } else if (cut && isTunnel(frame, ipv6)) {
            from.send(ipv6 ? error(frame, 1, 0, 0) : error4(frame, 3, 0, 0));
        } else {
            to.send(frame);
        }
    }

    private static boolean isTunnel(byte[] frame, boolean ipv6) {
        int protocol = frame[ETHERNET + (ipv6 ? 6 : 9)];
        return protocol == 4 || protocol == 41 || protocol == 47 || !ipv6 && protocol == 17
            && at16(frame, ETHERNET + 20) == 5_437;
    }

    private static byte[] error(byte[] frame, int type, int code, int word) {
        byte[] quoted = Arrays.copyOfRange(frame, ETHERNET, Math.min(frame.length, ETHERNET + 1_232));
        byte[] to = Arrays.copyOfRange(frame, ETHERNET + 8, ETHERNET + 24);
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + 48 + quoted.length);
        out.put(frame, 6, 6).put(frame, 0, 6).putShort((short) 0x86dd);
        out.putInt(0x6000_0000).putShort((short) (8 + quoted.length)).put((byte) 58).put((byte) 64).put(ADDRESS)
            .put(to);
        out.put((byte) type).put((byte) code).putShort((short) 0).putInt(word).put(quoted);
        out.putShort(56, (short) ~InternetChecksum.withPseudoHeader(ADDRESS, to, 58, out.array(), 54,
            8 + quoted.length));
        return out.array();
    }

    private static byte[] error4(byte[] frame, int type, int code, int word) {
        byte[] quoted = Arrays.copyOfRange(frame, ETHERNET, Math.min(frame.length, ETHERNET + QUOTED));
        ByteBuffer out = ByteBuffer.allocate(ETHERNET + 28 + quoted.length);
        out.put(frame, 6, 6).put(frame, 0, 6).putShort((short) 0x0800);
        out.putShort((short) 0x4500).putShort((short) (28 + quoted.length)).putInt(0).put((byte) 64).put((byte) 1)
            .putShort((short) 0).put(ADDRESS_4).put(frame, ETHERNET + 12, 4);
        out.putShort(24, (short) ~InternetChecksum.fold(InternetChecksum.sum(out.array(), ETHERNET, 20)));
        out.put((byte) type).put((byte) code).putShort((short) 0).putInt(word).put(quoted);
        out.putShort(36, (short) ~InternetChecksum.fold(InternetChecksum.sum(out.array(), 34, 8 + quoted.length)));
        return out.array();
    }

    private static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    @Override
    public void close() {
        anchor.close();
        gateway.close();
    }
}
