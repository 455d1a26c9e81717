// SPDX-License-Identifier: Apache-2.0
// MPLS: a stack of labels of any depth up to six, swapped, pushed and popped; what lies below is found by looking
// ahead, and a popped stack with more labels goes round again (recirculate).
#include <core.p4>
#include <v1model.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header label_t {
    bit<20> value;
    bit<3> class;
    bit<1> bottom;
    bit<8> ttl;
}

header ipv4_t {
    bit<4> version;
    bit<4> ihl;
    bit<56> head;
    bit<8> ttl;
    bit<8> protocol;
    bit<16> checksum;
    bit<32> src;
    bit<32> dst;
}

struct headers_t {
    ethernet_t ethernet;
    label_t[6] labels;
    ipv4_t ipv4;
}

struct metadata_t {
    @field_list(1)
    bit<8> rounds;
    bit<4> below;
    bit<20> label;
    bit<3> class;
    bit<1> again;
}

parser LabelParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x8847: parse_label;
            0x0800: parse_ipv4;
            default: accept;
        }
    }
    state parse_label {
        packet.extract(hdr.labels.next);
        transition select(hdr.labels.last.bottom) {
            0: parse_label;
            1: look_below;
        }
    }
    state look_below {
        meta.below = packet.lookahead<bit<4>>();
        transition select(meta.below) {
            4: parse_ipv4;
            default: accept;
        }
    }
    state parse_ipv4 {
        packet.extract(hdr.ipv4);
        transition accept;
    }
}

control LabelVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control LabelIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    action drop() {
        mark_to_drop(standard);
    }
    action swap_label(bit<20> value, bit<9> port) {
        hdr.labels[0].value = value;
        hdr.labels[0].ttl = hdr.labels[0].ttl |-| 1;
        standard.egress_spec = port;
    }
    action push_two(bit<20> outer, bit<20> inner, bit<9> port) {
        hdr.labels.push_front(2);
        hdr.labels[0].setValid();
        hdr.labels[0] = {outer, 7, 0, 64};
        hdr.labels[1].setValid();
        hdr.labels[1].value = inner;
        hdr.labels[1].class = 1;
        hdr.labels[1].bottom = (bit<1>) (hdr.labels[2].isValid() ? 1w0 : 1w1);
        hdr.labels[1].ttl = 64;
        hdr.ethernet.type = 0x8847;
        standard.egress_spec = port;
    }
    action pop(bit<9> port) {
        hdr.labels.pop_front(1);
        standard.egress_spec = port;
        meta.again = 1;
    }

    table tops {
        key = {
            hdr.labels[0].isValid(): exact @name("labelled");
            meta.label: ternary @name("label");
            meta.class: ternary @name("class");
        }
        actions = {
            swap_label;
            push_two;
            pop;
            drop;
        }
        default_action = drop();
        size = 128;
    }
    apply {
        if (standard.parser_error == error.StackOutOfBounds || meta.rounds > 4) {
            drop();
        } else {
            // Fields of a header that is not there have no value that one could rely on.
            if (hdr.labels[0].isValid()) {
                meta.label = hdr.labels[0].value;
                meta.class = hdr.labels[0].class;
            }
            tops.apply();
        }
    }
}

control LabelEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
        if (meta.again == 1) {
            if (hdr.labels[0].isValid()) {
                meta.rounds = meta.rounds + 1;
                recirculate_preserving_field_list(1);
            } else if (hdr.ipv4.isValid()) {
                hdr.ethernet.type = 0x0800;
                hdr.ipv4.ttl = hdr.ipv4.ttl |-| 1;
            } else {
                mark_to_drop(standard);
            }
        }
    }
}

control LabelCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(), {hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.head, hdr.ipv4.ttl,
                hdr.ipv4.protocol, hdr.ipv4.src, hdr.ipv4.dst}, hdr.ipv4.checksum, HashAlgorithm.csum16);
    }
}

control LabelDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.ethernet);
        packet.emit(hdr.labels);
        packet.emit(hdr.ipv4);
    }
}

V1Switch(LabelParser(), LabelVerify(), LabelIngress(), LabelEgress(), LabelCompute(), LabelDeparser()) main;
