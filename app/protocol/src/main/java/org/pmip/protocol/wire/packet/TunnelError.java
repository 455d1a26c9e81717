// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/**
 * What a node of the transport network says by ICMP of a tunnel packet that it could not pass on (RFC 2473 section 8.1,
 * RFC 4443 section 3, RFC 792, RFC 1191), with what it quotes of that packet. Immutable.
 *
 * <p>Anybody can write such a message: what it quotes has to be compared with the tunnels that there are.
 */
public final class TunnelError {

    /** What has become of the tunnel packet. */
    public enum Kind {
        /** It does not fit: Packet Too Big, or fragmentation needed and DF set. */
        TOO_BIG,
        /** Destination Unreachable of any other code. */
        UNREACHABLE,
        /** Time Exceeded. */
        TIME_EXCEEDED,
        /** Parameter Problem. */
        PARAMETER_PROBLEM
    }

    /** What stands between the quoted IP header and the inner packet, as far as it is quoted. */
    public enum Carried {
        /** Nothing: IP in IP (RFC 2473, RFC 2003). */
        PACKET,
        /** GRE without key (RFC 2784). */
        GRE,
        /** GRE with key (RFC 2890). */
        GRE_KEY,
        /** UDP, and the quotation ends before it is to be seen what is in it. */
        UDP,
        /** The packet itself in UDP (RFC 5844 section 4.1.4.1). */
        UDP_PACKET,
        /** UDP, a TLV header, and GRE without key (RFC 5845 section 7.1). */
        UDP_TLV_GRE,
        /** UDP, a TLV header, and GRE with key (RFC 5845 section 7.1). */
        UDP_TLV_GRE_KEY
    }

    /** UDP port of tunnelled packets (RFC 5844 section 4.1.4.1). */
    public static final int DATA_PORT = 5437;

    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_SERVICE_VLAN = 0x88a8;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_IPV4 = 4;
    private static final int PROTOCOL_UDP = 17;
    private static final int PROTOCOL_IPV6 = 41;
    private static final int PROTOCOL_GRE = 47;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int HOP_BY_HOP = 0;
    private static final int ICMP_HEADER = 8;
    private static final int UDP_HEADER = 8;
    private static final int TLV_HEADER = 4;
    private static final int GRE_HEADER = 4;
    private static final int GRE_KEY_HEADER = 8;
    private static final int GRE_KEY_PRESENT = 0x2000;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int FRAGMENT = 0x3fff;
    /** The least an original datagram has that something else may follow (RFC 4884 section 5). */
    private static final int LEAST_EXTENDED = 128;

    private final IpAddress reporter;
    private Kind kind;
    private int code;
    private int mtu;
    private IpAddress near;
    private IpAddress far;
    private int length;
    private Carried carried;
    private OptionalLong key = OptionalLong.empty();
    private int nearPort;
    private int farPort;
    private Optional<byte[]> inner = Optional.empty();

    private TunnelError(IpAddress reporter) {
        this.reporter = reporter;
    }

    /**
     * Reads an ICMP error about a tunnel packet in an Ethernet frame, tagged or not. What follows the IP packet in the
     * frame is padding. The checksum of the message counts, that of a quoted header does not: routers change what they
     * quote.
     *
     * @throws DecodeException when the frame is truncated, damaged, or holds something else: another message of ICMP,
     *     or an error about a packet that tunnels of this product do not send, a fragment among them
     */
    public static TunnelError decode(byte[] frame) throws DecodeException {
        int at = ETHERNET;
        need(frame, frame.length, at, "the Ethernet header");
        int type = at16(frame, at - 2);
        while (type == TYPE_VLAN || type == TYPE_SERVICE_VLAN) {
            at += VLAN_TAG;
            need(frame, frame.length, at, "the VLAN tag");
            type = at16(frame, at - 2);
        }
        switch (type) {
            case TYPE_IPV6:
                return ipv6(frame, at);
            case TYPE_IPV4:
                return ipv4(frame, at);
            default:
                throw new DecodeException(Reason.PACKET, at - 2, String.format("EtherType is 0x%04x, not IP", type));
        }
    }

