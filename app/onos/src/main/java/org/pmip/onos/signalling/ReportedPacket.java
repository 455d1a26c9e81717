// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;

/**
 * Finds the packet that the switch could not pass on in the frame that it shows: the inner one of what comes in a
 * tunnel that ends here. Stateless.
 */
final class ReportedPacket {

    private static final int ETHERNET = 14;
    private static final int VLAN = 0x8100;
    private static final int VLAN_TAG = 4;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int UDP = 8;
    private static final int PROTOCOL_IPV4 = 4;
    private static final int PROTOCOL_UDP = 17;
    private static final int PROTOCOL_IPV6 = 41;
    private static final int PROTOCOL_GRE = 47;
    private static final int GRE_KEY_PRESENT = 0x20;
    private static final int TLV_HEADER = 4;

    private ReportedPacket() {
    }

    /** The packet, IPv4 or IPv6, from its header to its end; empty if there is none. */
    static Optional<byte[]> in(byte[] frame, Predicate<IpAddress> tunnelEnd) {
        int at = ETHERNET;
        if (frame.length >= ETHERNET + VLAN_TAG && at16(frame, at - 2) == VLAN) {
            at += VLAN_TAG;
        }
        if (frame.length < at) {
            return Optional.empty();
        }
        int type = at16(frame, at - 2);
        if (type != TYPE_IPV4 && type != TYPE_IPV6) {
            return Optional.empty();
        }
        return packet(frame, at).flatMap(outer ->
                tunnelEnd.test(destination(outer)) ? inner(outer) : Optional.of(outer));
    }

    private static Optional<byte[]> packet(byte[] octets, int at) {
        if (at >= octets.length) {
            return Optional.empty();
        }
        int version = (octets[at] & 0xf0) >> 4;
        if (version == 4 && octets.length >= at + IPV4) {
            int length = at16(octets, at + 2);
            return length < IPV4 ? Optional.empty()
                    : Optional.of(Arrays.copyOfRange(octets, at, Math.min(octets.length, at + length)));
        }
        if (version == 6 && octets.length >= at + IPV6) {
            return Optional.of(Arrays.copyOfRange(octets, at,
                    Math.min(octets.length, at + IPV6 + at16(octets, at + 4))));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> inner(byte[] outer) {
        boolean ipv4 = version(outer) == 4;
        int at = ipv4 ? (outer[0] & 0xf) * 4 : IPV6;
        int protocol = outer[ipv4 ? 9 : 6] & 0xff;
        if (protocol == PROTOCOL_UDP) {
            at += UDP;
            // RFC 5845 section 7.2: the first four bits are 0 in a TLV header, 4 or 6 in a packet.
            if (at < outer.length && (outer[at] & 0xf0) == 0) {
                protocol = PROTOCOL_GRE;
                at += TLV_HEADER;
            } else {
                protocol = PROTOCOL_IPV4;
            }
        }
        if (protocol == PROTOCOL_GRE && at < outer.length) {
            at += (outer[at] & GRE_KEY_PRESENT) != 0 ? 8 : 4;
        } else if (protocol != PROTOCOL_IPV4 && protocol != PROTOCOL_IPV6) {
            return Optional.empty();
        }
        return packet(outer, at);
    }

    static int version(byte[] packet) {
        return (packet[0] & 0xf0) >> 4;
    }

    /** The length of an IP packet in octets, header included, by its own word. */
    static int length(byte[] packet) {
        return version(packet) == 4 ? at16(packet, 2) : IPV6 + at16(packet, 4);
    }

    private static IpAddress destination(byte[] packet) {
        return version(packet) == 4 ? Ip4Address.valueOf(Arrays.copyOfRange(packet, 16, 20))
                : Ip6Address.valueOf(Arrays.copyOfRange(packet, 24, 40));
    }

    private static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
