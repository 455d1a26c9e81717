#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes packets.txt: frames that go into the switch, and what must come out, as scapy (2.5) encodes them.

The switch under test is programmed as TestNetwork.java says; the addresses are written down again here, so that
neither side is made from the other. Usage: make_vectors.py > packets.txt
"""
import sys

from scapy.all import (ARP, Dot1Q, Ether, GRE, ICMP, IP, IPv6, IPv6ExtHdrFragment, ICMPv6DestUnreach,
                       ICMPv6EchoRequest, ICMPv6ND_NS, ICMPv6ND_RS, ICMPv6PacketTooBig, ICMPv6ParamProblem,
                       ICMPv6TimeExceeded, Raw, TCP, UDP)

SWITCH = {1: "00:00:5e:00:53:01", 2: "00:00:5e:00:53:02", 3: "00:00:5e:00:53:03", 4: "00:00:5e:00:53:04"}
PEER = {1: "00:00:5e:00:53:11", 2: "00:00:5e:00:53:12", 3: "00:00:5e:00:53:13", 4: "00:00:5e:00:53:14"}
LMA, MAG1, MAG2, CN = "2001:db8:0:1::1", "2001:db8:0:11::1", "2001:db8:0:12::1", "2001:db8:ffff::c"
CN4 = "198.51.100.9"
LMA4, MAG3, NAT = "192.0.2.1", "203.0.113.11", "203.0.113.99"
DATA = b"the quick brown fox jumps over the lazy dog"

NODE = {
    1: "2001:db8:100:1::a",  # IP in IP at MAG 1
    2: "2001:db8:100:2::a",  # GRE without key at MAG 1
    3: "2001:db8:100:3::a",  # GRE with key 0x1003 up, 0x2003 down, at MAG 1
    4: "2001:db8:100:4::a",  # GRE with key 0x1004 up, 0x2004 down, at MAG 2
    5: "2001:db8:100:3::a",  # the same address at operator 2: key 0x1005 up, 0x2005 down, at MAG 1
    6: "2001:db8:100:6::a",  # its session ends
    7: "10.0.0.7",           # GRE with key 0x1007 up, 0x2007 down, at MAG 1
    8: "10.0.0.7",           # the same address at operator 2: key 0x1008 up, 0x2008 down, at MAG 2
    9: "10.0.0.9",           # IP in IP at MAG 1
    10: "10.0.0.10",         # GRE without key at MAG 1
}


def ether(port, inward=True, vlan=None):
    a, b = PEER[port], SWITCH[port]
    frame = Ether(src=a, dst=b) if inward else Ether(src=b, dst=a)
    return frame / Dot1Q(vlan=vlan) if vlan else frame


def ip6(src, dst, hop_limit=64, **more):
    return IPv6(src=src, dst=dst, hlim=hop_limit, **more) / UDP(sport=4000, dport=5000) / Raw(DATA)


def ip4(src, dst, ttl=64, **more):
    return IP(src=src, dst=dst, ttl=ttl, id=0x1234, **more) / UDP(sport=4000, dport=5000) / Raw(DATA)


def inner(src, dst, hop_limit=64, **more):
    return ip4(src, dst, hop_limit, **more) if "." in dst else ip6(src, dst, hop_limit, **more)


def kind(packet):
    return packet.__class__


def gre(packet, key=None):
    proto = 0x86DD if kind(packet) is IPv6 else 0x0800
    return GRE(proto=proto) / packet if key is None else GRE(proto=proto, key_present=1, key=key) / packet


def outer(src, dst, payload, hop_limit=64, **more):
    number = {IPv6: 41, IP: 4, GRE: 47, IPv6ExtHdrFragment: 44}[kind(payload)]
    return IPv6(src=src, dst=dst, nh=number, hlim=hop_limit, **more) / payload


def outer4(src, dst, payload, ttl=64, tos=0):
    """Outer IPv4 as this switch sends it: DF, identification 0 (RFC 6864, section 4.1)."""
    number = {IPv6: 41, IP: 4, GRE: 47, UDP: 17}[kind(payload)]
    return IP(src=src, dst=dst, proto=number, ttl=ttl, tos=tos, flags="DF", id=0) / payload


def udp(packet, sport=5437, dport=5437, **more):
    return UDP(sport=sport, dport=dport, chksum=0, **more) / Raw(bytes(packet))


def tlv(packet, next_header=47, first=0, length=None):
    """RFC 5845, section 7.2; scapy does not know it."""
    payload = bytes(packet)
    size = len(payload) if length is None else length
    return Raw(bytes([first, next_header]) + size.to_bytes(2, "big") + payload)


def octets(frame):
    return bytes(frame).hex() if not isinstance(frame, bytes) else frame.hex()


def case(name, port, frame, *result):
    print("\ncase", name)
    print("in", port, octets(frame))
    if len(result) == 2:
        print("out", result[0], octets(result[1]))
    else:
        print(*result[0].split(" ", 1))


def cn(node):
    return CN4 if "." in NODE[node] else CN


ENCAPSULATION = {
    1: ("ip-in-ip", lambda p, key: p, None, None),
    9: ("ip-in-ip", lambda p, key: p, None, None),
    2: ("gre", lambda p, key: gre(p), None, None),
    10: ("gre", lambda p, key: gre(p), None, None),
    3: ("gre-key", gre, 0x1003, 0x2003),
    7: ("gre-key", gre, 0x1007, 0x2007),
    5: ("gre-key", gre, 0x1005, 0x2005),
    8: ("gre-key", gre, 0x1008, 0x2008),
    4: ("gre-key", gre, 0x1004, 0x2004),
}
AT = {1: 1, 2: 1, 3: 1, 5: 1, 7: 1, 9: 1, 10: 1, 4: 2, 8: 2}
MAG = {1: MAG1, 2: MAG2}


def wrap(node, packet, down):
    _, put, up_key, down_key = ENCAPSULATION[node]
    return put(packet, down_key if down else up_key)


def uplink(node, packet, **more):
    return outer(MAG[AT[node]], LMA, wrap(node, packet, False), **more)


def downlink(node, packet, **more):
    return outer(LMA, MAG[AT[node]], wrap(node, packet, True), **more)


def sessions():
    for node in (1, 2, 3, 9, 10, 7):
        family = "ip4" if "." in NODE[node] else "ip6"
        case("%s/uplink/%s" % (ENCAPSULATION[node][0], family), 1,
             ether(1) / uplink(node, inner(NODE[node], cn(node))),
             3, ether(3, False) / inner(NODE[node], cn(node), 63))
        case("%s/downlink/%s" % (ENCAPSULATION[node][0], family), 3,
             ether(3) / inner(cn(node), NODE[node]),
             1, ether(1, False) / downlink(node, inner(cn(node), NODE[node], 63)))
    for node, other in ((3, 5), (7, 8)):
        family = "ip4" if "." in NODE[node] else "ip6"
        for it, port in ((node, 3), (other, 4)):
            case("overlap/uplink/%s/operator%d" % (family, port - 2), AT[it],
                 ether(AT[it]) / uplink(it, inner(NODE[it], cn(it))),
                 port, ether(port, False) / inner(NODE[it], cn(it), 63))
            case("overlap/downlink/%s/operator%d" % (family, port - 2), port,
                 ether(port) / inner(cn(it), NODE[it]),
                 AT[it], ether(AT[it], False) / downlink(it, inner(cn(it), NODE[it], 63)))
    case("between-nodes/same-mag", 1, ether(1) / uplink(3, ip6(NODE[3], NODE[1])),
         1, ether(1, False) / downlink(1, ip6(NODE[3], NODE[1], 63)))
    case("between-nodes/other-mag", 1, ether(1) / uplink(1, ip6(NODE[1], NODE[4])),
         2, ether(2, False) / downlink(4, ip6(NODE[1], NODE[4], 63)))


FORMATS4 = {
    0x20: ("ip-in-ip", lambda p, key: p),
    0x21: ("gre", lambda p, key: gre(p)),
    0x22: ("gre-key", gre),
    0x23: ("udp", lambda p, key: udp(p)),
    0x24: ("udp-tlv-gre", lambda p, key: udp(tlv(gre(p)))),
    0x25: ("udp-tlv-gre-key", lambda p, key: udp(tlv(gre(p, key)))),
}


def sessions_over_ip4():
    """Each format between IPv4 addresses; the node's addresses contain its number, its keys are 0x1000 and 0x2000
    with the number."""
    for number, (name, put) in FORMATS4.items():
        for node, peer, family in (("2001:db8:100:%x::a" % number, CN, "ip6"), ("10.0.1.%d" % number, CN4, "ip4")):
            session = number if family == "ip6" else number | 0x10
            case("over-ip4/%s/uplink/%s" % (name, family), 1,
                 ether(1) / outer4(MAG3, LMA4, put(inner(node, peer), 0x1000 | session)),
                 3, ether(3, False) / inner(node, peer, 63))
            case("over-ip4/%s/downlink/%s" % (name, family), 3, ether(3) / inner(peer, node),
                 1, ether(1, False) / outer4(LMA4, MAG3, put(inner(peer, node, 63), 0x2000 | session)))
    for session, port in ((0x26, 40001), (0x27, 40002)):
        node = "2001:db8:100:%x::a" % session
        case("translated/uplink/%d" % port, 1,
             ether(1) / outer4(NAT, LMA4, udp(tlv(gre(ip6(node, CN), 0x1000 | session)), sport=port)),
             3, ether(3, False) / ip6(node, CN, 63))
        case("translated/downlink/%d" % port, 3, ether(3) / ip6(CN, node),
             1, ether(1, False) / outer4(LMA4, NAT, udp(tlv(gre(ip6(CN, node, 63), 0x2000 | session)), dport=port)))
    node = "2001:db8:100:25::a"
    case("over-ip4/tlv-reserved-bits", 1,
         ether(1) / outer4(MAG3, LMA4, udp(tlv(gre(ip6(node, CN), 0x1025), first=0x0F))),
         3, ether(3, False) / ip6(node, CN, 63))
    case("over-ip4/dscp-and-ecn/downlink", 3, ether(3) / ip6(CN, node, tc=46 << 2 | 1),
         1, ether(1, False) / outer4(LMA4, MAG3, udp(tlv(gre(ip6(CN, node, 63, tc=46 << 2 | 1), 0x2025))),
                                     tos=46 << 2 | 1))
    case("over-ip4/ecn-mark/uplink", 1,
         ether(1) / outer4(MAG3, LMA4, udp(tlv(gre(ip6(node, CN, tc=2), 0x1025))), tos=3),
         3, ether(3, False) / ip6(node, CN, 63, tc=3))
    case("over-ip4/from-ip4-to-ip6-transport", 1,
         ether(1) / outer4(MAG3, LMA4, udp(tlv(gre(ip6(node, NODE[3]), 0x1025)))),
         1, ether(1, False) / downlink(3, ip6(node, NODE[3], 63)))
    exact = IPv6(src=CN, dst=node, hlim=64, nh=59) / Raw(b"x" * (1460 - 40))
    exact_after = IPv6(src=CN, dst=node, hlim=63, nh=59) / Raw(b"x" * (1460 - 40))
    case("over-ip4/mtu-exactly", 3, ether(3) / exact,
         1, ether(1, False) / outer4(LMA4, MAG3, udp(tlv(gre(exact_after, 0x2025)))))
    case("transit/udp-data-of-others", 1, ether(1) / outer4(MAG3, "203.0.113.12", udp(b"\x00\x2f\x99\x99")),
         1, ether(1, False) / outer4(MAG3, "203.0.113.12", udp(b"\x00\x2f\x99\x99"), ttl=63))


def drops_over_ip4():
    node = "2001:db8:100:25::a"
    good = gre(ip6(node, CN), 0x1025)

    def drop(name, packet, reason):
        case("drop/over-ip4/" + name, 1, ether(1) / packet, "drop " + reason)
    drop("tlv-length/short", outer4(MAG3, LMA4, udp(tlv(good, length=len(bytes(good)) - 1))), "TLV_LENGTH")
    drop("tlv-length/long", outer4(MAG3, LMA4, udp(tlv(good, length=len(bytes(good)) + 4))), "TLV_LENGTH")
    drop("tlv-protocol", outer4(MAG3, LMA4, udp(tlv(ip6(node, CN), next_header=41))), "TLV_PROTOCOL")
    drop("udp-length", outer4(MAG3, LMA4, udp(tlv(good), len=60)), "MALFORMED")
    drop("first-nibble", outer4(MAG3, LMA4, udp(b"\x50" + bytes(40))), "MALFORMED")
    drop("udp-empty", outer4(MAG3, LMA4, udp(b"")), "MALFORMED")
    drop("key-missing", outer4(MAG3, LMA4, udp(tlv(gre(ip6(node, CN))))), "KEY_MISSING")
    drop("key-unexpected", outer4(MAG3, LMA4, udp(tlv(gre(ip6("2001:db8:100:24::a", CN), 0x1025)))),
         "KEY_UNEXPECTED")
    drop("unknown-key", outer4(MAG3, LMA4, udp(tlv(gre(ip6(node, CN), 0x9999)))), "UNKNOWN_KEY")
    drop("wrong-encapsulation/gre-without-udp", outer4(MAG3, LMA4, good), "WRONG_ENCAPSULATION")
    drop("wrong-encapsulation/udp-without-tlv", outer4(MAG3, LMA4, udp(ip6(node, CN))), "WRONG_ENCAPSULATION")
    drop("wrong-encapsulation/tlv-unasked", outer4(MAG3, LMA4, udp(tlv(gre(ip6("2001:db8:100:22::a", CN), 0x1022)))),
         "WRONG_ENCAPSULATION")
    drop("unknown-tunnel/address", outer4("203.0.113.12", LMA4, udp(tlv(good))), "UNKNOWN_TUNNEL")
    drop("unknown-tunnel/port", outer4(MAG3, LMA4, udp(tlv(good), sport=40001)), "UNKNOWN_TUNNEL")
    drop("wrong-outer-source", outer4(NAT, LMA4, udp(tlv(gre(ip6("2001:db8:100:26::a", CN), 0x1026)), sport=40002)),
         "WRONG_OUTER_SOURCE")
    drop("gre-flags", outer4(MAG3, LMA4, GRE(proto=0x86DD, key_present=1, key=0x1022, seqnum_present=1, seqence_number=1)
                             / ip6("2001:db8:100:22::a", CN)), "GRE_FLAGS")
    drop("unserved/ip-options", IP(src=MAG3, dst=LMA4, proto=47, options=[b"\x94\x04\x00\x00"]) / good, "UNSERVED")
    drop("unserved/port", outer4(MAG3, LMA4, UDP(sport=5437, dport=5438) / Raw(DATA)), "UNSERVED")
    drop("fragment/first", IP(src=MAG3, dst=LMA4, proto=17, flags="MF") / udp(tlv(good)), "FRAGMENT")
    drop("fragment/later", IP(src=MAG3, dst=LMA4, proto=17, frag=10) / Raw(DATA), "FRAGMENT")
    case("drop/over-ip4/no-tunnel-endpoints/udp-over-ip6", 3, ether(3) / ip6(CN, "2001:db8:100:28::a"),
         "drop NO_TUNNEL_ENDPOINTS")
    too_big = IPv6(src=CN, dst=node, hlim=64, nh=59) / Raw(b"x" * (1461 - 40))
    case("drop/over-ip4/too-big", 3, ether(3) / too_big, "drop TOO_BIG")


CARE_OF, ANCHOR, CARE_OF4, ANCHOR4 = "2001:db8:0:21::1", "2001:db8:0:31::1", "192.0.2.21", "203.0.113.31"
SWITCH[6] = "00:00:5e:00:53:06"
VLAN = {0x40: None, 0x41: None, 0x42: None, 0x48: None, 0x49: 61, 0x4a: None, 0x4b: 60, 0x61: 60, 0x62: 60}
VLAN.update({0x50 + index: 60 for index in range(6)})


def node_frame(number, inward=True):
    own = "00:00:5e:00:54:%02x" % number
    frame = Ether(src=own, dst=SWITCH[6]) if inward else Ether(src=SWITCH[6], dst=own)
    return frame / Dot1Q(vlan=VLAN[number]) if VLAN[number] else frame


def access():
    """The switch as a gateway; keys are 0x3000 up and 0x4000 down with the node's number."""
    formats = [(0x40, 2, CARE_OF, ANCHOR, "over-ip6", lambda a, b, p: outer(a, b, p), list(FORMATS4.values())[:3]),
               (0x50, 1, CARE_OF4, ANCHOR4, "over-ip4", outer4, list(FORMATS4.values()))]
    for base, port, here, anchor, transport, around, kinds in formats:
        for index, (name, put) in enumerate(kinds):
            number = base + index
            for own, peer, family in (("2001:db8:200:%x::a" % number, CN, "ip6"), ("10.0.2.%d" % number, CN4, "ip4")):
                case("access/%s/%s/uplink/%s" % (transport, name, family), 6, node_frame(number) / inner(own, peer),
                     port, ether(port, False) / around(here, anchor, put(inner(own, peer, 63), 0x3000 | number)))
                case("access/%s/%s/downlink/%s" % (transport, name, family), port,
                     ether(port) / around(anchor, here, put(inner(peer, own), 0x4000 | number)),
                     6, node_frame(number, False) / inner(peer, own, 63))
    for number in (0x61, 0x62):
        case("access/overlap/uplink/operator%d" % (number - 0x60), 6, node_frame(number) / ip4("10.0.2.200", CN4),
             2, ether(2, False) / outer(CARE_OF, ANCHOR, gre(ip4("10.0.2.200", CN4, 63), 0x3000 | number)))
        case("access/overlap/downlink/operator%d" % (number - 0x60), 2,
             ether(2) / outer(ANCHOR, CARE_OF, gre(ip4(CN4, "10.0.2.200"), 0x4000 | number)),
             6, node_frame(number, False) / ip4(CN4, "10.0.2.200", 63))
    own, other = "2001:db8:200:48::a", "2001:db8:200:49::a"
    case("access/local-routing/to-node", 6, node_frame(0x48) / ip6(own, other),
         6, node_frame(0x49, False) / ip6(own, other, 63))
    case("access/local-routing/to-node-without-it", 6, node_frame(0x48) / ip6(own, "2001:db8:200:40::a"),
         6, node_frame(0x40, False) / ip6(own, "2001:db8:200:40::a", 63))
    case("access/local-routing/elsewhere", 6, node_frame(0x48) / ip6(own, CN),
         2, ether(2, False) / outer(CARE_OF, ANCHOR, gre(ip6(own, CN, 63), 0x3048)))
    case("access/no-local-routing/goes-to-the-anchor", 6, node_frame(0x40) / ip6("2001:db8:200:40::a", own),
         2, ether(2, False) / outer(CARE_OF, ANCHOR, ip6("2001:db8:200:40::a", own, 63)))
    case("access/ecn/uplink", 6, node_frame(0x42) / ip6("2001:db8:200:42::a", CN, tc=3),
         2, ether(2, False) / outer(CARE_OF, ANCHOR, gre(ip6("2001:db8:200:42::a", CN, 63, tc=3), 0x3042), tc=2))
    case("access/ecn/downlink", 2,
         ether(2) / outer(ANCHOR, CARE_OF, gre(ip6(CN, "2001:db8:200:42::a", tc=2), 0x4042), tc=3),
         6, node_frame(0x42, False) / ip6(CN, "2001:db8:200:42::a", 63, tc=3))
    case("access/ecn/downlink/0-in-3", 2,
         ether(2) / outer(ANCHOR, CARE_OF, gre(ip6(CN, "2001:db8:200:42::a"), 0x4042), tc=3), "drop CONGESTION")
    own, peer = "2001:db8:900:4b::a", "2001:db8:0:31::99"
    case("access/plain/uplink", 6, node_frame(0x4b) / ip6(own, peer), 2, ether(2, False) / ip6(own, peer, 63))
    case("access/plain/downlink", 2, ether(2) / ip6(peer, own), 6, node_frame(0x4b, False) / ip6(peer, own, 63))
    stranger = Ether(src="00:00:5e:00:54:77", dst="33:33:00:00:00:02")
    case("punt/router-solicitation", 6, stranger / IPv6(src="fe80::77", dst="ff02::2", hlim=255) / ICMPv6ND_RS(),
         "punt ROUTER_SOLICITATION")
    case("punt/dhcp", 6, Ether(src="00:00:5e:00:54:77", dst="ff:ff:ff:ff:ff:ff")
         / IP(src="0.0.0.0", dst="255.255.255.255") / UDP(sport=68, dport=67) / Raw(bytes(240)), "punt DHCP")
    case("punt/arp", 6, Ether(src="00:00:5e:00:54:77", dst="ff:ff:ff:ff:ff:ff")
         / ARP(hwsrc="00:00:5e:00:54:77", psrc="10.0.2.9", pdst="10.0.2.1"), "punt ARP")


