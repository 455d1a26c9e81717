/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_UPLINK
#define PMIP_UPLINK

/*
 * The anchor's end of the tunnels: from the mobile access gateways to the home networks.
 *
 * Three questions, each with its own drop reasons: does the packet come from a known peer; to which routing domain
 * does it belong (by the key that this anchor assigned, else by the peer); does its inner source belong to a session
 * of that domain, and did it come as was agreed for that session.
 */
control Uplink(inout headers_t hdr, inout metadata_t meta) {
    TunnelHeaders() tunnel_headers;
    InnerPacket() inner_packet;
    InnerCheck() inner_check;
    Agreement() agreement;
    bit<32> room;

    ENTRY_COUNTER(tunnel_packets);

    action refuse_tunnel() {
        meta.drop_reason = DropReason.UNKNOWN_TUNNEL;
    }

    action decapsulate(tunnel_t tunnel_id, domain_t domain) {
        meta.received_tunnel = tunnel_id;
        meta.domain = domain;
    }

    table tunnels {
        key = {
            meta.source : exact @name("outer_source");
            meta.destination : exact @name("outer_destination");
            meta.source_port : exact @name("source_port");
        }
        actions = {
            decapsulate;
            @defaultonly refuse_tunnel;
        }
        const default_action = refuse_tunnel();
        size = TUNNELS;
        COUNTED_BY(tunnel_packets)
    }

    action select_domain(domain_t domain) {
        meta.domain = domain;
    }

    /* The domain stays the peer's, in which a session without a key may explain the packet. */
    action unknown_key() {
        meta.key_known = 0;
    }

    /* Keys are told apart by the address of ours to which they were sent. */
    table uplink_keys {
        key = {
            meta.local_endpoint : exact @name("local_address");
            meta.received_key : exact @name("key");
        }
        actions = {
            select_domain;
            @defaultonly unknown_key;
        }
        const default_action = unknown_key();
        size = SESSIONS;
    }

    action refuse_source() {
        meta.drop_reason = DropReason.INNER_SOURCE;
    }

    action expect(session_t session_id, tunnel_t tunnel_id, Encapsulation encapsulation, bit<32> key) {
        meta.uplink_session = session_id;
        meta.expected_tunnel = tunnel_id;
        meta.expected_encapsulation = encapsulation;
        meta.expected_key = key;
    }

    table uplink_sources {
        key = {
            meta.domain : exact @name("domain");
            meta.ip_version : exact @name("ip_version");
            meta.source : lpm @name("source");
        }
        actions = {
            expect;
            @defaultonly refuse_source;
        }
        const default_action = refuse_source();
        size = HOME_ADDRESSES;
    }

    apply {
        meta.local_endpoint = meta.destination;
        meta.outer_ecn = meta.ecn;
        tunnel_headers.apply(hdr, meta, room);
        if (meta.drop_reason == DropReason.NONE && tunnels.apply().hit) {
            meta.decapsulate = 1;
            inner_packet.apply(hdr, meta);
            inner_check.apply(hdr, meta, room);
        }
        if (meta.drop_reason == DropReason.NONE) {
            meta.key_known = 1;
            if (hdr.gre_key.isValid()) {
                uplink_keys.apply();
            }
            if (uplink_sources.apply().hit) {
                agreement.apply(meta);
            } else if (meta.key_known == 0) {
                meta.drop_reason = DropReason.UNKNOWN_KEY;
            }
        }
    }
}

#endif
