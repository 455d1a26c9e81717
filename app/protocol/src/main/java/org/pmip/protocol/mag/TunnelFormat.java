// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

/** How user packets of a binding are encapsulated; whether a GRE header has a key says {@link Binding#gre}. */
public enum TunnelFormat {
    /** Directly in IPv6 (RFC 2473). */
    IPV6,
    /** GRE in IPv6. */
    GRE_IPV6,
    /** Directly in IPv4. */
    IPV4,
    /** In IPv4 and UDP (RFC 5844 section 4.2.2). */
    IPV4_UDP,
    /** GRE in IPv4. */
    GRE_IPV4,
    /** GRE behind the TLV header in IPv4 and UDP (RFC 5845 section 7.2). */
    GRE_IPV4_UDP_TLV
}
