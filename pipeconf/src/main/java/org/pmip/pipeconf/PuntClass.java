// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

/**
 * What kind of packet the pipeline sends to the controller. Each class has a meter of its own, whose index is the
 * number, and the number is the reason in the packet-in.
 */
public enum PuntClass {
    /** Mobility Header messages (RFC 6275, section 6.1). */
    MOBILITY_SIGNALLING(1),
    /** Mobility Header messages over UDP port 5436 (RFC 5844). */
    UDP_SIGNALLING(2),
    /** Mobile IPv4 registration, UDP port 434 (RFC 5944). */
    MOBILE_IPV4(3),
    /** ESP and IKE. */
    IPSEC(4),
    /** Neighbour Solicitation and Advertisement (RFC 4861). */
    NEIGHBOUR_DISCOVERY(5),
    /** Router Solicitation (RFC 4861). */
    ROUTER_SOLICITATION(6),
    /** DHCP and DHCPv6. */
    DHCP(7),
    /** ARP. */
    ARP(8),
    /** ICMP to an address of ours, echo included. */
    ICMP(9),
    /** A packet larger than its tunnel takes, for Packet Too Big. */
    TOO_BIG(10),
    /** Anything else that is to reach the controller. */
    OTHER(11),
    /** A packet whose hop limit is used up, for Time Exceeded. */
    HOP_LIMIT(12),
    /** A packet without route or binding, for Destination Unreachable. */
    UNREACHABLE(13),
    /**
     * A frame of a station that its session's tunnel has not shown before, or of a node that is attached to no port or
     * to another one.
     */
    STATION(14);

    private final int code;

    PuntClass(int code) {
        this.code = code;
    }

    /**
     * Returns the number in the pipeline and the index of the meter's cell.
     *
     * @return 1 to 63
     */
    public int code() {
        return code;
    }

    /**
     * Returns the class of a number.
     *
     * @param code number in the pipeline
     * @return the class
     * @throws IllegalArgumentException if none has that number
     */
    public static PuntClass of(long code) {
        for (PuntClass puntClass : values()) {
            if (puntClass.code == code) {
                return puntClass;
            }
        }
        throw new IllegalArgumentException("No punt class has the number " + code);
    }
}
