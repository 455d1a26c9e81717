// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The steps of which most actions are made: those that know how to write themselves into a compiled program. */
final class Steps {
    /** Up to so many words are cleared one by one, more in one call. */
    private static final int FEW_WORDS = 12;

    private Steps() {
    }

    record Assign(Place place, Num value) implements Primitive {
        @Override
        public int run(Packet packet) {
            place.assign(packet, value);
            return NEXT;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            place.emit(code, value);
        }
    }

    record AssignNarrow(int word, long mask, Num value) implements Primitive {
        @Override
        public int run(Packet packet) {
            packet.words[word] = value.eval(packet) & mask;
            return NEXT;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            code.setWord(word, () -> {
                if (value.constant() != null) {
                    code.number(value.eval(null) & mask);
                } else {
                    value.emit(code);
                    code.mask(fits(value, mask) ? -1L : mask);
                }
            });
        }

        private static boolean fits(Num value, long mask) {
            return value.least().signum() >= 0 && value.greatest().bitLength() <= 64 - Long.numberOfLeadingZeros(mask);
        }
    }

    record CopyWords(int to, int from, int count) implements Primitive {
        @Override
        public int run(Packet packet) {
            System.arraycopy(packet.words, from, packet.words, to, count);
            return NEXT;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            if (count > FEW_WORDS) {
                Primitive.super.emit(code, steps);
                return;
            }
            // Fields either are the same or do not overlap.
            for (int i = 0; i < count; i++) {
                int word = from + i;
                code.setWord(to + i, () -> code.word(word));
            }
        }
    }

    record AddHeader(HeaderRef header) implements Primitive {
        @Override
        public int run(Packet packet) {
            Header added = header.in(packet);
            if (added.add(packet)) {
                packet.length += added.octets(packet);
            }
            return NEXT;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            if (!(header instanceof Header) || header.type().words() > FEW_WORDS) {
                Primitive.super.emit(code, steps);
                return;
            }
            Header added = (Header) header;
            Label end = new Label();
            ifValidity(code, added, end, Opcodes.IFNE);
            for (int i = 1; i < added.type().words(); i++) {
                code.setWord(added.base() + i, () -> code.number(0));
            }
            added.emitMakeValid(code);
            grow(code, added.type().fixedOctets());
            code.label(end);
        }
    }

    record RemoveHeader(HeaderRef header) implements Primitive {
        @Override
        public int run(Packet packet) {
            Header removed = header.in(packet);
            if (removed.valid(packet)) {
                packet.length -= removed.octets(packet);
                removed.makeInvalid(packet);
            }
            return NEXT;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            if (!(header instanceof Header) || header.type().varbit() != null) {
                Primitive.super.emit(code, steps);
                return;
            }
            Header removed = (Header) header;
            Label end = new Label();
            ifValidity(code, removed, end, Opcodes.IFEQ);
            code.setWord(removed.base(), () -> code.number(0));
            grow(code, -removed.type().fixedOctets());
            code.label(end);
        }
    }

    record Jump(int target) implements Primitive {
        @Override
        public int run(Packet packet) {
            return target;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            code.jump(steps[target]);
        }
    }

    record JumpUnless(Bool condition, int target) implements Primitive {
        @Override
        public int run(Packet packet) {
            return condition.test(packet) ? NEXT : target;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            condition.branch(code, steps[target], false);
        }
    }

    record Exit() implements Primitive {
        @Override
        public int run(Packet packet) {
            packet.exit = true;
            return NEXT;
        }

        @Override
        public boolean mayEnd() {
            return true;
        }
    }

    record Require(String what, Bool condition) implements Primitive {
        @Override
        public int run(Packet packet) {
            if (!condition.test(packet)) {
                packet.aborted = true;
                packet.exit = true;
                if (packet.trace != null) {
                    packet.step(what + " failed: packet dropped");
                }
            }
            return NEXT;
        }

        @Override
        public boolean mayEnd() {
            return true;
        }
    }

    private static void ifValidity(Code code, Header header, Label to, int opcode) {
        code.word(header.base());
        code.number(0);
        code.op(Opcodes.LCMP);
        code.jump(opcode, to);
    }

    private static void grow(Code code, int octets) {
        code.set("length", int.class, () -> {
            code.get("length", int.class);
            code.integer(octets);
            code.op(Opcodes.IADD);
        });
    }
}
