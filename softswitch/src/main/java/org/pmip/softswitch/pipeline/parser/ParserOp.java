// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Packet;

/** One step of a parser state. */
@FunctionalInterface
public interface ParserOp {
    /** Result of a step that went well. */
    int FINE = -1;

    /** Runs; returns {@link #FINE}, or the value of the error with which parsing ends. */
    int run(Packet packet);

    /** Writes what the step does; in case of an error the packet gets it and the method ends with that of parsing. */
    default void emit(Code code) {
        Label fine = new Label();
        int result = code.local(1);
        code.object(this, ParserOp.class);
        code.packet();
        code.call(ParserOp.class, "run");
        code.variable(Opcodes.ISTORE, result);
        code.variable(Opcodes.ILOAD, result);
        code.integer(FINE);
        code.jump(Opcodes.IF_ICMPEQ, fine);
        fail(code, () -> code.variable(Opcodes.ILOAD, result));
        code.label(fine);
    }

    /** Writes what ends parsing with the error that is pushed by that. */
    static void fail(Code code, Runnable error) {
        code.set("error", int.class, error);
        code.returnInt(ParserState.END);
    }

    /** Writes what ends parsing with that error unless so many octets are left. */
    static void need(Code code, int octets, int error) {
        Label enough = new Label();
        code.get("end", int.class);
        code.get("cursor", int.class);
        code.op(Opcodes.ISUB);
        code.integer(octets);
        code.jump(Opcodes.IF_ICMPGE, enough);
        fail(code, () -> code.integer(error));
        code.label(enough);
    }
}
