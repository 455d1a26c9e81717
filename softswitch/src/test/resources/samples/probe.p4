// SPDX-License-Identifier: Apache-2.0
// State and copies: counters, registers with arithmetic of several widths, meters, copies at ingress and egress that
// keep fields, truncation, resubmission and hashes. The frame says what is to be done, and carries results away.
#include <core.p4>
#include <v1model.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header order_t {
    bit<8> code;
    bit<8> cell;
    int<16> signed_value;
    bit<24> value;
    bit<40> wide;
    bit<16> result;
}

header trailer_t {
    bit<8> kind;
    bit<8> rounds;
    bit<16> hash;
    bit<32> sum;
    bit<2> color;
    bit<6> pad;
}

struct headers_t {
    ethernet_t ethernet;
    order_t order;
    trailer_t trailer;
}

struct metadata_t {
    @field_list(1, 2, 3)
    bit<8> mark;
    @field_list(3)
    bit<8> rounds;
    bit<2> color;
    bit<32> old;
    bit<1> again;
}

parser ProbeParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x88b6: parse_order;
            default: accept;
        }
    }
    state parse_order {
        packet.extract(hdr.order);
        transition accept;
    }
}

control ProbeVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control ProbeIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    counter(16, CounterType.packets_and_bytes) cells;
    direct_counter(CounterType.packets) per_code;
    direct_meter<bit<2>>(MeterType.bytes) code_meter;
    meter(4, MeterType.packets) limits;
    register<bit<32>>(16) sums;
    register<int<16>>(16) extremes;

    action drop() {
        mark_to_drop(standard);
    }
    action send(bit<9> port) {
        code_meter.read(meta.color);
        standard.egress_spec = port;
    }
    action add_up(bit<9> port) {
        code_meter.read(meta.color);
        sums.read(meta.old, (bit<32>) hdr.order.cell & 15);
        meta.old = meta.old + (bit<32>) hdr.order.value;
        sums.write((bit<32>) hdr.order.cell & 15, meta.old);
        hdr.order.result = (bit<16>) (meta.old >> 4) ^ meta.old[31:16];
        standard.egress_spec = port;
    }
    action extreme(bit<9> port) {
        int<16> greatest;
        extremes.read(greatest, (bit<32>) hdr.order.cell & 15);
        if (hdr.order.signed_value > greatest) {
            greatest = hdr.order.signed_value;
        }
        extremes.write((bit<32>) hdr.order.cell & 15, greatest);
        hdr.order.result = (bit<16>) (greatest |+| 16s1000);
        standard.egress_spec = port;
    }
    action calculate(bit<9> port, bit<40> constant) {
        hdr.order.wide = (hdr.order.wide * constant) ^ (hdr.order.wide |-| constant);
        hdr.order.value = hdr.order.value << (bit<8>) hdr.order.cell[4:0];
        hdr.order.signed_value = hdr.order.signed_value >> 3;
        hdr.order.result = hdr.order.wide[39:24] | 16w0x101;
        standard.egress_spec = port;
    }
    action copy(bit<32> session, bit<8> mark, bit<9> port) {
        meta.mark = mark;
        clone_preserving_field_list(CloneType.I2E, session, 1);
        standard.egress_spec = port;
    }
    action once_more(bit<9> port) {
        standard.egress_spec = port;
        meta.mark = meta.mark + 3;
        meta.rounds = meta.rounds + 1;
        meta.again = 1;
    }
    action shorten(bit<9> port, bit<32> octets) {
        truncate(octets);
        standard.egress_spec = port;
    }

    table codes {
        key = {
            hdr.order.code: exact;
        }
        actions = {
            send;
            add_up;
            drop;
        }
        counters = per_code;
        meters = code_meter;
        default_action = drop();
        size = 64;
    }
    table orders {
        key = {
            hdr.order.code: exact;
            hdr.order.value: lpm;
        }
        actions = {
            extreme;
            calculate;
            copy;
            once_more;
            shorten;
            drop;
            NoAction;
        }
        default_action = NoAction();
        size = 64;
    }
    apply {
        if (!hdr.order.isValid()) {
            drop();
        } else {
            cells.count((bit<32>) hdr.order.cell & 15);
            if (!codes.apply().hit) {
                orders.apply();
            }
            limits.execute_meter((bit<32>) hdr.order.cell & 3, meta.color);
            if (meta.again == 1 && meta.rounds < 4) {
                resubmit_preserving_field_list(3);
            }
        }
    }
}

control ProbeEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    action copy_out(bit<32> session) {
        clone_preserving_field_list(CloneType.E2E, session, 2);
    }
    table mirrors {
        key = {
            standard.egress_port: exact;
            standard.instance_type: exact;
        }
        actions = {
            copy_out;
            NoAction;
        }
        default_action = NoAction();
        size = 16;
    }
    apply {
        mirrors.apply();
        hdr.trailer.setValid();
        hdr.trailer.kind = (bit<8>) standard.instance_type;
        hdr.trailer.rounds = meta.rounds ^ meta.mark;
        hash(hdr.trailer.hash, HashAlgorithm.crc16, 16w0, {hdr.ethernet.src, hdr.order.code, hdr.order.value},
                32w0x10000);
        hash(hdr.trailer.sum, HashAlgorithm.crc32, 32w7, {hdr.order.wide, hdr.order.result}, 32w0xfffffff0);
        hdr.trailer.color = meta.color;
        hdr.trailer.pad = (bit<6>) standard.egress_rid;
    }
}

control ProbeCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control ProbeDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.ethernet);
        packet.emit(hdr.order);
        packet.emit(hdr.trailer);
    }
}

V1Switch(ProbeParser(), ProbeVerify(), ProbeIngress(), ProbeEgress(), ProbeCompute(), ProbeDeparser()) main;
