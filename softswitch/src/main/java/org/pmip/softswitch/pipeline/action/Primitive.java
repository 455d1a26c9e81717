// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** One step of an action. */
@FunctionalInterface
public interface Primitive {
    /** Result of a step after which the one behind it follows. */
    int NEXT = -1;

    /** Runs; returns {@link #NEXT}, or the index of the step of the action that follows. */
    int run(Packet packet);

    /**
     * Writes what the step does. One that does not always return {@link #NEXT} must write it itself.
     *
     * @param steps where each step of the action begins, and behind them its end
     */
    default void emit(Code code, Label[] steps) {
        code.object(this, Primitive.class);
        code.packet();
        code.call(Primitive.class, "run");
        code.op(Opcodes.POP);
    }

    /** Whether it may end the control or the packet: {@link Packet#exit} or {@link Packet#aborted}. */
    default boolean mayEnd() {
        return false;
    }
}
