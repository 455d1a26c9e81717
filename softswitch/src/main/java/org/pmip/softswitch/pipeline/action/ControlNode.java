// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import org.pmip.softswitch.pipeline.packet.Packet;

/** A table, a condition or an action in a control. */
@FunctionalInterface
public interface ControlNode {
    /** Runs; returns what follows, or null at the end of the control. */
    ControlNode run(Packet packet);

    /** Runs a control from its first node, which may be null, to its end or to an exit statement. */
    static void run(ControlNode first, Packet packet) {
        ControlNode node = first;
        while (node != null && !packet.exit && !packet.aborted) {
            node = node.run(packet);
        }
    }
}
