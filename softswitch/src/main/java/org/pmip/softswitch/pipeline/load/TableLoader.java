// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.table.Actions;
import org.pmip.softswitch.pipeline.table.DirectMeter;
import org.pmip.softswitch.pipeline.table.KeyPlan;
import org.pmip.softswitch.pipeline.table.MatchTable;
import org.pmip.softswitch.pipeline.table.Profile;

/** The tables of a control, with their default actions and const entries. */
final class TableLoader {
    private static final Map<String, MatchKind> KINDS = Map.of("exact", MatchKind.EXACT, "valid", MatchKind.EXACT,
            "lpm", MatchKind.LPM, "ternary", MatchKind.TERNARY, "range", MatchKind.RANGE,
            "optional", MatchKind.OPTIONAL);

    private final Names names;
    private final Map<String, DirectMeter> directMeters;
    private final LongSupplier clock;

    TableLoader(Names names, Map<String, DirectMeter> directMeters, LongSupplier clock) {
        this.names = names;
        this.directMeters = directMeters;
        this.clock = clock;
    }

    MatchTable load(Json table) throws PipelineException {
        String name = table.text("name");
        Actions actions = new Actions("table '" + name + "'");
        Profile profile = profile(table);
        for (Json id : table.list("action_ids")) {
            ActionFunction action = names.action(id);
            actions.add(action);
            if (profile != null) {
                profile.actions().add(action);
            }
        }
        List<KeyPlan.Source> sources = new ArrayList<>();
        int lpm = 0;
        for (Json key : table.list("key")) {
            KeyPlan.Source source = source(key);
            lpm += source.shape().kind() == MatchKind.LPM ? 1 : 0;
            if (lpm > 1) {
                throw key.wrong("a table has at most one lpm key");
            }
            sources.add(source);
        }
        Json entries = table.opt("entries");
        Json size = table.opt("max_size");
        if (size == null && entries == null) {
            throw table.wrong("has neither 'max_size' nor 'entries'");
        }
        int most = size == null ? entries.list().size() : size.integer(0, Integer.MAX_VALUE);
        MatchTable loaded = new MatchTable(new MatchTable.Spec(name, most, new KeyPlan(sources), actions, profile,
                table.flag("with_counters"), meter(table), table.flag("support_timeout")), clock);
        byDefault(table, loaded);
        if (entries != null) {
            constants(table, entries, loaded);
        }
        return loaded;
    }

    private Profile profile(Json table) throws PipelineException {
        switch (table.text("type")) {
            case "simple":
                return null;
            case "indirect":
            case "indirect_ws":
                return Names.resolve(names.profiles, "action profile", table.get("action_profile"));
            default:
                throw table.get("type").wrong("tables of type '" + table.text("type") + "' are not offered");
        }
    }

    private DirectMeter meter(Json table) throws PipelineException {
        Json meter = table.opt("direct_meters");
        return meter == null ? null : Names.resolve(directMeters, "direct meter", meter);
    }

    private KeyPlan.Source source(Json key) throws PipelineException {
        MatchKind kind = KINDS.get(key.text("match_type"));
        if (kind == null) {
            throw key.get("match_type").wrong("keys of kind '" + key.text("match_type") + "' are not offered");
        }
        Json target = key.get("target");
        Names.FieldAt at;
        if (key.text("match_type").equals("valid")) {
            Header header = names.header(target);
            at = new Names.FieldAt(header, header.type().field(HeaderType.VALID));
        } else {
            if (target.isObject()) {
                throw target.wrong("computed keys are not offered, nor by bmv2: assign the value to a field first");
            }
            at = names.number(target);
        }
        int width = at.field().width();
        Json name = key.opt("name");
        String shown = name == null ? at.header().name() + "." + at.field().name() : name.text();
        Json mask = key.opt("mask");
        return new KeyPlan.Source(new KeyShape(shown, kind, width), at.word(), at.validity(),
                mask == null ? null : words(mask.hex((width + 7) / 8 * 8), width));
    }

