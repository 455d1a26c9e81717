// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.compile;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.parser.Deparser;
import org.pmip.softswitch.pipeline.parser.Parser;
import org.pmip.softswitch.pipeline.parser.ParserState;
import org.pmip.softswitch.pipeline.run.Stage;

/**
 * Makes classes of the parts of a program. What a part does when compiled is what its interpreter does; a part that
 * does not fit into a class, which no program of sensible size is, stays interpreted.
 */
public final class Compiler {
    /** Steps in one method; the just-in-time compiler leaves those alone that are several times as long. */
    private static final int MOST_WEIGHT = 80;

    private static final MethodType HEADER =
            MethodType.methodType(void.class, Packet.class, long[].class, byte[].class, int.class);

    private Compiler() {
    }

    /** Compiles a control from its first node on, which may be null. */
    public static Stage control(ControlNode first) {
        return first == null ? packet -> 0 : orElse(() -> controlClass(first), packet -> {
            ControlNode.run(first, packet);
            return 0;
        });
    }

    /** What is compiled or, where a class cannot hold it, interpreted. */
    private static Stage orElse(Supplier<Stage> compiled, Stage interpreted) {
        try {
            return compiled.get();
        } catch (MethodTooLargeException | ClassTooLargeException | StackOverflowError e) {
            return interpreted;
        }
    }

    private static Stage controlClass(ControlNode first) {
        List<Set<ControlNode>> parts = parts(order(first));
        Map<ControlNode, Integer> entries = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            entries.put(parts.get(i).iterator().next(), i);
        }
        Unit unit = new Unit();
        Map<ActionFunction, String> actions = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            new Flow(unit.method("part" + i, Unit.STEP), parts.get(i), actions).write(parts.get(i), entries::get);
        }
        Code code = unit.method("control", Unit.STEP);
        Label end = new Label();
        code.get("exit", boolean.class);
        code.jump(Opcodes.IFNE, end);
        drive(code, "part", parts.size(), entries.get(first), end, next -> { });
        code.label(end);
        code.returnInt(0);
        code.end();
        return unit.define("control");
    }

    /** Compiles a parser and the checksums that are verified. */
    public static Stage parser(Parser parser) {
        return orElse(() -> parserClass(parser), packet -> {
            parser.parse(packet);
            return 0;
        });
    }

    private static Stage parserClass(Parser parser) {
        Map<ParserState, Integer> numbers = new LinkedHashMap<>();
        number(parser.first(), numbers);
        Unit unit = new Unit();
        numbers.forEach((state, number) -> {
            Code code = unit.method("state" + number, Unit.STEP);
            state.emit(code, parser.errors(), numbers::get);
            code.end();
        });
        Code code = unit.method("parse", Unit.STEP);
        code.set("error", int.class, () -> code.integer(0));
        code.set("checksumError", boolean.class, () -> code.integer(0));
        Label end = new Label();
        if (!numbers.isEmpty()) {
            drive(code, "state", numbers.size(), 0, end, limit(code, parser.errors().parserTimeout(), end));
        }
        code.label(end);
        parser.checksums().forEach(checksum -> checksum.emitVerify(code));
        code.returnInt(0);
        code.end();
        return unit.define("parse");
    }

    private static void number(ParserState state, Map<ParserState, Integer> numbers) {
        if (state != null && numbers.putIfAbsent(state, numbers.size()) == null) {
            state.followers().forEach(follower -> number(follower, numbers));
        }
    }

    /** Writes, before each state, what ends parsing when too many were passed. */
    private static IntConsumer limit(Code code, int error, Label end) {
        int left = code.local(1);
        code.integer(Parser.MOST_STATES);
        code.variable(Opcodes.ISTORE, left);
        return next -> {
            Label enough = new Label();
            code.variable(Opcodes.ILOAD, left);
            code.integer(1);
            code.op(Opcodes.ISUB);
            code.variable(Opcodes.ISTORE, left);
            code.variable(Opcodes.ILOAD, left);
            code.jump(Opcodes.IFGE, enough);
            code.variable(Opcodes.ILOAD, next);
            code.jump(Opcodes.IFLT, end);
            code.set("error", int.class, () -> code.integer(error));
            code.jump(end);
            code.label(enough);
        };
    }

    /** Compiles a deparser and the checksums that are computed. */
    public static Stage deparser(Deparser deparser) {
        return orElse(() -> deparserClass(deparser), deparser::deparse);
    }

    private static Stage deparserClass(Deparser deparser) {
        Unit unit = new Unit();
        Code code = unit.method("deparse", Unit.STEP);
        deparser.emit(code, (number, header) -> {
            Code body = unit.method("header" + number, HEADER);
            header.emitEmit(body, 2, 3);
            body.op(Opcodes.RETURN);
            body.end();
            code.callOwn("header" + number, HEADER);
        });
        code.end();
        return unit.define("deparse");
    }

    /**
     * Writes a loop that calls the methods of that name by number, each of which returns the number of the next, until
     * one returns a number that none has. Before each, {@code beforeEach} writes; it is given the variable of the
     * number.
     */
    private static void drive(Code code, String name, int count, int first, Label end,
                              IntConsumer beforeEach) {
        int next = code.local(1);
        Label again = new Label();
        code.integer(first);
        code.variable(Opcodes.ISTORE, next);
        code.label(again);
        beforeEach.accept(next);
        Label[] cases = new Label[count];
        for (int i = 0; i < count; i++) {
            cases[i] = new Label();
        }
        code.variable(Opcodes.ILOAD, next);
        code.tableSwitch(cases, end);
        for (int i = 0; i < count; i++) {
            code.label(cases[i]);
            code.packet();
            code.words();
            code.callOwn(name + i, Unit.STEP);
            code.variable(Opcodes.ISTORE, next);
            code.jump(again);
        }
    }

    /** All nodes, each before those that follow it. */
    private static List<ControlNode> order(ControlNode first) {
        List<ControlNode> reversed = new ArrayList<>();
        visit(first, new HashSet<>(), reversed);
        List<ControlNode> order = new ArrayList<>();
        for (int i = reversed.size() - 1; i >= 0; i--) {
            order.add(reversed.get(i));
        }
        return order;
    }

    private static void visit(ControlNode node, Set<ControlNode> seen, List<ControlNode> reversed) {
        if (seen.add(node)) {
            node.followers().forEach(follower -> visit(follower, seen, reversed));
            reversed.add(node);
        }
    }

    /** Cuts the nodes into parts that are entered at their first node alone. */
    private static List<Set<ControlNode>> parts(List<ControlNode> order) {
        Map<ControlNode, Set<ControlNode>> before = new HashMap<>();
        for (ControlNode node : order) {
            node.followers().forEach(follower -> before.computeIfAbsent(follower, key -> new HashSet<>()).add(node));
        }
        List<Set<ControlNode>> parts = new ArrayList<>();
        Map<ControlNode, Integer> partOf = new HashMap<>();
        List<Integer> weights = new ArrayList<>();
        for (ControlNode node : order) {
            Set<Integer> from = new HashSet<>();
            before.getOrDefault(node, Set.of()).forEach(predecessor -> from.add(partOf.get(predecessor)));
            int part = from.size() == 1 ? from.iterator().next() : -1;
            if (part < 0 || weights.get(part) + node.weight() > MOST_WEIGHT) {
                part = parts.size();
                parts.add(new LinkedHashSet<>());
                weights.add(0);
            }
            parts.get(part).add(node);
            weights.set(part, weights.get(part) + node.weight());
            partOf.put(node, part);
        }
        return parts;
    }
}