def drops_at_access():
    own = "2001:db8:200:42::a"

    def up(name, number, packet, reason):
        case("drop/access/" + name, 6, node_frame(number) / packet, "drop " + reason)

    def down(name, packet, reason, src=ANCHOR):
        case("drop/access/" + name, 2, ether(2) / outer(src, CARE_OF, packet), "drop " + reason)
    case("drop/access/unknown-node/mac", 6, Ether(src="00:00:5e:00:54:77", dst=SWITCH[6]) / ip6(own, CN),
         "drop UNKNOWN_NODE")
    case("drop/access/unknown-node/vlan", 6, Ether(src="00:00:5e:00:54:42", dst=SWITCH[6]) / Dot1Q(vlan=60)
         / ip6(own, CN), "drop UNKNOWN_NODE")
    up("inner-source/other-node", 0x42, ip6("2001:db8:200:41::a", CN), "INNER_SOURCE")
    up("inner-source/ip4", 0x42, ip4("10.0.2.65", CN4), "INNER_SOURCE")
    up("link-local-source", 0x42, ip6("fe80::42", CN), "NOT_FORWARDABLE")
    up("multicast", 0x42, ip6(own, "ff0e::1"), "NOT_FORWARDABLE")
    up("hop-limit", 0x42, ip6(own, CN, 1), "HOP_LIMIT")
    up("session-ending", 0x4a, ip6("2001:db8:200:4a::a", CN), "SESSION_ENDING")
    up("too-big", 0x42, IPv6(src=own, dst=CN, nh=59) / Raw(b"x" * (1453 - 40)), "TOO_BIG")
    up("plain/inner-source", 0x4b, ip6(own, "2001:db8:0:31::99"), "INNER_SOURCE")
    up("plain/no-route", 0x4b, ip6("2001:db8:900:4b::a", "2001:db8:fffe::1"), "NO_ROUTE")
    up("tunnel-from-node", 0x42, outer(ANCHOR, CARE_OF, gre(ip6(CN, own), 0x4042)), "INNER_SOURCE")
    down("no-node", gre(ip6(CN, "2001:db8:200:99::a"), 0x4042), "NO_NODE")
    down("unknown-key", gre(ip6(CN, own), 0x9999), "UNKNOWN_KEY")
    down("unknown-key/unknown-destination", gre(ip6(CN, "2001:db8:200:99::a"), 0x9999), "UNKNOWN_KEY")
    down("key-missing", gre(ip6(CN, own)), "KEY_MISSING")
    down("key-unexpected", gre(ip6(CN, "2001:db8:200:41::a"), 0x4042), "KEY_UNEXPECTED")
    down("key-mismatch", gre(ip6(CN, own), 0x4048), "KEY_MISMATCH")
    down("wrong-encapsulation", ip6(CN, own), "WRONG_ENCAPSULATION")
    down("unknown-tunnel", gre(ip6(CN, own), 0x4042), "UNKNOWN_TUNNEL", src="2001:db8:0:32::1")
    down("link-local-source/inner", gre(ip6("fe80::1", own), 0x4042), "NOT_FORWARDABLE")
    down("hop-limit/downlink", gre(ip6(CN, own, 1), 0x4042), "HOP_LIMIT")
    down("wrong-outer-source", ip6(CN, "2001:db8:200:50::a"), "WRONG_OUTER_SOURCE")


