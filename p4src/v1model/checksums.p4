/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PMIP_V1MODEL_CHECKSUMS
#define PMIP_V1MODEL_CHECKSUMS

/* Of the first IPv4 header; options are payload to the parser, so that a header with options goes unchecked. */
control VerifyChecksums(inout headers_t hdr, inout metadata_t meta) {
    apply {
        verify_checksum(hdr.ipv4.isValid() && hdr.ipv4.header_words == 5,
            { hdr.ipv4.version, hdr.ipv4.header_words, hdr.ipv4.dscp, hdr.ipv4.ecn, hdr.ipv4.total_length,
              hdr.ipv4.identification, hdr.ipv4.reserved, hdr.ipv4.dont_fragment, hdr.ipv4.more_fragments,
              hdr.ipv4.fragment_offset, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.source, hdr.ipv4.destination },
            hdr.ipv4.checksum, HashAlgorithm.csum16);
    }
}

/* Received headers are adjusted where they are changed, which keeps a wrong checksum wrong. */
control ComputeChecksums(inout headers_t hdr, inout metadata_t meta) {
    apply {
    }
}

#endif
