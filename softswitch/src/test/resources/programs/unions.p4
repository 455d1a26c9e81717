// SPDX-License-Identifier: Apache-2.0
// Header unions: options of two shapes, up to three of them, each told by its first octet.
#include <core.p4>
#include <v1model.p4>

header short_t {
    bit<8> kind;
    bit<8> value;
}

header long_t {
    bit<8>  kind;
    bit<24> value;
}

header_union option_t {
    short_t small;
    long_t  large;
}

header command_t {
    bit<8> op;
}

struct headers_t {
    command_t   command;
    option_t[3] options;
}

struct metadata_t { }

parser UnionParser(packet_in packet, out headers_t hdr, inout metadata_t meta,
                   inout standard_metadata_t standard_metadata) {
    state start {
        packet.extract(hdr.command);
        transition options;
    }
    state options {
        transition select(packet.lookahead<bit<8>>()) {
            1: small;
            2: large;
            default: accept;
        }
    }
    state small {
        packet.extract(hdr.options.next.small);
        transition options;
    }
    state large {
        packet.extract(hdr.options.next.large);
        transition options;
    }
}

control UnionVerify(inout headers_t hdr, inout metadata_t meta) {
    apply { }
}

control UnionIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    apply {
        standard_metadata.egress_spec = 1;
        if (hdr.command.op == 1) {
            if (hdr.options[0].small.isValid()) {
                hdr.options[0].small.value = hdr.options[0].small.value + 1;
            }
            if (hdr.options[1].large.isValid()) {
                hdr.options[1].large.value = hdr.options[1].large.value - 1;
            }
        } else if (hdr.command.op == 2) {
            hdr.options[0].large.setValid();
            hdr.options[0].large.kind = 2;
            hdr.options[0].large.value = 0xABCDEF;
        } else if (hdr.command.op == 3) {
            hdr.options[2].small.setInvalid();
            hdr.options[2].large.setInvalid();
        }
    }
}

control UnionEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    apply { }
}

control UnionCompute(inout headers_t hdr, inout metadata_t meta) {
    apply { }
}

control UnionDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.command);
        packet.emit(hdr.options);
    }
}

V1Switch(UnionParser(), UnionVerify(), UnionIngress(), UnionEgress(), UnionCompute(), UnionDeparser()) main;
