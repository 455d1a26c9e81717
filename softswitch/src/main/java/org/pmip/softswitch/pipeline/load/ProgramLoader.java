// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.expr.Leaves;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;
import org.pmip.softswitch.pipeline.parser.Deparser;
import org.pmip.softswitch.pipeline.parser.Parser;
import org.pmip.softswitch.pipeline.run.DigestList;
import org.pmip.softswitch.pipeline.run.FieldList;
import org.pmip.softswitch.pipeline.run.Program;
import org.pmip.softswitch.pipeline.run.Stages;
import org.pmip.softswitch.pipeline.run.StandardField;
import org.pmip.softswitch.pipeline.run.StandardMetadata;
import org.pmip.softswitch.pipeline.table.MatchTable;

/**
 * Makes a program of bmv2 JSON, format 2.x, as p4c-bm2-ss writes it for v1model. All or nothing: what is not
 * understood is refused with its path.
 */
public final class ProgramLoader {
    private static final int MAJOR = 2;

    private final Json root;
    private final LongSupplier clock;
    private final boolean compiled;
    private final Names names = new Names();
    private final Expressions expressions = new Expressions(names, List.of());

    private ProgramLoader(JsonNode tree, LongSupplier clock, boolean compiled) {
        this.compiled = compiled;
        root = new Json(tree, "");
        this.clock = clock;
    }

    /** Loads a program that runs by that clock, in nanoseconds; compiled, or else interpreted step by step. */
    public static Program load(JsonNode tree, LongSupplier clock, boolean compiled) throws PipelineException {
        try {
            return new ProgramLoader(tree, clock, compiled).load();
        } catch (StackOverflowError e) {
            throw new PipelineException("/: expressions are nested too deep", e);
        }
    }

    private Program load() throws PipelineException {
        Json meta = root.opt("__meta__");
        if (meta != null && meta.opt("version") != null && meta.get("version").get(0).integer(0, 999) != MAJOR) {
            throw meta.get("version").wrong("only format 2 is understood");
        }
        HeaderLoader headers = new HeaderLoader(names);
        headers.load(root);
        StateLoader state = new StateLoader(names, clock);
        state.load(root);
        ActionLoader actions = new ActionLoader(names);
        actions.load(root);
        ParserLoader parserLoader = new ParserLoader(names, actions);
        Parser parser = parserLoader.load(root, state.checksums(root, expressions, true));
        Deparser deparser = deparser(actions, state);
        Map<String, MatchTable> tables = new LinkedHashMap<>();
        Json ingressJson = only(root, "pipelines", "ingress");
        Json egressJson = only(root, "pipelines", "egress");
        int keyWords = 0;
        for (Json control : List.of(ingressJson, egressJson)) {
            state.profiles(control);
            TableLoader loader = new TableLoader(names, state.directMeters(), clock);
            for (Json table : control.list("tables")) {
                MatchTable loaded = loader.load(table);
                Names.declare(tables, loaded.name(), loaded, table);
                keyWords = Math.max(keyWords, loaded.keyWords());
            }
        }
        ControlNode ingress = control(ingressJson, tables, actions.count());
        ControlNode egress = control(egressJson, tables, actions.count());
        Map<Integer, FieldList> fieldLists = fieldLists();
        Map<Integer, DigestList> digests = digests();
        Stages interpreted = Stages.interpreted(parser, ingress, egress, deparser);
        Stages stages = compiled ? Stages.compiled(parser, ingress, egress, deparser) : interpreted;
        return new Program(headers.layout(keyWords), standard(), stages, interpreted, fieldLists, digests,
                tables, names.counters, names.meters, names.registers, names.profiles, parserLoader.valueSets(), clock);
    }

    private ControlNode control(Json control, Map<String, MatchTable> tables, int actions) throws PipelineException {
        return new ControlLoader(names, expressions, tables, actions).load(control);
    }

