// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * An action with its arguments. Immutable.
 *
 * <p>Arguments are unsigned big-endian numbers of any length; they are kept in canonical form (fewest octets, at least
 * one; P4Runtime 1.3, section 8.4), so that equal values compare equal.
 */
public final class ActionCall implements ActionChoice {
    private final String action;
    private final List<Bits> arguments;

    private ActionCall(String action, List<Bits> arguments) {
        this.action = action;
        this.arguments = arguments;
    }

    /** The action of that name, as the P4Info gives it, with its arguments in the order of its parameters. */
    public static ActionCall of(String action, byte[]... arguments) {
        List<Bits> bits = new ArrayList<>(arguments.length);
        for (byte[] argument : arguments) {
            bits.add(Bits.of(argument));
        }
        return new ActionCall(action, List.copyOf(bits));
    }

    /** The action's name in the P4Info. */
    public String action() {
        return action;
    }

    /** How many arguments there are. */
    public int arguments() {
        return arguments.size();
    }

    /** Argument of that index, 0 is the first, in canonical form; a copy. */
    public byte[] argument(int index) {
        return arguments.get(index).toBytes();
    }

    /** Argument of that index, 0 is the first. */
    public Bits value(int index) {
        return arguments.get(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActionCall
                && action.equals(((ActionCall) other).action) && arguments.equals(((ActionCall) other).arguments);
    }

    @Override
    public int hashCode() {
        return 31 * action.hashCode() + arguments.hashCode();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", action + "(", ")");
        for (Bits argument : arguments) {
            text.add("0x" + HexFormat.of().formatHex(argument.toBytes()));
        }
        return text.toString();
    }
}
