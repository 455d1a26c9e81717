// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Pipeline;
import p4.config.v1.P4InfoOuterClass;
import p4.v1.P4RuntimeOuterClass.Action;

/** An action of the P4Info, and calls of it in both directions. */
final class ActionInfo {
    private final int id;
    private final String name;
    private final List<P4InfoOuterClass.Action.Param> params;
    private final int[] ids;
    private final SdnNames[] names;
    private final Map<Integer, Integer> positions = new HashMap<>();

    ActionInfo(P4InfoOuterClass.Action action, Pipeline pipeline, Translations translations) {
        id = action.getPreamble().getId();
        name = action.getPreamble().getName();
        params = action.getParamsList();
        ids = params.stream().mapToInt(P4InfoOuterClass.Action.Param::getId).toArray();
        names = params.stream().map(param -> translations.of(param.getTypeName())).toArray(SdnNames[]::new);
        List<Integer> widths = pipeline.parameterWidths(name);
        for (int i = 0; i < names.length && i < widths.size(); i++) {
            if (names[i] != null) {
                names[i].place(widths.get(i));
            }
        }
        for (int i = 0; i < params.size(); i++) {
            positions.put(params.get(i).getId(), i);
        }
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    ActionCall read(Action action) throws Refusal {
        byte[][] arguments = new byte[params.size()][];
        for (Action.Param given : action.getParamsList()) {
            Integer position = positions.get(given.getParamId());
            if (position == null) {
                throw Refusal.invalid("action '" + name + "' has no parameter " + given.getParamId() + ": it has "
                        + list());
            }
            P4InfoOuterClass.Action.Param param = params.get(position);
            String what = "parameter '" + param.getName() + "' of action '" + name + "'";
            if (arguments[position] != null) {
                throw Refusal.invalid(what + " is given twice");
            }
            arguments[position] = Translations.read(names[position], given.getValue(), param.getBitwidth(), what)
                    .toBytes();
        }
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                throw Refusal.invalid("parameter '" + params.get(i).getName() + "' (id " + params.get(i).getId()
                        + ") of action '" + name + "' is missing");
            }
        }
        return ActionCall.of(name, arguments);
    }

    /** Adds the numbers in a call that such names stand for. */
    void numbers(ActionCall call, SdnNames of, Set<Bits> to) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == of) {
                to.add(call.value(i));
            }
        }
    }

    private String list() {
        List<String> all = new ArrayList<>();
        params.forEach(param -> all.add(param.getId() + " '" + param.getName() + "'"));
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    Action write(ActionCall call) {
        Action.Builder action = Action.newBuilder().setActionId(id);
        for (int i = 0; i < params.size(); i++) {
            action.addParams(Action.Param.newBuilder().setParamId(params.get(i).getId())
                    .setValue(Translations.write(names[i], call.value(i))));
        }
        return action.build();
    }

    /** Writes the fields of the message that {@link #write} makes. */
    void encode(ActionCall call, Encoder to) {
        for (int i = ids.length - 1; i >= 0; i--) {
            int since = to.written();
            to.value(Action.Param.VALUE_FIELD_NUMBER, call.value(i), names[i]);
            to.unsigned(Action.Param.PARAM_ID_FIELD_NUMBER, ids[i]);
            to.close(Action.PARAMS_FIELD_NUMBER, since);
        }
        to.unsigned(Action.ACTION_ID_FIELD_NUMBER, id);
    }
}
