/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that others assigned, and the numbers that the pipeline and its controller agree on. */
#ifndef PMIP_CONSTANTS
#define PMIP_CONSTANTS

typedef bit<9> port_t;
typedef bit<48> mac_t;
typedef bit<32> ip4_t;
/* An IPv6 address, or an IPv4 address in its mapped form ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2). */
typedef bit<128> ip_t;
typedef bit<16> domain_t;
typedef bit<32> session_t;
typedef bit<32> tunnel_t;
typedef bit<32> next_hop_t;

const port_t CPU_PORT = 255;
const bit<32> PACKET_OUT_OCTETS = 4;

/* Routing domain 0 is the transport infrastructure, to which interfaces of no other role belong; the operators' networks
   are 1 and above. */
const domain_t TRANSPORT_DOMAIN = 0;

const bit<16> ETHERTYPE_IPV4 = 0x0800;
/* Of GRE around Ethernet frames (RFC 1701). */
const bit<16> ETHERTYPE_BRIDGING = 0x6558;
const bit<16> ETHERTYPE_VLAN = 0x8100;
const bit<16> ETHERTYPE_SERVICE_VLAN = 0x88A8;
const bit<16> ETHERTYPE_IPV6 = 0x86DD;

const bit<8> PROTOCOL_IPV4 = 4;
const bit<8> PROTOCOL_TCP = 6;
const bit<8> PROTOCOL_UDP = 17;
const bit<8> PROTOCOL_IPV6 = 41;
const bit<8> PROTOCOL_FRAGMENT = 44;
const bit<8> PROTOCOL_GRE = 47;
const bit<8> PROTOCOL_ICMPV6 = 58;
const bit<8> PROTOCOL_DESTINATION_OPTIONS = 60;
const bit<8> PROTOCOL_MOBILITY = 135;

/* RFC 5844, section 4.1.4.1: tunnelled data. RFC 5845 gives the TLV format no port of its own. */
const bit<16> PORT_DATA = 5437;

const bit<2> ECN_NOT_ECT = 0;
const bit<2> ECN_ECT_1 = 1;
const bit<2> ECN_ECT_0 = 2;
const bit<2> ECN_CE = 3;

/* What stands between the outer IP header and the inner packet. */
enum bit<8> Encapsulation {
    NONE = 0,
    IP = 1,
    GRE = 2,
    GRE_KEY = 3,
    UDP = 4,
    UDP_TLV_GRE = 5,
    UDP_TLV_GRE_KEY = 6,
    ETHERNET_GRE_KEY = 7
}

/* To which network a port (and VLAN) leads. */
enum bit<8> Role {
    NONE = 0,
    TRANSPORT = 1,
    HOME_NETWORK = 2,
    ACCESS = 3,
    BRIDGED = 4
}

/* As what the controller gets a packet; the index of the class's meter. The controller's names are the same. */
enum bit<6> PuntClass {
    NONE = 0,
    MOBILITY_SIGNALLING = 1,
    UDP_SIGNALLING = 2,
    MOBILE_IPV4 = 3,
    IPSEC = 4,
    NEIGHBOUR_DISCOVERY = 5,
    ROUTER_SOLICITATION = 6,
    DHCP = 7,
    ARP = 8,
    ICMP = 9,
    TOO_BIG = 10,
    OTHER = 11,
    HOP_LIMIT = 12,
    UNREACHABLE = 13,
    STATION = 14
}

/* Why a packet is dropped; the table `drops` counts by it. The controller's names are the same (DropReason). */
enum bit<8> DropReason {
    NONE = 0,
    UNKNOWN_INTERFACE = 1,
    NOT_OUR_MAC = 2,
    NOT_IP = 3,
    MALFORMED = 4,
    NOT_FORWARDABLE = 5,
    UNSERVED = 6,
    PUNT_RATE = 7,
    FRAGMENT = 8,
    GRE_FLAGS = 9,
    GRE_PROTOCOL = 10,
    UNKNOWN_TUNNEL = 11,
    UNKNOWN_KEY = 12,
    KEY_MISSING = 13,
    KEY_UNEXPECTED = 14,
    KEY_MISMATCH = 15,
    WRONG_ENCAPSULATION = 16,
    WRONG_OUTER_SOURCE = 17,
    INNER_SOURCE = 18,
    UNKNOWN_SESSION = 19,
    SESSION_ENDING = 20,
    NO_BINDING = 21,
    NO_TUNNEL_ENDPOINTS = 22,
    HOP_LIMIT = 23,
    TOO_BIG = 24,
    NO_ROUTE = 25,
    NO_NEXT_HOP = 26,
    TLV_LENGTH = 27,
    TLV_PROTOCOL = 28,
    UNKNOWN_NODE = 29,
    NO_NODE = 30,
    UNKNOWN_STATION = 31,
    CONGESTION = 32
}

#endif
