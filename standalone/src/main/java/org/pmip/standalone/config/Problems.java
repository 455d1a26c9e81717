// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gathers what is wrong with a configuration, each problem in one line with the path of the value and the fix. Not
 * safe for use by many threads.
 */
final class Problems {
    /** Greatest distance at which one word is taken for a slip of the other. */
    private static final int SLIP = 2;

    private final List<String> lines = new ArrayList<>();

    void add(String path, String text) {
        lines.add(path + ": " + text);
    }

    void addAll(Collection<String> others) {
        lines.addAll(others);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** An object at a path; anything else is a problem, and an absent one is empty. */
    JsonNode object(JsonNode parent, String path, String key) {
        JsonNode node = parent.path(key);
        if (!node.isMissingNode() && !node.isObject()) {
            add(join(path, key), "is no object: write {...}");
            return MissingNode.getInstance();
        }
        return node;
    }

    /** A text at a path, or null when it is absent, empty or no text, which is a problem when it is needed. */
    String text(JsonNode parent, String path, String key, String needed) {
        JsonNode node = parent.path(key);
        if (node.isTextual() && !node.textValue().isBlank()) {
            return node.textValue();
        }
        if (!node.isMissingNode()) {
            add(join(path, key), "is " + node + ": should be a text in quotes");
        } else if (needed != null) {
            add(join(path, key), "is missing: " + needed);
        }
        return null;
    }

    /** An integer at a path within a range, or the fallback. */
    long number(JsonNode parent, String path, String key, long least, long greatest, long fallback) {
        JsonNode node = parent.path(key);
        if (node.isMissingNode()) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least
            || node.longValue() > greatest) {
            add(join(path, key), "is " + node + ": should be a number from " + least + " to " + greatest);
            return fallback;
        }
        return node.longValue();
    }

    /** Keys that nobody reads are a problem each: they are most often misspelt. */
    void knownOnly(JsonNode object, String path, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!known.contains(name)) {
                add(join(path, name), "is an unknown key: " + known.stream()
                    .filter(candidate -> distance(name, candidate) <= SLIP).findFirst()
                    .map(candidate -> "did you mean " + candidate + '?')
                    .orElseGet(() -> "known here are " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    /** Letters to change, add or drop to come from one word to the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, 1 + Math.min(now[j - 1], before[j]));
            }
            before = now;
        }
        return before[other.length()];
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + '/' + key;
    }
}
