/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_METADATA
#define PMIP_METADATA

struct metadata_t {
    /* Where the packet comes from. */
    port_t ingress_port;
    bit<12> vlan_id;
    bit<16> ether_type;
    /* Octets behind the Ethernet header, padding included. */
    bit<32> available;
    bit<1> malformed;
    bit<1> bad_checksum;
    bit<1> from_controller;
    Role role;
    domain_t domain;

    /* What the parser saw behind the first IP header. */
    bit<8> next_header;
    bit<8> mobility_type;
    bit<8> icmp_type;
    bit<16> source_port;
    bit<16> destination_port;
    Encapsulation received_encapsulation;
    bit<32> received_key;

    /* The packet to forward: the received one, or the inner one once the tunnel has ended here. */
    bit<4> ip_version;
    ip_t source;
    ip_t destination;
    bit<32> length;
    bit<8> hop_limit;
    bit<6> dscp;
    bit<2> ecn;

    /* Decisions. */
    bit<1> frame_accepted;
    bit<1> group_frame;
    bit<1> to_local;
    DropReason drop_reason;
    PuntClass punt_class;
    bit<1> report;
    bit<32> reported_mtu;

    /* Tunnel that ends here. */
    bit<1> decapsulate;
    ip_t local_endpoint;
    bit<2> outer_ecn;
    bit<1> key_known;
    tunnel_t received_tunnel;
    session_t uplink_session;
    Encapsulation expected_encapsulation;
    tunnel_t expected_tunnel;
    bit<32> expected_key;

    /* Access links. */
    session_t access_session;
    session_t delivery_session;
    bit<1> local_routing;
    bit<1> to_access;
    bit<1> delivered;

    /* Whole frames. */
    bit<1> layer2;
    bit<1> node_known;
    bit<1> check_station;
    session_t layer2_session;
    bit<16> flood_group;

    /* Tunnel that begins here. */
    session_t downlink_session;
    Encapsulation encapsulation;
    tunnel_t tunnel;
    bit<32> tunnel_key;
    bit<4> tunnel_version;
    ip_t tunnel_source;
    ip_t tunnel_destination;
    bit<8> tunnel_hop_limit;
    bit<32> tunnel_overhead;
    bit<16> tunnel_source_port;
    bit<16> tunnel_destination_port;
    bit<32> tunnel_mtu;

    /* The way out. */
    bit<1> rewrite;
    domain_t route_domain;
    bit<4> route_version;
    ip_t route_destination;
    next_hop_t next_hop;
    port_t egress_port;
    bit<12> egress_vlan;
    mac_t source_mac;
    mac_t destination_mac;
}

#endif
