// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** An expression that is true or false. */
@FunctionalInterface
public interface Bool {
    /** Its value for that packet. */
    boolean test(Packet packet);

    /** Writes what goes to the label if the value is {@code when}, and goes on behind it if not. */
    default void branch(Code code, Label to, boolean when) {
        code.object(this, Bool.class);
        code.packet();
        code.call(Bool.class, "test");
        code.jump(when ? Opcodes.IFNE : Opcodes.IFEQ, to);
    }
}
