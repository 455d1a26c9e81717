// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.action.Primitive;
import org.pmip.softswitch.pipeline.action.Primitives;
import org.pmip.softswitch.pipeline.action.Requests;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderRef;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.run.StandardMetadata;
import org.pmip.softswitch.pipeline.state.RegisterCells;

/** The primitives of simple_switch and of bmv2's core. */
final class PrimitiveLoader {
    private final Expressions expressions;
    private final Names names;
    private final int steps;

    /** For an action of so many steps. */
    PrimitiveLoader(Expressions expressions, int steps) {
        this.expressions = expressions;
        this.names = expressions.names();
        this.steps = steps;
    }

    /** The parameters of a primitive, which must be so many. */
    private static List<Json> parameters(Json primitive, int count) throws PipelineException {
        List<Json> parameters = primitive.list("parameters");
        if (parameters.size() != count) {
            throw primitive.wrong("primitive '" + primitive.text("op") + "' takes " + count + " parameters, not "
                    + parameters.size());
        }
        return parameters;
    }

    Primitive load(Json primitive, int index) throws PipelineException {
        String op = primitive.text("op");
        List<Json> given = primitive.list("parameters");
        switch (op) {
            case "assign":
                return assign(parameters(primitive, 2));
            case "assign_VL":
                parameters(primitive, 2);
                return Primitives.assignVarbit(expressions.varbit(given.get(0)), expressions.varbit(given.get(1)));
            case "assign_header":
            case "copy_header":
                return assignHeader(parameters(primitive, 2));
            case "assign_header_stack":
                return assignStack(parameters(primitive, 2));
            case "add_header":
                return Primitives.addHeader(expressions.header(parameters(primitive, 1).get(0)));
            case "remove_header":
                return Primitives.removeHeader(expressions.header(parameters(primitive, 1).get(0)));
            case "push":
                parameters(primitive, 2);
                return Primitives.push(expressions.stack(given.get(0)), count(given.get(1)));
            case "pop":
                parameters(primitive, 2);
                return Primitives.pop(expressions.stack(given.get(0)), count(given.get(1)));
            case "_jump":
                return Primitives.jump(target(parameters(primitive, 1).get(0), index));
            case "_jump_if_zero":
                parameters(primitive, 2);
                return Primitives.jumpUnless(expressions.bool(given.get(0)), target(given.get(1), index));
            case "exit":
                parameters(primitive, 0);
                return Primitives.exit();
            case "assert":
            case "assume":
                return Primitives.require(op, expressions.bool(parameters(primitive, 1).get(0)));
            case "log_msg":
                return log(parameters(primitive, 2));
            default:
                return stateful(op, primitive);
        }
    }

    private Primitive stateful(String op, Json primitive) throws PipelineException {
        List<Json> given = primitive.list("parameters");
        switch (op) {
            case "count":
                parameters(primitive, 2);
                return Primitives.count(Names.resolve(names.counters, "counter",
                        typed(given.get(0), "counter_array")), expressions.num(given.get(1)));
            case "execute_meter":
                parameters(primitive, 3);
                return Primitives.meter(Names.resolve(names.meters, "meter", typed(given.get(0), "meter_array")),
                        expressions.num(given.get(1)), expressions.place(given.get(2)));
            case "register_read":
                parameters(primitive, 3);
                return Primitives.readRegister(expressions.place(given.get(0)), register(given.get(1)),
                        expressions.num(given.get(2)));
            case "register_write":
                parameters(primitive, 3);
                return Primitives.writeRegister(register(given.get(0)), expressions.num(given.get(1)),
                        expressions.num(given.get(2)));
            case "modify_field_with_hash_based_offset":
                parameters(primitive, 4);
                return Primitives.hash(expressions.place(given.get(0)), expressions.num(given.get(1)),
                        Names.resolve(names.calculations, "calculation", typed(given.get(2), "calculation")),
                        expressions.num(given.get(3)));
            case "modify_field_rng_uniform":
                parameters(primitive, 3);
                return Primitives.random(expressions.place(given.get(0)), expressions.num(given.get(1)),
                        expressions.num(given.get(2)));
            default:
                return request(op, primitive);
        }
    }

