/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_STEPS
#define PMIP_STEPS

/* What a packet goes through until it is known where it is to go. */
control Packet(inout headers_t hdr, inout metadata_t meta) {
    OuterCheck() outer_check;
    TunnelEnd() tunnel_end;
    Uplink() uplink;
    FromNode() from_node;
    ToNode() to_node;

    apply {
        outer_check.apply(hdr, meta);
        if (meta.drop_reason == DropReason.NONE) {
            if (meta.to_local == 0) {
                if (meta.role == Role.ACCESS) {
                    from_node.apply(hdr, meta);
                }
            } else if (meta.next_header == PROTOCOL_FRAGMENT || (hdr.ipv4.isValid()
                    && (hdr.ipv4.more_fragments ++ hdr.ipv4.fragment_offset) != 0)) {
                meta.drop_reason = DropReason.FRAGMENT;
            } else if (meta.received_encapsulation == Encapsulation.NONE || meta.role != Role.TRANSPORT) {
                meta.drop_reason = DropReason.UNSERVED;
            } else {
                tunnel_end.apply(hdr, meta);
            }
        }
        if (meta.drop_reason == DropReason.NONE && meta.layer2 == 0) {
            if (meta.decapsulate == 1 && meta.to_access == 0) {
                uplink.apply(hdr, meta);
            }
            if (meta.drop_reason == DropReason.NONE && meta.from_controller == 0 && meta.hop_limit <= 1) {
                meta.drop_reason = DropReason.HOP_LIMIT;
            }
            if (meta.drop_reason == DropReason.NONE && (meta.to_access == 1 || meta.local_routing == 1)) {
                to_node.apply(hdr, meta);
            }
        }
    }
}

/* The same of a whole frame that belongs into a tunnel. */
control Frame(inout headers_t hdr, inout metadata_t meta) {
    FromBridge() from_bridge;

    apply {
        meta.length = meta.available + 14;
        if (hdr.vlan.isValid()) {
            meta.length = meta.length + 4;
        }
        meta.dscp = 0;
        meta.ecn = ECN_NOT_ECT;
        if (meta.role == Role.BRIDGED) {
            from_bridge.apply(hdr, meta);
        }
    }
}

#endif