HOME4, PROXY4, HOME6, PROXY6 = "192.0.2.41", "203.0.113.41", "2001:db8:0:51::1", "2001:db8:0:41::1"


def framed(frame, key):
    return GRE(proto=0x6558, key_present=1, key=key) / frame


def layer2():
    """Whole frames; keys are 0x5000 up and 0x6000 down with the node's number. VLAN tags stay in the frame."""
    router = "00:00:5e:00:53:15"
    homes = ((0x70, 1, "over-ip4", outer4, HOME4, PROXY4), (0x71, 2, "over-ip6", outer, HOME6, PROXY6))
    for number, port, name, around, home, proxy in homes:
        own = "00:00:5e:00:54:%02x" % number
        for kind_name, payload, back in (
                ("ip4", ip4("10.0.3.%d" % number, CN4), ip4(CN4, "10.0.3.%d" % number)),
                ("ip6", ip6("2001:db8:500::%x" % number, CN), ip6(CN, "2001:db8:500::%x" % number)),
                ("arp", ARP(hwsrc=own, psrc="10.0.3.7", pdst="10.0.3.1"), ARP(op=2, hwsrc=router, hwdst=own)),
                ("other", Raw(b"\x88\xb5" + DATA), Raw(b"\x88\xb5" + DATA))):
            up = Ether(src=own, dst=router) / Dot1Q(vlan=50) / payload
            down = Ether(src=router, dst=own) / Dot1Q(vlan=50) / back
            case("layer2/%s/uplink/%s" % (name, kind_name), port,
                 ether(port) / around(proxy, home, framed(up, 0x5000 | number)), 5, up)
            case("layer2/%s/downlink/%s" % (name, kind_name), 5, down,
                 port, ether(port, False) / around(home, proxy, framed(down, 0x6000 | number)))
    for name, group in (("broadcast", "ff:ff:ff:ff:ff:ff"), ("all-nodes", "33:33:00:00:00:01")):
        frame = Ether(src=router, dst=group) / Dot1Q(vlan=50) / ARP(hwsrc=router, psrc="10.0.3.1", pdst="10.0.3.112")
        case("layer2/flood/" + name, 5, frame,
             1, ether(1, False) / outer4(HOME4, PROXY4, framed(frame, 0x6070)))
        print("and", 2, octets(ether(2, False) / outer(HOME6, PROXY6, framed(frame, 0x6071))))
    node = Ether(src="00:00:5e:00:54:72", dst="ff:ff:ff:ff:ff:ff") / Dot1Q(vlan=60)
    for name, payload in (("dhcp", IP(src="0.0.0.0", dst="255.255.255.255") / UDP(sport=68, dport=67) / Raw(bytes(240))),
                          ("router-solicitation", IPv6(src="fe80::72", dst="ff02::2", hlim=255) / ICMPv6ND_RS()),
                          ("data", ip6("2001:db8:500::72", CN))):
        case("layer2/proxy/uplink/" + name, 6, node / payload,
             1, ether(1, False) / outer4("192.0.2.51", "203.0.113.51", framed(node / payload, 0x5072)))
    down = Ether(src=router, dst="00:00:5e:00:54:72") / Dot1Q(vlan=60) / ip6(CN, "2001:db8:500::72", 1)
    case("layer2/proxy/downlink", 1,
         ether(1) / outer4("203.0.113.51", "192.0.2.51", framed(down, 0x6072)), 6, down)
    good = Ether(src="00:00:5e:00:54:70", dst=router) / Dot1Q(vlan=50) / ip4("10.0.3.112", CN4)

    def drop(name, packet, reason):
        case("drop/layer2/" + name, 1, ether(1) / packet, "drop " + reason)
    drop("unknown-key", outer4(PROXY4, HOME4, framed(good, 0x5099)), "UNKNOWN_KEY")
    drop("key-missing", outer4(PROXY4, HOME4, GRE(proto=0x6558) / good), "KEY_MISSING")
    drop("wrong-outer-source", outer4(MAG3, HOME4, framed(good, 0x5070)), "UNKNOWN_TUNNEL")
    drop("unknown-station", outer4(PROXY4, HOME4, framed(Ether(src="00:00:5e:00:54:71", dst=router) / DATA, 0x5070)),
         "UNKNOWN_STATION")
    drop("cut-off", IP(src=PROXY4, dst=HOME4, proto=47, flags="DF", id=0, len=36)
         / GRE(proto=0x6558, key_present=1, key=0x5070) / Raw(bytes(8)), "MALFORMED")
    case("drop/layer2/no-node", 5, Ether(src=router, dst="00:00:5e:00:54:99") / Dot1Q(vlan=50) / ip6(CN, NODE[1]),
         "drop NO_NODE")
    case("drop/layer2/session-of-packets", 5, Ether(src=router, dst="00:00:5e:00:54:7f") / Dot1Q(vlan=50)
         / ip6(CN, NODE[1]), "drop WRONG_ENCAPSULATION")
    case("drop/layer2/packet-to-session-of-frames", 3, ether(3) / ip6(CN, "2001:db8:100:70::a"),
         "drop WRONG_ENCAPSULATION")
    case("drop/layer2/too-big", 5, Ether(src=router, dst="00:00:5e:00:54:70") / Dot1Q(vlan=50) / Raw(bytes(1455)),
         "drop TOO_BIG")
    case("drop/layer2/too-big/flood", 5, Ether(src=router, dst="ff:ff:ff:ff:ff:ff") / Dot1Q(vlan=50)
         / Raw(bytes(1435)), "drop TOO_BIG")


