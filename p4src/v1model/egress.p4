/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_V1MODEL_EGRESS
#define PMIP_V1MODEL_EGRESS

control PmipEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    Layer2Copies() layer2_copies;
    Rewrite() rewrite;

    /* Ethernet pads short frames; in a tunnel, or on a link without that need, the padding has no place. */
    action cut_padding() {
        truncate(meta.length + (meta.encapsulation == Encapsulation.NONE ? 32w0 : meta.tunnel_overhead)
            + (meta.egress_vlan == 0 ? 32w14 : 32w18));
    }

    apply {
        if (meta.punt_class != PuntClass.NONE) {
            hdr.packet_in.setValid();
            hdr.packet_in.ingress_port = meta.ingress_port;
            hdr.packet_in.pad = 0;
            hdr.packet_in.reason = (bit<16>) (bit<6>) meta.punt_class;
            hdr.packet_in.domain = meta.domain;
            hdr.packet_in.mtu = (bit<16>) meta.reported_mtu;
        } else {
            if (standard.egress_rid != 0) {
                layer2_copies.apply(meta, standard.egress_rid);
            }
            if (meta.rewrite == 1) {
                rewrite.apply(hdr, meta);
                if (meta.layer2 == 0) {
                    cut_padding();
                }
            } else if (standard.egress_rid != 0) {
                mark_to_drop(standard);
            }
        }
    }
}

#endif
