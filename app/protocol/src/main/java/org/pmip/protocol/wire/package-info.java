// SPDX-License-Identifier: Apache-2.0
/** The Mobility Header and its messages (RFC 6275 section 6, RFC 5213 section 8, RFC 5845 section 6). */
package org.pmip.protocol.wire;
