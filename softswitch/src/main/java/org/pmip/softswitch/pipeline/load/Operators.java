// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.util.List;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.expr.Arithmetic;
import org.pmip.softswitch.pipeline.expr.Bitwise;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.expr.Choice;
import org.pmip.softswitch.pipeline.expr.Compare;
import org.pmip.softswitch.pipeline.expr.Leaves;
import org.pmip.softswitch.pipeline.expr.Logic;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The operators of the JSON's expressions. */
final class Operators {
    private static final int MOST_WIDTH = 1 << 14;

    private final Expressions expressions;

    Operators(Expressions expressions) {
        this.expressions = expressions;
    }

    Object apply(Json json) throws PipelineException {
        String op = json.text("op");
        switch (op) {
            case "+":
                return Arithmetic.add(leftNum(json), rightNum(json));
            case "-":
                return Arithmetic.subtract(leftNum(json), rightNum(json));
            case "*":
                return Arithmetic.multiply(leftNum(json), rightNum(json));
            case "/":
                return Arithmetic.divide(leftNum(json), rightNum(json));
            case "%":
                return Arithmetic.modulo(leftNum(json), rightNum(json));
            case "&":
                return Bitwise.and(leftNum(json), rightNum(json));
            case "|":
                return Bitwise.or(leftNum(json), rightNum(json));
            case "^":
                return Bitwise.xor(leftNum(json), rightNum(json));
            case "~":
                return Bitwise.not(rightNum(json));
            case "<<":
                return Bitwise.shiftLeft(leftNum(json), rightNum(json));
            case ">>":
                return Bitwise.shiftRight(leftNum(json), rightNum(json));
            case "two_comp_mod":
                return Choice.twosComplement(leftNum(json), width(json));
            case "usat_cast":
                return Choice.saturateUnsigned(leftNum(json), width(json));
            case "sat_cast":
                return Choice.saturateSigned(leftNum(json), width(json));
            case "b2d":
                return expressions.num(json.get("right"));
            case "?":
                return choose(json);
            default:
                return condition(op, json);
        }
    }

    private Object condition(String op, Json json) throws PipelineException {
        switch (op) {
            case "d2b":
                return expressions.bool(json.get("right"));
            case "and":
                Bool first = expressions.bool(json.get("left"));
                Bool second = expressions.bool(json.get("right"));
                return Logic.and(first, second);
            case "or":
                Bool either = expressions.bool(json.get("left"));
                Bool other = expressions.bool(json.get("right"));
                return Logic.or(either, other);
            case "not":
                return Logic.not(expressions.bool(json.get("right")));
            case "==":
                return equal(json);
            case "!=":
                return Logic.not(equal(json));
            case "<":
                return Compare.less(leftNum(json), rightNum(json));
            case ">":
                return Compare.less(rightNum(json), leftNum(json));
            case "<=":
                return Logic.not(Compare.less(rightNum(json), leftNum(json)));
            case ">=":
                return Logic.not(Compare.less(leftNum(json), rightNum(json)));
            default:
                return header(op, json);
        }
    }

    private Object header(String op, Json json) throws PipelineException {
        switch (op) {
            case "valid":
                HeaderRef header = expressions.header(json.get("right"));
                return Logic.valid(header);
            case "valid_union":
                List<?> members = Expressions.expect(List.class, "a header union",
                        expressions.value(json.get("right")), json.get("right"));
                Header[] union = members.toArray(new Header[0]);
                return (Bool) packet -> anyValid(union, packet);
            case "dereference_stack":
            case "dereference_header_stack":
                HeaderStack stack = expressions.stack(json.get("left"));
                Num index = rightNum(json);
                return new Element(stack, index);
            case "last_stack_index":
                return Leaves.stackCount(expressions.stack(json.get("right")), -1);
            case "size_stack":
                return Leaves.stackCount(expressions.stack(json.get("right")), 0);
            case "access_field":
                HeaderRef holder = expressions.header(json.get("left"));
                return Leaves.field(holder, accessed(holder, json));
            default:
                throw json.get("op").wrong("operator '" + op + "' is not offered by this target");
        }
    }

    private static boolean anyValid(Header[] headers, Packet packet) {
        for (Header header : headers) {
            if (header.valid(packet)) {
                return true;
            }
        }
        return false;
    }

    /** An element of a stack by a computed index. */
    private record Element(HeaderStack stack, Num index) implements HeaderRef {
        @Override
        public Header in(Packet packet) {
            return stack.at(packet, index.eval(packet));
        }

        @Override
        public HeaderType type() {
            return stack.type();
        }
    }

    /** One of two headers of the same type. */
    private record Either(Bool condition, HeaderRef yes, HeaderRef no) implements HeaderRef {
        @Override
        public Header in(Packet packet) {
            return condition.test(packet) ? yes.in(packet) : no.in(packet);
        }

        @Override
        public HeaderType type() {
            return yes.type();
        }
    }

    /** The field that access_field names by its place. */
    Field accessed(HeaderRef header, Json json) throws PipelineException {
        List<Field> fields = header.type().fields();
        Field field = fields.get(json.get("right").integer(0, fields.size() - 1));
        if (field.varbit()) {
            throw json.wrong("a varbit is no number");
        }
        return field;
    }

    private Object choose(Json json) throws PipelineException {
        Bool condition = expressions.bool(json.get("cond"));
        Object left = expressions.value(json.get("left"));
        Object right = expressions.value(json.get("right"));
        if (left instanceof Bool && right instanceof Bool) {
            Bool yes = (Bool) left;
            Bool no = (Bool) right;
            return (Bool) packet -> condition.test(packet) ? yes.test(packet) : no.test(packet);
        }
        if (left instanceof HeaderRef && right instanceof HeaderRef) {
            if (((HeaderRef) left).type() != ((HeaderRef) right).type()) {
                throw json.wrong("chooses between headers of different types");
            }
            return new Either(condition, (HeaderRef) left, (HeaderRef) right);
        }
        return Choice.choose(condition, Expressions.asNum(left, json.get("left")),
                Expressions.asNum(right, json.get("right")));
    }

    private Bool equal(Json json) throws PipelineException {
        Object left = expressions.value(json.get("left"));
        Object right = expressions.value(json.get("right"));
        if (left instanceof Num && right instanceof Num) {
            return Compare.equal((Num) left, (Num) right);
        }
        if (left instanceof Bool && right instanceof Bool) {
            Bool first = (Bool) left;
            Bool second = (Bool) right;
            return packet -> first.test(packet) == second.test(packet);
        }
        if (left instanceof HeaderRef && right instanceof HeaderRef) {
            HeaderRef first = (HeaderRef) left;
            HeaderRef second = (HeaderRef) right;
            return packet -> first.in(packet).same(packet, second.in(packet));
        }
        if (left instanceof Expressions.Varbit && right instanceof Expressions.Varbit) {
            Header first = ((Expressions.Varbit) left).header();
            Header second = ((Expressions.Varbit) right).header();
            return packet -> first.sameVarbit(packet, second);
        }
        throw json.wrong("compares what cannot be compared");
    }

    private Num leftNum(Json json) throws PipelineException {
        return expressions.num(json.get("left"));
    }

    private Num rightNum(Json json) throws PipelineException {
        return expressions.num(json.get("right"));
    }

    private int width(Json json) throws PipelineException {
        Num width = rightNum(json);
        if (width.constant() == null || width.least().signum() <= 0 || width.least().bitLength() > 14) {
            throw json.get("right").wrong("must be a constant width from 1 to " + MOST_WIDTH);
        }
        return width.least().intValue();
    }
}
