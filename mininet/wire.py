# SPDX-License-Identifier: Apache-2.0
"""Frames and messages as a gateway and a correspondent node see them, written from the documents alone.

Nothing here shares code with the product: what the two understand of each other, they understand of the documents.
"""

import ipaddress
import struct
import time

ETHERTYPE_IPV4 = 0x0800
ETHERTYPE_ARP = 0x0806
ETHERTYPE_IPV6 = 0x86DD
GRE = 47
ICMPV6 = 58
IPV6_IN_IPV6 = 41
MOBILITY = 135
UDP = 17

BINDING_UPDATE = 5
BINDING_ACKNOWLEDGEMENT = 6
SIGNALLING_PORT, TUNNEL_PORT = 5436, 5437
FLAGS_A_H_P = 0xC200
# RFC 5845, section 7.1: the TLV header is wanted.
FLAG_T = 0x0080

MN_IDENTIFIER = 8
HOME_NETWORK_PREFIX = 22
HANDOFF_INDICATOR = 23
ACCESS_TECHNOLOGY_TYPE = 24
MN_LINK_LAYER_IDENTIFIER = 25
TIMESTAMP = 27
IPV4_CARE_OF_ADDRESS = 32
GRE_KEY = 33
IPV4_HOME_ADDRESS_REQUEST, IPV4_HOME_ADDRESS_REPLY = 36, 37
IPV4_DEFAULT_ROUTER = 38

ROUTER_SOLICITATION, ROUTER_ADVERTISEMENT = 133, 134
NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT = 135, 136
ALL_NODES = "ff02::1"
# RFC 6543: what every gateway calls itself on its access links, so that a node that moves meets the same router.
ROUTER_LINK_LOCAL = "fe80::200:5eff:fe00:5213"
ROUTER_MAC = "00:00:5e:00:52:13"

NEW_INTERFACE, BETWEEN_GATEWAYS, UNKNOWN_HANDOFF = 1, 3, 4
IEEE_802_11 = 4


class Failure(Exception):
    """Something did not come out as it should."""


def octets(address):
    return ipaddress.IPv6Address(address).packed


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def internet_checksum(data):
    """RFC 1071."""
    whole = data + b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(whole) // 2), whole))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def checksum(source, destination, next_header, data):
    """The Internet checksum over the IPv6 pseudo-header and the data (RFC 8200 section 8.1)."""
    return internet_checksum(octets(source) + octets(destination) + struct.pack("!II", len(data), next_header) + data)


def ethernet(source, destination, payload):
    """A frame around an IP packet of either version."""
    kind = ETHERTYPE_IPV6 if payload[0] >> 4 == 6 else ETHERTYPE_IPV4
    return mac(destination) + mac(source) + struct.pack("!H", kind) + payload


def ipv6(source, destination, next_header, payload, hop_limit=64):
    return (struct.pack("!IHBB", 6 << 28, len(payload), next_header, hop_limit)
            + octets(source) + octets(destination) + payload)


def ipv4(source, destination, protocol, payload, ttl=64):
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0x4000, ttl, protocol, 0)
    header += ipaddress.IPv4Address(source).packed + ipaddress.IPv4Address(destination).packed
    return header[:10] + struct.pack("!H", internet_checksum(header)) + header[12:] + payload


def udp(source, destination, source_port, destination_port, payload):
    header = struct.pack("!HHHH", source_port, destination_port, 8 + len(payload), 0)
    value = checksum(source, destination, UDP, header + payload) or 0xFFFF
    return header[:6] + struct.pack("!H", value) + payload


class Packet:
    """An IPv6 packet without extension headers, or an IPv4 packet, taken apart."""

    def __init__(self, data):
        if len(data) >= 20 and data[0] >> 4 == 4:
            start, length = (data[0] & 0xF) * 4, struct.unpack("!H", data[2:4])[0]
            self.hop_limit, self.next_header = data[8:10]
            self.source = str(ipaddress.IPv4Address(data[12:16]))
            self.destination = str(ipaddress.IPv4Address(data[16:20]))
            self.payload = data[start:length]
            if not 20 <= start <= length <= len(data):
                raise ValueError("truncated")
            return
        if len(data) < 40 or data[0] >> 4 != 6:
            raise ValueError("no IP packet")
        length, self.next_header, self.hop_limit = struct.unpack("!HBB", data[4:8])
        self.source = str(ipaddress.IPv6Address(data[8:24]))
        self.destination = str(ipaddress.IPv6Address(data[24:40]))
        self.payload = data[40:40 + length]
        if len(self.payload) < length:
            raise ValueError("truncated")


