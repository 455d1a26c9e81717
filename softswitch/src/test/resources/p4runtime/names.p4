// SPDX-License-Identifier: Apache-2.0
// Types that controllers know by strings, in every place where P4Runtime carries values.
#include <core.p4>
#include <v1model.p4>

const bit<9> CPU_PORT = 255;

@p4runtime_translation("", string)
type bit<9> port_id_t;

// Controllers know these by numbers of another width.
@p4runtime_translation("example.org/wide_port", bit<32>)
type bit<9> wide_port_t;

@p4runtime_translation("", string)
@p4runtime_translation_mappings({ { "", 0 }, { "blue", 3 }, })
type bit<3> vrf_id_t;

@p4runtime_translation("example.org/neighbour", string)
type bit<16> neighbour_id_t;

// The same names in fewer bits.
@p4runtime_translation("example.org/neighbour", string)
type bit<12> short_neighbour_id_t;

@controller_header("packet_in")
header packet_in_t {
    port_id_t ingress_port;
    wide_port_t wide;
    bit<6> pad;
}

@controller_header("packet_out")
header packet_out_t {
    port_id_t egress_port;
    bit<7> pad;
}

header ethernet_t {
    bit<48> destination;
    bit<48> source;
    bit<16> type;
}

struct headers_t {
    packet_in_t packet_in;
    packet_out_t packet_out;
    ethernet_t ethernet;
}

struct metadata_t {
    port_id_t port;
    vrf_id_t vrf;
    neighbour_id_t neighbour;
    short_neighbour_id_t short_neighbour;
}

struct learnt_t {
    bit<48> source;
    port_id_t port;
    vrf_id_t vrf;
}

parser Reader(packet_in packet, out headers_t headers, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        meta.port = (port_id_t) standard.ingress_port;
        transition select(standard.ingress_port) {
            CPU_PORT: sent;
            default: frame;
        }
    }
    state sent {
        packet.extract(headers.packet_out);
        transition frame;
    }
    state frame {
        packet.extract(headers.ethernet);
        transition accept;
    }
}

control Verify(inout headers_t headers, inout metadata_t meta) {
    apply { }
}

control NamesIngress(inout headers_t headers, inout metadata_t meta, inout standard_metadata_t standard) {
    register<port_id_t>(4) last_port;

    action set_vrf(vrf_id_t vrf) {
        meta.vrf = vrf;
    }

    action to_neighbour(neighbour_id_t neighbour, short_neighbour_id_t backup) {
        meta.neighbour = neighbour;
        meta.short_neighbour = backup;
    }

    action forward(port_id_t port) {
        standard.egress_spec = (bit<9>) port;
    }

    action punt() {
        headers.packet_in.setValid();
        headers.packet_in.ingress_port = meta.port;
        headers.packet_in.wide = (wide_port_t) standard.ingress_port;
        standard.egress_spec = CPU_PORT;
    }

    action multicast(bit<16> group) {
        standard.mcast_grp = group;
    }

    action drop() {
        mark_to_drop(standard);
    }

    table ports {
        key = {
            meta.port: exact;
        }
        actions = {
            set_vrf;
            drop;
        }
        default_action = drop();
    }

    table routes {
        key = {
            meta.vrf: exact;
            headers.ethernet.destination: lpm;
        }
        actions = {
            to_neighbour;
            punt;
            multicast;
            drop;
        }
        default_action = drop();
    }

    table neighbours {
        key = {
            meta.neighbour: exact;
        }
        actions = {
            forward;
            drop;
        }
        default_action = drop();
    }

    table rules {
        key = {
            meta.short_neighbour: optional;
            meta.port: optional;
        }
        actions = {
            drop;
        }
    }

    apply {
        if (headers.packet_out.isValid()) {
            standard.egress_spec = (bit<9>) headers.packet_out.egress_port;
            headers.packet_out.setInvalid();
        } else {
            ports.apply();
            last_port.write(0, meta.port);
            digest<learnt_t>(1, {headers.ethernet.source, meta.port, meta.vrf});
            switch (routes.apply().action_run) {
                to_neighbour: {
                    neighbours.apply();
                    rules.apply();
                }
            }
        }
    }
}

control NamesEgress(inout headers_t headers, inout metadata_t meta, inout standard_metadata_t standard) {
    apply { }
}

control Compute(inout headers_t headers, inout metadata_t meta) {
    apply { }
}

control Writer(packet_out packet, in headers_t headers) {
    apply {
        packet.emit(headers.packet_in);
        packet.emit(headers.ethernet);
    }
}

V1Switch(Reader(), Verify(), NamesIngress(), NamesEgress(), Compute(), Writer()) main;
