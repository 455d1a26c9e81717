/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_PACKET
#define PMIP_PACKET

/* The facts about the first IP header by which all that follows is decided. */
control OuterPacket(inout headers_t hdr, inout metadata_t meta) {
    apply {
        if (hdr.ipv6.isValid()) {
            /* On the wire it is an address of nobody, and must not find the entries of an IPv4 address. */
            if (is_mapped(hdr.ipv6.source) || is_mapped(hdr.ipv6.destination)) {
                meta.drop_reason = DropReason.NOT_FORWARDABLE;
            }
            meta.source = hdr.ipv6.source;
            meta.destination = hdr.ipv6.destination;
            meta.length = (bit<32>) hdr.ipv6.payload_length + 40;
            meta.hop_limit = hdr.ipv6.hop_limit;
            meta.dscp = hdr.ipv6.dscp;
            meta.ecn = hdr.ipv6.ecn;
            meta.ip_version = 6;
        } else if (hdr.ipv4.isValid()) {
            meta.source = mapped(hdr.ipv4.source);
            meta.destination = mapped(hdr.ipv4.destination);
            meta.length = (bit<32>) hdr.ipv4.total_length;
            meta.hop_limit = hdr.ipv4.ttl;
            meta.dscp = hdr.ipv4.dscp;
            meta.ecn = hdr.ipv4.ecn;
            meta.ip_version = 4;
        }
    }
}

/* How the first IP header's payload is encapsulated, if it is at all. */
control ReceivedEncapsulation(inout headers_t hdr, inout metadata_t meta) {
    apply {
        if (hdr.inner_ethernet.isValid()) {
            meta.received_encapsulation = Encapsulation.ETHERNET_GRE_KEY;
        } else if (hdr.gre_key.isValid()) {
            meta.received_encapsulation = hdr.tlv.isValid() ? Encapsulation.UDP_TLV_GRE_KEY : Encapsulation.GRE_KEY;
        } else if (hdr.gre.isValid()) {
            meta.received_encapsulation = hdr.tlv.isValid() ? Encapsulation.UDP_TLV_GRE : Encapsulation.GRE;
        } else if (hdr.udp.isValid()) {
            meta.received_encapsulation = Encapsulation.UDP;
        } else if (hdr.inner_ipv6.isValid() || hdr.inner_ipv4.isValid()) {
            meta.received_encapsulation = Encapsulation.IP;
        } else if (meta.malformed == 1 && (meta.next_header == PROTOCOL_IPV6 || meta.next_header == PROTOCOL_IPV4
                || meta.next_header == PROTOCOL_GRE)) {
            /* Cut off so early that only the intention is known; it is dropped as malformed. */
            meta.received_encapsulation = Encapsulation.IP;
        }
    }
}

/* The same about the packet in a tunnel that ends here, which from now on is the packet. */
control InnerPacket(inout headers_t hdr, inout metadata_t meta) {
    apply {
        if (hdr.inner_ipv6.isValid()) {
            meta.source = hdr.inner_ipv6.source;
            meta.destination = hdr.inner_ipv6.destination;
            meta.length = (bit<32>) hdr.inner_ipv6.payload_length + 40;
            meta.hop_limit = hdr.inner_ipv6.hop_limit;
            meta.dscp = hdr.inner_ipv6.dscp;
            meta.ecn = hdr.inner_ipv6.ecn;
            meta.ip_version = 6;
        } else {
            meta.source = mapped(hdr.inner_ipv4.source);
            meta.destination = mapped(hdr.inner_ipv4.destination);
            meta.length = (bit<32>) hdr.inner_ipv4.total_length;
            meta.hop_limit = hdr.inner_ipv4.ttl;
            meta.dscp = hdr.inner_ipv4.dscp;
            meta.ecn = hdr.inner_ipv4.ecn;
            meta.ip_version = 4;
        }
    }
}

/* Whether the first IP header can be believed. */
control OuterCheck(inout headers_t hdr, inout metadata_t meta) {
    apply {
        if (hdr.ipv6.isValid()) {
            if (hdr.ipv6.version != 6 || meta.available < meta.length) {
                meta.drop_reason = DropReason.MALFORMED;
            } else if (!forwardable_ip6(hdr.ipv6.source) || !forwardable_ip6(hdr.ipv6.destination)) {
                meta.drop_reason = DropReason.NOT_FORWARDABLE;
            }
        } else if (hdr.ipv4.isValid()) {
            if (hdr.ipv4.version != 4 || hdr.ipv4.header_words < 5 || hdr.ipv4.total_length < 20
                    || meta.available < meta.length || meta.bad_checksum == 1) {
                meta.drop_reason = DropReason.MALFORMED;
            } else if (!forwardable_ip4(hdr.ipv4.source) || !forwardable_ip4(hdr.ipv4.destination)) {
                meta.drop_reason = DropReason.NOT_FORWARDABLE;
            }
        } else if (meta.malformed == 1) {
            meta.drop_reason = DropReason.MALFORMED;
        } else {
            meta.drop_reason = DropReason.NOT_IP;
        }
    }
}

/* Whether the inner IP header can be believed: it must fill the outer packet exactly (`room` octets). At the anchor the
   source is looked up later, and nobody has one that cannot be forwarded. */
control InnerCheck(inout headers_t hdr, inout metadata_t meta, in bit<32> room) {
    apply {
        if (hdr.inner_ipv6.isValid()) {
            if (hdr.inner_ipv6.version != 6 || meta.length != room) {
                meta.drop_reason = DropReason.MALFORMED;
            } else if (!forwardable_ip6(hdr.inner_ipv6.destination)
                    || (meta.to_access == 1 && !forwardable_ip6(hdr.inner_ipv6.source))) {
                meta.drop_reason = DropReason.NOT_FORWARDABLE;
            }
        } else if (hdr.inner_ipv4.version != 4 || hdr.inner_ipv4.header_words < 5 || meta.length != room
                || room < 20) {
            meta.drop_reason = DropReason.MALFORMED;
        } else if (!forwardable_ip4(hdr.inner_ipv4.destination)
                || (meta.to_access == 1 && !forwardable_ip4(hdr.inner_ipv4.source))) {
            meta.drop_reason = DropReason.NOT_FORWARDABLE;
        }
    }
}

#endif