    private static long[] words(BigInteger number, int width) {
        long[] words = new long[(width + 63) / 64];
        for (int i = 0; i < words.length; i++) {
            words[words.length - 1 - i] = number.shiftRight(64 * i).longValue();
        }
        return words;
    }

    private void byDefault(Json table, MatchTable loaded) throws PipelineException {
        Json entry = table.opt("default_entry");
        if (entry == null) {
            return;
        }
        ActionCall call = call(entry, loaded);
        try {
            loaded.initialDefault(call, entry.flag("action_const") || entry.flag("action_entry_const"));
        } catch (TableException e) {
            throw entry.wrong(e.getMessage());
        }
    }

    private ActionCall call(Json json, MatchTable table) throws PipelineException {
        ActionFunction action = names.action(json.get("action_id"));
        if (table.action(action.name()) != action) {
            throw json.wrong("action '" + action.name() + "' is not among those of the table");
        }
        List<byte[]> arguments = new ArrayList<>();
        for (Json argument : json.get("action_data").list()) {
            arguments.add(octets(argument.hex(1 << 14)));
        }
        return ActionCall.of(action.name(), arguments.toArray(new byte[0][]));
    }

    private static byte[] octets(BigInteger number) {
        return number.toByteArray();
    }

    private void constants(Json table, Json entries, MatchTable loaded) throws PipelineException {
        loaded.freeze(true);
        List<KeyShape> keys = loaded.keys();
        boolean prioritised = keys.stream().anyMatch(key -> key.kind() != MatchKind.EXACT
                && key.kind() != MatchKind.LPM);
        int lowest = 0;
        for (Json entry : entries.list()) {
            lowest = prioritised ? Math.max(lowest, entry.integer("priority", 0, Integer.MAX_VALUE - 1)) : 0;
        }
        for (Json entry : entries.list()) {
            List<KeyMatch> matches = new ArrayList<>();
            List<Json> given = entry.get("match_key").list();
            if (given.size() != keys.size()) {
                throw entry.get("match_key").wrong("has " + given.size() + " keys, the table " + keys.size());
            }
            for (int i = 0; i < given.size(); i++) {
                matches.add(match(given.get(i), keys.get(i)));
            }
            // In the JSON the least number wins, in P4Runtime the greatest.
            int priority = prioritised ? lowest + 1 - entry.integer("priority", 0, Integer.MAX_VALUE - 1) : 0;
            try {
                loaded.insertConstant(new Entry(matches, priority, call(entry.get("action_entry"), loaded)));
            } catch (TableException e) {
                throw entry.wrong(e.getMessage());
            }
        }
    }

    private static KeyMatch match(Json match, KeyShape key) throws PipelineException {
        int width = (key.width() + 7) / 8 * 8;
        switch (match.text("match_type")) {
            case "valid":
                return KeyMatch.exact(new byte[] {(byte) (match.get("key").bool() ? 1 : 0)});
            case "exact":
                return KeyMatch.exact(octets(match.get("key").hex(width)));
            case "lpm":
                int prefix = match.integer("prefix_length", 0, key.width());
                BigInteger value = match.get("key").hex(width);
                int cleared = key.width() - prefix;
                return KeyMatch.lpm(octets(value.shiftRight(cleared).shiftLeft(cleared)), prefix);
            case "optional":
            case "ternary":
                Json mask = match.opt("mask");
                BigInteger number = match.get("key").hex(width);
                return mask == null ? KeyMatch.exact(octets(number))
                        : KeyMatch.ternary(octets(number.and(mask.hex(width))), octets(mask.hex(width)));
            case "range":
                return KeyMatch.range(octets(match.get("start").hex(width)), octets(match.get("end").hex(width)));
            default:
                throw match.get("match_type").wrong("matches of kind '" + match.text("match_type")
                        + "' are not offered");
        }
    }
}
