// SPDX-License-Identifier: Apache-2.0
// Numbers of more than 64 bits: as keys of every kind, in registers, and in sums that saturate.
#include <core.p4>
#include <v1model.p4>

header wide_t {
    bit<8> operation;
    bit<128> a;
    bit<128> b;
    bit<96> result;
}

struct headers_t {
    wide_t wide;
}

struct metadata_t {
}

parser WideParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.wide);
        transition accept;
    }
}

control WideIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    register<bit<128>>(2) kept;

    action result(bit<96> value) {
        hdr.wide.result = value;
    }
    table by_range {
        key = {
            hdr.wide.a: range;
            hdr.wide.b: range;
            hdr.wide.operation: exact;
        }
        actions = {
            result;
            NoAction;
        }
        default_action = NoAction();
        const entries = {
            (0x1_0000000000000000 .. 0x1_ffffffffffffffff, 5 .. 0xffffffffffffffffffff, 1) : result(1);
            (0x0_ffffffffffffffff .. 0x2_0000000000000000, 5 .. 5, 1) : result(2);
            (0 .. 0xffffffffffffffffffffffffffffffff, 0x80000000000000000000000000000000 ..
                0xffffffffffffffffffffffffffffffff, 1) : result(3);
        }
    }
    table by_mask {
        key = {
            hdr.wide.a: ternary;
        }
        actions = {
            result;
            NoAction;
        }
        default_action = NoAction();
        const entries = {
            0x10000000000000000 &&& 0xf0000000000000000 : result(4);
        }
    }
    table by_prefix {
        key = {
            hdr.wide.b: lpm;
        }
        actions = {
            result;
            NoAction;
        }
        default_action = NoAction();
    }
    apply {
        standard.egress_spec = 1;
        if (hdr.wide.operation == 1) {
            by_range.apply();
        } else if (hdr.wide.operation == 2) {
            by_mask.apply();
            by_prefix.apply();
        } else if (hdr.wide.operation == 3) {
            hdr.wide.a = hdr.wide.a |+| hdr.wide.b;
            hdr.wide.b = hdr.wide.a |-| hdr.wide.b;
        } else if (hdr.wide.operation == 4) {
            bit<128> last;
            kept.read(last, 1);
            kept.write(1, hdr.wide.a << hdr.wide.operation);
            hdr.wide.b = last;
        }
    }
}

control WideEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
    }
}

control WideVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control WideCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control WideDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.wide);
    }
}

V1Switch(WideParser(), WideVerify(), WideIngress(), WideEgress(), WideCompute(), WideDeparser()) main;
