// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.packet.InternetChecksum;

/** ICMP errors as routers of a transport network make them, and packets to quote in them. */
public final class IcmpFrames {

    private IcmpFrames() {
    }

    /** An error in a frame: type, code, and the four octets behind the checksum. */
    public static byte[] error(IpAddress router, IpAddress to, int type, int code, long word, byte[] quoted) {
        boolean ipv6 = router.isIp6();
        int icmp = ipv6 ? 54 : 34;
        ByteBuffer out = ByteBuffer.allocate(icmp + 8 + quoted.length);
        out.put(new byte[12]).putShort((short) (ipv6 ? 0x86dd : 0x0800));
        if (ipv6) {
            out.putInt(0x60000000).putShort((short) (8 + quoted.length)).put((byte) 58).put((byte) 63);
        } else {
            out.putShort((short) 0x4500).putShort((short) (28 + quoted.length)).putInt(0).put((byte) 63).put((byte) 1)
                    .putShort((short) 0);
        }
        out.put(router.toOctets()).put(to.toOctets());
        out.put((byte) type).put((byte) code).putShort((short) 0).putInt((int) word).put(quoted);
        int sum = ipv6 ? InternetChecksum.withPseudoHeader(router.toOctets(), to.toOctets(), 58, out.array(), icmp,
                8 + quoted.length) : InternetChecksum.fold(InternetChecksum.sum(out.array(), icmp, 8 + quoted.length));
        out.putShort(icmp + 2, (short) ~sum);
        if (!ipv6) {
            out.putShort(24, (short) ~InternetChecksum.fold(InternetChecksum.sum(out.array(), 14, 20)));
        }
        return out.array();
    }

    /** An IP packet whose header speaks of that length, header included, and of which these octets are there. */
    public static byte[] packet(IpAddress from, IpAddress to, int protocol, int length, byte[]... rest) {
        int there = 0;
        for (byte[] part : rest) {
            there += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate((from.isIp6() ? 40 : 20) + there);
        if (from.isIp6()) {
            out.putInt(0x60000000).putShort((short) (length - 40)).put((byte) protocol).put((byte) 9);
        } else {
            out.putShort((short) 0x4500).putShort((short) length).putInt(0x4000).put((byte) 9).put((byte) protocol)
                    .putShort((short) 0);
        }
        out.put(from.toOctets()).put(to.toOctets());
        for (byte[] part : rest) {
            out.put(part);
        }
        return out.array();
    }

    /** Octets in hexadecimal. */
    public static byte[] octets(String hex) {
        String digits = hex.replace(" ", "");
        byte[] out = new byte[digits.length() / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return out;
    }
}