    private static TunnelError ipv6(byte[] frame, int start) throws DecodeException {
        need(frame, frame.length, start + IPV6, "the IPv6 header");
        version(frame, start, 6);
        int end = start + IPV6 + at16(frame, start + 4);
        need(frame, frame.length, end, "the IPv6 payload");
        int next = frame[start + 6] & 0xff;
        int at = start + IPV6;
        while (next == DESTINATION_OPTIONS || next == HOP_BY_HOP) {
            need(frame, end, at + 8, "an options header");
            next = frame[at] & 0xff;
            at += 8 * (1 + (frame[at + 1] & 0xff));
        }
        if (next != PROTOCOL_ICMPV6) {
            throw new DecodeException(Reason.PACKET, start + 6, "next header " + next + " is no ICMPv6");
        }
        need(frame, end, at + ICMP_HEADER, "the ICMPv6 header");
        byte[] source = Arrays.copyOfRange(frame, start + 8, start + 24);
        if (InternetChecksum.withPseudoHeader(source, Arrays.copyOfRange(frame, start + 24, start + 40),
                PROTOCOL_ICMPV6, frame, at, end - at) != 0xffff) {
            throw new DecodeException(Reason.CHECKSUM, at + 2, "the checksum of ICMPv6 does not fit");
        }
        TunnelError error = new TunnelError(Ip6Address.valueOf(source));
        error.code = frame[at + 1] & 0xff;
        int extended = 0;
        switch (frame[at]) {
            case 1:
                error.kind = Kind.UNREACHABLE;
                extended = (frame[at + 4] & 0xff) * 8;
                break;
            case 2:
                error.kind = Kind.TOO_BIG;
                // More than any IP packet has is as good as no limit.
                error.mtu = (int) Math.min(0xffff, at32(frame, at + 4));
                break;
            case 3:
                error.kind = Kind.TIME_EXCEEDED;
                extended = (frame[at + 4] & 0xff) * 8;
                break;
            case 4:
                error.kind = Kind.PARAMETER_PROBLEM;
                break;
            default:
                throw new DecodeException(Reason.PACKET, at, "type " + (frame[at] & 0xff) + " is no error of ICMPv6");
        }
        error.quoted6(frame, at + ICMP_HEADER, original(at + ICMP_HEADER, end, extended));
        return error;
    }

    private static TunnelError ipv4(byte[] frame, int start) throws DecodeException {
        need(frame, frame.length, start + IPV4, "the IPv4 header");
        version(frame, start, 4);
        int header = (frame[start] & 0x0f) * 4;
        int end = start + at16(frame, start + 2);
        int at = start + header;
        need(frame, frame.length, end, "the IPv4 packet");
        if (header < IPV4) {
            throw new DecodeException(Reason.PACKET, start, "the IPv4 header has " + header + " octets");
        }
        if ((frame[start + 9] & 0xff) != PROTOCOL_ICMP) {
            throw new DecodeException(Reason.PACKET, start + 9, "protocol " + (frame[start + 9] & 0xff)
                    + " is no ICMP");
        }
        if ((at16(frame, start + 6) & FRAGMENT) != 0) {
            throw new DecodeException(Reason.PACKET, start + 6, "the packet is a fragment");
        }
        need(frame, end, at + ICMP_HEADER, "the ICMP header");
        if (InternetChecksum.fold(InternetChecksum.sum(frame, start, header)) != 0xffff) {
            throw new DecodeException(Reason.CHECKSUM, start + 10, "the checksum of IPv4 does not fit");
        }
        if (InternetChecksum.fold(InternetChecksum.sum(frame, at, end - at)) != 0xffff) {
            throw new DecodeException(Reason.CHECKSUM, at + 2, "the checksum of ICMP does not fit");
        }
        TunnelError error = new TunnelError(Ip4Address.valueOf(Arrays.copyOfRange(frame, start + 12, start + 16)));
        error.code = frame[at + 1] & 0xff;
        switch (frame[at]) {
            case 3:
                error.kind = error.code == FRAGMENTATION_NEEDED ? Kind.TOO_BIG : Kind.UNREACHABLE;
                error.mtu = error.kind == Kind.TOO_BIG ? at16(frame, at + 6) : 0;
                break;
            case 11:
                error.kind = Kind.TIME_EXCEEDED;
                break;
            case 12:
                error.kind = Kind.PARAMETER_PROBLEM;
                break;
            default:
                throw new DecodeException(Reason.PACKET, at, "type " + (frame[at] & 0xff) + " is no error of ICMP");
        }
        error.quoted4(frame, at + ICMP_HEADER,
                original(at + ICMP_HEADER, end, (frame[at + 5] & 0xff) * 4));
        return error;
    }