def headers():
    for dscp, name in ((0, "best-effort"), (46, "expedited")):
        case("dscp/%s" % name, 3, ether(3) / ip6(CN, NODE[3], tc=dscp << 2),
             1, ether(1, False) / downlink(3, ip6(CN, NODE[3], 63, tc=dscp << 2), tc=dscp << 2))
    case("dscp/ip4", 3, ether(3) / ip4(CN4, NODE[7], tos=46 << 2),
         1, ether(1, False) / downlink(7, ip4(CN4, NODE[7], 63, tos=46 << 2), tc=46 << 2))
    # RFC 5213 section 5.6.3: ECT is copied; a mark stays inside and goes out as ECT(0).
    for ecn, copied in ((0, 0), (1, 1), (2, 2), (3, 2)):
        case("ecn/encapsulation/ip6/%d" % ecn, 3, ether(3) / ip6(CN, NODE[1], tc=ecn),
             1, ether(1, False) / downlink(1, ip6(CN, NODE[1], 63, tc=ecn), tc=copied))
        case("ecn/encapsulation/ip4/%d" % ecn, 3, ether(3) / ip4(CN4, NODE[9], tos=ecn),
             1, ether(1, False) / downlink(9, ip4(CN4, NODE[9], 63, tos=ecn), tc=copied))
        for around in (0, 2, 3):
            ip6_in = ether(1) / uplink(1, ip6(NODE[1], CN, tc=ecn), tc=around)
            ip4_in = ether(1) / uplink(9, ip4(NODE[9], CN4, tos=ecn), tc=around)
            if around == 3 and ecn == 0:
                # RFC 6040 section 4.2: a loss is all that tells such a sender of congestion.
                case("ecn/decapsulation/ip6/0-in-3", 1, ip6_in, "drop CONGESTION")
                case("ecn/decapsulation/ip4/0-in-3", 1, ip4_in, "drop CONGESTION")
                continue
            after = 3 if around == 3 else ecn
            case("ecn/decapsulation/ip6/%d-in-%d" % (ecn, around), 1, ip6_in,
                 3, ether(3, False) / ip6(NODE[1], CN, 63, tc=after))
            case("ecn/decapsulation/ip4/%d-in-%d" % (ecn, around), 1, ip4_in,
                 3, ether(3, False) / ip4(NODE[9], CN4, 63, tos=after))
    case("ecn/mark-through-both-tunnels", 1, ether(1) / uplink(3, ip6(NODE[3], NODE[4], tc=1), tc=3),
         2, ether(2, False) / downlink(4, ip6(NODE[3], NODE[4], 63, tc=3), tc=2))
    case("hop-limit/2-encapsulated", 3, ether(3) / ip6(CN, NODE[3], 2),
         1, ether(1, False) / downlink(3, ip6(CN, NODE[3], 1)))
    case("hop-limit/outer-does-not-count", 1, ether(1) / uplink(3, ip6(NODE[3], CN, 255), hop_limit=1),
         3, ether(3, False) / ip6(NODE[3], CN, 254))
    case("flow-label/of-inner-kept", 3, ether(3) / ip6(CN, NODE[2], fl=0xABCDE),
         1, ether(1, False) / downlink(2, ip6(CN, NODE[2], 63, fl=0xABCDE)))
    option = bytes([41, 0, 4, 1, 4, 1, 0, 0])  # RFC 2473, section 5.1: tunnel encapsulation limit 4
    case("destination-options/tunnel-encapsulation-limit", 1,
         bytes(ether(1) / IPv6(src=MAG1, dst=LMA, nh=60, plen=8 + len(bytes(ip6(NODE[1], CN))))) + option
         + bytes(ip6(NODE[1], CN)), 3, ether(3, False) / ip6(NODE[1], CN, 63))
    with_options = ip4(NODE[9], CN4, options=[b"\x94\x04\x00\x00"])  # router alert, RFC 2113
    after = ip4(NODE[9], CN4, 63, options=[b"\x94\x04\x00\x00"])
    case("ip4-options/kept", 1, ether(1) / uplink(9, with_options), 3, ether(3, False) / after)
    fragment = IPv6(src=NODE[3], dst=CN, hlim=64, nh=44) / IPv6ExtHdrFragment(nh=17, m=1, id=7) / Raw(DATA[:40])
    fragment_after = IPv6(src=NODE[3], dst=CN, hlim=63, nh=44) / IPv6ExtHdrFragment(nh=17, m=1, id=7) / Raw(DATA[:40])
    case("inner-fragment/is-payload", 1, ether(1) / uplink(3, fragment), 3, ether(3, False) / fragment_after)
    case("key/0-is-a-key", 2, ether(2) / outer(MAG2, LMA, gre(ip6("2001:db8:100:b::a", CN), 0)),
         3, ether(3, False) / ip6("2001:db8:100:b::a", CN, 63))
    case("key/largest", 2, ether(2) / outer(MAG2, LMA, gre(ip6("2001:db8:100:c::a", CN), 0xFFFFFFFF)),
         3, ether(3, False) / ip6("2001:db8:100:c::a", CN, 63))
    reserved = bytearray(bytes(gre(ip6(NODE[2], CN))))
    reserved[1] |= 0xF8  # bits 8 to 12 are ignored on receipt, RFC 2784 section 2.3
    reserved[0] |= 0x03  # and so are bits 6 and 7
    case("gre/ignored-bits", 1, bytes(ether(1) / IPv6(src=MAG1, dst=LMA, nh=47, plen=len(reserved)))
         + bytes(reserved), 3, ether(3, False) / ip6(NODE[2], CN, 63))


