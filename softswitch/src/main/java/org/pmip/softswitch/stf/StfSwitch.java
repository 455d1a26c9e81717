// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.PipelineLoader;
import org.pmip.softswitch.pipeline.RegisterArray;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;

/** A program in this process, on which the statements of one STF test are executed. For one thread. */
final class StfSwitch implements Pipeline.Output {
    private static final double MICROSECONDS = 1e6;

    private final JsonNode json;
    private final Pipeline pipeline;
    private final ReplicationCommands replication;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, List<String>> parameters = new HashMap<>();
    private final Map<String, List<String>> targets = new HashMap<>();
    private final Map<Integer, Deque<String>> sent = new TreeMap<>();
    private final Map<String, Installed> named = new HashMap<>();

    private record Installed(Table table, Entry entry) { }

    /** Loads a program from the tree of its JSON. */
    StfSwitch(JsonNode json) throws PipelineException {
        this.json = json;
        pipeline = PipelineLoader.load(json, System::nanoTime);
        replication = new ReplicationCommands(pipeline.replication());
        pipeline.tables().forEach(table -> tables.put(table.name(), table));
        for (JsonNode action : json.path("actions")) {
            List<String> names = new ArrayList<>();
            action.path("runtime_data").forEach(parameter -> names.add(parameter.path("name").asText()));
            parameters.put(action.path("name").asText(), names);
        }
        for (JsonNode control : json.path("pipelines")) {
            for (JsonNode table : control.path("tables")) {
                List<String> names = new ArrayList<>();
                table.path("key").forEach(key -> names.add(target(key.path("target"))));
                targets.put(table.path("name").asText(), names);
            }
        }
    }

    private static String target(JsonNode target) {
        List<String> parts = new ArrayList<>();
        target.forEach(part -> parts.add(part.asText()));
        return parts.isEmpty() ? target.asText() : String.join(".", parts);
    }

    @Override
    public void transmit(int port, byte[] frame, int offset, int length) {
        sent.computeIfAbsent(port, none -> new ArrayDeque<>())
                .add(HexFormat.of().formatHex(frame, offset, offset + length));
    }

    @Override
    public void digest(String name, byte[][] fields) {
        // STF has no statement for digests.
    }

    /** What left by each port that nobody took yet, in hexadecimal digits. */
    Map<Integer, Deque<String>> sent() {
        return sent;
    }

    /** Executes everything but expectations, which are compared when the test is over. */
    void execute(Statement statement) throws StfException {
        try {
            if (statement instanceof Statement.Send send) {
                pipeline.receive(send.port(), send.frame(), 0, send.frame().length, this);
            } else if (statement instanceof Statement.Add add) {
                add(add);
            } else if (statement instanceof Statement.SetDefault set) {
                Table table = tables.get(find(set.table(), tables.keySet(), "table"));
                table.setDefaultAction(call(table, set.call()));
            } else if (statement instanceof Statement.RemoveAll) {
                removeAll();
            } else if (statement instanceof Statement.CheckCounter check) {
                check(check);
            } else if (statement instanceof Statement.Device device) {
                device(device.command(), device.words());
            }
        } catch (TableException | IllegalArgumentException e) {
            throw new StfException(statement.line(), e.getMessage());
        }
    }

    /** The name itself, or the one name that ends with it. */
    private static String find(String name, Collection<String> names, String kind) {
        if (names.contains(name)) {
            return name;
        }
        List<String> candidates = names.stream().filter(one -> one.endsWith("." + name)).toList();
        if (candidates.isEmpty()) {
            candidates = names.stream().filter(one -> one.endsWith(name)).toList();
        }
        if (candidates.size() != 1) {
            throw new IllegalArgumentException("there is " + (candidates.isEmpty() ? "no" : "more than one") + " "
                    + kind + " '" + name + "'" + (candidates.isEmpty() ? "" : ": " + candidates));
        }
        return candidates.get(0);
    }

    private void add(Statement.Add add) throws TableException {
        Table table = tables.get(find(add.table(), tables.keySet(), "table"));
        String[] values = new String[table.keys().size()];
        add.matches().forEach((key, value) -> values[key(table, key)] = value);
        List<KeyMatch> matches = new ArrayList<>();
        boolean prioritised = false;
        for (int i = 0; i < values.length; i++) {
            Table.KeyShape key = table.keys().get(i);
            prioritised |= key.kind() != Table.MatchKind.EXACT && key.kind() != Table.MatchKind.LPM;
            matches.add(Literal.match(key, values[i]));
        }
        Entry entry = new Entry(matches, prioritised ? add.priority() + 1 : 0, call(table, add.call()));
        table.insert(entry);
        if (add.id() != null) {
            named.put(add.id(), new Installed(table, entry));
        }
    }

