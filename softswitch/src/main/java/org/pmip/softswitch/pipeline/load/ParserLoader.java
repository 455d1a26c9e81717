// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.expr.Leaves;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;
import org.pmip.softswitch.pipeline.parser.Checksum;
import org.pmip.softswitch.pipeline.parser.Lookahead;
import org.pmip.softswitch.pipeline.parser.Parser;
import org.pmip.softswitch.pipeline.parser.ParserErrors;
import org.pmip.softswitch.pipeline.parser.ParserOp;
import org.pmip.softswitch.pipeline.parser.ParserOps;
import org.pmip.softswitch.pipeline.parser.ParserState;
import org.pmip.softswitch.pipeline.parser.ValueSetCells;

/** The parser. */
final class ParserLoader {
    private final Names names;
    private final ActionLoader actions;
    private final Expressions expressions;
    private ParserErrors errors;
    private final Map<String, ParserState> states = new LinkedHashMap<>();
    private final Map<String, Json> declaredSets = new LinkedHashMap<>();
    private final Map<String, ValueSetCells> valueSets = new LinkedHashMap<>();
    /** Widths of the parts of each state's key. */
    private final Map<String, int[]> widths = new HashMap<>();

    ParserLoader(Names names, ActionLoader actions) {
        this.names = names;
        this.actions = actions;
        expressions = new Expressions(names, List.of());
    }

    Parser load(Json root, Checksum[] checksums) throws PipelineException {
        errors = errors(root);
        for (Json set : root.list("parse_vsets")) {
            Names.declare(declaredSets, set.text("name"), set, set);
        }
        Json parser = ProgramLoader.only(root, "parsers", "parser");
        for (Json state : parser.list("parse_states")) {
            Names.declare(states, state.text("name"), state(state), state);
        }
        for (Json state : parser.list("parse_states")) {
            transitions(state);
        }
        for (Json set : declaredSets.values()) {
            if (!valueSets.containsKey(set.text("name"))) {
                declare(set, new int[] {set.integer("compressed_bitwidth", 1, 1 << 14)});
            }
        }
        return new Parser(next(parser.get("init_state")), errors, checksums);
    }

    private static ParserErrors errors(Json root) throws PipelineException {
        Map<String, Integer> values = new HashMap<>();
        int free = 1;
        for (Json error : root.list("errors")) {
            int value = error.get(1).integer(0, Integer.MAX_VALUE - 16);
            Names.declare(values, error.get(0).text(), value, error);
            free = Math.max(free, value + 1);
        }
        if (values.getOrDefault("NoError", 0) != 0) {
            throw root.get("errors").wrong("NoError must be 0");
        }
        String[] core = {"PacketTooShort", "StackOutOfBounds", "HeaderTooShort", "ParserTimeout",
            "ParserInvalidArgument"};
        for (String name : core) {
            if (!values.containsKey(name)) {
                values.put(name, free++);
            }
        }
        return new ParserErrors(values.get(core[0]), values.get(core[1]), values.get(core[2]), values.get(core[3]),
                values.get(core[4]));
    }

    private ParserState state(Json state) throws PipelineException {
        List<ParserOp> ops = new ArrayList<>();
        for (Json op : state.list("parser_ops")) {
            ops.add(op(op));
        }
        List<Num> parts = new ArrayList<>();
        List<Integer> bits = new ArrayList<>();
        for (Json part : state.list("transition_key")) {
            Json value = part.get("value");
            switch (part.text("type")) {
                case "field":
                    Names.FieldAt at = names.number(value);
                    parts.add(Leaves.field(at.word(), at.field().width(), false));
                    bits.add(at.field().width());
                    break;
                case "stack_field":
                case "union_stack_field":
                    boolean inUnion = part.text("type").equals("union_stack_field");
                    HeaderStack stack = inUnion ? names.unionStack(value) : names.stack(value.get(0));
                    Field field = names.field(stack.type(), value.get(inUnion ? 2 : 1));
                    Field unsigned = new Field(field.name(), field.width(), false, false, field.word());
                    if (field.varbit()) {
                        throw part.wrong("a varbit cannot be selected on");
                    }
                    parts.add(Leaves.field(stack.last(), unsigned));
                    bits.add(field.width());
                    break;
                case "lookahead":
                    Lookahead ahead = expressions.lookahead(value);
                    parts.add(ahead);
                    bits.add(ahead.width());
                    break;
                default:
                    throw part.get("type").wrong("keys of type '" + part.text("type") + "' are not offered");
            }
        }
        int[] sizes = bits.stream().mapToInt(Integer::intValue).toArray();
        widths.put(state.text("name"), sizes);
        return new ParserState(state.text("name"), ops.toArray(new ParserOp[0]), parts.toArray(new Num[0]), sizes);
    }

    private ParserOp op(Json op) throws PipelineException {
        Json parameters = op.get("parameters");
        int count = parameters.list().size();
        String name = op.text("op");
        int needed = name.equals("extract_VL") || name.equals("set") || name.equals("verify") ? 2 : 1;
        if (count != needed) {
            throw op.wrong("parser operation '" + name + "' takes " + needed + " parameters, not " + count);
        }
        switch (name) {
            case "extract":
                return extract(parameters.get(0), null);
            case "extract_VL":
                return extract(parameters.get(0), parameters.get(1));
            case "set":
                return set(parameters);
            case "verify":
                return ParserOps.verify(expressions.bool(parameters.get(0)), error(parameters.get(1)));
            case "advance":
                return ParserOps.advance(expressions.num(parameters.get(0)), errors);
            case "shift":
                int octets = parameters.get(0).integer(0, 1 << 16);
                return ParserOps.advance(Leaves.constant(BigInteger.valueOf(8L * octets)), errors);
            case "primitive":
                return ParserOps.call(actions.call(parameters.get(0).text("op"), List.of(parameters.get(0))));
            default:
                throw op.get("op").wrong("parser operation '" + name + "' is not offered by this target");
        }
    }

