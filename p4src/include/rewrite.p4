/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_REWRITE
#define PMIP_REWRITE

/* The end of a tunnel: what was around the inner packet goes, its congestion mark stays (RFC 5213, section 5.6.3). */
control Decapsulation(inout headers_t hdr, inout metadata_t meta) {
    apply {
        hdr.ipv6.setInvalid();
        hdr.ipv4.setInvalid();
        hdr.udp.setInvalid();
        hdr.tlv.setInvalid();
        hdr.destination_options.setInvalid();
        hdr.gre.setInvalid();
        hdr.gre_key.setInvalid();
        if (meta.layer2 == 1) {
            hdr.ethernet.setInvalid();
            hdr.vlan.setInvalid();
        } else if (meta.outer_ecn == ECN_CE) {
            meta.ecn = ECN_CE;
            if (hdr.inner_ipv6.isValid()) {
                hdr.inner_ipv6.ecn = ECN_CE;
            } else {
                bit<16> before = (bit<16>) (hdr.inner_ipv4.dscp ++ hdr.inner_ipv4.ecn);
                hdr.inner_ipv4.ecn = ECN_CE;
                bit<16> after = (bit<16>) (hdr.inner_ipv4.dscp ++ hdr.inner_ipv4.ecn);
                hdr.inner_ipv4.checksum = adjusted_checksum(hdr.inner_ipv4.checksum, before, after);
            }
        }
    }
}

/* One hop less for a packet of somebody else; the node's own packets leave as the controller wrote them. */
control Hop(inout headers_t hdr, inout metadata_t meta) {
    apply {
        if (meta.from_controller == 0) {
            if (hdr.ipv6.isValid()) {
                hdr.ipv6.hop_limit = hdr.ipv6.hop_limit - 1;
            } else if (hdr.ipv4.isValid()) {
                hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
                hdr.ipv4.checksum = adjusted_checksum(hdr.ipv4.checksum, 0x0100, 0);
            } else if (hdr.inner_ipv6.isValid()) {
                hdr.inner_ipv6.hop_limit = hdr.inner_ipv6.hop_limit - 1;
            } else if (hdr.inner_ipv4.isValid()) {
                hdr.inner_ipv4.ttl = hdr.inner_ipv4.ttl - 1;
                hdr.inner_ipv4.checksum = adjusted_checksum(hdr.inner_ipv4.checksum, 0x0100, 0);
            }
        }
    }
}

/* The beginning of a tunnel (RFC 2473, sections 3.1 and 6; RFC 2003; RFC 2784; RFC 2890; RFC 5845, section 7). */
control Encapsulating(inout headers_t hdr, inout metadata_t meta) {
    bit<16> total;
    bit<16> inner_ether_type;
    bit<8> protocol;
    bit<2> ecn;
    bool with_udp;
    bool with_tlv;
    bool with_gre;
    bool with_key;

    apply {
        with_key = meta.encapsulation == Encapsulation.GRE_KEY
            || meta.encapsulation == Encapsulation.UDP_TLV_GRE_KEY
            || meta.encapsulation == Encapsulation.ETHERNET_GRE_KEY;
        with_tlv = meta.encapsulation == Encapsulation.UDP_TLV_GRE
            || meta.encapsulation == Encapsulation.UDP_TLV_GRE_KEY;
        with_gre = with_key || with_tlv || meta.encapsulation == Encapsulation.GRE;
        with_udp = with_tlv || meta.encapsulation == Encapsulation.UDP;
        total = (bit<16>) (meta.length + meta.tunnel_overhead);
        /* A mark of the inner header is not repeated outside (RFC 3168, section 9.1.1, full functionality). */
        ecn = meta.ecn == ECN_CE ? ECN_ECT_0 : meta.ecn;
        if (meta.layer2 == 1) {
            inner_ether_type = ETHERTYPE_BRIDGING;
        } else {
            inner_ether_type = meta.ip_version == 6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
        }
        if (with_udp) {
            protocol = PROTOCOL_UDP;
        } else if (with_gre) {
            protocol = PROTOCOL_GRE;
        } else {
            protocol = meta.ip_version == 6 ? PROTOCOL_IPV6 : PROTOCOL_IPV4;
        }

        if (meta.tunnel_version == 6) {
            hdr.tunnel_ipv6.setValid();
            hdr.tunnel_ipv6.version = 6;
            hdr.tunnel_ipv6.dscp = meta.dscp;
            hdr.tunnel_ipv6.ecn = ecn;
            hdr.tunnel_ipv6.flow_label = 0;
            hdr.tunnel_ipv6.payload_length = total - 40;
            hdr.tunnel_ipv6.next_header = protocol;
            hdr.tunnel_ipv6.hop_limit = meta.tunnel_hop_limit;
            hdr.tunnel_ipv6.source = meta.tunnel_source;
            hdr.tunnel_ipv6.destination = meta.tunnel_destination;
        } else {
            hdr.tunnel_ipv4.setValid();
            hdr.tunnel_ipv4.version = 4;
            hdr.tunnel_ipv4.header_words = 5;
            hdr.tunnel_ipv4.dscp = meta.dscp;
            hdr.tunnel_ipv4.ecn = ecn;
            hdr.tunnel_ipv4.total_length = total;
            /* Never fragmented on the way, hence not in need of an identification (RFC 6864, section 4.1). */
            hdr.tunnel_ipv4.identification = 0;
            hdr.tunnel_ipv4.reserved = 0;
            hdr.tunnel_ipv4.dont_fragment = 1;
            hdr.tunnel_ipv4.more_fragments = 0;
            hdr.tunnel_ipv4.fragment_offset = 0;
            hdr.tunnel_ipv4.ttl = meta.tunnel_hop_limit;
            hdr.tunnel_ipv4.protocol = protocol;
            hdr.tunnel_ipv4.checksum = 0;
            hdr.tunnel_ipv4.source = meta.tunnel_source[31:0];
            hdr.tunnel_ipv4.destination = meta.tunnel_destination[31:0];
        }
        if (with_udp) {
            hdr.tunnel_udp.setValid();
            hdr.tunnel_udp.source_port = meta.tunnel_source_port;
            hdr.tunnel_udp.destination_port = meta.tunnel_destination_port;
            hdr.tunnel_udp.length = total - 20;
            /* None, as IPv4 allows: the inner packet has its own. */
            hdr.tunnel_udp.checksum = 0;
        }
        if (with_tlv) {
            hdr.tunnel_tlv.setValid();
            hdr.tunnel_tlv.type = 0;
            hdr.tunnel_tlv.reserved = 0;
            hdr.tunnel_tlv.next_header = PROTOCOL_GRE;
            hdr.tunnel_tlv.length = total - 32;
        }
        if (with_gre) {
            hdr.tunnel_gre.setValid();
            hdr.tunnel_gre.checksum_present = 0;
            hdr.tunnel_gre.routing_present = 0;
            hdr.tunnel_gre.key_present = 0;
            hdr.tunnel_gre.sequence_present = 0;
            hdr.tunnel_gre.must_be_zero = 0;
            hdr.tunnel_gre.ignored = 0;
            hdr.tunnel_gre.version = 0;
            hdr.tunnel_gre.protocol = inner_ether_type;
        }
        if (with_key) {
            hdr.tunnel_gre.key_present = 1;
            hdr.tunnel_gre_key.setValid();
            hdr.tunnel_gre_key.key = meta.tunnel_key;
        }
    }
}