def links():
    case("vlan/in", 3, ether(3, vlan=30) / ip6(CN, "2001:db8:300:1::a"),
         1, ether(1, False) / outer(LMA, MAG1, ip6(CN, "2001:db8:300:1::a", 63)))
    case("vlan/out", 2, ether(2) / outer(MAG2, LMA, gre(ip6("2001:db8:300:2::a", "2001:db8:400::c"), 0x100E)),
         3, ether(3, False, vlan=30) / ip6("2001:db8:300:2::a", "2001:db8:400::c", 63))
    case("transit/transport", 1, ether(1) / ip6(MAG1, MAG2), 2, ether(2, False) / ip6(MAG1, MAG2, 63))
    foreign = outer(MAG1, MAG2, gre(ip6(NODE[3], CN), 0x1003))
    foreign_after = outer(MAG1, MAG2, gre(ip6(NODE[3], CN), 0x1003), hop_limit=63)
    case("transit/tunnel-of-others", 1, ether(1) / foreign, 2, ether(2, False) / foreign_after)
    case("transit/ip4-in-home-network", 4, ether(4) / ip4("192.0.2.1", "192.0.2.77"),
         4, ether(4, False) / ip4("192.0.2.1", "192.0.2.77", 63))
    short = IP(src=CN4, dst=NODE[9], ttl=64, id=7) / UDP(sport=1, dport=2)
    short_after = IP(src=CN4, dst=NODE[9], ttl=63, id=7) / UDP(sport=1, dport=2)
    case("padding/encapsulated", 3, bytes(ether(3) / short) + bytes(18),
         1, ether(1, False) / downlink(9, short_after))
    short = IP(src="192.0.2.1", dst="192.0.2.77", ttl=64, id=7) / UDP(sport=1, dport=2)
    short_after = IP(src="192.0.2.1", dst="192.0.2.77", ttl=63, id=7) / UDP(sport=1, dport=2)
    case("padding/routed", 4, bytes(ether(4) / short) + bytes(18), 4, ether(4, False) / short_after)
    exact = IPv6(src=CN, dst=NODE[3], hlim=64, nh=59) / Raw(b"x" * (1452 - 40))
    exact_after = IPv6(src=CN, dst=NODE[3], hlim=63, nh=59) / Raw(b"x" * (1452 - 40))
    case("mtu/exactly", 3, ether(3) / exact, 1, ether(1, False) / downlink(3, exact_after))


