/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_TUNNEL_BEGIN
#define PMIP_TUNNEL_BEGIN

/*
 * Where tunnels begin. At the anchor, what is addressed into a home network goes to the session's gateway, wherever the
 * packet came from, so that two mobile nodes reach each other in one pass. At the gateway, what a mobile node sends
 * goes to the session's anchor.
 *
 * The session stands between the addresses and the tunnel: a handoff is one write, whatever the number of prefixes.
 */
control TunnelBegin(inout headers_t hdr, inout metadata_t meta) {

    action to_session(session_t session_id) {
        meta.downlink_session = session_id;
    }

    /* For the aggregates of the home networks, under the prefixes that are in use. */
    action no_binding() {
        meta.drop_reason = DropReason.NO_BINDING;
    }

    @name(".home_networks")
    table home_networks {
        key = {
            meta.domain : exact @name("domain");
            meta.ip_version : exact @name("ip_version");
            meta.destination : lpm @name("destination");
        }
        actions = {
            to_session;
            no_binding;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = HOME_ADDRESSES;
    }

    ENTRY_COUNTER(session_packets);

    action encapsulate_ip(tunnel_t tunnel_id) {
        meta.encapsulation = Encapsulation.IP;
        meta.tunnel = tunnel_id;
        meta.tunnel_overhead = 0;
    }

    action encapsulate_gre(tunnel_t tunnel_id) {
        meta.encapsulation = Encapsulation.GRE;
        meta.tunnel = tunnel_id;
        meta.tunnel_overhead = 4;
    }

    action encapsulate_gre_key(tunnel_t tunnel_id, bit<32> key) {
        meta.encapsulation = Encapsulation.GRE_KEY;
        meta.tunnel = tunnel_id;
        meta.tunnel_key = key;
        meta.tunnel_overhead = 8;
    }

    action encapsulate_udp(tunnel_t tunnel_id) {
        meta.encapsulation = Encapsulation.UDP;
        meta.tunnel = tunnel_id;
        meta.tunnel_overhead = 8;
    }

    action encapsulate_udp_tlv_gre(tunnel_t tunnel_id) {
        meta.encapsulation = Encapsulation.UDP_TLV_GRE;
        meta.tunnel = tunnel_id;
        meta.tunnel_overhead = 16;
    }

    action encapsulate_udp_tlv_gre_key(tunnel_t tunnel_id, bit<32> key) {
        meta.encapsulation = Encapsulation.UDP_TLV_GRE_KEY;
        meta.tunnel = tunnel_id;
        meta.tunnel_key = key;
        meta.tunnel_overhead = 20;
    }

    action encapsulate_ethernet_gre_key(tunnel_t tunnel_id, bit<32> key) {
        meta.encapsulation = Encapsulation.ETHERNET_GRE_KEY;
        meta.tunnel = tunnel_id;
        meta.tunnel_key = key;
        meta.tunnel_overhead = 8;
    }

    /* During MinDelayBeforeBCEDelete the session is known and has no tunnel. */
    action discard() {
        meta.drop_reason = DropReason.SESSION_ENDING;
    }

    action refuse_session() {
        meta.drop_reason = DropReason.UNKNOWN_SESSION;
    }

    @name(".downlink_sessions")
    table downlink_sessions {
        key = {
            meta.downlink_session : exact @name("session_id");
        }
        actions = {
            encapsulate_ip;
            encapsulate_gre;
            encapsulate_gre_key;
            encapsulate_udp;
            encapsulate_udp_tlv_gre;
            encapsulate_udp_tlv_gre_key;
            encapsulate_ethernet_gre_key;
            discard;
            @defaultonly refuse_session;
        }
        const default_action = refuse_session();
        size = SESSIONS;
        COUNTED_BY(session_packets)
    }

    /* A node without the mobility service, at the gateway: its packets go where its routing domain says. */
    action route_plainly() {
    }

    ENTRY_COUNTER(access_packets);

    @name(".access_uplinks")
    table access_uplinks {
        key = {
            meta.access_session : exact @name("session_id");
        }
        actions = {
            encapsulate_ip;
            encapsulate_gre;
            encapsulate_gre_key;
            encapsulate_udp;
            encapsulate_udp_tlv_gre;
            encapsulate_udp_tlv_gre_key;
            encapsulate_ethernet_gre_key;
            route_plainly;
            discard;
            @defaultonly refuse_session;
        }
        const default_action = refuse_session();
        size = SESSIONS;
        COUNTED_BY(access_packets)
    }

    action ip6_path(ip_t source, ip_t destination, bit<8> hop_limit, bit<16> mtu) {
        meta.tunnel_version = 6;
        meta.tunnel_source = source;
        meta.tunnel_destination = destination;
        meta.tunnel_hop_limit = hop_limit;
        meta.tunnel_mtu = (bit<32>) mtu;
        meta.tunnel_overhead = meta.tunnel_overhead + 40;
    }

    /* The ports are those of encapsulations with UDP; the peer's is another than 5437 behind a translator. */
    action ip4_path(ip4_t source, ip4_t destination, bit<8> ttl, bit<16> mtu, bit<16> source_port,
                    bit<16> destination_port) {
        meta.tunnel_version = 4;
        meta.tunnel_source = mapped(source);
        meta.tunnel_destination = mapped(destination);
        meta.tunnel_hop_limit = ttl;
        meta.tunnel_mtu = (bit<32>) mtu;
        meta.tunnel_source_port = source_port;
        meta.tunnel_destination_port = destination_port;
        meta.tunnel_overhead = meta.tunnel_overhead + 20;
    }

    action no_path() {
        meta.drop_reason = DropReason.NO_TUNNEL_ENDPOINTS;
    }

    @name(".tunnel_endpoints")
    table tunnel_endpoints {
        key = {
            meta.tunnel : exact @name("tunnel_id");
        }
        actions = {
            ip6_path;
            ip4_path;
            @defaultonly no_path;
        }
        const default_action = no_path();
        size = TUNNELS;
    }

    apply {
        if (meta.role == Role.ACCESS) {
            access_uplinks.apply();
        } else if (meta.layer2 == 1) {
            downlink_sessions.apply();
        } else if (home_networks.apply().hit && meta.drop_reason == DropReason.NONE) {
            downlink_sessions.apply();
        }
        if (meta.drop_reason == DropReason.NONE && meta.encapsulation != Encapsulation.NONE
                && tunnel_endpoints.apply().hit) {
            if (meta.tunnel_version == 6 && (meta.encapsulation == Encapsulation.UDP
                    || meta.encapsulation == Encapsulation.UDP_TLV_GRE
                    || meta.encapsulation == Encapsulation.UDP_TLV_GRE_KEY)) {
                /* The documents know UDP between IPv4 addresses only. */
                meta.drop_reason = DropReason.NO_TUNNEL_ENDPOINTS;
            } else if ((meta.encapsulation == Encapsulation.ETHERNET_GRE_KEY) != (meta.layer2 == 1)) {
                meta.drop_reason = DropReason.WRONG_ENCAPSULATION;
            } else if (meta.length + meta.tunnel_overhead > meta.tunnel_mtu) {
                meta.drop_reason = DropReason.TOO_BIG;
                meta.reported_mtu = meta.tunnel_mtu - meta.tunnel_overhead;
                if (meta.layer2 == 1) {
                    meta.reported_mtu = meta.reported_mtu - 14;
                }
            }
        }
    }
}

#endif
