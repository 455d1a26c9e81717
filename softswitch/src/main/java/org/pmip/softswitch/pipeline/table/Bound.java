// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.packet.Packet;

/** An action with its arguments, ready to run. Immutable. */
final class Bound implements Target {
    private final ActionFunction function;
    private final long[] arguments;

    Bound(ActionFunction function, long[] arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    /** The action. */
    ActionFunction function() {
        return function;
    }

    /** Its index and arguments as words; not to be changed. */
    long[] arguments() {
        return arguments;
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
