// SPDX-License-Identifier: Apache-2.0
// One of everything that P4Runtime can write or read, for the tests of the server.
#include <core.p4>
#include <v1model.p4>

const bit<9> CPU_PORT = 255;

@controller_header("packet_in")
header packet_in_t {
    bit<9> ingress_port;
    bit<7> pad;
    bit<16> reason;
}

@controller_header("packet_out")
header packet_out_t {
    bit<9> egress_port;
    bit<1> through_pipeline;
    bit<6> pad;
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
    bit<2> color;
    bit<1> known;
}

struct learn_t {
    bit<48> source;
    bit<9> port;
}

parser LabParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    value_set<bit<16>>(3) known_types;

    state start {
        transition select(standard.ingress_port) {
            CPU_PORT: parse_packet_out;
            default: parse_ethernet;
        }
    }
    state parse_packet_out {
        packet.extract(hdr.packet_out);
        transition parse_ethernet;
    }
    state parse_ethernet {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            known_types: parse_known;
            default: accept;
        }
    }
    state parse_known {
        meta.known = 1;
        transition accept;
    }
}

control LabIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    direct_counter(CounterType.packets_and_bytes) station_counter;
    direct_meter<bit<2>>(MeterType.packets) station_meter;
    counter(8, CounterType.packets_and_bytes) port_counter;
    meter(4, MeterType.bytes) port_meter;
    register<bit<20>>(4) marks;
    action_selector(HashAlgorithm.crc16, 16, 8) next_hops;
    action_profile(2) rewrites;

    action drop() {
        mark_to_drop(standard);
    }
    action forward(bit<9> port) {
        standard.egress_spec = port;
    }
    action flood(bit<16> group) {
        standard.mcast_grp = group;
    }
    action punt(bit<16> reason) {
        hdr.packet_in.setValid();
        hdr.packet_in.ingress_port = standard.ingress_port;
        hdr.packet_in.reason = reason;
        standard.egress_spec = CPU_PORT;
    }
    action learn() {
        digest<learn_t>(1, {hdr.ethernet.source, standard.ingress_port});
    }
    action copy(bit<32> session) {
        clone(CloneType.I2E, session);
    }
    action mark(bit<32> index, bit<20> value) {
        marks.write(index, value);
    }
    action nothing() {
    }
    action measure() {
        station_meter.read(meta.color);
    }

    table stations {
        key = {
            hdr.ethernet.destination: exact;
        }
        actions = {
            forward;
            flood;
            punt;
            @tableonly copy;
            @defaultonly drop;
        }
        counters = station_counter;
        default_action = drop();
        size = 4;
    }
    table metered {
        key = {
            hdr.ethernet.destination: exact;
        }
        actions = {
            measure;
            nothing;
        }
        meters = station_meter;
        const default_action = nothing();
        size = 4;
    }
    table prefixes {
        key = {
            hdr.ethernet.source: lpm;
        }
        actions = {
            forward;
            nothing;
        }
        default_action = nothing();
    }
    table rules {
        key = {
            hdr.ethernet.type: ternary;
            standard.ingress_port: range;
            hdr.ethernet.source: optional;
        }
        actions = {
            punt;
            learn;
            mark;
            nothing;
        }
        default_action = nothing();
        size = 8;
    }
    table fixed {
        key = {
            hdr.ethernet.type: exact;
        }
        actions = {
            forward;
            nothing;
        }
        const entries = {
            0x88b5: forward(3);
        }
        const default_action = nothing();
    }
    table spread {
        key = {
            hdr.ethernet.type: exact;
            hdr.ethernet.source: selector;
        }
        actions = {
            forward;
            nothing;
        }
        implementation = next_hops;
    }
    table rewritten {
        key = {
            hdr.ethernet.type: exact;
        }
        actions = {
            forward;
            nothing;
        }
        implementation = rewrites;
    }
    table recent {
        key = {
            hdr.ethernet.source: exact;
        }
        actions = {
            nothing;
        }
        default_action = nothing();
        support_timeout = true;
    }
    apply {
        if (hdr.packet_out.isValid() && hdr.packet_out.through_pipeline == 0) {
            standard.egress_spec = hdr.packet_out.egress_port;
            hdr.packet_out.setInvalid();
        } else {
            hdr.packet_out.setInvalid();
            port_counter.count((bit<32>) standard.ingress_port);
            port_meter.execute_meter((bit<32>) standard.ingress_port, meta.color);
            stations.apply();
            metered.apply();
            prefixes.apply();
            fixed.apply();
            spread.apply();
            rewritten.apply();
            recent.apply();
            rules.apply();
            if (meta.known == 1) {
                punt(0xfeed);
            }
        }
    }
}

control LabEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
    }
}

control LabVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control LabCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control LabDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.packet_in);
        packet.emit(hdr.ethernet);
    }
}

V1Switch(LabParser(), LabVerify(), LabIngress(), LabEgress(), LabCompute(), LabDeparser()) main;
