// SPDX-License-Identifier: Apache-2.0
// One program that uses what the programs of this product do not: arithmetic of every kind, stacks, varbit, registers,
// indirect counters and meters, hashes, digests, clones, resubmission, recirculation, multicast, selectors.
#include <core.p4>
#define V1MODEL_VERSION 20200408
#include <v1model.p4>

error { BadTag }

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header command_t {
    bit<8>   op;
    bit<8>   flag;
    bit<16>  arg;
    bit<64>  a;
    bit<64>  b;
    bit<128> wide;
    int<8>   s;
    int<16>  t;
    bit<7>   odd;
    bit<1>   one;
}

header tag_t {
    bit<3>  pcp;
    bit<1>  last;
    bit<12> vid;
}

header options_t {
    bit<8>      length;
    varbit<320> data;
}

struct headers_t {
    ethernet_t ethernet;
    command_t  command;
    tag_t[4]   tags;
    options_t  options;
    options_t  copied;
}

struct pair_t {
    bit<128> wide;
    bit<8>   op;
}

struct seen_t {
    bit<48> src;
    bit<9>  port;
    bit<16> arg;
}

struct metadata_t {
    @field_list(1)
    bit<16> kept;
    bit<16> lost;
    @field_list(1)
    bit<8>  rounds;
    bit<2>  color;
    bit<2>  direct_color;
    bit<32> digest;
    bit<16> index;
    bit<8>  hop;
}

parser FeatureParser(packet_in packet, out headers_t hdr, inout metadata_t meta,
                     inout standard_metadata_t standard_metadata) {
    value_set<bit<16>>(4) commands;
    value_set<pair_t>(2) pairs;

    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x88B5: command;
            commands: command;
            0x8600: paired;
            0x8800 &&& 0xFF00: skip;
            0x8700: circle;
            0x9000 .. 0x900F: tags;
            default: accept;
        }
    }
    state paired {
        packet.extract(hdr.command);
        transition select(hdr.command.wide, hdr.command.op) {
            pairs: tags;
            default: accept;
        }
    }
    state circle {
        transition select(hdr.ethernet.dst[0:0]) {
            1: circle;
            default: accept;
        }
    }
    state skip {
        bit<8> length = packet.lookahead<bit<8>>();
        packet.advance((bit<32>) length << 3);
        transition accept;
    }
    state command {
        packet.extract(hdr.command);
        transition select(hdr.command.op) {
            50: tags;
            51: options;
            80 .. 84: tags;
            85: options;
            default: accept;
        }
    }
    state tags {
        packet.extract(hdr.tags.next);
        verify(hdr.tags.last.vid != 0xFFF, error.BadTag);
        transition select(hdr.tags.last.last) {
            0: tags;
            1: accept;
        }
    }
    state options {
        bit<8> length = packet.lookahead<bit<8>>();
        packet.extract(hdr.options, (bit<32>) length * 8);
        transition accept;
    }
}

control FeatureVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
        verify_checksum(hdr.command.isValid() && hdr.command.op == 86,
                        { hdr.ethernet.dst, hdr.command.a }, hdr.command.arg, HashAlgorithm.csum16);
    }
}

control FeatureIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    counter<bit<16>>(16, CounterType.packets_and_bytes) packets;
    meter<bit<16>>(16, MeterType.packets) pace;
    register<bit<64>, bit<16>>(16) memory;
    register<bit<128>, bit<16>>(4) wide_memory;
    direct_counter(CounterType.packets_and_bytes) route_hits;
    direct_meter<bit<2>>(MeterType.bytes) route_pace;

    action drop() {
        mark_to_drop(standard_metadata);
    }

    action forward(bit<9> port) {
        standard_metadata.egress_spec = port;
    }

    action route(bit<9> port, bit<128> stamp) {
        route_hits.count();
        route_pace.read(meta.direct_color);
        standard_metadata.egress_spec = port;
        hdr.command.wide = stamp;
        hdr.command.flag = (bit<8>) meta.direct_color;
    }

    table ports {
        key = { standard_metadata.ingress_port: exact; }
        actions = { forward; drop; NoAction; }
        default_action = drop();
        size = 16;
        support_timeout = true;
    }

    table routes {
        key = { hdr.command.wide: lpm; }
        actions = { route; drop; }
        default_action = drop();
        counters = route_hits;
        meters = route_pace;
        size = 8;
    }

    table classes {
        key = {
            hdr.command.wide: ternary;
            hdr.command.arg: range;
            hdr.command.a: optional;
            hdr.command.isValid(): exact;
        }
        actions = { forward; drop; NoAction; }
        size = 64;
    }

    table fixed {
        key = { hdr.command.arg: ternary; }
        actions = { forward; NoAction; }
        const entries = {
            0x0100 &&& 0xFF00: forward(7);
            0x0000 &&& 0x8000: forward(8);
            _: NoAction();
        }
    }

    action_selector(HashAlgorithm.crc16, 32w16, 32w16) spread;

    table balanced {
        key = {
            hdr.command.arg: exact;
            hdr.command.a: selector;
            hdr.command.b: selector;
        }
        actions = { forward; NoAction; }
        implementation = spread;
        size = 16;
    }

    /** The compiler turns the condition into an expression. */
    action pick() {
        if (hdr.command.a > hdr.command.b) {
            hdr.command.wide = hdr.command.a ++ hdr.command.b;
        } else {
            hdr.command.wide = hdr.command.b ++ hdr.command.a;
            hdr.command.flag = 0xFF;
        }
    }

    /** The compiler chooses between whole headers. */
    action choose_tag() {
        if (hdr.command.flag == 0) {
            hdr.tags[1] = hdr.tags[0];
        }
    }

    action remember() {
        bit<64> value;
        memory.read(value, hdr.command.arg);
        memory.write(hdr.command.arg, value + hdr.command.a);
        hdr.command.b = value;
    }

    action remember_wide() {
        bit<128> value;
        wide_memory.read(value, hdr.command.arg);
        wide_memory.write(hdr.command.arg, hdr.command.wide);
        hdr.command.wide = value;
    }

    apply {
        ports.apply();
        if (hdr.tags[0].isValid() && !hdr.command.isValid()) {
            hdr.tags.pop_front(1);
            hdr.ethernet.type = 0x9001;
        } else if (hdr.command.isValid()) {
            if (hdr.command.op < 40) {
                bit<8> op = hdr.command.op;
                bit<64> a = hdr.command.a;
                bit<64> b = hdr.command.b;
                int<8> s = hdr.command.s;
                int<16> t = hdr.command.t;
                if (op == 0) { hdr.command.a = a + b; }
                else if (op == 1) { hdr.command.a = a - b; }
                else if (op == 2) { hdr.command.a = a * b; }
                else if (op == 3) { hdr.command.a = a |+| b; }
                else if (op == 4) { hdr.command.a = a |-| b; }
                else if (op == 5) { hdr.command.a = a << hdr.command.flag; }
                else if (op == 6) { hdr.command.a = a >> hdr.command.flag; }
                else if (op == 7) { hdr.command.a = ~a; }
                else if (op == 8) { hdr.command.a = -a; }
                else if (op == 9) { hdr.command.a = (a & b) | (a ^ 0xFF); }
                else if (op == 10) { hdr.command.wide = hdr.command.wide + (bit<128>) a; }
                else if (op == 11) { hdr.command.wide = hdr.command.wide << hdr.command.flag; }
                else if (op == 12) { hdr.command.wide = hdr.command.wide >> hdr.command.flag; }
                else if (op == 13) { hdr.command.a = hdr.command.wide[95:32]; }
                else if (op == 14) { hdr.command.wide[95:32] = a; }
                else if (op == 15) { hdr.command.s = s |+| (int<8>) hdr.command.flag; }
                else if (op == 16) { hdr.command.s = s |-| (int<8>) hdr.command.flag; }
                else if (op == 17) { hdr.command.t = t * (int<16>) s; }
                else if (op == 18) { hdr.command.s = s >> 3; }
                else if (op == 19) { hdr.command.a = a > b ? 64w1 : 64w2; }
                else if (op == 20) { hdr.command.a = s < (int<8>) hdr.command.flag ? 64w1 : 64w2; }
                else if (op == 21) { hdr.command.odd = hdr.command.odd + 1; hdr.command.one = hdr.command.one ^ 1; }
                else if (op == 22) { hdr.command.a = (bit<64>) (int<64>) t; }
                else if (op == 23) { hdr.command.wide = hdr.command.wide * (bit<128>) a; }
                else if (op == 24) { hdr.command.wide = hdr.command.wide |+| (a ++ b); }
                else if (op == 25) { hdr.command.a = hdr.command.wide > (a ++ b) ? 64w1 : 64w2; }
                else if (op == 26) { hdr.command.wide = (bit<128>) (int<128>) t; }
                else if (op == 27) { hdr.command.s = -s; }
                else if (op == 28) { hdr.command.a = a[15:0] ++ b[47:0]; }
                else if (op == 29) { hdr.command.wide = ~hdr.command.wide; }
                else if (op == 30) { hdr.command.wide = hdr.command.wide - (bit<128>) a; }
                else if (op == 31) { pick(); }
            } else if (hdr.command.op == 40) {
                packets.count(hdr.command.arg);
                pace.execute_meter(hdr.command.arg, meta.color);
                hdr.command.flag = (bit<8>) meta.color;
            } else if (hdr.command.op == 41) {
                remember();
            } else if (hdr.command.op == 42) {
                remember_wide();
            } else if (hdr.command.op == 43) {
                routes.apply();
            } else if (hdr.command.op == 44) {
                if (classes.apply().hit) {
                    hdr.command.flag = 1;
                } else {
                    hdr.command.flag = 2;
                }
            } else if (hdr.command.op == 45) {
                fixed.apply();
            } else if (hdr.command.op == 46) {
                switch (balanced.apply().action_run) {
                    forward: { hdr.command.flag = 1; }
                    default: { hdr.command.flag = 2; }
                }
            } else if (hdr.command.op == 47) {
                digest<seen_t>(1, { hdr.ethernet.src, standard_metadata.ingress_port, hdr.command.arg });
            } else if (hdr.command.op == 48) {
                random(hdr.command.arg, 16w10, 16w20);
            } else if (hdr.command.op == 49) {
                standard_metadata.mcast_grp = hdr.command.arg;
            } else if (hdr.command.op == 50) {
                hdr.tags.push_front(1);
                hdr.tags[0].setValid();
                hdr.tags[0].vid = 0x123;
                hdr.tags[hdr.command.flag[1:0]].pcp = 5;
            } else if (hdr.command.op == 51) {
                hdr.command.arg = (bit<16>) hdr.options.length;
            } else if (hdr.command.op == 52) {
                meta.kept = hdr.command.arg;
                meta.lost = hdr.command.arg;
                clone_preserving_field_list(CloneType.I2E, 5, 1);
                hdr.command.flag = 0xEE;
            } else if (hdr.command.op == 53) {
                if (standard_metadata.instance_type == 0) {
                    meta.kept = hdr.command.arg;
                    meta.lost = hdr.command.arg;
                    hdr.command.flag = 0xEE;
                    resubmit_preserving_field_list(1);
                } else {
                    hdr.command.a = (bit<64>) meta.kept;
                    hdr.command.b = (bit<64>) meta.lost;
                    standard_metadata.egress_spec = 2;
                }
            } else if (hdr.command.op == 54) {
                hdr.command.a = (bit<64>) standard_metadata.instance_type;
                hdr.command.b = (bit<64>) standard_metadata.packet_length;
                if (meta.rounds == 3) {
                    standard_metadata.egress_spec = 3;
                } else {
                    standard_metadata.egress_spec = 4;
                }
            } else if (hdr.command.op == 80) {
                hdr.tags[3] = hdr.tags[0];
            } else if (hdr.command.op == 81) {
                if (hdr.tags[0] == hdr.tags[1]) {
                    hdr.command.flag = 1;
                } else {
                    hdr.command.flag = 2;
                }
            } else if (hdr.command.op == 82) {
                choose_tag();
            } else if (hdr.command.op == 83) {
                if (hdr.tags[hdr.command.flag[1:0]].vid == 0xAAA) {
                    hdr.command.flag = 1;
                } else {
                    hdr.command.flag = 2;
                }
            } else if (hdr.command.op == 84) {
                log_msg("a line without values");
            } else if (hdr.command.op == 85) {
                hdr.copied = hdr.options;
                if (hdr.copied == hdr.options && hdr.copied.data == hdr.options.data) {
                    hdr.command.flag = 1;
                }
                hdr.options.length = 0;
                if (hdr.copied == hdr.options) {
                    hdr.command.flag = 2;
                }
            } else if (hdr.command.op == 86) {
                hdr.command.flag = (bit<8>) standard_metadata.checksum_error;
            } else if (hdr.command.op == 87) {
                hdr.command.a = (bit<64>) standard_metadata.ingress_global_timestamp;
            } else if (hdr.command.op == 74) {
                resubmit_preserving_field_list(1);
            } else if (hdr.command.op == 57) {
                truncate(32w20);
            } else if (hdr.command.op == 58) {
                exit;
            } else if (hdr.command.op == 59) {
                log_msg("arg {} a {}", { hdr.command.arg, hdr.command.a });
                assert(hdr.command.arg != 0);
            } else {
                bit<64> result = 0;
                if (hdr.command.op == 60) {
                    hash(result, HashAlgorithm.crc16, 64w0, { hdr.command.a, hdr.command.odd, hdr.command.one },
                         64w0x100000000);
                } else if (hdr.command.op == 61) {
                    hash(result, HashAlgorithm.crc32, 64w0, { hdr.command.a, hdr.command.wide }, 64w0x100000000);
                } else if (hdr.command.op == 62) {
                    hash(result, HashAlgorithm.csum16, 64w0, { hdr.command.a, hdr.command.flag }, 64w0x100000000);
                } else if (hdr.command.op == 63) {
                    hash(result, HashAlgorithm.xor16, 64w0, { hdr.command.a, hdr.command.flag }, 64w0x100000000);
                } else if (hdr.command.op == 64) {
                    hash(result, HashAlgorithm.identity, 64w0, { hdr.command.arg, hdr.command.flag }, 64w0x100000000);
                } else if (hdr.command.op == 65) {
                    hash(result, HashAlgorithm.crc32, 64w100, { hdr.command.a }, 64w10);
                } else if (hdr.command.op == 66) {
                    hash(result, HashAlgorithm.crc16_custom, 64w0, { hdr.command.a }, 64w0x100000000);
                } else if (hdr.command.op == 67) {
                    hash(result, HashAlgorithm.crc32_custom, 64w0, { hdr.command.a }, 64w0x100000000);
                }
                hdr.command.b = result;
            }
        } else if (standard_metadata.parser_error != error.NoError) {
            hdr.ethernet.src = 0xE0;
            if (standard_metadata.parser_error == error.PacketTooShort) {
                hdr.ethernet.src = 0xE1;
            } else if (standard_metadata.parser_error == error.BadTag) {
                hdr.ethernet.src = 0xE2;
            } else if (standard_metadata.parser_error == error.StackOutOfBounds) {
                hdr.ethernet.src = 0xE3;
            } else if (standard_metadata.parser_error == error.NoMatch) {
                hdr.ethernet.src = 0xE4;
            } else if (standard_metadata.parser_error == error.ParserTimeout) {
                hdr.ethernet.src = 0xE5;
            }
        }
    }
}

control FeatureEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    apply {
        if (hdr.command.isValid()) {
            if (hdr.command.op == 49) {
                hdr.command.flag = (bit<8>) standard_metadata.egress_rid;
                hdr.command.a = (bit<64>) standard_metadata.instance_type;
                if (standard_metadata.egress_port == standard_metadata.ingress_port) {
                    mark_to_drop(standard_metadata);
                }
            } else if (hdr.command.op == 52) {
                hdr.command.a = (bit<64>) standard_metadata.instance_type;
                hdr.command.b = meta.kept ++ meta.lost ++ (bit<32>) standard_metadata.packet_length;
            } else if (hdr.command.op == 54 && meta.rounds < 3) {
                meta.rounds = meta.rounds + 1;
                recirculate_preserving_field_list(1);
            } else if (hdr.command.op == 55) {
                if (standard_metadata.instance_type == 0) {
                    meta.kept = 0xABCD;
                    meta.lost = 0xABCD;
                    hdr.command.flag = 0xEE;
                    clone_preserving_field_list(CloneType.E2E, 6, 1);
                } else {
                    hdr.command.a = (bit<64>) standard_metadata.instance_type;
                    hdr.command.b = meta.kept ++ meta.lost ++ (bit<32>) standard_metadata.egress_port;
                }
            } else if (hdr.command.op == 87) {
                hdr.command.b = (bit<64>) standard_metadata.egress_global_timestamp;
            } else if (hdr.command.op == 72) {
                recirculate_preserving_field_list(1);
            } else if (hdr.command.op == 73) {
                clone_preserving_field_list(CloneType.E2E, 6, 1);
            } else if (hdr.command.op == 56) {
                hdr.command.setInvalid();
                hdr.ethernet.src = (bit<48>) standard_metadata.packet_length;
            }
        }
    }
}

control FeatureCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
        update_checksum(hdr.command.isValid() && hdr.command.op == 70,
                        { hdr.ethernet.dst, hdr.command.a, hdr.command.b }, hdr.command.arg, HashAlgorithm.csum16);
        update_checksum_with_payload(hdr.command.isValid() && hdr.command.op == 71,
                        { hdr.ethernet.dst, hdr.command.a, hdr.command.b }, hdr.command.arg, HashAlgorithm.csum16);
    }
}

control FeatureDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.ethernet);
        packet.emit(hdr.command);
        packet.emit(hdr.tags);
        packet.emit(hdr.options);
        packet.emit(hdr.copied);
    }
}

V1Switch(FeatureParser(), FeatureVerify(), FeatureIngress(), FeatureEgress(), FeatureCompute(),
         FeatureDeparser()) main;
