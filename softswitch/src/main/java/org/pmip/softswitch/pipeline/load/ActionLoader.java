// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.util.ArrayList;
import java.util.List;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.action.Primitive;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.state.RegisterCells;

/** Actions, and the lone primitives that parser and deparser call. */
final class ActionLoader {
    private static final int MOST_WIDTH = 1 << 14;

    private final Names names;
    private int count;

    ActionLoader(Names names) {
        this.names = names;
    }

    /** How many actions there are. */
    int count() {
        return count;
    }

    void load(Json root) throws PipelineException {
        for (Json action : root.list("actions")) {
            List<ActionFunction.Parameter> parameters = new ArrayList<>();
            int word = ActionFunction.FIRST_ARGUMENT;
            for (Json data : action.list("runtime_data")) {
                int width = data.integer("bitwidth", 1, MOST_WIDTH);
                parameters.add(new ActionFunction.Parameter(data.text("name"), width, word));
                word += Octets.words(width);
            }
            ActionFunction loaded = make(action.text("name"), parameters, action.list("primitives"));
            Names.declare(names.actions, action.integer("id", 0, Integer.MAX_VALUE), loaded, action);
        }
    }

    /** An action without parameters made of those primitives. */
    ActionFunction call(String name, List<Json> primitives) throws PipelineException {
        return make(name, List.of(), primitives);
    }

    private ActionFunction make(String name, List<ActionFunction.Parameter> parameters, List<Json> primitives)
            throws PipelineException {
        Expressions expressions = new Expressions(names, parameters);
        PrimitiveLoader loader = new PrimitiveLoader(expressions, primitives.size());
        List<Primitive> loaded = new ArrayList<>();
        for (Json primitive : primitives) {
            loaded.add(loader.load(primitive, loaded.size()));
        }
        RegisterCells[] registers = expressions.registers().stream().map(names.registers::get)
                .toArray(RegisterCells[]::new);
        return new ActionFunction(count++, name, parameters, loaded.toArray(new Primitive[0]), registers);
    }
}
