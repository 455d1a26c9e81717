// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.packet;

import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/**
 * What all readers of Ethernet frames have in common: the header (IEEE 802.3) with any tags (IEEE 802.1Q). Stateless.
 */
public final class EthernetFrame {

    /** Octets of the header without tags. */
    public static final int HEADER = 14;
    /** EtherType of IPv4. */
    public static final int IPV4 = 0x0800;
    /** EtherType of ARP. */
    public static final int ARP = 0x0806;
    /** EtherType of IPv6. */
    public static final int IPV6 = 0x86dd;

    private static final int TAG = 4;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_SERVICE_VLAN = 0x88a8;

    private EthernetFrame() {
    }

    /**
     * Finds what a frame carries, behind any number of tags.
     *
     * @param type the EtherType that it must have
     * @param name what is so numbered, for the message of the exception
     * @return where it begins, octets from the start of the frame
     * @throws DecodeException when the frame ends within its header or carries something else
     */
    public static int payload(byte[] frame, int type, String name) throws DecodeException {
        int at = HEADER;
        need(frame.length, at, "the Ethernet header");
        int found = at16(frame, at - 2);
        while (found == TYPE_VLAN || found == TYPE_SERVICE_VLAN) {
            at += TAG;
            need(frame.length, at, "the VLAN tag");
            found = at16(frame, at - 2);
        }
        if (found != type) {
            throw new DecodeException(Reason.PACKET, at - 2,
                    String.format("EtherType is 0x%04x, not %s", found, name));
        }
        return at;
    }

    /**
     * Checks that something is there whole.
     *
     * @param there how many octets there are
     * @param end how many are needed
     * @throws DecodeException when there are fewer
     */
    public static void need(int there, int end, String what) throws DecodeException {
        if (there < end) {
            throw new DecodeException(Reason.TRUNCATED, there, "the frame ends within " + what);
        }
    }

    /** The number in two octets, 0 to 65535. */
    public static int at16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
    }
}
