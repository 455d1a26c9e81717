// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.hash.Calculation;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;
import org.pmip.softswitch.pipeline.state.CounterCells;
import org.pmip.softswitch.pipeline.state.MeterCells;
import org.pmip.softswitch.pipeline.state.RegisterCells;
import org.pmip.softswitch.pipeline.table.Profile;

/** What has been declared so far, by name. */
final class Names {
    final Map<String, HeaderType> types = new HashMap<>();
    final Map<String, Header> headers = new LinkedHashMap<>();
    final Map<Integer, Header> headersById = new HashMap<>();
    final Map<String, HeaderStack> stacks = new HashMap<>();
    final Map<String, List<Header>> unions = new HashMap<>();
    /** Header union stacks: for each member a stack of its own, all of which grow together. */
    final Map<String, Map<String, HeaderStack>> unionStacks = new HashMap<>();
    final Map<String, Calculation> calculations = new HashMap<>();
    final Map<String, CounterCells> counters = new LinkedHashMap<>();
    final Map<String, MeterCells> meters = new LinkedHashMap<>();
    final Map<String, RegisterCells> registers = new LinkedHashMap<>();
    final Map<String, Profile> profiles = new LinkedHashMap<>();
    final Map<Integer, ActionFunction> actions = new LinkedHashMap<>();
    final Map<String, FieldAt> aliases = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    /** A field of a header. */
    record FieldAt(Header header, Field field) {
        int word() {
            return header.base() + field.word();
        }

        /** Word with the validity of the header, -1 if it is metadata or the field is the validity itself. */
        int validity() {
            return header.metadata() || field.name().equals(HeaderType.VALID) ? -1 : header.base();
        }
    }

    /** Adds, unless there is one of the name already. */
    static <K, V> void declare(Map<K, V> map, K name, V value, Json at) throws PipelineException {
        if (map.putIfAbsent(name, value) != null) {
            throw at.wrong("'" + name + "' is declared twice");
        }
    }

    /** What a string names. */
    static <V> V resolve(Map<String, V> map, String kind, Json name) throws PipelineException {
        V found = map.get(name.text());
        if (found == null) {
            throw name.wrong("there is no " + kind + " '" + name.text() + "'");
        }
        return found;
    }

    Header header(Json name) throws PipelineException {
        return resolve(headers, "header", name);
    }

    HeaderStack stack(Json name) throws PipelineException {
        return resolve(stacks, "header stack", name);
    }

    /** The stack of one member of the unions in a stack, by a list that begins with the names of both. */
    HeaderStack unionStack(Json path) throws PipelineException {
        return resolve(resolve(unionStacks, "header union stack", path.get(0)), "member", path.get(1));
    }

    /** The field that a pair of header and field name names. */
    FieldAt field(Json pair) throws PipelineException {
        Header header = header(pair.get(0));
        Field field = field(header.type(), pair.get(1));
        used.add(header.name() + "." + field.name());
        return new FieldAt(header, field);
    }

    /** As {@link #field(Json)} for a field that is a number, not a varbit. */
    FieldAt number(Json pair) throws PipelineException {
        FieldAt at = field(pair);
        if (at.field().varbit()) {
            throw pair.wrong("a varbit is no number");
        }
        return at;
    }

    Field field(HeaderType type, Json name) throws PipelineException {
        Field field = type.field(name.text());
        if (field == null) {
            throw name.wrong("header type '" + type.name() + "' has no field '" + name.text() + "'");
        }
        return field;
    }

    ActionFunction action(Json id) throws PipelineException {
        ActionFunction action = actions.get(id.integer(0, Integer.MAX_VALUE));
        if (action == null) {
            throw id.wrong("there is no action with this id");
        }
        return action;
    }

    /** Whether anything in the program names the field. */
    boolean used(FieldAt at) {
        return used.contains(at.header().name() + "." + at.field().name());
    }

    /** All words of a field, one after the other. */
    static List<Integer> words(FieldAt at) {
        List<Integer> words = new ArrayList<>();
        int count = at.field().varbit() ? 1 : (at.field().width() + 63) / 64;
        for (int i = 0; i < count; i++) {
            words.add(at.word() + i);
        }
        return words;
    }
}
