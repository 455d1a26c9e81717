// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.HeaderType;
import org.pmip.softswitch.pipeline.packet.HeaderType.Field;
import org.pmip.softswitch.pipeline.packet.Layout;

/** Header types, headers, stacks and unions, and where each lies in a packet. */
final class HeaderLoader {
    private static final int MOST_WIDTH = 1 << 14;
    private static final int MOST_WORDS = 1 << 16;

    private final Names names;
    private final Map<String, List<String>> unionTypes = new HashMap<>();
    private final Map<Integer, List<Header>> unionsById = new HashMap<>();
    private int words;
    private int metadataWords;
    private int varbitOctets;

    HeaderLoader(Names names) {
        this.names = names;
    }

    void load(Json root) throws PipelineException {
        for (Json type : root.list("header_types")) {
            HeaderType loaded = type(type);
            Names.declare(names.types, loaded.name(), loaded, type);
        }
        // Metadata comes first, so that all of it is reset in one go.
        for (Json header : root.list("headers")) {
            if (header.flag("metadata")) {
                header(header, true);
            }
        }
        metadataWords = words;
        for (Json header : root.list("headers")) {
            if (!header.flag("metadata")) {
                header(header, false);
            }
        }
        for (Json stack : root.list("header_stacks")) {
            stack(stack);
        }
        for (Json type : root.list("header_union_types")) {
            List<String> members = new ArrayList<>();
            for (Json member : type.list("headers")) {
                members.add(member.get(0).text());
            }
            Names.declare(unionTypes, type.text("name"), members, type);
        }
        for (Json union : root.list("header_unions")) {
            union(union);
        }
        for (Json stack : root.list("header_union_stacks")) {
            unionStack(stack);
        }
        for (Json alias : root.list("field_aliases")) {
            names.aliases.put(alias.get(0).text(), at(alias.get(1)));
        }
    }

    private Names.FieldAt at(Json pair) throws PipelineException {
        Header header = names.header(pair.get(0));
        return new Names.FieldAt(header, names.field(header.type(), pair.get(1)));
    }

    static void refuse(Json root, String what) throws PipelineException {
        if (!root.list(what).isEmpty()) {
            throw root.get(what).wrong("not offered by this target");
        }
    }

