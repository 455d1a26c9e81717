// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.action.ActionFunction;

/** The actions that a table or profile offers, by name. */
public final class Actions {
    private final String owner;
    private final Map<String, ActionFunction> byName = new LinkedHashMap<>();

    /** For a table or profile, which is named in messages. */
    public Actions(String owner) {
        this.owner = owner;
    }

    /** Offers an action. */
    public void add(ActionFunction action) {
        byName.putIfAbsent(action.name(), action);
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The action of that name, or null. */
    public ActionFunction get(String name) {
        return byName.get(name);
    }

    /** Makes a call ready to run. Throws INVALID. */
    Bound bind(ActionCall call) throws TableException {
        ActionFunction function = byName.get(call.action());
        if (function == null) {
            throw new TableException(TableException.Kind.INVALID, owner + " has no action '" + call.action()
                    + "': give one of " + byName.keySet());
        }
        return new Bound(function, function.pack(call));
    }
}
