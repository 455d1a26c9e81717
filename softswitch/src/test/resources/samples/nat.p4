// SPDX-License-Identifier: Apache-2.0
// Address and port translation for UDP and TCP over IPv4, options of the header included (varbit), with checksums over
// the payload where UDP has one, and a digest for flows that are not known yet.
#include <core.p4>
#include <v1model.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

header ipv4_t {
    bit<4> version;
    bit<4> ihl;
    bit<8> tos;
    bit<16> length;
    bit<16> id;
    bit<16> fragment;
    bit<8> ttl;
    bit<8> protocol;
    bit<16> checksum;
    bit<32> src;
    bit<32> dst;
}

header options_t {
    varbit<320> data;
}

header udp_t {
    bit<16> src;
    bit<16> dst;
    bit<16> length;
    bit<16> checksum;
}

header tcp_t {
    bit<16> src;
    bit<16> dst;
    bit<32> sequence;
    bit<32> acknowledgement;
    bit<4> offset;
    bit<12> flags;
    bit<16> window;
    bit<16> checksum;
    bit<16> urgent;
}

struct headers_t {
    ethernet_t ethernet;
    ipv4_t ipv4;
    options_t options;
    udp_t udp;
    tcp_t tcp;
}

struct metadata_t {
    bit<16> src_port;
    bit<16> dst_port;
    bit<16> l4_length;
    bool update_udp;
    bool update_tcp;
}

struct flow_t {
    bit<32> src;
    bit<16> port;
    bit<8> protocol;
}

error {
    NoWholeHeader
}

parser NatParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x0800: parse_ipv4;
            default: accept;
        }
    }
    state parse_ipv4 {
        packet.extract(hdr.ipv4);
        verify(hdr.ipv4.ihl >= 5, error.NoWholeHeader);
        meta.l4_length = hdr.ipv4.length - ((bit<16>) hdr.ipv4.ihl << 2);
        transition select(hdr.ipv4.ihl) {
            5: parse_protocol;
            default: parse_options;
        }
    }
    state parse_options {
        packet.extract(hdr.options, ((bit<32>) hdr.ipv4.ihl - 5) << 5);
        transition parse_protocol;
    }
    state parse_protocol {
        transition select(hdr.ipv4.protocol) {
            17: parse_udp;
            6: parse_tcp;
            default: accept;
        }
    }
    state parse_udp {
        packet.extract(hdr.udp);
        meta.src_port = hdr.udp.src;
        meta.dst_port = hdr.udp.dst;
        transition accept;
    }
    state parse_tcp {
        packet.extract(hdr.tcp);
        meta.src_port = hdr.tcp.src;
        meta.dst_port = hdr.tcp.dst;
        transition accept;
    }
}

control NatVerify(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

control NatIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    action drop() {
        mark_to_drop(standard);
    }
    action out_as(bit<32> address, bit<16> port, bit<9> to) {
        hdr.ipv4.src = address;
        meta.src_port = port;
        standard.egress_spec = to;
    }
    action in_to(bit<32> address, bit<16> port, bit<9> to) {
        hdr.ipv4.dst = address;
        meta.dst_port = port;
        standard.egress_spec = to;
    }
    action learn() {
        digest<flow_t>(1, {hdr.ipv4.src, meta.src_port, hdr.ipv4.protocol});
        mark_to_drop(standard);
    }

    table outbound {
        key = {
            hdr.ipv4.src: exact @name("src");
            hdr.ipv4.protocol: exact @name("protocol");
            meta.src_port: exact @name("port");
        }
        actions = {
            out_as;
            learn;
        }
        const default_action = learn();
        size = 512;
    }
    table inbound {
        key = {
            hdr.ipv4.dst: exact @name("dst");
            hdr.ipv4.protocol: exact @name("protocol");
            meta.dst_port: exact @name("port");
        }
        actions = {
            in_to;
            drop;
        }
        const default_action = drop();
        size = 512;
    }
    apply {
        if (standard.parser_error != error.NoError || !hdr.ipv4.isValid()) {
            drop();
        } else {
            if (standard.ingress_port < 8) {
                outbound.apply();
            } else {
                inbound.apply();
            }
            if (hdr.udp.isValid()) {
                hdr.udp.src = meta.src_port;
                hdr.udp.dst = meta.dst_port;
                meta.update_udp = hdr.udp.checksum != 0;
            } else if (hdr.tcp.isValid()) {
                hdr.tcp.src = meta.src_port;
                hdr.tcp.dst = meta.dst_port;
                meta.update_tcp = true;
            }
        }
    }
}

control NatEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
    }
}

control NatCompute(inout headers_t hdr, inout metadata_t meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(), {hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.tos, hdr.ipv4.length,
                hdr.ipv4.id, hdr.ipv4.fragment, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.src, hdr.ipv4.dst,
                hdr.options.data}, hdr.ipv4.checksum, HashAlgorithm.csum16);
        update_checksum_with_payload(meta.update_udp, {hdr.ipv4.src, hdr.ipv4.dst, 8w0, hdr.ipv4.protocol,
                meta.l4_length, hdr.udp.src, hdr.udp.dst, hdr.udp.length}, hdr.udp.checksum, HashAlgorithm.csum16);
        update_checksum_with_payload(meta.update_tcp, {hdr.ipv4.src, hdr.ipv4.dst, 8w0, hdr.ipv4.protocol,
                meta.l4_length, hdr.tcp.src, hdr.tcp.dst, hdr.tcp.sequence, hdr.tcp.acknowledgement, hdr.tcp.offset,
                hdr.tcp.flags, hdr.tcp.window, hdr.tcp.urgent}, hdr.tcp.checksum, HashAlgorithm.csum16);
    }
}

control NatDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.ethernet);
        packet.emit(hdr.ipv4);
        packet.emit(hdr.options);
        packet.emit(hdr.udp);
        packet.emit(hdr.tcp);
    }
}

V1Switch(NatParser(), NatVerify(), NatIngress(), NatEgress(), NatCompute(), NatDeparser()) main;
