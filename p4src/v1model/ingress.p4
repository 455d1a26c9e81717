/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_V1MODEL_INGRESS
#define PMIP_V1MODEL_INGRESS

const bit<2> COLOUR_RED = 2;

/* Dropped packets of which the controller may want to tell the sender (RFC 4443, sections 3.1 to 3.3; RFC 792), or to
   learn something. */
control Reports(inout metadata_t meta, out PuntClass report_class) {
    apply {
        report_class = PuntClass.NONE;
        if (meta.drop_reason == DropReason.TOO_BIG) {
            report_class = PuntClass.TOO_BIG;
        } else if (meta.drop_reason == DropReason.HOP_LIMIT) {
            report_class = PuntClass.HOP_LIMIT;
        } else if (meta.drop_reason == DropReason.NO_ROUTE || meta.drop_reason == DropReason.NO_BINDING) {
            report_class = PuntClass.UNREACHABLE;
        } else if (meta.drop_reason == DropReason.UNKNOWN_STATION || meta.drop_reason == DropReason.UNKNOWN_NODE) {
            report_class = PuntClass.STATION;
        }
    }
}

/* Limits what each class of packets may cost the controller; a class without configured rates is not limited. */
control PuntLimit(in PuntClass punt_class, out bit<2> colour) {
    @name(".punt_meter")
    meter(PUNT_CLASSES, MeterType.packets) punt_meter;

    apply {
        colour = 0;
        punt_meter.execute_meter((bit<32>) (bit<6>) punt_class, colour);
    }
}

/* The last word on every dropped packet: one entry, hence one counter, for each reason. */
control Drops(inout metadata_t meta, inout standard_metadata_t standard) {
    direct_counter(CounterType.packets_and_bytes) dropped_packets;

    action discard() {
        mark_to_drop(standard);
    }

    /* Counted as a drop, and shown to the controller all the same, if there is something to tell the sender. */
    action report() {
        mark_to_drop(standard);
        meta.report = 1;
    }

    @name(".drops")
    table drops {
        key = {
            meta.drop_reason : exact @name("reason");
        }
        actions = {
            discard;
            report;
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
    Admission() admission;
    Frame() frame;
    Packet() packet;
    TunnelBegin() tunnel_begin;
    Forwarding() forwarding;
    Accounting() accounting;
    Reports() reports;
    PuntLimit() punt_limit;
    Drops() drops;
    PuntClass report_class = PuntClass.NONE;
    bit<2> colour = 0;

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
            if (meta.drop_reason == DropReason.NONE && meta.punt_class == PuntClass.NONE) {
                if (meta.layer2 == 1) {
                    frame.apply(hdr, meta);
                } else {
                    packet.apply(hdr, meta);
                }
                if (meta.drop_reason == DropReason.NONE && meta.delivered == 0 && meta.flood_group == 0) {
                    tunnel_begin.apply(hdr, meta);
                }
                if (meta.drop_reason == DropReason.NONE && meta.delivered == 0 && meta.flood_group == 0) {
                    forwarding.apply(hdr, meta);
                }
                if (meta.drop_reason == DropReason.NONE) {
                    accounting.apply(meta);
                }
            }
            reports.apply(meta, report_class);
            if (meta.punt_class != PuntClass.NONE) {
                report_class = meta.punt_class;
            }
            if (report_class != PuntClass.NONE) {
                punt_limit.apply(report_class, colour);
                if (colour == COLOUR_RED && meta.drop_reason == DropReason.NONE) {
                    meta.drop_reason = DropReason.PUNT_RATE;
                }
            }
            meta.punt_class = PuntClass.NONE;
            if (meta.drop_reason != DropReason.NONE) {
                drops.apply(meta, standard);
            }
            if (meta.drop_reason == DropReason.NONE && report_class == PuntClass.NONE) {
                standard.egress_spec = meta.egress_port;
                standard.mcast_grp = meta.flood_group;
            } else if (meta.drop_reason == DropReason.NONE || (meta.report == 1 && report_class != PuntClass.NONE
                    && colour != COLOUR_RED)) {
                meta.punt_class = report_class;
                standard.egress_spec = CPU_PORT;
            }
        }
    }
}

#endif