    private Primitive request(String op, Json primitive) throws PipelineException {
        List<Json> given = primitive.list("parameters");
        switch (op) {
            case "mark_to_drop":
            case "drop":
                return drop(primitive);
            case "clone_ingress_pkt_to_egress":
            case "clone_egress_pkt_to_egress":
                parameters(primitive, 2);
                return Requests.cloneTo(expressions.num(given.get(0)), expressions.num(given.get(1)));
            case "generate_digest":
                return Requests.digest(expressions.num(parameters(primitive, 2).get(1)));
            case "resubmit":
                return Requests.resubmit(expressions.num(parameters(primitive, 1).get(0)));
            case "recirculate":
                return Requests.recirculate(expressions.num(parameters(primitive, 1).get(0)));
            case "truncate":
                return Requests.truncate(expressions.num(parameters(primitive, 1).get(0)));
            default:
                throw primitive.get("op").wrong("primitive '" + op + "' is not offered by this target");
        }
    }

    private static Json typed(Json parameter, String type) throws PipelineException {
        if (!parameter.text("type").equals(type)) {
            throw parameter.wrong("must be of type " + type);
        }
        return parameter.get("value");
    }

    private RegisterCells register(Json parameter) throws PipelineException {
        RegisterCells register = Names.resolve(names.registers, "register", typed(parameter, "register_array"));
        expressions.registers().add(register.name());
        return register;
    }

    private Primitive assign(List<Json> given) throws PipelineException {
        Json to = given.get(0);
        Json from = given.get(1);
        if (to.text("type").equals("field")) {
            Names.FieldAt place = names.number(to.get("value"));
            int width = place.field().width();
            if (from.text("type").equals("field")) {
                Names.FieldAt source = names.number(from.get("value"));
                if (source.field().width() == width) {
                    return Primitives.copyWords(place.word(), source.word(), Octets.words(width));
                }
            }
            if (width <= 64) {
                return Primitives.assignNarrow(place.word(), Octets.mask(width), expressions.num(from));
            }
        }
        return Primitives.assign(expressions.place(to), expressions.num(from));
    }

    private Primitive assignHeader(List<Json> given) throws PipelineException {
        HeaderRef to = expressions.header(given.get(0));
        HeaderRef from = expressions.header(given.get(1));
        HeaderType needed = to.type();
        if (from.type() != needed) {
            throw given.get(1).wrong("is not of type '" + needed.name() + "'");
        }
        return Primitives.assignHeader(to, from);
    }

    private Primitive assignStack(List<Json> given) throws PipelineException {
        HeaderStack to = expressions.stack(given.get(0));
        HeaderStack from = expressions.stack(given.get(1));
        if (to.type() != from.type() || to.depth() != from.depth()) {
            throw given.get(1).wrong("differs in type or depth from the stack that it is assigned to");
        }
        return Primitives.assignStack(to, from);
    }

    private Num count(Json json) throws PipelineException {
        Num count = expressions.num(json);
        if (count.constant() == null || count.least().signum() < 0 || count.least().bitLength() > 31) {
            throw json.wrong("must be a constant that is not negative");
        }
        return count;
    }

    /** Jumps go forward only, so that every action ends. */
    private int target(Json json, int index) throws PipelineException {
        BigInteger target = expressions.num(json).constant();
        if (target == null || target.bitLength() > 31 || target.intValue() <= index || target.intValue() > steps) {
            throw json.wrong("must be a step behind this one, at most " + steps);
        }
        return target.intValue();
    }

    private Primitive log(List<Json> given) throws PipelineException {
        List<Num> values = new ArrayList<>();
        for (Json value : typed(given.get(1), "parameters_vector").list()) {
            values.add(expressions.num(value));
        }
        return Primitives.log(typed(given.get(0), "string").text(), values.toArray(new Num[0]));
    }

    private Primitive drop(Json primitive) throws PipelineException {
        Header header = names.headers.get("standard_metadata");
        if (primitive.list("parameters").size() == 1) {
            header = Expressions.expect(Header.class, "the standard metadata",
                    expressions.header(primitive.get("parameters").get(0)), primitive);
        }
        if (header == null || header.type().field("egress_spec") == null) {
            throw primitive.wrong("there is no egress_spec to set");
        }
        boolean multicast = header.type().field("mcast_grp") != null;
        return Requests.drop(header.base() + header.type().field("egress_spec").word(),
                multicast ? header.base() + header.type().field("mcast_grp").word() : -1, StandardMetadata.DROP_PORT);
    }
}
