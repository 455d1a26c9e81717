// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.math.BigInteger;
import java.util.Arrays;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.util.ImmutableByteSequence;

/**
 * Values as the pipeline holds them. Addresses of both families are 128 bits wide, an IPv4 address in its mapped form
 * (RFC 4291, section 2.5.5.2).
 */
final class Bits {
    private static final int IP4_OFFSET = 12;
    private static final int MAPPED_BITS = 96;

    private Bits() {
    }

    static ImmutableByteSequence of(long value, int width) {
        try {
            return ImmutableByteSequence.copyFrom(value).fit(width);
        } catch (ImmutableByteSequence.ByteSequenceTrimException e) {
            throw new IllegalArgumentException(value + " does not fit into " + width + " bits", e);
        }
    }

    static ImmutableByteSequence of(IpAddress address) {
        return ImmutableByteSequence.copyFrom(octets(address));
    }

    static ImmutableByteSequence of(MacAddress mac) {
        return ImmutableByteSequence.copyFrom(mac.toBytes());
    }

    static long number(IpAddress address) {
        return new BigInteger(1, address.toOctets()).longValueExact();
    }

    static int prefixLength(IpPrefix prefix) {
        return prefix.isIp4() ? MAPPED_BITS + prefix.prefixLength() : prefix.prefixLength();
    }

    static long number(ImmutableByteSequence bits) {
        return new BigInteger(1, bits.asArray()).longValueExact();
    }

    static IpAddress address(ImmutableByteSequence bits) {
        byte[] octets = wide(bits, Ip6Address.BYTE_LENGTH);
        return isMapped(octets)
                ? Ip4Address.valueOf(Arrays.copyOfRange(octets, IP4_OFFSET, octets.length))
                : Ip6Address.valueOf(octets);
    }

    static IpAddress ip4Address(ImmutableByteSequence bits) {
        return Ip4Address.valueOf(wide(bits, Ip4Address.BYTE_LENGTH));
    }

    static IpPrefix prefix(boolean ip4, ImmutableByteSequence bits, int length) {
        byte[] octets = wide(bits, Ip6Address.BYTE_LENGTH);
        return ip4
                ? IpPrefix.valueOf(IpAddress.Version.INET, Arrays.copyOfRange(octets, IP4_OFFSET, octets.length),
                        length - MAPPED_BITS)
                : IpPrefix.valueOf(IpAddress.Version.INET6, octets, length);
    }

    static MacAddress mac(ImmutableByteSequence bits) {
        return MacAddress.valueOf(wide(bits, MacAddress.MAC_ADDRESS_LENGTH));
    }

    static boolean isMapped(IpAddress address) {
        return address.isIp6() && isMapped(address.toOctets());
    }

    private static boolean isMapped(byte[] octets) {
        for (int i = 0; i < IP4_OFFSET; i++) {
            if (octets[i] != (byte) (i < IP4_OFFSET - 2 ? 0 : 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] octets(IpAddress address) {
        if (address.isIp6()) {
            return address.toOctets();
        }
        byte[] octets = new byte[Ip6Address.BYTE_LENGTH];
        octets[IP4_OFFSET - 2] = (byte) 0xFF;
        octets[IP4_OFFSET - 1] = (byte) 0xFF;
        System.arraycopy(address.toOctets(), 0, octets, IP4_OFFSET, Ip4Address.BYTE_LENGTH);
        return octets;
    }

    /* A target may answer with leading zeros left out. */
    private static byte[] wide(ImmutableByteSequence bits, int length) {
        byte[] octets = bits.asArray();
        if (octets.length == length) {
            return octets;
        }
        byte[] wide = new byte[length];
        System.arraycopy(octets, 0, wide, length - octets.length, octets.length);
        return wide;
    }
}
