// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One object of a configuration, which notes every problem with its path instead of stopping at the first. Not
 * thread-safe.
 */
final class JsonSection {

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    private JsonSection(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
    }

    static JsonSection root(String path, JsonNode node, List<String> problems) {
        JsonSection section = new JsonSection(path, node, problems);
        section.mustBeObject();
        return section;
    }

    private void mustBeObject() {
        if (!node.isObject()) {
            problems.add(path + ": an object is expected here, not " + kind(node));
        }
    }

    String path() {
        return path;
    }

    String path(String key) {
        return path + "/" + key;
    }

    void problem(String key, String text) {
        problems.add((key.isEmpty() ? path : path(key)) + ": " + text);
    }

    /** Complains of keys that nobody asked for; to be called when all known ones were read. */
    void nothingElse() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!known.contains(name)) {
                problem(name, "unknown key; known here are " + String.join(", ", known));
            }
        }
    }

    boolean has(String key) {
        known.add(key);
        return node.hasNonNull(key);
    }

    private Optional<JsonNode> value(String key, boolean required) {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            if (required) {
                problem(key, "missing");
            }
            return Optional.empty();
        }
        return Optional.of(value);
    }

    Optional<String> text(String key, boolean required) {
        return value(key, required).flatMap(value -> {
            if (!value.isTextual() || value.asText().isEmpty()) {
                problem(key, "a text is expected, not " + kind(value));
                return Optional.empty();
            }
            return Optional.of(value.asText());
        });
    }

    /** A text made into something; an IllegalArgumentException of the function becomes a problem. */
    <T> Optional<T> parsed(String key, boolean required, String expected, Function<String, T> parse) {
        return text(key, required).flatMap(text -> parse(path(key), text, expected, parse));
    }

    private <T> Optional<T> parse(String at, String text, String expected, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            problems.add(at + ": '" + text + "' is not " + expected
                    + (e.getMessage() == null || e.getMessage().contains(text) ? "" : " (" + e.getMessage() + ")"));
            return Optional.empty();
        }
    }

    Optional<Long> number(String key, boolean required, long least, long greatest) {
        return value(key, required).flatMap(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()
                    || value.asLong() < least || value.asLong() > greatest) {
                problem(key, "a whole number from " + least + " to " + greatest + " is expected, not " + value);
                return Optional.empty();
            }
            return Optional.of(value.asLong());
        });
    }

    Optional<Boolean> flag(String key) {
        return value(key, false).flatMap(value -> {
            if (!value.isBoolean()) {
                problem(key, "true or false is expected, not " + value);
                return Optional.empty();
            }
            return Optional.of(value.asBoolean());
        });
    }

    <T> List<T> texts(String key, String expected, Function<String, T> parse) {
        List<T> out = new ArrayList<>();
        each(key, (at, value) -> {
            if (value.isTextual() && !value.asText().isEmpty()) {
                parse(at, value.asText(), expected, parse).ifPresent(out::add);
            } else {
                problems.add(at + ": a text is expected, not " + kind(value));
            }
        });
        return out;
    }

    /** Whole numbers of a list, each once. */
    List<Long> numbers(String key, long least, long greatest) {
        List<Long> out = new ArrayList<>();
        each(key, (at, value) -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()
                    || value.asLong() < least || value.asLong() > greatest) {
                problems.add(at + ": a whole number from " + least + " to " + greatest + " is expected, not " + value);
            } else if (out.contains(value.asLong())) {
                problems.add(at + ": " + value + " is there twice");
            } else {
                out.add(value.asLong());
            }
        });
        return out;
    }

    /** Reads each object of a list. */
    <T> List<T> objects(String key, Function<JsonSection, Optional<T>> read) {
        List<T> out = new ArrayList<>();
        each(key, (at, value) -> {
            JsonSection section = root(at, value, problems);
            if (value.isObject()) {
                read.apply(section).ifPresent(out::add);
                section.nothingElse();
            }
        });
        return out;
    }

    private void each(String key, BiConsumer<String, JsonNode> consumer) {
        value(key, false).ifPresent(list -> {
            if (!list.isArray()) {
                problem(key, "a list is expected, not " + kind(list));
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                consumer.accept(path(key) + "/" + i, list.get(i));
            }
        });
    }

    Optional<JsonSection> object(String key, boolean required) {
        return value(key, required).map(value -> root(path(key), value, problems))
                .filter(section -> section.node.isObject());
    }

    /** The names of the members of this object, all of them known. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        known.addAll(names);
        return names.stream().sorted().collect(Collectors.toList());
    }

    private static String kind(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT:
                return "an object";
            case ARRAY:
                return "a list";
            case STRING:
                return node.asText().isEmpty() ? "an empty text" : "a text";
            case MISSING:
            case NULL:
                return "nothing";
            default:
                return node.toString();
        }
    }
}
