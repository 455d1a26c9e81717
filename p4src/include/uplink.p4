/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_UPLINK
#define PMIP_UPLINK

/*
 * The anchor's end of the tunnels: from the mobile access gateways to the home networks.
 *
 * Three questions, each with its own drop reasons: does the packet come from a known peer; to which routing domain
 * does it belong (by the key that this anchor assigned, else by the peer); does its inner source belong to a session
 * of that domain, and is it encapsulated as was agreed for that session. How it is encapsulated is asked last, for the
 * session only, so that a key that is missing or was never agreed is counted as that and not as an unknown tunnel.
 */
control Uplink(inout headers_t hdr, inout metadata_t meta) {
    InnerPacket() inner_packet;
    InnerCheck() inner_check;
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
        room = meta.length - 40;
        if (hdr.destination_options.isValid()) {
            room = room - 8;
        }
        if (hdr.gre.isValid()) {
            room = room - 4;
        }
        if (hdr.gre_key.isValid()) {
            room = room - 4;
        }
        if (hdr.gre.isValid() && (hdr.gre.checksum_present ++ hdr.gre.routing_present ++ hdr.gre.sequence_present
                ++ hdr.gre.must_be_zero ++ hdr.gre.version) != 0) {
            meta.drop_reason = DropReason.GRE_FLAGS;
        } else if (meta.malformed == 1) {
            meta.drop_reason = DropReason.MALFORMED;
        } else if (!hdr.inner_ipv6.isValid() && !hdr.inner_ipv4.isValid()) {
            meta.drop_reason = DropReason.GRE_PROTOCOL;
        } else if (tunnels.apply().hit) {
            meta.decapsulate = 1;
            inner_packet.apply(hdr, meta);
            inner_check.apply(hdr, meta, room);
        }

        if (meta.drop_reason == DropReason.NONE) {
            meta.key_known = 1;
            if (hdr.gre_key.isValid()) {
                uplink_keys.apply();
            }
            if (!uplink_sources.apply().hit) {
                if (meta.key_known == 0) {
                    meta.drop_reason = DropReason.UNKNOWN_KEY;
                }
            } else if (meta.received_encapsulation == Encapsulation.GRE
                    && meta.expected_encapsulation == Encapsulation.GRE_KEY) {
                meta.drop_reason = DropReason.KEY_MISSING;
            } else if (meta.received_encapsulation == Encapsulation.GRE_KEY
                    && meta.expected_encapsulation == Encapsulation.GRE) {
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
}

#endif