    /** The one element of that name in an array of them. */
    static Json only(Json root, String array, String name) throws PipelineException {
        Json found = null;
        for (Json element : root.get(array).list()) {
            if (!element.text("name").equals(name) && !array.equals("pipelines") || found != null
                    && element.text("name").equals(name)) {
                throw element.wrong("only one, with the name '" + name + "', is understood");
            }
            found = element.text("name").equals(name) ? element : found;
        }
        if (found == null) {
            throw root.get(array).wrong("there is none with the name '" + name + "'");
        }
        return found;
    }

    private Deparser deparser(ActionLoader actions, StateLoader state) throws PipelineException {
        Json deparser = only(root, "deparsers", "deparser");
        List<Header> order = new ArrayList<>();
        for (Json header : deparser.list("order")) {
            order.add(names.header(header));
        }
        List<Json> primitives = deparser.list("primitives");
        ActionFunction calls = primitives.isEmpty() ? null : actions.call("deparser", primitives);
        return new Deparser(order.toArray(new Header[0]), state.checksums(root, expressions, false), calls);
    }

    private Map<Integer, FieldList> fieldLists() throws PipelineException {
        Map<Integer, FieldList> lists = new HashMap<>();
        for (Json list : root.list("field_lists")) {
            List<Integer> words = new ArrayList<>();
            for (Json element : list.list("elements")) {
                if (!element.text("type").equals("field")) {
                    throw element.get("type").wrong("elements of type '" + element.text("type") + "' are not offered");
                }
                words.addAll(Names.words(names.field(element.get("value"))));
            }
            Names.declare(lists, list.integer("id", 0, Integer.MAX_VALUE),
                    new FieldList(words.stream().mapToInt(Integer::intValue).toArray()), list);
        }
        return lists;
    }

    private Map<Integer, DigestList> digests() throws PipelineException {
        Map<Integer, DigestList> lists = new HashMap<>();
        for (Json list : root.list("learn_lists")) {
            List<Num> fields = new ArrayList<>();
            List<Integer> widths = new ArrayList<>();
            for (Json element : list.list("elements")) {
                if (!element.text("type").equals("field")) {
                    throw element.get("type").wrong("elements of type '" + element.text("type") + "' are not offered");
                }
                Names.FieldAt at = names.number(element.get("value"));
                fields.add(Leaves.field(at.word(), at.field().width(), false));
                widths.add(at.field().width());
            }
            Names.declare(lists, list.integer("id", 0, Integer.MAX_VALUE), new DigestList(list.text("name"),
                    fields.toArray(new Num[0]), widths.stream().mapToInt(Integer::intValue).toArray()), list);
        }
        return lists;
    }

    private StandardMetadata standard() throws PipelineException {
        return new StandardMetadata(
                standard("standard_metadata.ingress_port", true), standard("standard_metadata.egress_spec", true),
                standard("standard_metadata.egress_port", true), standard("standard_metadata.instance_type", true),
                standard("standard_metadata.packet_length", true),
                standard("queueing_metadata.enq_timestamp", false), standard("queueing_metadata.deq_timedelta", false),
                standard("intrinsic_metadata.ingress_global_timestamp", false),
                standard("intrinsic_metadata.egress_global_timestamp", false),
                standard("intrinsic_metadata.mcast_grp", false), standard("intrinsic_metadata.egress_rid", false),
                standard("standard_metadata.checksum_error", false),
                standard("standard_metadata.parser_error", false));
    }

    private StandardField standard(String name, boolean required) throws PipelineException {
        Names.FieldAt at = names.aliases.get(name);
        if (at == null) {
            String[] parts = name.split("\\.");
            Header header = names.headers.get(parts[0]);
            Field field = header == null ? null : header.type().field(parts[1]);
            at = field == null ? null : new Names.FieldAt(header, field);
        }
        if (at == null) {
            if (required) {
                throw root.wrong("there is no field '" + name + "': the program must be one for v1model");
            }
            return StandardField.NONE;
        }
        if (at.field().varbit() || at.field().width() > 64) {
            throw root.wrong("field '" + name + "' must have at most 64 bits");
        }
        return StandardField.of(at.word(), at.field().width(), names.used(at));
    }
}
