// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.Packet;

/** What is made of truth values, and the validity of headers. */
public final class Logic {
    private Logic() {
    }

    /** Always the same. */
    public static Bool constant(boolean value) {
        return new Constant(value);
    }

    /** Both; the second is not looked at where the first is false. */
    public static Bool and(Bool first, Bool second) {
        return new And(first, second);
    }

    /** One of them; the second is not looked at where the first is true. */
    public static Bool or(Bool first, Bool second) {
        return new Not(new And(new Not(first), new Not(second)));
    }

    /** Not that. */
    public static Bool not(Bool bool) {
        return bool instanceof Not ? ((Not) bool).bool : new Not(bool);
    }

    /** Whether the header is valid. */
    public static Bool valid(HeaderRef header) {
        return header instanceof Header ? new Valid((Header) header) : packet -> header.in(packet).valid(packet);
    }

    private record Constant(boolean value) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return value;
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            if (value == when) {
                code.jump(to);
            }
        }
    }

    private record And(Bool first, Bool second) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return first.test(packet) && second.test(packet);
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            if (when) {
                Label end = new Label();
                first.branch(code, end, false);
                second.branch(code, to, true);
                code.label(end);
            } else {
                first.branch(code, to, false);
                second.branch(code, to, false);
            }
        }
    }

    private record Not(Bool bool) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return !bool.test(packet);
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            bool.branch(code, to, !when);
        }
    }

    private record Valid(Header header) implements Bool {
        @Override
        public boolean test(Packet packet) {
            return header.valid(packet);
        }

        @Override
        public void branch(Code code, Label to, boolean when) {
            code.word(header.base());
            code.number(0);
            code.op(Opcodes.LCMP);
            code.jump(when ? Opcodes.IFNE : Opcodes.IFEQ, to);
        }
    }
}
