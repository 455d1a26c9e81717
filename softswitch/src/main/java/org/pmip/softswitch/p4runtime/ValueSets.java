// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.ValueSet;
import p4.config.v1.P4InfoOuterClass;
import p4.config.v1.P4InfoOuterClass.MatchField;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.ValueSetEntry;
import p4.v1.P4RuntimeOuterClass.ValueSetMember;

/** Value sets of the parser (P4Runtime 1.3, section 9.6). Callers hold the device's lock. */
final class ValueSets {
    private final Map<Integer, Known> all = new LinkedHashMap<>();

    private record Known(ValueSet set, Fields fields) {
        String name() {
            return "value set '" + set.name() + "'";
        }
    }

    ValueSets(List<P4InfoOuterClass.ValueSet> infos, Pipeline pipeline, Translations translations) throws Refusal {
        for (P4InfoOuterClass.ValueSet info : infos) {
            ValueSet set = Program.find(info.getPreamble(), pipeline::valueSet);
            List<KeyShape> shapes = new ArrayList<>();
            for (int i = 0; i < set.widths().size() && i < info.getMatchCount(); i++) {
                shapes.add(shape(info.getMatch(i), set.widths().get(i), set.name()));
            }
            all.put(info.getPreamble().getId(), new Known(set, new Fields("value set '" + set.name() + "'",
                    info.getMatchList(), shapes, translations)));
        }
    }

    private static KeyShape shape(MatchField field, int width, String name) throws Refusal {
        return switch (field.getMatchType()) {
            case EXACT -> new KeyShape(field.getName(), MatchKind.EXACT, width);
            case LPM -> new KeyShape(field.getName(), MatchKind.LPM, width);
            case TERNARY -> new KeyShape(field.getName(), MatchKind.TERNARY, width);
            case RANGE -> new KeyShape(field.getName(), MatchKind.RANGE, width);
            case OPTIONAL -> new KeyShape(field.getName(), MatchKind.OPTIONAL, width);
            default -> throw Refusal.invalid("match field '" + field.getName() + "' of value set '" + name + "' is "
                    + field.getMatchType() + ": this switch knows EXACT, LPM, TERNARY, RANGE and OPTIONAL there");
        };
    }

    private Known known(int id) throws Refusal {
        Known known = all.get(id);
        if (known == null) {
            throw Refusal.invalid("the P4Info has no value set with id " + Integer.toUnsignedString(id));
        }
        return known;
    }

    /** Adds the numbers of that kind that members hold. */
    void numbers(SdnNames names, Set<Bits> to) {
        all.values().forEach(known -> known.set.members().forEach(member -> known.fields.numbers(member, names, to)));
    }

    void write(Update.Type type, ValueSetEntry given) throws Refusal, TableException {
        Known known = known(given.getValueSetId());
        DirectResources.modifyOnly(type, known.name());
        Set<List<KeyMatch>> members = new LinkedHashSet<>();
        for (ValueSetMember member : given.getMembersList()) {
            if (!members.add(Matches.read(known.fields, member.getMatchList()))) {
                throw Refusal.of(Status.Code.ALREADY_EXISTS, known.name() + " is given a member twice");
            }
        }
        known.set.replace(List.copyOf(members));
    }

    void read(ValueSetEntry pattern, Found to) throws Refusal {
        if (pattern.getValueSetId() == 0) {
            all.forEach((id, known) -> give(id, known, to));
        } else {
            give(pattern.getValueSetId(), known(pattern.getValueSetId()), to);
        }
    }

    private static void give(int id, Known known, Found to) {
        ValueSetEntry.Builder found = ValueSetEntry.newBuilder().setValueSetId(id);
        for (List<KeyMatch> member : known.set.members()) {
            found.addMembers(ValueSetMember.newBuilder().addAllMatch(Matches.write(known.fields, member)));
        }
        to.accept(Entity.newBuilder().setValueSetEntry(found).build());
    }
}
