// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

/**
 * What stands between the outer IP header and the mobile node's packet. The numbers are those of the P4 program's enum
 * of the same name.
 */
public enum Encapsulation {
    /** Nothing: IP in IP (RFC 2473, RFC 2003). */
    IP(1),
    /** A GRE header of 4 octets, without key (RFC 2784). */
    GRE(2),
    /** A GRE header of 8 octets with the session's key (RFC 2890). */
    GRE_KEY(3),
    /** A UDP header, between IPv4 addresses only (RFC 5844, section 4.1.4.1). */
    UDP(4),
    /** UDP, a TLV header, and GRE without key, between IPv4 addresses only (RFC 5845, section 7.1). */
    UDP_TLV_GRE(5),
    /** UDP, a TLV header, and GRE with the session's key, between IPv4 addresses only (RFC 5845, section 7.1). */
    UDP_TLV_GRE_KEY(6),
    /** A GRE header with the node's key around a whole Ethernet frame (draft-tsirtsis-l2gre-pmipv4-00). */
    ETHERNET_GRE_KEY(7);

    private final int code;

    Encapsulation(int code) {
        this.code = code;
    }

    /**
     * Returns the number in the pipeline.
     *
     * @return 1 to 255
     */
    public int code() {
        return code;
    }

    /**
     * Tells whether packets carry a key.
     *
     * @return true for encapsulations with a GRE key
     */
    public boolean hasKey() {
        return this == GRE_KEY || this == UDP_TLV_GRE_KEY || this == ETHERNET_GRE_KEY;
    }

    /**
     * Tells whether packets carry a UDP header, for which the outer header must be IPv4.
     *
     * @return true for encapsulations in UDP
     */
    public boolean hasUdp() {
        return this == UDP || this == UDP_TLV_GRE || this == UDP_TLV_GRE_KEY;
    }

    /**
     * Returns the encapsulation of a number.
     *
     * @param code number in the pipeline
     * @return the encapsulation
     * @throws IllegalArgumentException if none has that number
     */
    public static Encapsulation of(long code) {
        for (Encapsulation encapsulation : values()) {
            if (encapsulation.code == code) {
                return encapsulation;
            }
        }
        throw new IllegalArgumentException("No encapsulation has the number " + code);
    }
}
