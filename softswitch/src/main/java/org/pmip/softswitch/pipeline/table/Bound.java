// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.packet.Packet;

/** An action with its arguments, ready to run. Immutable. */
public final class Bound implements Target {
    private final ActionFunction function;
    private final long[] arguments;
    private final int index;

    Bound(ActionFunction function, long[] arguments) {
        this.function = function;
        this.arguments = arguments;
        index = function.index();
    }

    /** The action. */
    public ActionFunction function() {
        return function;
    }

    /** Its arguments as words; not to be changed. */
    public long[] arguments() {
        return arguments;
    }

    /** The index of the action among those of the program. */
    public int index() {
        return index;
    }

    void run(Packet packet) {
        function.run(packet, arguments);
    }

    @Override
    public Bound pick(Packet packet) {
        return this;
    }

    @Override
    public void release() {
        // nothing is held
    }
}
