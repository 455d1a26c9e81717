// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.expr.Compare;
import org.pmip.softswitch.pipeline.expr.Leaves;
import org.pmip.softswitch.pipeline.expr.Logic;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;
import org.pmip.softswitch.pipeline.parser.Lookahead;

/**
 * Typed values of the JSON: {type, value} objects in expressions and as parameters of primitives. What they yield is a
 * {@link Num}, a {@link Bool}, a {@link HeaderRef}, a {@link HeaderStack}, or a list of headers for a union.
 */
final class Expressions {
    private final Names names;
    private final List<ActionFunction.Parameter> parameters;
    private final Set<String> registers = new TreeSet<>();
    private final Operators operators = new Operators(this);

    /** Within an action that has these parameters; none elsewhere. */
    Expressions(Names names, List<ActionFunction.Parameter> parameters) {
        this.names = names;
        this.parameters = parameters;
    }

    /** Names of the registers that were read or written. */
    Set<String> registers() {
        return registers;
    }

    Names names() {
        return names;
    }

    Num num(Json json) throws PipelineException {
        return asNum(value(json), json);
    }

    static Num asNum(Object value, Json json) throws PipelineException {
        if (value instanceof Bool) {
            return Leaves.ofBool((Bool) value);
        }
        return expect(Num.class, "a number", value, json);
    }

    Bool bool(Json json) throws PipelineException {
        Object value = value(json);
        if (value instanceof Num) {
            return Compare.notZero((Num) value);
        }
        return expect(Bool.class, "true or false", value, json);
    }

    HeaderRef header(Json json) throws PipelineException {
        return expect(HeaderRef.class, "a header", value(json), json);
    }

    HeaderStack stack(Json json) throws PipelineException {
        return expect(HeaderStack.class, "a header stack", value(json), json);
    }

    static <T> T expect(Class<T> type, String what, Object value, Json json) throws PipelineException {
        if (!type.isInstance(value)) {
            throw json.wrong("must be " + what);
        }
        return type.cast(value);
    }

    /** Strips the wrappings that say no more than that an expression follows. */
    private static Json bare(Json json) throws PipelineException {
        Json now = json;
        while (now.opt("op") == null && now.text("type").equals("expression")) {
            now = now.get("value");
        }
        return now;
    }

    Object value(Json wrapped) throws PipelineException {
        Json json = bare(wrapped);
        if (json.opt("op") != null) {
            return operators.apply(json);
        }
        Json value = json.get("value");
        switch (json.text("type")) {
            case "field":
                return field(value);
            case "hexstr":
                return Leaves.constant(value.hex());
            case "bool":
                return Logic.constant(value.bool());
            case "header":
                return names.header(value);
            case "header_stack":
                return names.stack(value);
            case "header_union":
                return Names.resolve(names.unions, "header union", value);
            case "stack_field":
                HeaderStack stack = names.stack(value.get(0));
                if (stack.type().field("last") == null && value.get(1).text().equals("last")) {
                    return stack.last();
                }
                return Leaves.field(stack.last(), stackField(stack, value));
            case "local":
            case "runtime_data":
                ActionFunction.Parameter parameter = parameter(value);
                return Leaves.argument(parameter.word(), parameter.width());
            case "register":
                String register = Names.resolve(names.registers, "register", value.get(0)).name();
                registers.add(register);
                return names.registers.get(register).cell(num(value.get(1)));
            case "lookahead":
                throw json.wrong("looks ahead outside of a parser");
            default:
                throw json.get("type").wrong("values of type '" + json.text("type") + "' are not offered here");
        }
    }

    /** A field by the name of its header, or of a header that is computed. */
    private Object field(Json value) throws PipelineException {
        if (!value.get(0).isText()) {
            HeaderRef header = Expressions.expect(HeaderRef.class, "a header", operators.apply(value.get(0)), value);
            Field field = names.field(header.type(), value.get(1));
            if (field.varbit()) {
                throw value.wrong("a varbit of a header that is computed is not offered by this target");
            }
            return Leaves.field(header, field);
        }
        Names.FieldAt at = names.field(value);
        return at.field().varbit() ? new Varbit(at.header())
                : Leaves.field(at.word(), at.field().width(), at.field().signed());
    }

    /** The varbit of a header: nothing but its equality can be asked. */
    record Varbit(Header header) { }

    private ActionFunction.Parameter parameter(Json index) throws PipelineException {
        int at = index.integer(0, Integer.MAX_VALUE);
        if (at >= parameters.size()) {
            throw index.wrong("the action has only " + parameters.size() + " parameters");
        }
        return parameters.get(at);
    }

    private Field stackField(HeaderStack stack, Json pair) throws PipelineException {
        Field field = names.field(stack.type(), pair.get(1));
        if (field.varbit()) {
            throw pair.wrong("a varbit is no number");
        }
        return field;
    }

    /** A field that can be written. */
    Place place(Json wrapped) throws PipelineException {
        Json json = bare(wrapped);
        if (json.opt("op") != null) {
            if (!json.text("op").equals("access_field")) {
                throw json.wrong("cannot be assigned to");
            }
            HeaderRef header = header(json.get("left"));
            return Place.of(header, operators.accessed(header, json));
        }
        Json value = json.get("value");
        switch (json.text("type")) {
            case "field":
                Names.FieldAt at = names.number(value);
                return Place.of(at.word(), at.field().width());
            case "stack_field":
                HeaderStack stack = names.stack(value.get(0));
                return Place.of(stack.last(), stackField(stack, value));
            default:
                throw json.wrong("cannot be assigned to");
        }
    }

    /** Bits ahead of the parser's cursor. */
    Lookahead lookahead(Json value) throws PipelineException {
        return new Lookahead(value.get(0).integer(0, 1 << 16), value.get(1).integer(1, 1 << 14));
    }

    /** The header of a field that must be a varbit. */
    Header varbit(Json json) throws PipelineException {
        Json bare = bare(json);
        if (!bare.text("type").equals("field")) {
            throw json.wrong("must be a varbit field");
        }
        Names.FieldAt at = names.field(bare.get("value"));
        if (!at.field().varbit()) {
            throw json.wrong("must be a varbit field");
        }
        return at.header();
    }
}
