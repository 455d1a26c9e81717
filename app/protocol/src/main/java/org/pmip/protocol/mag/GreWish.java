// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

/** What a gateway asks an anchor for in the GRE Key option (RFC 5845 sections 3.3.1 and 4.2). */
public enum GreWish {
    /** No GRE Key option. */
    NONE,
    /** GRE without keys. */
    MODE_ONLY,
    /** GRE with keys; what the anchor decides instead is taken. */
    KEYS,
    /** GRE with keys, because nothing else tells this node's traffic apart: without keys there is no service. */
    KEYS_ONLY
}
