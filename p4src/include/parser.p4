/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_PARSER
#define PMIP_PARSER

/*
 * Parses what may be a tunnel without knowing whether it ends here: for a packet that is only routed the headers
 * found are put back as they were. A header that does not fit into the packet stops the parser; the control decides
 * by `malformed` whether that matters.
 */
parser PacketParser(packet_in packet, out headers_t hdr, inout metadata_t meta, in port_t ingress_port) {

    state start {
        transition select(ingress_port) {
            CPU_PORT: parse_packet_out;
            default: parse_ethernet;
        }
    }

    state parse_packet_out {
        packet.extract(hdr.packet_out);
        transition parse_ethernet;
    }

    state parse_ethernet {
        packet.extract(hdr.ethernet);
        meta.ether_type = hdr.ethernet.ether_type;
        transition select(hdr.ethernet.ether_type) {
            ETHERTYPE_VLAN: parse_vlan;
            ETHERTYPE_SERVICE_VLAN: parse_vlan;
            ETHERTYPE_IPV6: parse_ipv6;
            ETHERTYPE_IPV4: parse_ipv4;
            default: accept;
        }
    }

    state parse_vlan {
        packet.extract(hdr.vlan);
        meta.vlan_id = hdr.vlan.id;
        meta.ether_type = hdr.vlan.ether_type;
        transition select(hdr.vlan.ether_type) {
            ETHERTYPE_IPV6: parse_ipv6;
            ETHERTYPE_IPV4: parse_ipv4;
            default: accept;
        }
    }

    state parse_ipv6 {
        packet.extract(hdr.ipv6);
        meta.next_header = hdr.ipv6.next_header;
        transition select(hdr.ipv6.next_header) {
            PROTOCOL_DESTINATION_OPTIONS: look_at_options;
            default: parse_next_header;
        }
    }

    state look_at_options {
        transition select(packet.lookahead<bit<16>>()[7:0]) {
            0: parse_destination_options;
            default: accept;
        }
    }

    state parse_destination_options {
        packet.extract(hdr.destination_options);
        meta.next_header = hdr.destination_options.next_header;
        transition parse_next_header;
    }

    state parse_next_header {
        transition select(meta.next_header) {
            PROTOCOL_IPV6: parse_inner_ipv6;
            PROTOCOL_IPV4: parse_inner_ipv4;
            PROTOCOL_GRE: parse_gre;
            PROTOCOL_MOBILITY: look_at_mobility;
            PROTOCOL_ICMPV6: look_at_icmp;
            PROTOCOL_UDP: look_at_ports;
            PROTOCOL_TCP: look_at_ports;
            default: accept;
        }
    }

    state parse_ipv4 {
        packet.extract(hdr.ipv4);
        meta.next_header = hdr.ipv4.protocol;
        /* What follows is where it is expected only behind a header without options, in a whole packet. */
        transition select(hdr.ipv4.header_words, hdr.ipv4.more_fragments, hdr.ipv4.fragment_offset,
                          hdr.ipv4.protocol) {
            (5, 0, 0, PROTOCOL_IPV6): parse_inner_ipv6;
            (5, 0, 0, PROTOCOL_IPV4): parse_inner_ipv4;
            (5, 0, 0, PROTOCOL_GRE): parse_gre;
            (5, 0, 0, PROTOCOL_UDP): look_at_udp;
            (5, 0, 0, PROTOCOL_TCP): look_at_ports;
            default: accept;
        }
    }

    state look_at_udp {
        meta.destination_port = packet.lookahead<ports_t>().destination;
        transition select(meta.destination_port) {
            PORT_DATA: parse_udp;
            default: accept;
        }
    }

    /* The first four bits tell a TLV header from the version of an IP header (RFC 5845, section 7.1). */
    state parse_udp {
        packet.extract(hdr.udp);
        meta.source_port = hdr.udp.source_port;
        transition select(packet.lookahead<bit<4>>()) {
            0: parse_tlv;
            4: parse_inner_ipv4;
            6: parse_inner_ipv6;
            default: accept;
        }
    }

    state parse_tlv {
        packet.extract(hdr.tlv);
        transition select(hdr.tlv.next_header) {
            PROTOCOL_GRE: parse_gre;
            default: accept;
        }
    }

    state look_at_mobility {
        meta.mobility_type = packet.lookahead<mobility_prefix_t>().type;
        transition accept;
    }

    state look_at_icmp {
        meta.icmp_type = packet.lookahead<bit<8>>();
        transition accept;
    }

    state look_at_ports {
        meta.destination_port = packet.lookahead<ports_t>().destination;
        transition accept;
    }

    state parse_gre {
        packet.extract(hdr.gre);
        transition select(hdr.gre.checksum_present, hdr.gre.routing_present, hdr.gre.key_present,
                          hdr.gre.sequence_present, hdr.gre.must_be_zero, hdr.gre.version) {
            (0, 0, 0, 0, 0, 0): parse_gre_payload;
            (0, 0, 1, 0, 0, 0): parse_gre_key;
            default: accept;
        }
    }

    state parse_gre_key {
        packet.extract(hdr.gre_key);
        meta.received_key = hdr.gre_key.key;
        transition parse_gre_payload;
    }

    state parse_gre_payload {
        transition select(hdr.gre.protocol) {
            ETHERTYPE_IPV6: parse_inner_ipv6;
            ETHERTYPE_IPV4: parse_inner_ipv4;
            ETHERTYPE_BRIDGING: parse_inner_ethernet;
            default: accept;
        }
    }

    /* The frame is carried as it is: its tags and its packet are payload. */
    state parse_inner_ethernet {
        packet.extract(hdr.inner_ethernet);
        transition accept;
    }

    state parse_inner_ipv6 {
        packet.extract(hdr.inner_ipv6);
        transition accept;
    }

    state parse_inner_ipv4 {
        packet.extract(hdr.inner_ipv4);
        transition accept;
    }
}

#endif