    private Num error(Json json) throws PipelineException {
        return json.isInteger() ? Leaves.constant(BigInteger.valueOf(json.integer(0, Integer.MAX_VALUE)))
                : expressions.num(json);
    }

    private ParserOp extract(Json what, Json length) throws PipelineException {
        HeaderStack stack = null;
        Header header = null;
        switch (what.text("type")) {
            case "regular":
                header = names.header(what.get("value"));
                break;
            case "stack":
                stack = names.stack(what.get("value"));
                break;
            case "union_stack":
                stack = names.unionStack(what.get("value"));
                break;
            default:
                throw what.get("type").wrong("extraction of type '" + what.text("type") + "' is not offered");
        }
        boolean stacked = header == null;
        HeaderType type = stacked ? stack.type() : header.type();
        if (type.varbit() != null && length == null) {
            throw what.wrong("a header with a varbit needs a length to be extracted");
        }
        if (type.varbit() == null && length != null) {
            throw what.wrong("the header has no varbit, yet a length is given");
        }
        Num bits = length == null ? null : expressions.num(length);
        if (stacked) {
            return ParserOps.extract(stack, bits, errors);
        }
        return bits == null ? ParserOps.extract(header, errors) : ParserOps.extract(header, bits, errors);
    }

    private ParserOp set(Json parameters) throws PipelineException {
        Place place = expressions.place(parameters.get(0));
        Json from = parameters.get(1);
        if (from.text("type").equals("lookahead")) {
            return ParserOps.set(place, expressions.lookahead(from.get("value")), errors);
        }
        return ParserOps.set(place, expressions.num(from));
    }

    private void transitions(Json state) throws PipelineException {
        int[] sizes = widths.get(state.text("name"));
        List<ParserState.Transition> transitions = new ArrayList<>();
        ParserState otherwise = null;
        for (Json transition : state.list("transitions")) {
            Json type = transition.opt("type");
            Json value = transition.opt("value");
            String kind = type == null ? "hexstr" : type.text();
            ParserState next = next(transition.opt("next_state"));
            if (kind.equals("default") || value != null && value.isText() && value.text().equals("default")) {
                otherwise = next;
            } else if (kind.equals("hexstr")) {
                transitions.add(transition(transition, sizes, next));
            } else if (kind.equals("parse_vset")) {
                if (transition.opt("mask") != null) {
                    throw transition.get("mask").wrong("masks of value sets are not offered by this target");
                }
                transitions.add(new ParserState.Transition(null, null, set(transition.get("value"), sizes), next));
            } else {
                throw type.wrong("transitions of type '" + kind + "' are not offered by this target");
            }
        }
        if (!transitions.isEmpty() && sizes.length == 0) {
            throw state.wrong("has transitions by value, but no key");
        }
        states.get(state.text("name")).follow(transitions.toArray(new ParserState.Transition[0]), otherwise);
    }

    /** The value set of that name for a key of those widths, which it has wherever it is used. */
    private ValueSetCells set(Json name, int[] sizes) throws PipelineException {
        Json set = Names.resolve(declaredSets, "value set", name);
        ValueSetCells known = valueSets.get(name.text());
        if (known == null) {
            return declare(set, sizes);
        }
        if (!known.widths().equals(Arrays.stream(sizes).boxed().toList())) {
            throw name.wrong("the value set is used for keys of different widths");
        }
        return known;
    }

    private ValueSetCells declare(Json set, int[] sizes) throws PipelineException {
        Json size = set.opt("max_size");
        ValueSetCells made = new ValueSetCells(set.text("name"),
                size == null ? Integer.MAX_VALUE : size.integer(0, Integer.MAX_VALUE),
                Arrays.stream(sizes).boxed().toList());
        valueSets.put(made.name(), made);
        return made;
    }

    /** The value sets by name, once the parser is loaded. */
    Map<String, ValueSetCells> valueSets() {
        return valueSets;
    }

    private ParserState next(Json name) throws PipelineException {
        return name == null || name.isNull() ? null : Names.resolve(states, "parser state", name);
    }

    private ParserState.Transition transition(Json transition, int[] sizes, ParserState next)
            throws PipelineException {
        int octets = 0;
        for (int size : sizes) {
            octets += (size + 7) / 8;
        }
        long[] value = split(transition.get("value").hex(8 * octets), sizes);
        Json given = transition.opt("mask");
        BigInteger ones = BigInteger.ONE.shiftLeft(8 * octets).subtract(BigInteger.ONE);
        long[] mask = split(given == null ? ones : given.hex(8 * octets), sizes);
        for (int i = 0; i < value.length; i++) {
            value[i] &= mask[i];
        }
        return new ParserState.Transition(value, mask, null, next);
    }

    /** Takes the parts, each of whole octets, out of a number; each as words, lowest first. */
    private static long[] split(BigInteger number, int[] sizes) {
        int total = 0;
        for (int size : sizes) {
            total += (size + 63) / 64;
        }
        long[] words = new long[total];
        BigInteger rest = number;
        int end = total;
        for (int i = sizes.length - 1; i >= 0; i--) {
            int bits = (sizes[i] + 7) / 8 * 8;
            BigInteger part = rest.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
            rest = rest.shiftRight(bits);
            int count = (sizes[i] + 63) / 64;
            for (int word = 0; word < count; word++) {
                words[end - count + word] = part.shiftRight(64 * word).longValue();
            }
            end -= count;
        }
        return words;
    }
}
