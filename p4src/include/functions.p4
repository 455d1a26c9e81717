/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_FUNCTIONS
#define PMIP_FUNCTIONS

/* Tables hold addresses of both families: one entry type and one lookup for each purpose. */
ip_t mapped(in ip4_t address) {
    return 80w0 ++ 16w0xFFFF ++ address;
}

bool is_mapped(in ip_t address) {
    return address[127:32] == 96w0xFFFF;
}

/* Whether a router may pass a packet on by this IPv6 source (RFC 4291, sections 2.5.2, 2.5.3, 2.5.5.2, 2.5.6
   and 2.7). */
bool forwardable_ip6(in ip_t address) {
    return address[127:120] != 0xFF && address[127:118] != 10w0x3FA
        && address[127:1] != 0 && !is_mapped(address);
}

/* The same for IPv4 (RFC 6890): this network, loopback, link local, and multicast with all above it. */
bool forwardable_ip4(in ip4_t address) {
    return address[31:24] != 0 && address[31:24] != 127 && address[31:16] != 0xA9FE && address[31:29] != 7;
}

/* One's complement sum of a checksum and what changed in the words under it (RFC 1624, equation 3). */
bit<16> adjusted_checksum(in bit<16> checksum, in bit<16> before, in bit<16> after) {
    bit<32> sum = (bit<32>) ~checksum + (bit<32>) ~before + (bit<32>) after;
    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    return ~sum[15:0];
}

#endif
