/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_V1MODEL_INGRESS
#define PMIP_V1MODEL_INGRESS

const bit<2> COLOUR_RED = 2;

/* Limits what each class of packets may cost the controller; a class without configured rates is not limited. */
control PuntLimit(inout metadata_t meta) {
    meter(PUNT_CLASSES, MeterType.packets) punt_meter;
    bit<2> colour = 0;

    apply {
        punt_meter.execute_meter((bit<32>) meta.punt_class, colour);
        if (colour == COLOUR_RED) {
            meta.drop_reason = DropReason.PUNT_RATE;
        }
    }
}

/* The last word on every dropped packet: one entry, hence one counter, for each reason. */
control Drops(inout metadata_t meta, inout standard_metadata_t standard) {
    direct_counter(CounterType.packets_and_bytes) dropped_packets;

    action discard() {
        mark_to_drop(standard);
    }

    table drops {
        key = {
            meta.drop_reason : exact @name("reason");
        }
        actions = {
            discard;
        }
        const default_action = discard();
        size = DROP_REASONS;
        counters = dropped_packets;
    }

    apply {
        drops.apply();
    }
}

control PmipIngress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    OuterPacket() outer_packet;
    ReceivedEncapsulation() received_encapsulation;
    OuterCheck() outer_check;
    Admission() admission;
    Uplink() uplink;
    Downlink() downlink;
    Forwarding() forwarding;
    Accounting() accounting;
    PuntLimit() punt_limit;
    Drops() drops;

    action facts() {
        meta.ingress_port = standard.ingress_port;
        meta.available = standard.packet_length - 14;
    }

    apply {
        facts();
        if (standard.parser_error != error.NoError) {
            meta.malformed = 1;
        }
        meta.bad_checksum = standard.checksum_error;
        if (hdr.vlan.isValid()) {
            meta.available = meta.available - 4;
        }
        if (hdr.packet_out.isValid()) {
            meta.available = meta.available - PACKET_OUT_OCTETS;
            meta.from_controller = 1;
            meta.domain = hdr.packet_out.domain;
        }

        if (meta.from_controller == 1 && hdr.packet_out.through_pipeline == 0) {
            standard.egress_spec = hdr.packet_out.egress_port;
        } else {
            outer_packet.apply(hdr, meta);
            received_encapsulation.apply(hdr, meta);
            if (meta.from_controller == 0 && meta.drop_reason == DropReason.NONE) {
                admission.apply(hdr, meta);
            }
            if (meta.drop_reason == DropReason.NONE && meta.punt_class == 0) {
                outer_check.apply(hdr, meta);
            }
            if (meta.drop_reason == DropReason.NONE && meta.punt_class == 0) {
                if (meta.to_local == 1) {
                    if (meta.next_header == PROTOCOL_FRAGMENT || (hdr.ipv4.isValid()
                            && (hdr.ipv4.more_fragments ++ hdr.ipv4.fragment_offset) != 0)) {
                        meta.drop_reason = DropReason.FRAGMENT;
                    } else if (meta.received_encapsulation == Encapsulation.NONE
                            || meta.domain != TRANSPORT_DOMAIN) {
                        meta.drop_reason = DropReason.UNSERVED;
                    } else {
                        uplink.apply(hdr, meta);
                    }
                }
                if (meta.drop_reason == DropReason.NONE && meta.from_controller == 0 && meta.hop_limit <= 1) {
                    meta.drop_reason = DropReason.HOP_LIMIT;
                }
                if (meta.drop_reason == DropReason.NONE) {
                    downlink.apply(hdr, meta);
                }
                if (meta.drop_reason == DropReason.NONE) {
                    forwarding.apply(hdr, meta);
                }
                if (meta.drop_reason == DropReason.NONE) {
                    accounting.apply(meta);
                }
            }
            if (meta.punt_class != 0) {
                punt_limit.apply(meta);
            }
            if (meta.drop_reason != DropReason.NONE) {
                drops.apply(meta, standard);
            } else if (meta.punt_class != 0) {
                standard.egress_spec = CPU_PORT;
            } else {
                standard.egress_spec = meta.egress_port;
            }
        }
    }
}

#endif