def controller():
    pbu = bytes.fromhex("3b 03 05 00 0000 0001 8200 0001 0102 0000 0000 0000 0000 0000 0000 0000".replace(" ", ""))
    case("punt/binding-update", 1, ether(1) / IPv6(src=MAG1, dst=LMA, nh=135, hlim=64) / Raw(pbu),
         "punt MOBILITY_SIGNALLING")
    case("punt/binding-update-behind-options", 1,
         bytes(ether(1) / IPv6(src=MAG1, dst=LMA, nh=60, plen=8 + len(pbu)))
         + bytes([135, 0, 1, 4, 0, 0, 0, 0]) + pbu, "punt MOBILITY_SIGNALLING")
    case("punt/binding-update-over-udp", 1,
         ether(1) / IP(src=MAG3, dst=LMA4) / UDP(sport=5436, dport=5436) / Raw(pbu), "punt UDP_SIGNALLING")
    case("punt/neighbour-solicitation", 1,
         Ether(src=PEER[1], dst="33:33:ff:00:00:01") / IPv6(src=MAG1, dst="ff02::1:ff00:1", hlim=255)
         / ICMPv6ND_NS(tgt=LMA), "punt NEIGHBOUR_DISCOVERY")
    case("punt/echo-request", 1, ether(1) / IPv6(src=MAG1, dst=LMA) / ICMPv6EchoRequest(data=DATA), "punt ICMP")
    # What routers of the transport network say of tunnel packets.
    quoted = bytes(downlink(3, ip6(CN, NODE[3])))
    for name, error in (("unreachable", ICMPv6DestUnreach(code=0)), ("packet-too-big", ICMPv6PacketTooBig(mtu=1400)),
                        ("time-exceeded", ICMPv6TimeExceeded(code=0)), ("parameter-problem", ICMPv6ParamProblem(code=1))):
        case("punt/icmpv6-" + name, 1, ether(1) / IPv6(src="2001:db8:ff::1", dst=LMA) / error / Raw(quoted),
             "punt ICMP")
    case("punt/icmpv6-error-behind-options", 1,
         bytes(ether(1) / IPv6(src="2001:db8:ff::1", dst=LMA, nh=60, plen=16 + len(quoted)))
         + bytes([58, 0, 1, 4, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 5, 120]) + quoted, "punt ICMP")
    quoted4 = bytes(IP(src=LMA4, dst=MAG3, flags="DF", id=0, proto=47, len=1500)) + bytes.fromhex("200086dd00000022")
    case("punt/icmp-fragmentation-needed", 1, ether(1) / IP(src="203.0.113.254", dst=LMA4)
         / ICMP(type=3, code=4, nexthopmtu=1400) / Raw(quoted4), "punt ICMP")
    # Where nobody can know of tunnels, to an address that is another's there, they are packets as any other.
    foreign = lambda hop_limit: (IPv6(src=CN, dst=LMA, hlim=hop_limit) / ICMPv6PacketTooBig(mtu=1400)  # noqa: E731
                                 / Raw(quoted))
    case("routed/icmpv6-packet-too-big", 3, ether(3) / foreign(64), 3, ether(3, False) / foreign(63))


