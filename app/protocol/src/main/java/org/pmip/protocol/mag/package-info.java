// SPDX-License-Identifier: Apache-2.0
/**
 * The mobile access gateway as a pure engine: draft-ietf-netlmm-proxymip6-10 section 6 with the corrections of
 * RFC 5213, RFC 5845 section 4 and RFC 5844 for IPv4.
 *
 * <p>Storage is one {@link org.pmip.protocol.mag.BindingUpdateList} for each mobile node, for all gateways of a
 * cluster. {@link org.pmip.protocol.mag.MagEngine} makes the next one of it; timers are deadlines in it.
 */
package org.pmip.protocol.mag;
