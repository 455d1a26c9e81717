// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import org.pmip.softswitch.pipeline.packet.Packet;

/** A part of a program through which a packet goes: the parser, a control or the deparser, compiled or interpreted. */
@FunctionalInterface
public interface Stage {
    /** Runs; returns the octets of the frame that leaves if it is the deparser, else nothing of meaning. */
    int run(Packet packet);
}
