/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_V1MODEL_DEPARSER
#define PMIP_V1MODEL_DEPARSER

control PmipDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.packet_in);
        packet.emit(hdr.tunnel_ethernet);
        packet.emit(hdr.tunnel_vlan);
        packet.emit(hdr.tunnel_ipv6);
        packet.emit(hdr.tunnel_ipv4);
        packet.emit(hdr.tunnel_udp);
        packet.emit(hdr.tunnel_tlv);
        packet.emit(hdr.tunnel_gre);
        packet.emit(hdr.tunnel_gre_key);
        packet.emit(hdr.ethernet);
        packet.emit(hdr.vlan);
        packet.emit(hdr.ipv6);
        packet.emit(hdr.ipv4);
        packet.emit(hdr.destination_options);
        packet.emit(hdr.udp);
        packet.emit(hdr.tlv);
        packet.emit(hdr.gre);
        packet.emit(hdr.gre_key);
        packet.emit(hdr.inner_ethernet);
        packet.emit(hdr.inner_ipv6);
        packet.emit(hdr.inner_ipv4);
    }
}

#endif
