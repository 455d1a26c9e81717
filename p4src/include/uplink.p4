/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_UPLINK
#define PMIP_UPLINK

/*
 * The anchor, from the mobile access gateways to the home networks. To which routing domain does the packet belong (by
 * the key that this anchor assigned, else by the peer); does its inner source belong to a session of that domain, and
 * did it come as was agreed for that session?
 */
control Uplink(inout headers_t hdr, inout metadata_t meta) {
    Agreement() agreement;

    action select_domain(domain_t domain) {
        meta.domain = domain;
    }

    /* The domain stays the peer's, in which a session without a key may explain the packet. */
    action unknown_key() {
        meta.key_known = 0;
    }

    /* Keys are told apart by the address of ours to which they were sent. */
    @name(".uplink_keys")
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

    @name(".uplink_sources")
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

#endif