def option(message, kind, data, factor=1, offset=0):
    """Appends a mobility option where its alignment, factor * n + offset, lets it stand."""
    gap = (offset - len(message)) % factor
    if gap == 1:
        message += b"\0"
    elif gap:
        message += bytes([1, gap - 2]) + bytes(gap - 2)
    return message + bytes([kind, len(data)]) + data


def binding_update(source, destination, sequence, lifetime, node, handoff, key, interface, now=None, home4=False):
    """A Proxy Binding Update; key is a number, "mode" for the GRE mode alone, or None. Lifetime is in seconds.

    The interface is the node's, by its MAC address: a request that is repeated before its answer came would without it
    be one for another session. With home4 it asks for an IPv4 home address too. Between IPv4 addresses it has what
    RFC 5844 and RFC 5845 want there: the sender's own address, for a translator to be seen, and the wish for UDP with
    the TLV header.
    """
    over_ipv4 = ipaddress.ip_address(source).version == 4
    now = time.time() if now is None else now
    flags = FLAGS_A_H_P | (FLAG_T if over_ipv4 else 0)
    message = struct.pack("!BBBBHHHH", 59, 0, BINDING_UPDATE, 0, 0, sequence, flags, lifetime // 4)
    message = option(message, MN_IDENTIFIER, b"\1" + node.encode())
    message = option(message, HOME_NETWORK_PREFIX, bytes(18), 8, 4)
    message = option(message, HANDOFF_INDICATOR, bytes([0, handoff]))
    message = option(message, ACCESS_TECHNOLOGY_TYPE, bytes([0, IEEE_802_11]))
    message = option(message, MN_LINK_LAYER_IDENTIFIER, bytes(2) + mac(interface), 2)
    message = option(message, TIMESTAMP, struct.pack("!Q", int(now * 65536)), 8, 2)
    if key == "mode":
        message = option(message, GRE_KEY, bytes(2), 4)
    elif key is not None:
        message = option(message, GRE_KEY, bytes(2) + struct.pack("!I", key), 4)
    if home4:
        message = option(message, IPV4_HOME_ADDRESS_REQUEST, bytes(6), 4)
    if over_ipv4:
        message = option(message, IPV4_CARE_OF_ADDRESS, bytes(2) + ipaddress.IPv4Address(source).packed, 4)
    gap = -len(message) % 8
    if gap == 1:
        message += b"\0"
    elif gap:
        message += bytes([1, gap - 2]) + bytes(gap - 2)
    message = message[:1] + bytes([len(message) // 8 - 1]) + message[2:]
    if over_ipv4:
        # UDP has a checksum of its own.
        return message
    return message[:4] + struct.pack("!H", checksum(source, destination, MOBILITY, message)) + message[6:]


class BindingAcknowledgement:
    """A Proxy Binding Acknowledgement: status, sequence, lifetime in seconds, options by type."""

    def __init__(self, packet):
        data = packet.payload
        over_ipv4 = packet.next_header == UDP
        if over_ipv4:
            data = data[8:]
        if len(data) < 12 or data[2] != BINDING_ACKNOWLEDGEMENT:
            raise ValueError("no Binding Acknowledgement")
        if not over_ipv4 and checksum(packet.source, packet.destination, MOBILITY, data) != 0:
            raise ValueError("the checksum does not fit")
        self.status, self.flags, self.sequence, lifetime = struct.unpack("!BBHH", data[6:12])
        self.lifetime = lifetime * 4
        self.options = {}
        at = 12
        while at < len(data):
            if data[at] == 0:
                at += 1
                continue
            self.options.setdefault(data[at], data[at + 2:at + 2 + data[at + 1]])
            at += 2 + data[at + 1]

    @property
    def prefix(self):
        data = self.options.get(HOME_NETWORK_PREFIX, bytes(18))
        return ipaddress.IPv6Network((data[2:18], data[1]))

    @property
    def home4(self):
        """The IPv4 home address as an interface, and its default router; None without one."""
        data = self.options.get(IPV4_HOME_ADDRESS_REPLY)
        if data is None or data[0] >= 128:
            return None
        router = self.options.get(IPV4_DEFAULT_ROUTER, bytes(6))
        return ipaddress.IPv4Interface((data[2:6], data[1] >> 2)), ipaddress.IPv4Address(router[2:6])

    @property
    def key(self):
        """A number, "mode", or None."""
        data = self.options.get(GRE_KEY)
        if data is None:
            return None
        return struct.unpack("!I", data[2:6])[0] if len(data) == 6 else "mode"


def tunnel(source, destination, key, inner):
    """Puts a packet into the tunnel that was negotiated: GRE with key, GRE without, or IPv6-in-IPv6."""
    if key is None:
        return ipv6(source, destination, IPV6_IN_IPV6, inner)
    if key == "mode":
        return ipv6(source, destination, GRE, struct.pack("!HH", 0, ETHERTYPE_IPV6) + inner)
    return ipv6(source, destination, GRE, struct.pack("!HHI", 0x2000, ETHERTYPE_IPV6, key) + inner)


def tunnel_udp(source, destination, key, inner):
    """The same between IPv4 addresses in UDP, with the TLV header of RFC 5845 in front of GRE."""
    kind = ETHERTYPE_IPV6 if inner[0] >> 4 == 6 else ETHERTYPE_IPV4
    gre = struct.pack("!HHI", 0x2000, kind, key) + inner
    tlv = struct.pack("!BBH", 0, GRE, len(gre)) + gre
    return udp4(source, destination, TUNNEL_PORT, TUNNEL_PORT, tlv)


def untunnel(packet):
    """The key, as for tunnel, and the packet inside; raises ValueError for anything else."""
    if packet.next_header == IPV6_IN_IPV6:
        return None, packet.payload
    if packet.next_header != GRE or len(packet.payload) < 4:
        raise ValueError("no tunnel")
    flags, protocol = struct.unpack("!HH", packet.payload[:4])
    if protocol != ETHERTYPE_IPV6 or flags not in (0, 0x2000):
        raise ValueError("GRE flags %04x, protocol %04x" % (flags, protocol))
    if flags == 0:
        return "mode", packet.payload[4:]
    return struct.unpack("!I", packet.payload[4:8])[0], packet.payload[8:]


def icmp(source, destination, kind, body):
    """An ICMPv6 message of neighbour discovery, in an IPv6 packet with the hop limit that proves it local."""
    data = struct.pack("!BBH", kind, 0, 0) + body
    data = data[:2] + struct.pack("!H", checksum(source, destination, ICMPV6, data)) + data[4:]
    return ipv6(source, destination, ICMPV6, data, 255)


def router_advertisement(prefix, lifetime, mtu):
    """For one node alone: its prefix, where it makes its addresses, and what fits into the tunnel (RFC 5213, 6.7)."""
    body = struct.pack("!BBHII", 64, 0, 1800, 0, 0)
    body += bytes([1, 1]) + mac(ROUTER_MAC)
    body += struct.pack("!BBHI", 5, 1, 0, mtu)
    body += struct.pack("!BBBBIII", 3, 4, prefix.prefixlen, 0x40, lifetime, lifetime, 0) + prefix.network_address.packed
    return icmp(ROUTER_LINK_LOCAL, ALL_NODES, ROUTER_ADVERTISEMENT, body)


def neighbour_advertisement(source, destination, own_mac, solicited, router):
    flags = (0x80 if router else 0) | (0x40 if solicited else 0) | 0x20
    return icmp(source, destination, NEIGHBOUR_ADVERTISEMENT,
                bytes([flags, 0, 0, 0]) + octets(source) + bytes([2, 1]) + mac(own_mac))


def udp4(source, destination, source_port, destination_port, payload):
    """UDP between IPv4 addresses, without a checksum."""
    return ipv4(source, destination, UDP, struct.pack("!HHHH", source_port, destination_port, 8 + len(payload), 0)
                + payload)


def arp_reply(request, own_mac):
    """The answer to an ARP request for an address of ours, as a frame."""
    sender_mac, sender, target = request[22:28], request[28:32], request[38:42]
    return (sender_mac + mac(own_mac) + struct.pack("!HHHBBH", ETHERTYPE_ARP, 1, ETHERTYPE_IPV4, 6, 4, 2)
            + mac(own_mac) + target + sender_mac + sender)


def arp_target(frame):
    """The address that an ARP request asks for; None for any other frame."""
    if len(frame) < 42 or frame[12:22] != struct.pack("!HHHBBH", ETHERTYPE_ARP, 1, ETHERTYPE_IPV4, 6, 4, 1):
        return None
    return str(ipaddress.IPv4Address(frame[38:42]))
