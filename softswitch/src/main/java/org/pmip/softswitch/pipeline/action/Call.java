// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import java.util.Collection;
import java.util.List;
import org.pmip.softswitch.pipeline.compile.Flow;
import org.pmip.softswitch.pipeline.packet.Packet;

/** An action in a control, always with the same arguments; {@code next} is null at the end. */
public record Call(ActionFunction action, long[] arguments, ControlNode next) implements ControlNode {
    @Override
    public ControlNode run(Packet packet) {
        if (packet.trace != null) {
            packet.step("Action " + action);
        }
        action.run(packet, arguments);
        return next;
    }

    @Override
    public Collection<ControlNode> followers() {
        return next == null ? List.of() : List.of(next);
    }

    @Override
    public int weight() {
        return 1 + Math.min(action.steps(), Flow.MOST_INLINE);
    }

    @Override
    public void emit(Flow flow) {
        flow.run(action, () -> flow.code().object(arguments, long[].class));
        flow.go(next);
    }

    @Override
    public boolean equals(Object other) {
        // A node is one place in a control; another with the same contents is another place.
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
