// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The deparser of a program, and the checksums that are computed before it. */
public final class Deparser {
    private static final long[] NO_ARGUMENTS = {};

    private final Header[] order;
    private final Checksum[] checksums;
    private final ActionFunction calls;

    /** Emitting those headers, as far as they are valid, after the calls, which may be null. */
    public Deparser(Header[] order, Checksum[] checksums, ActionFunction calls) {
        this.order = order;
        this.checksums = checksums;
        this.calls = calls;
    }

    /** Makes the frame that leaves, in the packet's own array; returns its length. */
    public int deparse(Packet packet) {
        for (Checksum checksum : checksums) {
            checksum.update(packet);
        }
        int octets = packet.payload();
        for (Header header : order) {
            if (header.valid(packet)) {
                octets += header.octets(packet);
            }
        }
        if (calls != null) {
            calls.run(packet, NO_ARGUMENTS);
        }
        byte[] out = packet.own(octets);
        int at = 0;
        for (Header header : order) {
            if (header.valid(packet)) {
                at = header.emit(packet, out, at);
            }
        }
        System.arraycopy(packet.data, packet.cursor, out, at, packet.payload());
        return Math.min(octets, packet.truncate);
    }
}