/* The link layer of the way out of a packet that is not encapsulated. */
control Link(inout headers_t hdr, inout metadata_t meta) {
    apply {
        bit<16> ether_type = meta.ip_version == 6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
        hdr.ethernet.setValid();
        hdr.ethernet.source = meta.source_mac;
        hdr.ethernet.destination = meta.destination_mac;
        hdr.ethernet.ether_type = ether_type;
        hdr.vlan.setInvalid();
        if (meta.egress_vlan != 0) {
            hdr.ethernet.ether_type = ETHERTYPE_VLAN;
            hdr.vlan.setValid();
            hdr.vlan.priority = 0;
            hdr.vlan.drop_eligible = 0;
            hdr.vlan.id = meta.egress_vlan;
            hdr.vlan.ether_type = ether_type;
        }
    }
}

/* The same of a tunnel packet. What link layer the packet had goes, unless the whole frame is in the tunnel. */
control TunnelLink(inout headers_t hdr, inout metadata_t meta) {
    apply {
        bit<16> ether_type = meta.tunnel_version == 6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
        hdr.tunnel_ethernet.setValid();
        hdr.tunnel_ethernet.source = meta.source_mac;
        hdr.tunnel_ethernet.destination = meta.destination_mac;
        hdr.tunnel_ethernet.ether_type = ether_type;
        if (meta.egress_vlan != 0) {
            hdr.tunnel_ethernet.ether_type = ETHERTYPE_VLAN;
            hdr.tunnel_vlan.setValid();
            hdr.tunnel_vlan.priority = 0;
            hdr.tunnel_vlan.drop_eligible = 0;
            hdr.tunnel_vlan.id = meta.egress_vlan;
            hdr.tunnel_vlan.ether_type = ether_type;
        }
        if (meta.layer2 == 0) {
            hdr.ethernet.setInvalid();
            hdr.vlan.setInvalid();
        }
    }
}

/* Carries out what the ingress has decided. */
control Rewrite(inout headers_t hdr, inout metadata_t meta) {
    Decapsulation() decapsulation;
    Hop() hop;
    Encapsulating() encapsulating;
    Link() link;
    TunnelLink() tunnel_link;

    apply {
        if (meta.decapsulate == 1) {
            decapsulation.apply(hdr, meta);
        }
        if (meta.layer2 == 0) {
            hop.apply(hdr, meta);
        }
        if (meta.encapsulation != Encapsulation.NONE) {
            encapsulating.apply(hdr, meta);
            tunnel_link.apply(hdr, meta);
        } else if (meta.layer2 == 0) {
            link.apply(hdr, meta);
        }
    }
}

#endif
