// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.objectweb.asm.Label;
import org.pmip.softswitch.pipeline.compile.Flow;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.packet.Packet;

/** A condition in a control; {@code what} is how the source puts it, or its name. */
public record Condition(String what, Bool condition, ControlNode yes, ControlNode no) implements ControlNode {
    @Override
    public ControlNode run(Packet packet) {
        boolean result = condition.test(packet);
        if (packet.trace != null) {
            packet.step("Condition '" + what + "' is " + result);
        }
        return result ? yes : no;
    }

    @Override
    public Collection<ControlNode> followers() {
        return Stream.of(yes, no).filter(Objects::nonNull).toList();
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public void emit(Flow flow) {
        Label otherwise = new Label();
        condition.branch(flow.code(), otherwise, false);
        flow.go(yes);
        flow.code().label(otherwise);
        flow.go(no);
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
