/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_HEADERS
#define PMIP_HEADERS

/* To the controller: where the frame came in, why it is sent up, in which routing domain it was, and for a packet
   that is too big the largest size that would have passed (else 0). */
@controller_header("packet_in")
header packet_in_h {
    port_t ingress_port;
    bit<7> pad;
    bit<16> reason;
    domain_t domain;
    bit<16> mtu;
}

/* From the controller: to a port as it is, or through the pipeline as a packet of this node in a routing domain. */
@controller_header("packet_out")
header packet_out_h {
    port_t egress_port;
    bit<1> through_pipeline;
    bit<6> pad;
    domain_t domain;
}

header ethernet_h {
    mac_t destination;
    mac_t source;
    bit<16> ether_type;
}

header vlan_h {
    bit<3> priority;
    bit<1> drop_eligible;
    bit<12> id;
    bit<16> ether_type;
}

header ipv6_h {
    bit<4> version;
    bit<6> dscp;
    bit<2> ecn;
    bit<20> flow_label;
    bit<16> payload_length;
    bit<8> next_header;
    bit<8> hop_limit;
    ip_t source;
    ip_t destination;
}

/* Without options: where there are any they are the first octets of what follows. */
header ipv4_h {
    bit<4> version;
    bit<4> header_words;
    bit<6> dscp;
    bit<2> ecn;
    bit<16> total_length;
    bit<16> identification;
    bit<1> reserved;
    bit<1> dont_fragment;
    bit<1> more_fragments;
    bit<13> fragment_offset;
    bit<8> ttl;
    bit<8> protocol;
    bit<16> checksum;
    ip4_t source;
    ip4_t destination;
}

/* A Destination Options header of 8 octets, as encapsulators send it with the Tunnel Encapsulation Limit
   (RFC 2473, section 4.1.1). */
header destination_options_h {
    bit<8> next_header;
    bit<8> length;
    bit<48> options;
}

header udp_h {
    bit<16> source_port;
    bit<16> destination_port;
    bit<16> length;
    bit<16> checksum;
}

/* RFC 5845, section 7.2. */
header tlv_h {
    bit<4> type;
    bit<4> reserved;
    bit<8> next_header;
    bit<16> length;
}

/* RFC 2784 and RFC 2890. Bits 4 and 5 must be zero, bits 6 to 12 are ignored on receipt. */
header gre_h {
    bit<1> checksum_present;
    bit<1> routing_present;
    bit<1> key_present;
    bit<1> sequence_present;
    bit<2> must_be_zero;
    bit<7> ignored;
    bit<3> version;
    bit<16> protocol;
}

header gre_key_h {
    bit<32> key;
}

/* Only looked at, never extracted: what decides whether a packet is for the controller. */
struct mobility_prefix_t {
    bit<8> payload_protocol;
    bit<8> length;
    bit<8> type;
}

struct ports_t {
    bit<16> source;
    bit<16> destination;
}

struct headers_t {
    packet_in_h packet_in;
    packet_out_h packet_out;
    ethernet_h ethernet;
    vlan_h vlan;
    /* Put on by the encapsulation; a link layer of its own only around a whole frame. */
    ethernet_h tunnel_ethernet;
    vlan_h tunnel_vlan;
    ipv6_h tunnel_ipv6;
    ipv4_h tunnel_ipv4;
    udp_h tunnel_udp;
    tlv_h tunnel_tlv;
    gre_h tunnel_gre;
    gre_key_h tunnel_gre_key;
    /* The first IP header of the packet as received, and what follows it when it is a tunnel's. */
    ipv6_h ipv6;
    ipv4_h ipv4;
    destination_options_h destination_options;
    udp_h udp;
    tlv_h tlv;
    gre_h gre;
    gre_key_h gre_key;
    ethernet_h inner_ethernet;
    ipv6_h inner_ipv6;
    ipv4_h inner_ipv4;
}

#endif
