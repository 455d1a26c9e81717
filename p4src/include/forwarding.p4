/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_FORWARDING
#define PMIP_FORWARDING

/* The way out: of the packet in its own routing domain, or of the tunnel packet in the transport's. */
control Forwarding(inout headers_t hdr, inout metadata_t meta) {

    action forward(next_hop_t next_hop_id) {
        meta.next_hop = next_hop_id;
    }

    action unreachable() {
        meta.drop_reason = DropReason.NO_ROUTE;
    }

    @name(".routes")
    table routes {
        key = {
            meta.route_domain : exact @name("domain");
            meta.route_version : exact @name("ip_version");
            meta.route_destination : lpm @name("destination");
        }
        actions = {
            forward;
            unreachable;
        }
        const default_action = unreachable();
        size = ROUTES;
    }

    action transmit(port_t port, bit<12> vlan_id, mac_t source_mac, mac_t destination_mac) {
        meta.egress_port = port;
        meta.egress_vlan = vlan_id;
        meta.source_mac = source_mac;
        meta.destination_mac = destination_mac;
        meta.rewrite = 1;
    }

    action no_next_hop() {
        meta.drop_reason = DropReason.NO_NEXT_HOP;
    }

    @name(".next_hops")
    table next_hops {
        key = {
            meta.next_hop : exact @name("next_hop_id");
        }
        actions = {
            transmit;
            @defaultonly no_next_hop;
        }
        const default_action = no_next_hop();
        size = NEXT_HOPS;
    }

    apply {
        if (meta.encapsulation == Encapsulation.NONE) {
            meta.route_domain = meta.domain;
            meta.route_version = meta.ip_version;
            meta.route_destination = meta.destination;
        } else {
            meta.route_domain = TRANSPORT_DOMAIN;
            meta.route_version = meta.tunnel_version;
            meta.route_destination = meta.tunnel_destination;
        }
        if (routes.apply().hit && meta.drop_reason == DropReason.NONE) {
            next_hops.apply();
        }
    }
}

/* Packets that came through a session's tunnel and leave: what the mobile node has sent. */
control Accounting(inout metadata_t meta) {
    ENTRY_COUNTER(session_packets);

    action accept_packet() {
    }

    action refuse_session() {
        meta.drop_reason = DropReason.UNKNOWN_SESSION;
    }

    @name(".uplink_sessions")
    table uplink_sessions {
        key = {
            meta.uplink_session : exact @name("session_id");
        }
        actions = {
            accept_packet;
            @defaultonly refuse_session;
        }
        const default_action = refuse_session();
        size = SESSIONS;
        COUNTED_BY(session_packets)
    }

    apply {
        if (meta.decapsulate == 1 && meta.to_access == 0 && meta.layer2 == 0) {
            uplink_sessions.apply();
        }
    }
}

#endif
