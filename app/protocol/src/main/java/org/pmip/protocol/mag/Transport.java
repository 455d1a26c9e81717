// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

/** The network between gateway and anchor (draft-ietf-netlmm-proxymip6-10 section 6.10.1). */
public enum Transport {
    /** Signalling and tunnels over IPv6. */
    IPV6,
    /** Signalling over IPv4 and UDP port 5436, tunnels over IPv4 (RFC 5844 section 4). */
    IPV4
}
