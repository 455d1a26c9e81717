// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

/** What was negotiated for a session's tunnel: the GRE flag of RFC 5845 section 5.1 and whether keys go with it. */
public enum GreMode {
    /** The base encapsulation of RFC 2473, no GRE. */
    NONE,
    /** GRE without the Key field. */
    MODE_ONLY,
    /** GRE with a key in each direction. */
    KEYS
}
