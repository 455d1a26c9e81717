/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_ACCESS
#define PMIP_ACCESS

/* The gateway, from its mobile nodes: may the node send from that address? */
control FromNode(inout headers_t hdr, inout metadata_t meta) {
    action permit() {
    }

    action refuse_source() {
        meta.drop_reason = DropReason.INNER_SOURCE;
    }

    @name(".access_sources")
    table access_sources {
        key = {
            meta.access_session : exact @name("session_id");
            meta.ip_version : exact @name("ip_version");
            meta.source : lpm @name("source");
        }
        actions = {
            permit;
            @defaultonly refuse_source;
        }
        const default_action = refuse_source();
        size = HOME_ADDRESSES;
    }

    apply {
        if (meta.node_known == 0) {
            meta.drop_reason = DropReason.UNKNOWN_NODE;
        } else {
            access_sources.apply();
        }
    }
}

/*
 * The gateway, to its mobile nodes: from the anchor's tunnel, or directly from another node whose traffic may be routed
 * locally. A destination without a node is dropped when it comes from the tunnel (RFC 5213, section 6.10.5), and is the
 * anchor's business when it comes from a node.
 */
control ToNode(inout headers_t hdr, inout metadata_t meta) {
    Agreement() agreement;

    action select_domain(domain_t domain) {
        meta.domain = domain;
    }

    action unknown_key() {
        meta.key_known = 0;
    }

    @name(".access_keys")
    table access_keys {
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

    action expect(session_t session_id, tunnel_t tunnel_id, Encapsulation encapsulation, bit<32> key) {
        meta.delivery_session = session_id;
        meta.expected_tunnel = tunnel_id;
        meta.expected_encapsulation = encapsulation;
        meta.expected_key = key;
    }

    @name(".access_destinations")
    table access_destinations {
        key = {
            meta.domain : exact @name("domain");
            meta.ip_version : exact @name("ip_version");
            meta.destination : lpm @name("destination");
        }
        actions = {
            expect;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = HOME_ADDRESSES;
    }

    ENTRY_COUNTER(delivered_packets);

    action deliver(port_t port, bit<12> vlan_id, mac_t source_mac, mac_t destination_mac) {
        meta.delivered = 1;
        meta.egress_port = port;
        meta.egress_vlan = vlan_id;
        meta.source_mac = source_mac;
        meta.destination_mac = destination_mac;
        meta.rewrite = 1;
    }

    action refuse_session() {
        meta.drop_reason = DropReason.UNKNOWN_SESSION;
    }

    @name(".access_deliveries")
    table access_deliveries {
        key = {
            meta.delivery_session : exact @name("session_id");
        }
        actions = {
            deliver;
            @defaultonly refuse_session;
        }
        const default_action = refuse_session();
        size = SESSIONS;
        COUNTED_BY(delivered_packets)
    }

    apply {
        if (meta.to_access == 1 && hdr.gre_key.isValid()) {
            access_keys.apply();
        }
        if (access_destinations.apply().hit) {
            if (meta.to_access == 1) {
                agreement.apply(meta);
            }
            if (meta.drop_reason == DropReason.NONE) {
                access_deliveries.apply();
            }
        } else if (meta.key_known == 0 && meta.to_access == 1) {
            meta.drop_reason = DropReason.UNKNOWN_KEY;
        } else if (meta.to_access == 1) {
            meta.drop_reason = DropReason.NO_NODE;
        }
    }
}

#endif
