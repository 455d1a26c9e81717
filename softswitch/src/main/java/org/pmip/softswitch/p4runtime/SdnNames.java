// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.pmip.softswitch.pipeline.Bits;

/**
 * The strings by which controllers name values of a translated type (P4Runtime 1.3, sections 8.5.6 and 18.1), and the
 * numbers that stand for them in the pipeline. A string in decimal stands for its number, others get one that is free,
 * from the greatest down; what the program maps with {@code @p4runtime_translation_mappings} stays so. A string is
 * forgotten some time after the last entity that held it. Thread-safe.
 */
final class SdnNames {
    /** Numbers that are given away are kept below this width, whatever the type's. */
    private static final int MOST_BITS = 31;
    private static final int LONGEST_DECIMAL = 18;
    private static final int COLLECT_AT_LEAST = 1024;

    private final String type;
    private final boolean ports;
    private final Supplier<Set<Bits>> inUse;
    private final Map<ByteString, Bits> numbers = new HashMap<>();
    private final Map<Bits, ByteString> names = new HashMap<>();
    /** Numbers that the program itself names. */
    private final Set<Bits> fixed = new HashSet<>();
    /** Numbers that an update names which is being made, and may not be in an entity yet. */
    private final Set<Bits> touched = new HashSet<>();
    private int width = Integer.MAX_VALUE;
    private int collectAt;
    private long next;

    /**
     * For one type.
     *
     * @param type as texts call it
     * @param ports whether its values are ports, for which only their numbers can be names
     * @param inUse finds the numbers that entities hold
     */
    SdnNames(String type, boolean ports, Supplier<Set<Bits>> inUse) {
        this.type = type;
        this.ports = ports;
        this.inUse = inUse;
    }

    boolean ports() {
        return ports;
    }

    /** Says of a place in the pipeline that holds such values how wide it is; the narrowest counts. */
    synchronized void place(int bits) {
        width = Math.min(width, bits);
        next = (1L << Math.min(width, MOST_BITS)) - 1;
    }

    /** Names a number for good. */
    synchronized void fix(String name, Bits number) {
        put(ByteString.copyFromUtf8(name), number);
        fixed.add(number);
    }

    private void put(ByteString name, Bits number) {
        numbers.put(name, number);
        names.put(number, name);
    }

    /** Begins another update or read: what the last one named is in an entity now, or is not needed. */
    synchronized void begin() {
        touched.clear();
    }

    /** The number that stands for a name. */
    synchronized Bits number(ByteString name, String what) throws Refusal {
        Bits known = numbers.get(name);
        if (known == null) {
            if (!name.isValidUtf8()) {
                throw Refusal.invalid(what + " is no string: " + type + " takes text in UTF-8");
            }
            if (numbers.size() >= collectAt) {
                collect();
            }
            known = choose(name.toStringUtf8(), what);
            put(name, known);
        }
        touched.add(known);
        return known;
    }

    /** The number that stands for a name already, or that a name in decimal says; for what no entity will hold. */
    synchronized Bits find(ByteString name, String what) throws Refusal {
        Bits known = numbers.get(name);
        Bits said = known == null ? decimal(name.toStringUtf8()) : known;
        if (said == null || known == null && names.containsKey(said)) {
            throw Refusal.invalid(what + " is '" + name.toStringUtf8() + "'" + (ports ? notAPort()
                    : ", which no entity of this switch holds: give the name of a value in use"));
        }
        return said;
    }

    private String notAPort() {
        return ": the values of " + type + " are ports of this switch, give the port's number in decimal";
    }

    /** The number that a text says, or null where it says none that fits. */
    private Bits decimal(String name) {
        boolean decimal = name.length() <= LONGEST_DECIMAL && name.matches("0|[1-9][0-9]*");
        Bits number = decimal ? Bits.of(Long.parseLong(name)) : null;
        return decimal && number.bitLength() <= width ? number : null;
    }

    private Bits choose(String name, String what) throws Refusal {
        Bits number = decimal(name);
        if (number != null) {
            if (names.containsKey(number)) {
                throw Refusal.of(Status.Code.RESOURCE_EXHAUSTED, what + " is '" + name
                        + "', but that number stands for '" + names.get(number).toStringUtf8()
                        + "' in this switch: give another name");
            }
            return number;
        }
        if (ports) {
            throw Refusal.invalid(what + " is '" + name + "'" + notAPort());
        }
        long space = (1L << Math.min(width, MOST_BITS)) - 1;
        if (names.size() >= space) {
            collect();
        }
        for (long tries = 0; tries < space; tries++) {
            Bits free = Bits.of(next);
            next = next == 1 ? space : next - 1;
            if (!names.containsKey(free)) {
                return free;
            }
        }
        throw Refusal.of(Status.Code.RESOURCE_EXHAUSTED, what + " is '" + name + "', for which no number is left: "
                + type + " has " + width + " bits in this switch");
    }

    /** Forgets the names of what no entity holds, and names what the program's own entries hold. */
    private void collect() {
        Set<Bits> used = inUse.get();
        for (Bits number : used) {
            if (!names.containsKey(number)) {
                put(decimal(number), number);
            }
        }
        used.addAll(touched);
        used.addAll(fixed);
        numbers.values().retainAll(used);
        names.keySet().retainAll(used);
        collectAt = Math.max(COLLECT_AT_LEAST, 2 * numbers.size());
    }

    /** The name of a number. */
    synchronized ByteString name(Bits number) {
        ByteString name = names.get(number);
        return name == null ? decimal(number) : name;
    }

    private static ByteString decimal(Bits number) {
        return ByteString.copyFromUtf8(new BigInteger(1, number.toBytes()).toString());
    }
}
