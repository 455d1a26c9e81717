// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import p4.config.v1.P4InfoOuterClass.MatchField;

/** The match fields of a table or value set: as the P4Info tells them, and as the pipeline has them. Immutable. */
final class Fields {
    private final String owner;
    private final List<MatchField> fields;
    private final List<KeyShape> shapes;
    private final MatchKind[] kinds;
    private final SdnNames[] names;
    private final Map<Integer, Integer> positions = new HashMap<>();

    /** Of an owner that texts call by that name; refused when P4Info and pipeline do not agree. */
    Fields(String owner, List<MatchField> fields, List<KeyShape> shapes, Translations translations) throws Refusal {
        this.owner = owner;
        this.fields = fields;
        this.shapes = shapes;
        if (shapes.size() != fields.size()) {
            throw Refusal.invalid(owner + " has " + fields.size() + " match fields in the P4Info and " + shapes.size()
                    + " keys in the device config: give both as one run of the compiler made them");
        }
        kinds = new MatchKind[shapes.size()];
        names = new SdnNames[shapes.size()];
        for (int i = 0; i < shapes.size(); i++) {
            agree(i, fields.get(i), shapes.get(i));
            kinds[i] = MatchKind.valueOf(fields.get(i).getMatchType().name());
            names[i] = names(i, translations);
            positions.put(fields.get(i).getId(), i);
        }
    }

    private void agree(int position, MatchField field, KeyShape shape) throws Refusal {
        String kind = field.getMatchType().name();
        // The compiler makes ternary keys of optional ones, because bmv2 has none.
        boolean optional = kind.equals(MatchKind.OPTIONAL.name()) && shape.kind() == MatchKind.TERNARY;
        if (!kind.equals(shape.kind().name()) && !optional) {
            throw Refusal.invalid(name(position) + " is " + kind + " in the P4Info and " + shape.kind()
                    + " in the device config");
        }
        // A translated type may be wider for the controller than in the data plane; errors have no width at all.
        if (field.getBitwidth() != shape.width() && field.getBitwidth() != 0 && !field.hasTypeName()) {
            throw Refusal.invalid(name(position) + " has " + field.getBitwidth() + " bits in the P4Info and "
                    + shape.width() + " in the device config");
        }
    }

    private SdnNames names(int position, Translations translations) throws Refusal {
        SdnNames found = translations.of(fields.get(position).getTypeName());
        if (found != null) {
            if (kinds[position] != MatchKind.EXACT && kinds[position] != MatchKind.OPTIONAL) {
                throw Refusal.unsupported(name(position) + " is " + kinds[position] + " and of a type translated to "
                        + "strings: this switch matches those EXACT or OPTIONAL only");
            }
            found.place(shapes.get(position).width());
        }
        return found;
    }

    int count() {
        return shapes.size();
    }

    /** How controllers match the field, which may be otherwise than the pipeline does. */
    MatchKind kind(int position) {
        return kinds[position];
    }

    /** The names of the field's values, or null where controllers give numbers. */
    SdnNames names(int position) {
        return names[position];
    }

    KeyShape shape(int position) {
        return shapes.get(position);
    }

    int id(int position) {
        return fields.get(position).getId();
    }

    /** For texts: {@code match field 'address' of table 'Ingress.routes'}. */
    String name(int position) {
        return "match field '" + fields.get(position).getName() + "' of " + owner;
    }

    /** Adds the numbers in matches that such names stand for. */
    void numbers(List<KeyMatch> matches, SdnNames of, Set<Bits> to) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == of && matches.get(i) instanceof KeyMatch.Exact exact) {
                to.add(exact.value());
            } else if (names[i] == of && matches.get(i) instanceof KeyMatch.Ternary ternary) {
                to.add(ternary.value());
            }
        }
    }

    /** Where the field of that id stands among the keys. */
    int position(int fieldId) throws Refusal {
        Integer position = positions.get(fieldId);
        if (position == null) {
            List<String> all = new ArrayList<>();
            fields.forEach(field -> all.add(field.getId() + " '" + field.getName() + "'"));
            throw Refusal.invalid(owner + " has no match field " + fieldId + ": it has "
                    + (all.isEmpty() ? "none" : String.join(", ", all)));
        }
        return position;
    }
}
