// SPDX-License-Identifier: Apache-2.0
// A bridge with VLANs: tags are pushed and popped, flooding is by multicast groups that prune the port a frame came
// from, and a filter of ternary, range and optional keys decides first.
#include <core.p4>
#include <v1model.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header vlan_t {
    bit<3> priority;
    bit<1> drop_eligible;
    bit<12> id;
    bit<16> type;
}

header ipv4_t {
    bit<4> version;
    bit<4> ihl;
    bit<6> dscp;
    bit<2> ecn;
    bit<16> length;
    bit<32> rest;
    bit<8> ttl;
    bit<8> protocol;
    bit<16> checksum;
    bit<32> src;
    bit<32> dst;
}

header ports_t {
    bit<16> src;
    bit<16> dst;
}

struct headers_t {
    ethernet_t ethernet;
    vlan_t vlan;
    ipv4_t ipv4;
    ports_t ports;
}

struct metadata_t {
    bit<12> vlan;
    bit<1> tagged_out;
}

parser FilterParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x8100: parse_vlan;
            0x0800: parse_ipv4;
            default: accept;
        }
    }
    state parse_vlan {
        packet.extract(hdr.vlan);
        transition select(hdr.vlan.type) {
            0x0800: parse_ipv4;
            default: accept;
        }
    }
    state parse_ipv4 {
        packet.extract(hdr.ipv4);
        transition select(hdr.ipv4.protocol) {
            6: parse_ports;
            17: parse_ports;
            default: accept;
        }
    }
    state parse_ports {
        packet.extract(hdr.ports);
        transition accept;
    }
}

control FilterVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control FilterIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    direct_counter(CounterType.packets_and_bytes) rule_counter;

    action drop() {
        mark_to_drop(standard);
        exit;
    }
    action permit() {
    }
    action mark(bit<6> dscp) {
        hdr.ipv4.dscp = dscp;
    }
    action set_vlan(bit<12> id) {
        meta.vlan = id;
    }
    action forward(bit<9> port) {
        standard.egress_spec = port;
    }
    action flood(bit<16> group) {
        standard.mcast_grp = group;
    }

    table port_vlan {
        key = {
            standard.ingress_port: exact;
        }
        actions = {
            set_vlan;
            drop;
        }
        const default_action = drop();
        size = 64;
    }
    table rules {
        key = {
            hdr.ipv4.src: ternary;
            hdr.ipv4.dst: ternary;
            hdr.ipv4.protocol: optional;
            hdr.ports.dst: range;
            hdr.vlan.isValid(): exact;
        }
        actions = {
            permit;
            mark;
            drop;
        }
        default_action = permit();
        counters = rule_counter;
        size = 256;
    }
    table stations {
        key = {
            meta.vlan: exact;
            hdr.ethernet.dst: exact;
        }
        actions = {
            forward;
            flood;
        }
        size = 1024;
    }
    table vlans {
        key = {
            meta.vlan: exact;
        }
        actions = {
            flood;
            drop;
        }
        const default_action = drop();
        size = 64;
    }
    apply {
        if (hdr.vlan.isValid()) {
            meta.vlan = hdr.vlan.id;
        } else {
            port_vlan.apply();
        }
        if (hdr.ipv4.isValid()) {
            rules.apply();
        }
        switch (stations.apply().action_run) {
            forward: {
            }
            flood: {
            }
            default: {
                vlans.apply();
            }
        }
    }
}

control FilterEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    action tag() {
        meta.tagged_out = 1;
    }
    action plain() {
        meta.tagged_out = 0;
    }
    table members {
        key = {
            standard.egress_port: exact;
            meta.vlan: exact;
        }
        actions = {
            tag;
            plain;
        }
        const default_action = plain();
        size = 256;
    }
    apply {
        if (standard.egress_port == standard.ingress_port) {
            mark_to_drop(standard);
        } else {
            members.apply();
            if (meta.tagged_out == 1 && !hdr.vlan.isValid()) {
                hdr.vlan.setValid();
                hdr.vlan.priority = 0;
                hdr.vlan.drop_eligible = 0;
                hdr.vlan.id = meta.vlan;
                hdr.vlan.type = hdr.ethernet.type;
                hdr.ethernet.type = 0x8100;
            } else if (meta.tagged_out == 0 && hdr.vlan.isValid()) {
                hdr.ethernet.type = hdr.vlan.type;
                hdr.vlan.setInvalid();
            }
        }
    }
}

control FilterCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(), {hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.dscp, hdr.ipv4.ecn,
                hdr.ipv4.length, hdr.ipv4.rest, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.src, hdr.ipv4.dst},
                hdr.ipv4.checksum, HashAlgorithm.csum16);
    }
}

control FilterDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr);
    }
}

V1Switch(FilterParser(), FilterVerify(), FilterIngress(), FilterEgress(), FilterCompute(), FilterDeparser()) main;
