// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import org.pmip.pipeconf.Encapsulation;
import org.pmip.protocol.wire.packet.TunnelError;
import org.pmip.protocol.wire.packet.TunnelError.Carried;

/** Whether a quoted tunnel packet can be one that was sent. Stateless. */
final class Quotation {

    private Quotation() {
    }

    /**
     * Whether packets of a session look like the quoted one, as far as that is quoted.
     *
     * @param port the far end's UDP port, 0 without UDP
     * @param key the GRE key that the session's packets get here, if they get one
     */
    static boolean fits(TunnelError error, Encapsulation encapsulation, int port, long key) {
        return error.farPort() == port && fits(error.carried(), encapsulation)
                && (error.key().isEmpty() || error.key().getAsLong() == key);
    }

    private static boolean fits(Carried carried, Encapsulation encapsulation) {
        switch (carried) {
            case PACKET:
                return encapsulation == Encapsulation.IP;
            case GRE:
                return encapsulation == Encapsulation.GRE;
            case GRE_KEY:
                return encapsulation == Encapsulation.GRE_KEY;
            case UDP_PACKET:
                return encapsulation == Encapsulation.UDP;
            case UDP_TLV_GRE:
                return encapsulation == Encapsulation.UDP_TLV_GRE;
            case UDP_TLV_GRE_KEY:
                return encapsulation == Encapsulation.UDP_TLV_GRE_KEY;
            default:
                return encapsulation.hasUdp();
        }
    }
}