    /** The position of a key; {@code $3} stands for {@code [3]}, and a trailing {@code $} may be left out. */
    private int key(Table table, String written) {
        String name = written.replaceAll("\\$(\\d+)", "[$1]");
        List<String> fields = targets.getOrDefault(table.name(), List.of());
        for (String form : List.of(name, name + "$", name + ".$valid$", name.replaceAll("\\bvalid$", "\\$valid\\$"))) {
            for (int i = 0; i < table.keys().size(); i++) {
                String field = i < fields.size() ? fields.get(i) : "";
                if (form.equals(table.keys().get(i).name()) || form.equals(field)) {
                    return i;
                }
            }
        }
        for (int i = 0; i < table.keys().size(); i++) {
            String key = table.keys().get(i).name();
            if (key.endsWith("." + name) || key.endsWith("." + name + "$") || name.endsWith("." + key)
                    || i < fields.size() && fields.get(i).endsWith("." + name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("table '" + table.name() + "' has no key '" + written + "'");
    }

    private ActionCall call(Table table, Statement.Call call) {
        String action = find(call.action(), table.actions(), "action of table '" + table.name() + "'");
        List<String> names = parameters.getOrDefault(action, List.of());
        for (String given : call.arguments().keySet()) {
            if (!names.contains(given)) {
                throw new IllegalArgumentException("action '" + action + "' has no parameter '" + given + "'");
            }
        }
        byte[][] arguments = new byte[names.size()][];
        for (int i = 0; i < arguments.length; i++) {
            String value = call.arguments().get(names.get(i));
            if (value == null) {
                throw new IllegalArgumentException("parameter '" + names.get(i) + "' of action '" + action
                        + "' is missing");
            }
            arguments[i] = Literal.octets(Literal.number(value));
        }
        return ActionCall.of(action, arguments);
    }

    private void removeAll() throws TableException {
        for (Table table : tables.values()) {
            if (!table.constant()) {
                List<Entry> entries = new ArrayList<>();
                table.forEach(entries::add);
                for (Entry entry : entries) {
                    table.delete(entry);
                }
            }
        }
    }

    private void check(Statement.CheckCounter check) throws TableException {
        Installed entry = named.get(check.cell());
        CounterArray.Value value = entry != null ? entry.table().counter(entry.entry())
                : counter(check.counter()).read(Literal.integer(check.cell()));
        long counted = check.octets() ? value.bytes() : value.packets();
        int order = Long.compare(counted, check.number());
        boolean holds = switch (check.condition()) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<=" -> order <= 0;
            case "<" -> order < 0;
            case ">=" -> order >= 0;
            default -> order > 0;
        };
        if (!holds) {
            throw new IllegalArgumentException("counter '" + check.counter() + "' at " + check.cell() + " is " + counted
                    + ", which is not " + check.condition() + " " + check.number());
        }
    }

    private Collection<String> declared(String list) {
        List<String> names = new ArrayList<>();
        json.path(list).forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    private CounterArray counter(String name) {
        return pipeline.counters(find(name, declared("counter_arrays"), "counter"));
    }

    private RegisterArray register(String name) {
        return pipeline.registers(find(name, declared("register_arrays"), "register"));
    }

    private MeterArray meter(String name) {
        return pipeline.meters(find(name, declared("meter_arrays"), "meter"));
    }

    private void device(String command, List<String> words) throws TableException {
        String first = word(words, 0);
        switch (command) {
            case "register_read" -> register(first).read(words.size() < 2 ? 0 : Literal.integer(words.get(1)));
            case "register_write" -> register(first).write(Literal.integer(word(words, 1)),
                    Bits.of(Literal.octets(Literal.number(word(words, 2)))));
            case "register_reset" -> {
                RegisterArray register = register(first);
                for (int i = 0; i < register.size(); i++) {
                    register.write(i, Bits.of(0));
                }
            }
            case "counter_read" -> counter(first).read(Literal.integer(word(words, 1)));
            case "counter_write" -> counter(first).write(Literal.integer(word(words, 1)), new CounterArray.Value(
                    Literal.integer(word(words, 2)), Literal.integer(word(words, 3))));
            case "meter_get_rates" -> meter(first).read(Literal.integer(word(words, 1)));
            case "meter_set_rates" -> meter(first).write(Literal.integer(word(words, 1)), rates(words, 2));
            case "meter_array_set_rates" -> {
                MeterArray meter = meter(first);
                for (int i = 0; i < meter.size(); i++) {
                    meter.write(i, rates(words, 1));
                }
            }
            case "mirroring_get" -> {
                if (pipeline.replication().session(Literal.integer(first)) == null) {
                    throw new IllegalArgumentException("there is no clone session " + first);
                }
            }
            default -> {
                if (!replication.execute(command, words.stream().map(Literal::integer).toList())) {
                    throw new IllegalArgumentException("'" + command + "' is not offered");
                }
            }
        }
    }

    private static String word(List<String> words, int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("argument " + (index + 1) + " is missing");
        }
        return words.get(index);
    }

    /** Two times RATE:BURST, the committed and the peak, with rates by microsecond. */
    private static MeterArray.Config rates(List<String> words, int from) {
        String[] committed = word(words, from).split(":");
        String[] peak = word(words, from + 1).split(":");
        if (committed.length != 2 || peak.length != 2) {
            throw new IllegalArgumentException("rates are given as RATE:BURST RATE:BURST");
        }
        return new MeterArray.Config(rate(committed[0]), Literal.integer(committed[1]), rate(peak[0]),
                Literal.integer(peak[1]));
    }

    private static long rate(String text) {
        return Math.round(Double.parseDouble(text) * MICROSECONDS);
    }
}
