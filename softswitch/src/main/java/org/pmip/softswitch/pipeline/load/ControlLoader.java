// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.action.Call;
import org.pmip.softswitch.pipeline.action.Condition;
import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.table.MatchTable;

/** The nodes of one control, joined from the last to the first, so that no control can go in circles. */
final class ControlLoader {
    private static final long[] NO_ARGUMENTS = {};

    private final Names names;
    private final Expressions expressions;
    private final Map<String, MatchTable> tables;
    private final int actionCount;
    private final Map<String, Json> declared = new HashMap<>();
    private final Map<String, ControlNode> joined = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    ControlLoader(Names names, Expressions expressions, Map<String, MatchTable> tables, int actionCount) {
        this.names = names;
        this.expressions = expressions;
        this.tables = tables;
        this.actionCount = actionCount;
    }

    /** The first node, or null if the control is empty. */
    ControlNode load(Json control) throws PipelineException {
        for (String kind : new String[] {"tables", "conditionals", "action_calls"}) {
            for (Json node : control.list(kind)) {
                Names.declare(declared, node.text("name"), node, node);
            }
        }
        for (Json node : declared.values()) {
            join(node.get("name"));
        }
        return join(control.opt("init_table"));
    }

    /** The node of that name; null for no name. */
    private ControlNode join(Json name) throws PipelineException {
        if (name == null || name.isNull()) {
            return null;
        }
        ControlNode known = joined.get(name.text());
        if (known != null) {
            return known;
        }
        Json node = Names.resolve(declared, "table or condition", name);
        if (!open.add(name.text())) {
            throw name.wrong("the control goes in circles");
        }
        ControlNode made;
        if (node.opt("expression") != null) {
            made = condition(node);
        } else if (node.opt("action_id") != null) {
            made = call(node);
        } else {
            made = table(node);
        }
        joined.put(name.text(), made);
        return made;
    }

    private ControlNode condition(Json node) throws PipelineException {
        Bool condition = expressions.bool(node.get("expression"));
        ControlNode yes = join(node.opt("true_next"));
        ControlNode no = join(node.opt("false_next"));
        Json source = node.opt("source_info");
        Json fragment = source == null ? null : source.opt("source_fragment");
        return new Condition(fragment == null ? node.text("name") : fragment.text(), condition, yes, no);
    }

    private ControlNode call(Json node) throws PipelineException {
        ActionFunction action = names.action(node.get("action_id"));
        if (action.takesArguments()) {
            throw node.wrong("calls action '" + action.name() + "', which takes parameters");
        }
        ControlNode next = join(node.opt("next_node"));
        return new Call(action, NO_ARGUMENTS, next);
    }

    private ControlNode table(Json node) throws PipelineException {
        MatchTable table = tables.get(node.text("name"));
        Map<String, Json> given = node.get("next_tables").members();
        ControlNode[] next = new ControlNode[actionCount];
        if (given.containsKey("__HIT__") || given.containsKey("__MISS__")) {
            if (given.size() != 2 || !given.containsKey("__HIT__") || !given.containsKey("__MISS__")) {
                throw node.get("next_tables").wrong("must have both __HIT__ and __MISS__ and nothing else");
            }
            Arrays.fill(next, join(given.get("__HIT__")));
            table.followHitOrMiss(next, join(given.get("__MISS__")));
        } else {
            ControlNode base = join(node.opt("base_default_next"));
            Arrays.fill(next, base);
            for (String action : table.actions()) {
                Json follower = given.get(action);
                if (follower == null) {
                    throw node.get("next_tables").wrong("does not say what follows action '" + action + "'");
                }
                next[table.action(action).index()] = join(follower);
            }
            table.follow(next, base);
        }
        return table.simplified();
    }
}
