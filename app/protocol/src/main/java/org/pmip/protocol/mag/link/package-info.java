// SPDX-License-Identifier: Apache-2.0
/**
 * What a gateway says and hears on the link to a mobile node: Neighbor Discovery (RFC 4861), DHCP for IPv4 home
 * addresses (RFC 2131) and the DHCPv6 relay (RFC 8415), as frames and pure functions.
 */
package org.pmip.protocol.mag.link;
