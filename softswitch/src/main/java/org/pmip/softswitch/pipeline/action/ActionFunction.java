// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.state.RegisterCells;

/** An action of the program. */
public final class ActionFunction {
    /** Where the first argument lies in the words of a call. */
    public static final int FIRST_ARGUMENT = 1;

    private final int index;
    private final String name;
    private final List<Parameter> parameters;
    private final int words;
    private final Primitive[] primitives;
    private final RegisterCells[] registers;

    /** A parameter of an action: its name, its width in bits, its first word among the arguments. */
    public record Parameter(String name, int width, int word) { }

    /**
     * Makes an action.
     *
     * @param index counts the actions of the program from 0
     * @param registers those it touches, always in the same order, so that locks are never taken crosswise
     */
    public ActionFunction(int index, String name, List<Parameter> parameters, Primitive[] primitives,
                          RegisterCells[] registers) {
        this.index = index;
        this.name = name;
        this.parameters = List.copyOf(parameters);
        int count = FIRST_ARGUMENT;
        for (Parameter parameter : parameters) {
            count += Octets.words(parameter.width());
        }
        words = count;
        this.primitives = primitives;
        this.registers = registers;
    }

    /** Whether it takes arguments. */
    public boolean takesArguments() {
        return !parameters.isEmpty();
    }

    /** Widths of its parameters in bits. */
    public List<Integer> widths() {
        return parameters.stream().map(Parameter::width).toList();
    }

    /** Its place among the actions of the program. */
    public int index() {
        return index;
    }

    /** The name in the P4Info. */
    public String name() {
        return name;
    }

    /** Runs it with arguments that {@link #pack} made. */
    public void run(Packet packet, long[] arguments) {
        packet.arguments = arguments;
        if (registers.length == 0) {
            steps(packet);
            return;
        }
        for (RegisterCells register : registers) {
            register.lock().lock();
        }
        try {
            steps(packet);
        } finally {
            for (RegisterCells register : registers) {
                register.lock().unlock();
            }
        }
    }

    /** Whether it may end the control or the packet. */
    public boolean mayEnd() {
        return Arrays.stream(primitives).anyMatch(Primitive::mayEnd);
    }

    /** How many steps it has. */
    public int steps() {
        return primitives.length;
    }

    /** Whether {@link #emit} can write it; what holds locks is called. */
    public boolean compiles() {
        return registers.length == 0;
    }

    /** Writes its steps; the arguments are in the packet already. */
    public void emit(Code code) {
        Label[] labels = new Label[primitives.length + 1];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new Label();
        }
        for (int i = 0; i < primitives.length; i++) {
            code.label(labels[i]);
            primitives[i].emit(code, labels);
        }
        code.label(labels[primitives.length]);
    }

    private void steps(Packet packet) {
        Primitive[] steps = primitives;
        for (int i = 0; i < steps.length;) {
            int next = steps[i].run(packet);
            i = next < 0 ? i + 1 : next;
        }
    }

    /** Checks the arguments of a call of this action and lays them out as words, of which the first is its index. */
    public long[] pack(ActionCall call) throws TableException {
        if (call.arguments() != parameters.size()) {
            throw new TableException(TableException.Kind.INVALID, "action '" + name + "' takes " + parameters.size()
                    + " parameters, not " + call.arguments());
        }
        long[] arguments = new long[words];
        arguments[0] = index;
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Bits value = Bits.of(call.argument(i));
            if (value.bitLength() > parameter.width()) {
                throw new TableException(TableException.Kind.INVALID, "parameter '" + parameter.name()
                        + "' of action '" + name + "': " + value + " is wider than its " + parameter.width() + " bits");
            }
            words(value, parameter.width(), arguments, parameter.word());
        }
        return arguments;
    }

    /** Lays out a number in the words of a field of that width, the highest bits first. */
    public static void words(Bits value, int width, long[] to, int first) {
        int count = Octets.words(width);
        byte[] octets = value.toBytes(count * 8);
        for (int i = 0; i < count; i++) {
            to[first + i] = Octets.load(octets, 8 * i, 8);
        }
    }

    /** Its name with those arguments, for traces. */
    public String with(long[] arguments) {
        StringBuilder text = new StringBuilder(name).append('(');
        for (Parameter parameter : parameters) {
            text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ").append(parameter.name()).append(" = 0x");
            BigInteger value = BigInteger.ZERO;
            for (int i = 0; i < Octets.words(parameter.width()); i++) {
                value = value.shiftLeft(Long.SIZE).or(new BigInteger(
                        Long.toUnsignedString(arguments[parameter.word() + i])));
            }
            text.append(value.toString(16));
        }
        return text.append(')').toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
