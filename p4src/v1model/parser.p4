/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_V1MODEL_PARSER
#define PMIP_V1MODEL_PARSER

parser PmipParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    PacketParser() packet_parser;

    state start {
        packet_parser.apply(packet, hdr, meta, standard.ingress_port);
        transition accept;
    }
}

#endif
