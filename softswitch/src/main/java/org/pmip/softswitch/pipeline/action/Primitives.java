// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.pmip.softswitch.pipeline.expr.Bitwise;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.hash.Calculation;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.state.CounterCells;
import org.pmip.softswitch.pipeline.state.MeterCells;
import org.pmip.softswitch.pipeline.state.RegisterCells;

/** What the steps of actions do. */
public final class Primitives {
    private Primitives() {
    }

    /** Sets a field. */
    public static Primitive assign(Place place, Num value) {
        return new Steps.Assign(place, value);
    }

    /** Sets a field of at most 64 bits that is known when the program is loaded: by far the most frequent step. */
    public static Primitive assignNarrow(int word, long mask, Num given) {
        return new Steps.AssignNarrow(word, mask, Bitwise.withoutMask(given, mask));
    }

    /** Copies the words of one field into another of the same width. */
    public static Primitive copyWords(int to, int from, int count) {
        return new Steps.CopyWords(to, from, count);
    }

    /** Copies a varbit field of one header into that of another; the length comes with it. */
    public static Primitive assignVarbit(Header to, Header from) {
        int most = Math.min(to.type().varbitOctets(), from.type().varbitOctets());
        int toWord = to.base() + to.type().varbit().word();
        int fromWord = from.base() + from.type().varbit().word();
        return packet -> {
            int octets = Math.min(most, (int) (packet.words[fromWord] >>> 3));
            System.arraycopy(packet.varbits, from.varAt(), packet.varbits, to.varAt(), octets);
            packet.words[toWord] = octets * 8L;
            return Primitive.NEXT;
        };
    }

    /** Makes a header valid, with zeros if it was not; the packet grows by it. */
    public static Primitive addHeader(HeaderRef header) {
        return new Steps.AddHeader(header);
    }

    /** Makes a header invalid; the packet shrinks by it. */
    public static Primitive removeHeader(HeaderRef header) {
        return new Steps.RemoveHeader(header);
    }

    /** Copies a header with its validity. */
    public static Primitive assignHeader(HeaderRef to, HeaderRef from) {
        return packet -> {
            to.in(packet).copy(packet, from.in(packet));
            return Primitive.NEXT;
        };
    }

    /** Copies a whole stack. */
    public static Primitive assignStack(HeaderStack to, HeaderStack from) {
        return packet -> {
            to.copy(packet, from);
            return Primitive.NEXT;
        };
    }

    /** Moves the elements of a stack up. */
    public static Primitive push(HeaderStack stack, Num count) {
        return packet -> {
            stack.pushFront(packet, count.eval(packet));
            return Primitive.NEXT;
        };
    }

    /** Moves the elements of a stack down. */
    public static Primitive pop(HeaderStack stack, Num count) {
        return packet -> {
            stack.popFront(packet, count.eval(packet));
            return Primitive.NEXT;
        };
    }

    /** Goes on at another step. */
    public static Primitive jump(int target) {
        return new Steps.Jump(target);
    }

    /** Goes on at another step if the condition is false. */
    public static Primitive jumpUnless(Bool condition, int target) {
        return new Steps.JumpUnless(condition, target);
    }

    /** Ends the control after this action. */
    public static Primitive exit() {
        return new Steps.Exit();
    }

    /** Drops the packet at once if the condition is false; {@code what} is assert or assume. */
    public static Primitive require(String what, Bool condition) {
        return new Steps.Require(what, condition);
    }

    /** Writes the program's own text to the trace; each {} in it stands for a value. */
    public static Primitive log(String format, Num[] values) {
        return packet -> {
            if (packet.trace != null) {
                StringBuilder text = new StringBuilder(format);
                int at = 0;
                for (Num value : values) {
                    at = text.indexOf("{}", at);
                    if (at < 0) {
                        break;
                    }
                    String number = value.big(packet).toString();
                    text.replace(at, at + 2, number);
                    at += number.length();
                }
                packet.step(text.toString());
            }
            return Primitive.NEXT;
        };
    }

    /** Counts the packet in a cell. */
    public static Primitive count(CounterCells counter, Num index) {
        return packet -> {
            counter.count(unsigned32(index, packet), packet.ingressLength);
            if (packet.trace != null) {
                packet.step("Counter '" + counter.name() + "': cell " + unsigned32(index, packet) + " counts");
            }
            return Primitive.NEXT;
        };
    }

    /** Sets a field to the colour of the packet by a cell; outside of the meter the field stays. */
    public static Primitive meter(MeterCells meter, Num index, Place color) {
        return packet -> {
            int result = meter.execute(unsigned32(index, packet), packet.ingressLength);
            if (packet.trace != null) {
                packet.step("Meter '" + meter.name() + "': cell " + unsigned32(index, packet) + " gives colour "
                        + result);
            }
            if (result >= 0) {
                color.put(packet, result);
            }
            return Primitive.NEXT;
        };
    }

    /** Reads a cell into a field. */
    public static Primitive readRegister(Place place, RegisterCells register, Num index) {
        Num cell = register.cell(index);
        return packet -> {
            if (packet.trace != null) {
                packet.step("Register '" + register.name() + "': cell " + unsigned32(index, packet) + " is read");
            }
            register.load(packet, unsigned32(index, packet), cell, place);
            return Primitive.NEXT;
        };
    }

    /** Writes a number into a cell. */
    public static Primitive writeRegister(RegisterCells register, Num index, Num value) {
        return packet -> {
            if (packet.trace != null) {
                packet.step("Register '" + register.name() + "': cell " + unsigned32(index, packet) + " becomes 0x"
                        + value.big(packet).toString(16));
            }
            register.store(packet, unsigned32(index, packet), value);
            return Primitive.NEXT;
        };
    }

    private static long unsigned32(Num index, Packet packet) {
        return index.eval(packet) & 0xffffffffL;
    }

    /** Sets a field to base + hash % most, where most 0 counts as 1. */
    public static Primitive hash(Place place, Num base, Calculation calculation, Num most) {
        return packet -> {
            long modulus = most.eval(packet);
            long hash = modulus == 0 ? 0 : Long.remainderUnsigned(calculation.of(packet), modulus);
            place.put(packet, hash + base.eval(packet));
            return Primitive.NEXT;
        };
    }

    /** Sets a field to a random number from low to high; not at all if low is above high. */
    public static Primitive random(Place place, Num low, Num high) {
        return packet -> {
            long least = low.eval(packet);
            long most = high.eval(packet);
            if (Long.compareUnsigned(least, most) <= 0) {
                place.put(packet, least + below(ThreadLocalRandom.current(), most - least + 1));
            }
            return Primitive.NEXT;
        };
    }

    /** A number below the bound, which is unsigned and 0 for 2^64. */
    static long below(RandomGenerator random, long bound) {
        if (bound > 0) {
            return random.nextLong(bound);
        }
        long number = random.nextLong();
        while (bound != 0 && Long.compareUnsigned(number, bound) >= 0) {
            number = random.nextLong();
        }
        return number;
    }
}
