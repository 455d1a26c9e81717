// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;

/** Checks shared by the options. */
final class Check {

    private Check() {
    }

    static int range(String name, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(name + " is " + value + ": use " + least + " to " + greatest);
        }
        return value;
    }

    static <T> T present(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    static void length(ByteBuffer data, int expected) {
        if (data.remaining() != expected) {
            throw new MalformedOptionException("Length is " + data.remaining() + " instead of " + expected);
        }
    }

    static Ip6Address address(ByteBuffer data) {
        byte[] octets = new byte[Ip6Address.BYTE_LENGTH];
        data.get(octets);
        return Ip6Address.valueOf(octets);
    }

    static String hex(byte[] octets) {
        StringBuilder out = new StringBuilder(octets.length * 2);
        for (byte octet : octets) {
            out.append(Character.forDigit(octet >> 4 & 15, 16)).append(Character.forDigit(octet & 15, 16));
        }
        return out.toString();
    }
}