    /** Where the quotation ends: RFC 4884 lets other things follow, and then says how long it is. */
    private static int original(int from, int end, int extended) {
        return extended >= LEAST_EXTENDED ? Math.min(end, from + extended) : end;
    }

    private void quoted6(byte[] frame, int at, int end) throws DecodeException {
        need(frame, end, at + IPV6, "the quoted IPv6 header");
        version(frame, at, 6);
        near = Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 8, at + 24));
        far = Ip6Address.valueOf(Arrays.copyOfRange(frame, at + 24, at + 40));
        length = IPV6 + at16(frame, at + 4);
        int protocol = frame[at + 6] & 0xff;
        if (protocol == PROTOCOL_UDP) {
            throw new DecodeException(Reason.PACKET, at + 6, "between IPv6 addresses no tunnel is in UDP");
        }
        carried(frame, at + IPV6, Math.min(end, at + length), protocol, at + 6);
    }

    private void quoted4(byte[] frame, int at, int end) throws DecodeException {
        need(frame, end, at + IPV4, "the quoted IPv4 header");
        version(frame, at, 4);
        int header = (frame[at] & 0x0f) * 4;
        length = at16(frame, at + 2);
        if (header < IPV4 || length < header) {
            throw new DecodeException(Reason.PACKET, at, "the quoted IPv4 header has impossible lengths");
        }
        if ((at16(frame, at + 6) & FRAGMENT) != 0) {
            throw new DecodeException(Reason.PACKET, at + 6, "the quoted packet is a fragment");
        }
        near = Ip4Address.valueOf(Arrays.copyOfRange(frame, at + 12, at + 16));
        far = Ip4Address.valueOf(Arrays.copyOfRange(frame, at + 16, at + 20));
        carried(frame, at + header, Math.min(end, at + length), frame[at + 9] & 0xff, at + 9);
    }

    private void carried(byte[] frame, int at, int end, int protocol, int where) throws DecodeException {
        switch (protocol) {
            case PROTOCOL_IPV4:
            case PROTOCOL_IPV6:
                carried = Carried.PACKET;
                inner = packet(frame, at, end);
                break;
            case PROTOCOL_GRE:
                need(frame, end, at + GRE_HEADER, "the quoted GRE header");
                gre(frame, at, end, false);
                break;
            case PROTOCOL_UDP:
                need(frame, end, at + UDP_HEADER, "the quoted UDP header");
                udp(frame, at, end);
                break;
            default:
                throw new DecodeException(Reason.PACKET, where, "protocol " + protocol
                        + " of the quoted packet is no tunnel's");
        }
    }

    private void gre(byte[] frame, int at, int end, boolean tlv) throws DecodeException {
        int flags = at16(frame, at);
        if ((flags & ~GRE_KEY_PRESENT) != 0) {
            throw new DecodeException(Reason.PACKET, at, String.format("the quoted GRE header has flags 0x%04x, "
                    + "which tunnels do not send", flags));
        }
        boolean withKey = flags != 0;
        if (withKey) {
            need(frame, end, at + GRE_KEY_HEADER, "the quoted GRE key");
            key = OptionalLong.of(at32(frame, at + GRE_HEADER));
        }
        if (tlv) {
            carried = withKey ? Carried.UDP_TLV_GRE_KEY : Carried.UDP_TLV_GRE;
        } else {
            carried = withKey ? Carried.GRE_KEY : Carried.GRE;
        }
        inner = packet(frame, at + (withKey ? GRE_KEY_HEADER : GRE_HEADER), end);
    }

    private void udp(byte[] frame, int at, int end) throws DecodeException {
        nearPort = at16(frame, at);
        farPort = at16(frame, at + 2);
        if (nearPort != DATA_PORT) {
            throw new DecodeException(Reason.PACKET, at, "the quoted packet comes from UDP port " + nearPort
                    + ", not from " + DATA_PORT);
        }
        int data = at + UDP_HEADER;
        carried = Carried.UDP;
        if (data < end && (frame[data] & 0xf0) != 0) {
            carried = Carried.UDP_PACKET;
            inner = packet(frame, data, end);
        } else if (end >= data + TLV_HEADER + GRE_KEY_HEADER) {
            if (frame[data + 1] != PROTOCOL_GRE) {
                throw new DecodeException(Reason.PACKET, data + 1, "the quoted TLV header is not followed by GRE");
            }
            gre(frame, data + TLV_HEADER, end, true);
        }
    }

    /** The inner packet, if its header is quoted whole. */
    private static Optional<byte[]> packet(byte[] frame, int at, int end) {
        if (at >= end) {
            return Optional.empty();
        }
        int version = (frame[at] & 0xf0) >> 4;
        if (version == 6 && end >= at + IPV6) {
            return Optional.of(Arrays.copyOfRange(frame, at, Math.min(end, at + IPV6 + at16(frame, at + 4))));
        }
        int header = (frame[at] & 0x0f) * 4;
        if (version == 4 && header >= IPV4 && end >= at + header && at16(frame, at + 2) >= header) {
            return Optional.of(Arrays.copyOfRange(frame, at, Math.min(end, at + at16(frame, at + 2))));
        }
        return Optional.empty();
    }

    private static void version(byte[] frame, int at, int wanted) throws DecodeException {
        if ((frame[at] & 0xf0) >> 4 != wanted) {
            throw new DecodeException(Reason.PACKET, at, "the IP version is not " + wanted);
        }
    }

    private static void need(byte[] frame, int there, int end, String what) throws DecodeException {
        if (there < end) {
            throw new DecodeException(Reason.TRUNCATED, Math.min(there, frame.length), "there is no room for " + what);
        }
    }

    private static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }

    private static long at32(byte[] octets, int at) {
        return (long) at16(octets, at) << 16 | at16(octets, at + 2);
    }

    /** Who says so: any node on the way. */
    public IpAddress reporter() {
        return reporter;
    }

    /** What has become of the tunnel packet. */
    public Kind kind() {
        return kind;
    }

    /** The code of the message, 0 to 255. */
    public int code() {
        return code;
    }

    /**
     * The largest packet in octets, outer header included, that would have been passed on; 0 if that is not told, as by
     * routers older than RFC 1191, or if the packet was not too big. At most 65535.
     */
    public int mtu() {
        return mtu;
    }

    /** Source of the quoted packet: where the tunnel begins. */
    public IpAddress near() {
        return near;
    }

    /** Destination of the quoted packet: where the tunnel ends. */
    public IpAddress far() {
        return far;
    }

    /** Length of the tunnel packet in octets, outer header included, by its own word; the quotation may be shorter. */
    public int length() {
        return length;
    }

    /** How the inner packet is carried. */
    public Carried carried() {
        return carried;
    }

    /** The GRE key, if there is one in the quotation. */
    public OptionalLong key() {
        return key;
    }

    /** UDP port of the far end; 0 where there is no UDP. */
    public int farPort() {
        return farPort;
    }

    /** The inner packet from its header to the end of the quotation; empty if less than its header is quoted. */
    public Optional<byte[]> inner() {
        return inner.map(byte[]::clone);
    }

    @Override
    public String toString() {
        return reporter + ": " + kind + " code " + code + (kind == Kind.TOO_BIG ? " MTU " + mtu : "") + " for "
                + carried + " of " + length + " octets, " + near + (nearPort == 0 ? "" : ":" + nearPort) + " -> " + far
                + (farPort == 0 ? "" : ":" + farPort) + (key.isPresent() ? " key " + key.getAsLong() : "");
    }
}