def drops():
    drop = lambda name, port, frame, reason: case("drop/" + name, port, frame, "drop " + reason)  # noqa: E731
    drop("unknown-interface/port", 5, Ether(src=PEER[1], dst=SWITCH[1]) / ip6(CN, NODE[1]), "UNKNOWN_INTERFACE")
    drop("unknown-interface/vlan", 3, ether(3, vlan=31) / ip6(CN, NODE[1]), "UNKNOWN_INTERFACE")
    drop("not-our-mac", 3, Ether(src=PEER[3], dst="00:00:5e:00:53:99") / ip6(CN, NODE[1]), "NOT_OUR_MAC")
    drop("not-our-mac/group", 3, Ether(src=PEER[3], dst="33:33:00:00:00:fb") / ip6(CN, "ff02::fb"), "NOT_OUR_MAC")
    drop("not-ip", 3, Ether(src=PEER[3], dst=SWITCH[3], type=0x88B5) / Raw(DATA), "NOT_IP")
    drop("malformed/version", 3, ether(3) / ip6(CN, NODE[1], version=5), "MALFORMED")
    drop("malformed/cut-off", 3, bytes(ether(3) / ip6(CN, NODE[1]))[:-10], "MALFORMED")
    drop("malformed/cut-in-header", 3, bytes(ether(3) / ip6(CN, NODE[1]))[:50], "MALFORMED")
    drop("malformed/inner-cut-off", 1, bytes(ether(1) / IPv6(src=MAG1, dst=LMA, nh=41, plen=30))
         + bytes(ip6(NODE[1], CN))[:30], "MALFORMED")
    drop("malformed/inner-length", 1, ether(1) / uplink(1, ip6(NODE[1], CN, plen=30)), "MALFORMED")
    drop("malformed/inner-version", 1, ether(1) / uplink(1, ip6(NODE[1], CN, version=4)), "MALFORMED")
    drop("malformed/inner-ip4-length", 1, ether(1) / uplink(9, ip4(NODE[9], CN4, len=30)), "MALFORMED")
    drop("malformed/gre-cut-off", 1, bytes(ether(1) / IPv6(src=MAG1, dst=LMA, nh=47, plen=6))
         + bytes.fromhex("200086dd0000"), "MALFORMED")
    drop("malformed/ip4-checksum", 3, ether(3) / ip4(CN4, NODE[7], chksum=0x1111), "MALFORMED")
    drop("malformed/ip4-header-length", 3, ether(3) / ip4(CN4, NODE[7], ihl=4), "MALFORMED")
    drop("not-forwardable/link-local-source", 3, ether(3) / ip6("fe80::1", NODE[1]), "NOT_FORWARDABLE")
    drop("not-forwardable/link-local-destination", 3, ether(3) / ip6(CN, "fe80::1"), "NOT_FORWARDABLE")
    drop("not-forwardable/multicast", 3, ether(3) / ip6(CN, "ff0e::1"), "NOT_FORWARDABLE")
    drop("not-forwardable/unspecified-source", 3, ether(3) / ip6("::", NODE[1]), "NOT_FORWARDABLE")
    drop("not-forwardable/loopback", 3, ether(3) / ip6(CN, "::1"), "NOT_FORWARDABLE")
    drop("not-forwardable/mapped", 3, ether(3) / ip6(CN, "::ffff:10.0.0.7"), "NOT_FORWARDABLE")
    drop("not-forwardable/ip4-loopback", 3, ether(3) / ip4("127.0.0.1", NODE[7]), "NOT_FORWARDABLE")
    drop("not-forwardable/ip4-multicast", 3, ether(3) / ip4(CN4, "224.0.1.1"), "NOT_FORWARDABLE")
    drop("not-forwardable/inner-multicast", 1, ether(1) / uplink(1, ip6(NODE[1], "ff0e::1")), "NOT_FORWARDABLE")
    drop("unserved", 1, ether(1) / IPv6(src=MAG1, dst=LMA) / TCP(dport=22), "UNSERVED")
    drop("unserved/tunnel-from-home-network", 3, ether(3) / outer(CN, "2001:db8:ffff::1", ip6(NODE[1], CN)),
         "UNSERVED")
    drop("fragment", 1, ether(1) / outer(MAG1, LMA, IPv6ExtHdrFragment(nh=47, m=1, id=7)
                                         / Raw(bytes(gre(ip6(NODE[3], CN), 0x1003))[:56])), "FRAGMENT")
    for bits, name in ((0x8000, "checksum"), (0x4000, "routing"), (0x1000, "sequence"), (0x0800, "bit4"),
                       (0x0400, "bit5"), (0x0001, "version1")):
        header = (0x2000 | bits).to_bytes(2, "big") + bytes.fromhex("86dd00001003")
        payload = header + bytes(ip6(NODE[3], CN))
        drop("gre-flags/" + name, 1,
             bytes(ether(1) / IPv6(src=MAG1, dst=LMA, nh=47, plen=len(payload))) + payload, "GRE_FLAGS")
    drop("gre-protocol", 1, ether(1) / IPv6(src=MAG1, dst=LMA, nh=47)
         / GRE(proto=0x8847, key_present=1, key=0x1003) / Raw(DATA), "GRE_PROTOCOL")
    drop("unknown-tunnel", 1, ether(1) / outer("2001:db8:0:13::1", LMA, gre(ip6(NODE[3], CN), 0x1003)),
         "UNKNOWN_TUNNEL")
    drop("unknown-key", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[3], CN), 0x9999)), "UNKNOWN_KEY")
    drop("unknown-key/unknown-source", 1, ether(1) / outer(MAG1, LMA, gre(ip6("2001:db8:100:99::a", CN), 0x9999)),
         "UNKNOWN_KEY")
    drop("key-missing", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[3], CN))), "KEY_MISSING")
    drop("key-unexpected", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[2], CN), 0x9999)), "KEY_UNEXPECTED")
    drop("key-mismatch", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[3], CN), 0x1007)), "KEY_MISMATCH")
    drop("wrong-encapsulation/gre", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[1], CN))), "WRONG_ENCAPSULATION")
    drop("wrong-encapsulation/ip", 1, ether(1) / outer(MAG1, LMA, ip6(NODE[2], CN)), "WRONG_ENCAPSULATION")
    drop("wrong-encapsulation/ip-for-key", 1, ether(1) / outer(MAG1, LMA, ip6(NODE[3], CN)), "WRONG_ENCAPSULATION")
    drop("wrong-outer-source", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[4], CN), 0x1004)), "WRONG_OUTER_SOURCE")
    drop("inner-source", 1, ether(1) / outer(MAG1, LMA, ip6("2001:db8:100:99::a", CN)), "INNER_SOURCE")
    drop("inner-source/link-local", 1, ether(1) / outer(MAG1, LMA, ip6("fe80::1", CN)), "INNER_SOURCE")
    drop("inner-source/key-of-another-operator", 1, ether(1) / outer(MAG1, LMA, gre(ip6(NODE[2], CN), 0x1005)),
         "INNER_SOURCE")
    drop("unknown-session/downlink", 3, ether(3) / ip6(CN, "2001:db8:100:d::a"), "UNKNOWN_SESSION")
    drop("unknown-session/uplink", 1, ether(1) / outer(MAG1, LMA, ip6("2001:db8:100:d::a", CN)), "UNKNOWN_SESSION")
    drop("session-ending", 3, ether(3) / ip6(CN, NODE[6]), "SESSION_ENDING")
    drop("no-binding", 3, ether(3) / ip6(CN, "2001:db8:100:99::a"), "NO_BINDING")
    drop("no-binding/ip4", 3, ether(3) / ip4(CN4, "10.0.0.99"), "NO_BINDING")
    drop("no-tunnel-endpoints", 3, ether(3) / ip6(CN, "2001:db8:100:e::a"), "NO_TUNNEL_ENDPOINTS")
    drop("hop-limit/1", 3, ether(3) / ip6(CN, NODE[3], 1), "HOP_LIMIT")
    drop("hop-limit/0", 3, ether(3) / ip6(CN, NODE[3], 0), "HOP_LIMIT")
    drop("hop-limit/inner", 1, ether(1) / uplink(3, ip6(NODE[3], CN, 1)), "HOP_LIMIT")
    drop("hop-limit/ip4", 3, ether(3) / ip4(CN4, NODE[7], 1), "HOP_LIMIT")
    drop("too-big", 3, ether(3) / IPv6(src=CN, dst=NODE[3], nh=59) / Raw(b"x" * (1453 - 40)), "TOO_BIG")
    drop("too-big/ip4", 3, ether(3) / IP(src=CN4, dst=NODE[9], proto=59) / Raw(b"x" * (1461 - 20)), "TOO_BIG")
    drop("no-route", 1, ether(1) / ip6(MAG1, "2001:db8:9::1"), "NO_ROUTE")
    drop("no-route/unreachable", 3, ether(3) / ip6(CN, "2001:db8:dead::1"), "NO_ROUTE")
    drop("no-route/home-network-from-transport", 1, ether(1) / ip6(MAG1, NODE[3]), "NO_ROUTE")
    drop("no-next-hop", 3, ether(3) / ip6(CN, "2001:db8:beef::1"), "NO_NEXT_HOP")


print("# SPDX-License-Identifier: Apache-2.0")
print("# Made by make_vectors.py. A case is a frame into a port, and the frame that leaves by a port, or the reason for")
print("# which it is dropped, or the class in which the controller gets it (unchanged).")
sessions()
sessions_over_ip4()
headers()
links()
controller()
drops()
drops_over_ip4()
access()
drops_at_access()
layer2()
sys.stdout.flush()
