// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

/**
 * Why the pipeline has dropped a packet. The names and numbers are those of the P4 program's enum of the same name.
 */
public enum DropReason {
    /** The port or VLAN is not configured. */
    UNKNOWN_INTERFACE(1, "the port or VLAN is not configured"),
    /** The frame is for another station. */
    NOT_OUR_MAC(2, "the frame is for another station"),
    /** Neither IPv4 nor IPv6, and not for the controller. */
    NOT_IP(3, "neither IPv4 nor IPv6, and not for the controller"),
    /** A header is cut off or contradicts another. */
    MALFORMED(4, "a header is cut off or contradicts another"),
    /** An address that no router passes on: link local, multicast, loopback, unspecified, mapped. */
    NOT_FORWARDABLE(5, "an address that no router passes on: link local, multicast, loopback, unspecified, mapped"),
    /** To an address of ours, but nothing here answers it. */
    UNSERVED(6, "to an address of ours, but nothing here answers it"),
    /** For the controller, above the rate of its class. */
    PUNT_RATE(7, "for the controller, above the rate of its class"),
    /** A fragment of a tunnel packet. */
    FRAGMENT(8, "a fragment of a tunnel packet"),
    /** A GRE header with checksum, routing, sequence number or another version. */
    GRE_FLAGS(9, "a GRE header with checksum, routing, sequence number or another version"),
    /** GRE around something that is not IP. */
    GRE_PROTOCOL(10, "GRE around something that is not IP"),
    /** No tunnel between these outer addresses. */
    UNKNOWN_TUNNEL(11, "no tunnel between these outer addresses"),
    /** A GRE key that was never assigned. */
    UNKNOWN_KEY(12, "a GRE key that was never assigned"),
    /** GRE without key for a session with key. */
    KEY_MISSING(13, "GRE without key for a session with key"),
    /** GRE with key for a session without. */
    KEY_UNEXPECTED(14, "GRE with key for a session without"),
    /** The GRE key of another session. */
    KEY_MISMATCH(15, "the GRE key of another session"),
    /** Not encapsulated as agreed for the session. */
    WRONG_ENCAPSULATION(16, "not encapsulated as agreed for the session"),
    /** From a gateway that does not serve the session. */
    WRONG_OUTER_SOURCE(17, "from a gateway that does not serve the session"),
    /** An inner source address that is nobody's. */
    INNER_SOURCE(18, "an inner source address that is nobody's"),
    /** An address whose session is not there. */
    UNKNOWN_SESSION(19, "an address whose session is not there"),
    /** For a session that waits for MinDelayBeforeBCEDelete. */
    SESSION_ENDING(20, "for a session that waits for MinDelayBeforeBCEDelete"),
    /** Into a home network, for nobody. */
    NO_BINDING(21, "into a home network, for nobody"),
    /** A session's tunnel has no addresses. */
    NO_TUNNEL_ENDPOINTS(22, "a session's tunnel has no addresses"),
    /** The hop limit is used up. */
    HOP_LIMIT(23, "the hop limit is used up"),
    /** Larger than the tunnel's MTU. */
    TOO_BIG(24, "larger than the tunnel's MTU"),
    /** No route, or an unreachable one. */
    NO_ROUTE(25, "no route, or an unreachable one"),
    /** The route's next hop is not there. */
    NO_NEXT_HOP(26, "the route's next hop is not there"),
    /** The TLV header's length is not that of what follows. */
    TLV_LENGTH(27, "the TLV header's length is not that of what follows"),
    /** A TLV header in front of something that is not GRE. */
    TLV_PROTOCOL(28, "a TLV header in front of something that is not GRE"),
    /** From a station on the access link that is no attached mobile node. */
    UNKNOWN_NODE(29, "from a station on the access link that is no attached mobile node"),
    /** From the anchor, for a mobile node that is not attached. */
    NO_NODE(30, "from the anchor, for a mobile node that is not attached"),
    /** A frame from a tunnel, of a station that the session does not have. */
    UNKNOWN_STATION(31, "a frame from a tunnel, of a station that the session does not have"),
    /** Marked by a congested router on the way through the tunnel, from a sender that knows no such marks. */
    CONGESTION(32, "marked by a congested router in the tunnel, from a sender that knows no such marks");

    private final int code;
    private final String text;

    DropReason(int code, String text) {
        this.code = code;
        this.text = text;
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
     * Returns the reason in words.
     *
     * @return a part of a sentence
     */
    public String text() {
        return text;
    }

    /**
     * Returns the reason of a number.
     *
     * @param code number in the pipeline
     * @return the reason
     * @throws IllegalArgumentException if none has that number
     */
    public static DropReason of(long code) {
        for (DropReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        throw new IllegalArgumentException("No drop reason has the number " + code);
    }
}
