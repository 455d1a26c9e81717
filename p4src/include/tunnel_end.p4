/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_TUNNEL_END
#define PMIP_TUNNEL_END

/* Whether the headers of a tunnel packet for this node hold together, and how many octets they leave to the inner
   packet (`room`). */
control TunnelHeaders(inout headers_t hdr, inout metadata_t meta, out bit<32> room) {
    apply {
        room = meta.length - (hdr.ipv6.isValid() ? 32w40 : 32w20);
        if (hdr.destination_options.isValid()) {
            room = room - 8;
        }
        if (meta.malformed == 1) {
            meta.drop_reason = DropReason.MALFORMED;
        } else if (hdr.udp.isValid() && (bit<32>) hdr.udp.length != room) {
            meta.drop_reason = DropReason.MALFORMED;
        } else if (hdr.tlv.isValid() && (bit<32>) hdr.tlv.length != room - 12) {
            meta.drop_reason = DropReason.TLV_LENGTH;
        } else if (hdr.tlv.isValid() && !hdr.gre.isValid()) {
            meta.drop_reason = DropReason.TLV_PROTOCOL;
        } else if (hdr.gre.isValid() && (hdr.gre.checksum_present ++ hdr.gre.routing_present
                ++ hdr.gre.sequence_present ++ hdr.gre.must_be_zero ++ hdr.gre.version) != 0) {
            meta.drop_reason = DropReason.GRE_FLAGS;
        } else if (!hdr.inner_ipv6.isValid() && !hdr.inner_ipv4.isValid() && !hdr.inner_ethernet.isValid()) {
            meta.drop_reason = hdr.gre.isValid() ? DropReason.GRE_PROTOCOL : DropReason.MALFORMED;
        }
        if (hdr.udp.isValid()) {
            room = room - 8;
        }
        if (hdr.tlv.isValid()) {
            room = room - 4;
        }
        if (hdr.gre.isValid()) {
            room = room - 4;
        }
        if (hdr.gre_key.isValid()) {
            room = room - 4;
        }
    }
}

/* Ends a tunnel: the inner packet takes the place of the outer one, and the peer is known. */
control TunnelEnd(inout headers_t hdr, inout metadata_t meta) {
    TunnelHeaders() tunnel_headers;
    InnerPacket() inner_packet;
    InnerCheck() inner_check;
    FromLayer2Tunnel() from_layer2_tunnel;
    bit<32> room;

    ENTRY_COUNTER(tunnel_packets);

    action refuse_tunnel() {
        meta.drop_reason = DropReason.UNKNOWN_TUNNEL;
    }

    /* At the anchor: from a mobile node to the home network. */
    action decapsulate(tunnel_t tunnel_id, domain_t domain) {
        meta.received_tunnel = tunnel_id;
        meta.domain = domain;
    }

    /* At the gateway: from the anchor to a mobile node. */
    action decapsulate_to_access(tunnel_t tunnel_id, domain_t domain) {
        meta.received_tunnel = tunnel_id;
        meta.domain = domain;
        meta.to_access = 1;
    }

    @name(".tunnels")
    table tunnels {
        key = {
            meta.source : exact @name("outer_source");
            meta.destination : exact @name("outer_destination");
            meta.source_port : exact @name("source_port");
        }
        actions = {
            decapsulate;
            decapsulate_to_access;
            @defaultonly refuse_tunnel;
        }
        const default_action = refuse_tunnel();
        size = TUNNELS;
        COUNTED_BY(tunnel_packets)
    }

    apply {
        meta.local_endpoint = meta.destination;
        meta.outer_ecn = meta.ecn;
        meta.key_known = 1;
        tunnel_headers.apply(hdr, meta, room);
        if (meta.drop_reason == DropReason.NONE && tunnels.apply().hit) {
            meta.decapsulate = 1;
            if (hdr.inner_ethernet.isValid()) {
                from_layer2_tunnel.apply(hdr, meta);
            } else {
                inner_packet.apply(hdr, meta);
                inner_check.apply(hdr, meta, room);
                if (meta.drop_reason == DropReason.NONE && meta.outer_ecn == ECN_CE && meta.ecn == ECN_NOT_ECT) {
                    /* The sender would not understand the mark: a loss is what tells it (RFC 6040, section 4.2). */
                    meta.drop_reason = DropReason.CONGESTION;
                }
            }
        }
    }
}

/*
 * Whether a packet came as was agreed for its session. How it is encapsulated is asked here, for the session, and not
 * earlier, so that a key that is missing or was never agreed is counted as that and not as an unknown tunnel.
 */
control Agreement(inout metadata_t meta) {
    apply {
        if ((meta.received_encapsulation == Encapsulation.GRE
                    && meta.expected_encapsulation == Encapsulation.GRE_KEY)
                || (meta.received_encapsulation == Encapsulation.UDP_TLV_GRE
                    && meta.expected_encapsulation == Encapsulation.UDP_TLV_GRE_KEY)) {
            meta.drop_reason = DropReason.KEY_MISSING;
        } else if ((meta.received_encapsulation == Encapsulation.GRE_KEY
                    && meta.expected_encapsulation == Encapsulation.GRE)
                || (meta.received_encapsulation == Encapsulation.UDP_TLV_GRE_KEY
                    && meta.expected_encapsulation == Encapsulation.UDP_TLV_GRE)) {
            meta.drop_reason = DropReason.KEY_UNEXPECTED;
        } else if (meta.received_encapsulation != meta.expected_encapsulation) {
            meta.drop_reason = DropReason.WRONG_ENCAPSULATION;
        } else if (meta.key_known == 0) {
            meta.drop_reason = DropReason.UNKNOWN_KEY;
        } else if (meta.received_tunnel != meta.expected_tunnel) {
            meta.drop_reason = DropReason.WRONG_OUTER_SOURCE;
        } else if (meta.received_key != meta.expected_key) {
            meta.drop_reason = DropReason.KEY_MISMATCH;
        }
    }
}

#endif
