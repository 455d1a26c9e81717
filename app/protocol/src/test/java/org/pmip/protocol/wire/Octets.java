// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.OptionRegistry;

/** Octets written as in the figures of the documents: hexadecimal, blanks between fields. */
public final class Octets {

    /** The gateway of all vectors. */
    public static final Ip6Address MAG = Ip6Address.valueOf("2001:db8:a::1");
    /** The anchor of all vectors. */
    public static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:f::1");

    private Octets() {
    }

    /** The octets of lines of hexadecimal. */
    public static byte[] of(String... lines) {
        String digits = String.join("", lines).replace(" ", "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < digits.length(); i += 2) {
            out.write(Integer.parseInt(digits.substring(i, i + 2), 16));
        }
        return out.toByteArray();
    }

    /** Octets in hexadecimal. */
    public static String hex(byte[] octets) {
        StringBuilder out = new StringBuilder();
        for (byte octet : octets) {
            out.append(String.format("%02x", octet));
        }
        return out.toString();
    }

    /** An option alone, without padding. */
    public static byte[] of(MobilityOption option) {
        ByteBuffer out = ByteBuffer.allocate(2 + option.dataLength());
        option.write(out);
        if (out.hasRemaining()) {
            throw new AssertionError(option + " wrote fewer octets than its length says");
        }
        return out.array();
    }

    /** Reads an option alone. */
    public static MobilityOption option(String hex) {
        byte[] octets = of(hex);
        if ((octets[1] & 0xff) != octets.length - 2) {
            throw new AssertionError(hex + " has a wrong Option Length");
        }
        return OptionRegistry.read(octets[0] & 0xff, ByteBuffer.wrap(octets, 2, octets.length - 2));
    }
}
