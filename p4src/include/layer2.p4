/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_LAYER2
#define PMIP_LAYER2

/* Tunnels of whole Ethernet frames (draft-tsirtsis-l2gre-pmipv4-00): from the home agent's link into them. */
control FromBridge(inout headers_t hdr, inout metadata_t meta) {

    action to_layer2_session(session_t session_id) {
        meta.downlink_session = session_id;
    }

    /* A group frame for several nodes; each copy gets its header in the egress. */
    action flood(bit<16> group, bit<16> mtu) {
        meta.flood_group = group;
        meta.tunnel_mtu = (bit<32>) mtu;
    }

    action refuse_destination() {
        meta.drop_reason = DropReason.NO_NODE;
    }

    @name(".layer2_destinations")
    table layer2_destinations {
        key = {
            meta.ingress_port : exact @name("ingress_port");
            meta.vlan_id : exact @name("vlan_id");
            hdr.ethernet.destination : exact @name("mac");
        }
        actions = {
            to_layer2_session;
            flood;
            @defaultonly refuse_destination;
        }
        const default_action = refuse_destination();
        size = SESSIONS;
    }

    apply {
        layer2_destinations.apply();
        if (meta.flood_group != 0 && meta.length > meta.tunnel_mtu) {
            meta.drop_reason = DropReason.TOO_BIG;
            meta.reported_mtu = meta.tunnel_mtu - 14;
        }
    }
}

/* Out of such tunnels, onto the home agent's link or the mobile node's. The key alone names the session. */
control FromLayer2Tunnel(inout headers_t hdr, inout metadata_t meta) {
    ENTRY_COUNTER(layer2_packets);

    action end_layer2_tunnel(session_t session_id, tunnel_t tunnel_id, port_t port, bit<1> check_station) {
        meta.layer2_session = session_id;
        meta.expected_tunnel = tunnel_id;
        meta.egress_port = port;
        meta.check_station = check_station;
    }

    action refuse_key() {
        meta.drop_reason = DropReason.UNKNOWN_KEY;
    }

    @name(".layer2_tunnels")
    table layer2_tunnels {
        key = {
            meta.local_endpoint : exact @name("local_address");
            meta.received_key : exact @name("key");
        }
        actions = {
            end_layer2_tunnel;
            @defaultonly refuse_key;
        }
        const default_action = refuse_key();
        size = SESSIONS;
        COUNTED_BY(layer2_packets)
    }

    action permit() {
    }

    action refuse_station() {
        meta.drop_reason = DropReason.UNKNOWN_STATION;
    }

    /* At the home agent: by which addresses a session's node is known on the link. */
    @name(".layer2_stations")
    table layer2_stations {
        key = {
            meta.layer2_session : exact @name("session_id");
            hdr.inner_ethernet.source : exact @name("mac");
        }
        actions = {
            permit;
            @defaultonly refuse_station;
        }
        const default_action = refuse_station();
        size = SESSIONS;
    }

    apply {
        if (!hdr.gre_key.isValid()) {
            meta.drop_reason = DropReason.KEY_MISSING;
        } else if (layer2_tunnels.apply().hit) {
            meta.layer2 = 1;
            meta.delivered = 1;
            meta.rewrite = 1;
            if (meta.received_tunnel != meta.expected_tunnel) {
                meta.drop_reason = DropReason.WRONG_OUTER_SOURCE;
            } else if (meta.check_station == 1) {
                layer2_stations.apply();
            }
        }
    }
}

/* In the egress: the header of each copy of a flooded frame. */
control Layer2Copies(inout metadata_t meta, in bit<16> copy) {

    action copy_over_ip6(ip_t source, ip_t destination, bit<8> hop_limit, bit<32> key, bit<12> vlan_id,
                         mac_t source_mac, mac_t destination_mac) {
        meta.encapsulation = Encapsulation.ETHERNET_GRE_KEY;
        meta.tunnel_overhead = 48;
        meta.tunnel_version = 6;
        meta.tunnel_source = source;
        meta.tunnel_destination = destination;
        meta.tunnel_hop_limit = hop_limit;
        meta.tunnel_key = key;
        meta.egress_vlan = vlan_id;
        meta.source_mac = source_mac;
        meta.destination_mac = destination_mac;
        meta.rewrite = 1;
    }

    action copy_over_ip4(ip4_t source, ip4_t destination, bit<8> ttl, bit<32> key, bit<12> vlan_id,
                         mac_t source_mac, mac_t destination_mac) {
        meta.encapsulation = Encapsulation.ETHERNET_GRE_KEY;
        meta.tunnel_overhead = 28;
        meta.tunnel_version = 4;
        meta.tunnel_source = mapped(source);
        meta.tunnel_destination = mapped(destination);
        meta.tunnel_hop_limit = ttl;
        meta.tunnel_key = key;
        meta.egress_vlan = vlan_id;
        meta.source_mac = source_mac;
        meta.destination_mac = destination_mac;
        meta.rewrite = 1;
    }

    @name(".layer2_copies")
    table layer2_copies {
        key = {
            copy : exact @name("instance");
        }
        actions = {
            copy_over_ip6;
            copy_over_ip4;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = SESSIONS;
    }

    apply {
        layer2_copies.apply();
    }
}

#endif