    private HeaderType type(Json type) throws PipelineException {
        if (type.opt("length_exp") != null) {
            throw type.get("length_exp").wrong("not offered by this target: give the length where it is extracted");
        }
        List<Field> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(HeaderType.VALID));
        int bits = 0;
        int varbits = 0;
        for (Json field : type.list("fields")) {
            String name = field.get(0).text();
            if (!seen.add(name)) {
                throw field.wrong("field '" + name + "' is declared twice");
            }
            int size = field.list().size();
            boolean signed = size > 2 && field.get(2).bool();
            if (size > 3 && field.get(3).bool()) {
                throw field.wrong("saturating fields are not offered by this target");
            }
            if (field.get(1).isText() && field.get(1).text().equals("*")) {
                varbits++;
                if (bits % 8 != 0) {
                    throw field.wrong("a varbit must begin at a whole octet");
                }
                fields.add(new Field(name, -1, false, true, 0));
            } else {
                int width = field.get(1).integer(signed ? 2 : 1, MOST_WIDTH);
                bits += width;
                fields.add(new Field(name, width, signed, false, 0));
            }
        }
        if (bits % 8 != 0) {
            throw type.wrong("its fields do not fill whole octets");
        }
        if (varbits > 1) {
            throw type.wrong("more than one varbit");
        }
        int rest = varbits == 0 ? 0 : type.integer("max_length", bits / 8, MOST_WIDTH) * 8 - bits;
        fields.replaceAll(field -> field.varbit() ? new Field(field.name(), rest, false, true, 0) : field);
        return new HeaderType(type.text("name"), fields);
    }

    private void header(Json header, boolean metadata) throws PipelineException {
        HeaderType type = Names.resolve(names.types, "header type", header.get("header_type"));
        Header loaded = place(header.text("name"), type, metadata, header);
        Names.declare(names.headers, loaded.name(), loaded, header);
        Names.declare(names.headersById, header.integer("id", 0, Integer.MAX_VALUE), loaded, header);
    }

    private Header place(String name, HeaderType type, boolean metadata, Json at) throws PipelineException {
        Header header = new Header(name, type, words, varbitOctets, metadata);
        words += type.words();
        varbitOctets += type.varbitOctets();
        if (words > MOST_WORDS || varbitOctets > MOST_WORDS * 8) {
            throw at.wrong("headers and metadata are larger than this target offers");
        }
        return header;
    }

    private void stack(Json stack) throws PipelineException {
        HeaderType type = Names.resolve(names.types, "header type", stack.get("header_type"));
        List<Header> elements = new ArrayList<>();
        for (Json id : stack.list("header_ids")) {
            Header element = byId(id);
            if (element.type() != type) {
                throw id.wrong("header '" + element.name() + "' is not of type '" + type.name() + "'");
            }
            elements.add(element);
        }
        Header spare = place(stack.text("name") + "[?]", type, false, stack);
        HeaderStack loaded = new HeaderStack(stack.text("name"), elements.toArray(new Header[0]), spare, words++);
        Names.declare(names.stacks, loaded.name(), loaded, stack);
    }

    private Header byId(Json id) throws PipelineException {
        Header header = names.headersById.get(id.integer(0, Integer.MAX_VALUE));
        if (header == null) {
            throw id.wrong("there is no header with this id");
        }
        return header;
    }

    private void union(Json union) throws PipelineException {
        List<Header> members = new ArrayList<>();
        for (Json id : union.list("header_ids")) {
            members.add(byId(id));
        }
        for (Header member : members) {
            member.joinUnion(members.stream().filter(other -> other != member).mapToInt(Header::base).toArray());
        }
        int expected = Names.resolve(unionTypes, "header union type", union.get("union_type")).size();
        if (members.size() != expected) {
            throw union.get("header_ids").wrong("names " + members.size() + " headers, the type " + expected);
        }
        Names.declare(names.unions, union.text("name"), members, union);
        Names.declare(unionsById, union.integer("id", 0, Integer.MAX_VALUE), members, union);
    }

    private void unionStack(Json stack) throws PipelineException {
        List<List<Header>> unions = new ArrayList<>();
        List<String> memberNames = Names.resolve(unionTypes, "header union type", stack.get("union_type"));
        for (Json id : stack.list("header_union_ids")) {
            List<Header> union = unionsById.get(id.integer(0, Integer.MAX_VALUE));
            if (union == null || union.size() != memberNames.size()) {
                throw id.wrong("there is no header union of this type with this id");
            }
            unions.add(union);
        }
        if (unions.isEmpty()) {
            throw stack.wrong("a stack of header unions has at least one element");
        }
        int nextWord = words++;
        Map<String, HeaderStack> members = new HashMap<>();
        for (int i = 0; i < memberNames.size(); i++) {
            int member = i;
            Header[] elements = unions.stream().map(union -> union.get(member)).toArray(Header[]::new);
            String name = stack.text("name") + "." + memberNames.get(i);
            for (Header element : elements) {
                if (element.type() != elements[0].type()) {
                    throw stack.wrong("member '" + memberNames.get(i) + "' is not of one type");
                }
            }
            Header spare = place(name + "[?]", elements[0].type(), false, stack);
            Names.declare(members, memberNames.get(i), new HeaderStack(name, elements, spare, nextWord), stack);
        }
        Names.declare(names.unionStacks, stack.text("name"), members, stack);
    }

    Layout layout(int keyWords) {
        long[] image = new long[words];
        for (Header header : names.headers.values()) {
            if (header.metadata()) {
                image[header.base()] = 1;
            }
        }
        return new Layout(image, metadataWords, varbitOctets, keyWords, List.copyOf(names.headers.values()));
    }
}
