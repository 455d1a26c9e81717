// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import p4.config.v1.P4InfoOuterClass;
import p4.config.v1.P4InfoOuterClass.ActionRef;
import p4.config.v1.P4InfoOuterClass.MatchField;

/** A table of the P4Info together with the table of the pipeline that it describes. */
final class TableInfo {
    private final P4InfoOuterClass.Table info;
    private final Table table;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final Map<Integer, ActionRef.Scope> scopes = new HashMap<>();
    private final List<KeyShape> shapes;
    private final boolean prioritised;
    private Bits defaultMetadata = Bits.of(0);

    TableInfo(P4InfoOuterClass.Table info, Table table) throws Refusal {
        this.info = info;
        this.table = table;
        shapes = table.keys();
        if (shapes.size() != info.getMatchFieldsCount()) {
            throw Refusal.invalid(name() + " has " + info.getMatchFieldsCount()
                    + " match fields in the P4Info and " + shapes.size() + " keys in the device config: "
                    + "give both as one run of the compiler made them");
        }
        boolean needsPriority = false;
        for (int i = 0; i < shapes.size(); i++) {
            MatchField field = info.getMatchFields(i);
            agree(field, shapes.get(i));
            positions.put(field.getId(), i);
            needsPriority |= shapes.get(i).kind() != MatchKind.EXACT && shapes.get(i).kind() != MatchKind.LPM;
        }
        prioritised = needsPriority;
        for (ActionRef ref : info.getActionRefsList()) {
            scopes.put(ref.getId(), ref.getScope());
        }
    }

    private void agree(MatchField field, KeyShape shape) throws Refusal {
        String kind = field.getMatchType().name();
        // The compiler makes ternary keys of optional ones, because bmv2 has none.
        boolean optional = kind.equals(MatchKind.OPTIONAL.name()) && shape.kind() == MatchKind.TERNARY;
        if (!kind.equals(shape.kind().name()) && !optional) {
            throw Refusal.invalid(field(field) + " is " + field.getMatchType() + " in the P4Info and "
                    + shape.kind() + " in the device config");
        }
        // A translated type may be wider for the controller than in the data plane.
        if (field.getBitwidth() != shape.width() && !field.hasTypeName()) {
            throw Refusal.invalid(field(field) + " has " + field.getBitwidth() + " bits in the P4Info and "
                    + shape.width() + " in the device config");
        }
    }

    private String field(MatchField field) {
        return "match field '" + field.getName() + "' of " + name();
    }

    int id() {
        return info.getPreamble().getId();
    }

    /** For texts: {@code table 'Ingress.routes'}. */
    String name() {
        return "table '" + info.getPreamble().getName() + "'";
    }

    Table table() {
        return table;
    }

    boolean prioritised() {
        return prioritised;
    }

    boolean notifiesIdle() {
        return info.getIdleTimeoutBehavior() == P4InfoOuterClass.Table.IdleTimeoutBehavior.NOTIFY_CONTROL;
    }

    /** What the controller attached to the default entry; guarded by the device's lock. */
    Bits defaultMetadata() {
        return defaultMetadata;
    }

    void defaultMetadata(Bits metadata) {
        defaultMetadata = metadata;
    }

    int keys() {
        return info.getMatchFieldsCount();
    }

    MatchField field(int position) {
        return info.getMatchFields(position);
    }

    KeyShape shape(int position) {
        return shapes.get(position);
    }

    /** How controllers match the field, which may be otherwise than the pipeline does. */
    MatchKind kind(int position) {
        return MatchKind.valueOf(info.getMatchFields(position).getMatchType().name());
    }

    /** Where the field of that id stands among the keys. */
    int position(int fieldId) throws Refusal {
        Integer position = positions.get(fieldId);
        if (position == null) {
            List<String> all = new ArrayList<>();
            info.getMatchFieldsList().forEach(field -> all.add(field.getId() + " '" + field.getName() + "'"));
            throw Refusal.invalid(name() + " has no match field " + fieldId + ": it has "
                    + (all.isEmpty() ? "none" : String.join(", ", all)));
        }
        return position;
    }

    /** For texts: {@code match field 'address' of table 'Ingress.routes'}. */
    String fieldName(int position) {
        return field(info.getMatchFields(position));
    }

    /** What the action may be used for in this table, null when it does not belong to it. */
    ActionRef.Scope scope(int actionId) {
        return scopes.get(actionId);
    }
}
