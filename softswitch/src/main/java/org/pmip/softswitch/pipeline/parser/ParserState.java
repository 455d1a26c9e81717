// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * A state of the parser: steps, then a transition by a key of one or more parts. Each part of the key is taken as
 * words, lowest first, and compared word for word.
 */
public final class ParserState {
    /** Number, in compiled parsers, of what follows the last state. */
    public static final int END = -1;

    private final String name;
    private final ParserOp[] ops;
    /** Expression and index of each word of the key. */
    private final Num[] keys;
    private final int[] words;
    /** Octets ahead of the cursor that the key looks at. */
    private final int ahead;
    private Transition[] transitions = {};
    private ParserState otherwise;
    private boolean plain = true;

    /**
     * One transition; value and mask have a word for each word of the key.
     *
     * @param set where not null, a member of it must fit instead
     * @param next null accepts
     */
    public record Transition(long[] value, long[] mask, ValueSetCells set, ParserState next) { }

    /** With steps and key, whose parts are of these widths in bits. */
    public ParserState(String name, ParserOp[] ops, Num[] parts, int[] widths) {
        this.name = name;
        this.ops = ops;
        int count = 0;
        int most = 0;
        for (int i = 0; i < parts.length; i++) {
            count += (widths[i] + 63) / 64;
            if (parts[i] instanceof Lookahead) {
                most = Math.max(most, ((Lookahead) parts[i]).octets());
            }
        }
        ahead = most;
        keys = new Num[count];
        words = new int[count];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            for (int word = 0; word < (widths[i] + 63) / 64; word++) {
                keys[at] = parts[i];
                words[at++] = word;
            }
        }
    }

    /** Sets what follows: the first transition that fits, else the last argument, where null accepts. */
    public void follow(Transition[] by, ParserState last) {
        transitions = by;
        // A state without a key has no transitions by value.
        plain = keys.length == 1 && Arrays.stream(by).allMatch(transition -> transition.set == null);
        otherwise = last;
    }

    /** The name in the program. */
    public String name() {
        return name;
    }

    /** Runs the steps; returns {@link ParserOp#FINE} or an error. */
    int steps(Packet packet, ParserErrors errors) {
        for (ParserOp op : ops) {
            int result = op.run(packet);
            if (result != ParserOp.FINE) {
                return result;
            }
        }
        return ahead > 0 && packet.payload() < ahead ? errors.packetTooShort() : ParserOp.FINE;
    }

    /** The state that follows, or null. */
    ParserState next(Packet packet) {
        if (plain) {
            long key = keys[0].word(packet, 0);
            for (Transition transition : transitions) {
                if ((key & transition.mask[0]) == transition.value[0]) {
                    return transition.next;
                }
            }
            return otherwise;
        }
        for (Transition transition : transitions) {
            if (transition.set == null ? fits(packet, transition.value, transition.mask)
                    : transition.set.fits(this, packet)) {
                return transition.next;
            }
        }
        return otherwise;
    }

    /** The states that may follow, as far as there are any. */
    public List<ParserState> followers() {
        return Stream.concat(Arrays.stream(transitions).map(Transition::next), Stream.ofNullable(otherwise))
                .filter(Objects::nonNull).toList();
    }

    /** Writes what the state does into a method that returns the number of the state that follows. */
    public void emit(Code code, ParserErrors errors, ToIntFunction<ParserState> numbers) {
        for (ParserOp op : ops) {
            op.emit(code);
        }
        if (ahead > 0) {
            ParserOp.need(code, ahead, errors.packetTooShort());
        }
        int[] locals = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            locals[i] = code.local(2);
            keys[i].emitWord(code, words[i]);
            code.variable(Opcodes.LSTORE, locals[i]);
        }
        for (Transition transition : transitions) {
            Label different = new Label();
            if (transition.set == null) {
                emitFits(code, transition, locals, different);
            } else {
                code.object(transition.set, ValueSetCells.class);
                code.object(this, ParserState.class);
                code.packet();
                code.call(ValueSetCells.class, "fits");
                code.jump(Opcodes.IFEQ, different);
            }
            code.returnInt(number(transition.next, numbers));
            code.label(different);
        }
        code.returnInt(number(otherwise, numbers));
    }

    private static int number(ParserState state, ToIntFunction<ParserState> numbers) {
        return state == null ? END : numbers.applyAsInt(state);
    }

    private static void emitFits(Code code, Transition transition, int[] locals, Label different) {
        for (int i = 0; i < locals.length; i++) {
            if (transition.mask[i] == 0) {
                // The value is cut by the mask.
                continue;
            }
            code.variable(Opcodes.LLOAD, locals[i]);
            code.mask(transition.mask[i]);
            code.number(transition.value[i]);
            code.op(Opcodes.LCMP);
            code.jump(Opcodes.IFNE, different);
        }
    }

    boolean fits(Packet packet, long[] value, long[] mask) {
        for (int i = 0; i < keys.length; i++) {
            if ((keys[i].word(packet, words[i]) & mask[i]) != value[i]) {
                return false;
            }
        }
        return true;
    }

    /** Compares the part of the key from that word on with a number, whose lowest word comes first; unsigned. */
    int compare(Packet packet, int first, long[] number) {
        for (int i = number.length - 1; i >= 0; i--) {
            int order = Long.compareUnsigned(keys[first + i].word(packet, words[first + i]), number[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
