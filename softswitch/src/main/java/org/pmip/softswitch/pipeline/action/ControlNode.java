// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import java.util.Collection;
import org.pmip.softswitch.pipeline.compile.Flow;
import org.pmip.softswitch.pipeline.packet.Packet;

/** A table, a condition or an action in a control. */
public interface ControlNode {
    /** Runs; returns what follows, or null at the end of the control. */
    ControlNode run(Packet packet);

    /** What may follow; null, for the end, is not among it. */
    Collection<ControlNode> followers();

    /** How much there is to write, counted in steps of actions. */
    int weight();

    /** Writes what it does and how it goes on. */
    void emit(Flow flow);

    /** Runs a control from its first node, which may be null, to its end or to an exit statement. */
    static void run(ControlNode first, Packet packet) {
        ControlNode node = first;
        while (node != null && !packet.exit && !packet.aborted) {
            node = node.run(packet);
        }
    }
}
