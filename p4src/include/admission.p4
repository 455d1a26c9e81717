/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_ADMISSION
#define PMIP_ADMISSION

/* Which network a frame comes from, whether it is for this node, and whether the controller must see it. */
control Admission(inout headers_t hdr, inout metadata_t meta) {

    action connect(Role role, domain_t domain) {
        meta.role = role;
        meta.domain = domain;
    }

    action refuse_interface() {
        meta.drop_reason = DropReason.UNKNOWN_INTERFACE;
    }

    /* A port, or one VLAN of a port (0: untagged). */
    @name(".interfaces")
    table interfaces {
        key = {
            meta.ingress_port : exact @name("ingress_port");
            meta.vlan_id : exact @name("vlan_id");
        }
        actions = {
            connect;
            @defaultonly refuse_interface;
        }
        const default_action = refuse_interface();
        size = INTERFACES;
    }

    ENTRY_COUNTER(node_packets);

    action attach(session_t session_id, domain_t domain, bit<1> local_routing) {
        meta.node_known = 1;
        meta.access_session = session_id;
        meta.domain = domain;
        meta.local_routing = local_routing;
    }

    /* All frames of the node, whoever they are for, belong into its tunnel. */
    action attach_layer2(session_t session_id) {
        meta.node_known = 1;
        meta.access_session = session_id;
        meta.layer2 = 1;
    }

    /* A miss is not yet a drop: the controller must see how a node announces itself. */
    @name(".access_nodes")
    table access_nodes {
        key = {
            meta.ingress_port : exact @name("ingress_port");
            meta.vlan_id : exact @name("vlan_id");
            hdr.ethernet.source : exact @name("mac");
        }
        actions = {
            attach;
            attach_layer2;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = SESSIONS;
        COUNTED_BY(node_packets)
    }

    action accept_frame() {
        meta.frame_accepted = 1;
    }

    /* Our link-layer addresses. A miss is not yet a drop: neighbour discovery comes in group frames. */
    @name(".stations")
    table stations {
        key = {
            meta.ingress_port : exact @name("ingress_port");
            hdr.ethernet.destination : exact @name("mac");
        }
        actions = {
            accept_frame;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = STATIONS;
    }

    action deliver_locally() {
        meta.to_local = 1;
    }

    @name(".local_addresses")
    table local_addresses {
        key = {
            meta.domain : exact @name("domain");
            meta.destination : exact @name("address");
        }
        actions = {
            deliver_locally;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = LOCAL_ADDRESSES;
    }

    action to_controller(PuntClass punt_class) {
        meta.punt_class = punt_class;
    }

    @name(".punt")
    table punt {
        key = {
            meta.role : ternary @name("role");
            meta.ether_type : ternary @name("ether_type");
            meta.next_header : ternary @name("next_header");
            meta.to_local : ternary @name("to_local");
            meta.mobility_type : ternary @name("mobility_type");
            meta.icmp_type : ternary @name("icmp_type");
            meta.destination_port : ternary @name("destination_port");
        }
        actions = {
            to_controller;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        size = PUNT_RULES;
    }

    apply {
        if (!interfaces.apply().hit) {
            /* Nobody's; dropped. */
        } else if (meta.role == Role.ACCESS && access_nodes.apply().hit && meta.layer2 == 1) {
            meta.frame_accepted = 1;
        } else if (meta.role == Role.BRIDGED) {
            meta.layer2 = 1;
        } else {
            stations.apply();
            meta.group_frame = hdr.ethernet.destination[40:40];
            if (meta.frame_accepted == 1) {
                local_addresses.apply();
            }
            if (meta.frame_accepted == 1 || meta.group_frame == 1) {
                punt.apply();
            }
            if (meta.punt_class == PuntClass.NONE && meta.frame_accepted == 0) {
                meta.drop_reason = DropReason.NOT_OUR_MAC;
            }
        }
    }
}

#endif
