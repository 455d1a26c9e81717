// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.ws.rs.core.Response;

/** Lists that are given a page at a time, in order of a key. */
final class Pages {

    private static final int GREATEST_LIMIT = 1_000;

    private Pages() {
    }

    /**
     * One page.
     *
     * @param name of the list in the answer
     * @param limit most elements on the page, 1 to 1000, as it was asked for
     * @param first so many of the elements, or fewer if there are no more
     * @param key what {@code after} of the next question is to be, if there is a next page
     * @throws IllegalArgumentException if the limit is none
     */
    static <T> Response page(String name, String limit, IntFunction<List<T>> first, Function<T, JsonNode> summary,
                             Function<T, String> key) {
        int most = number("limit", limit);
        if (most < 1 || most > GREATEST_LIMIT) {
            throw new IllegalArgumentException("limit: " + most + " is not from 1 to " + GREATEST_LIMIT);
        }
        // One more tells whether there is a next page.
        List<T> page = first.apply(most + 1);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode out = root.putArray(name);
        page.stream().limit(most).map(summary).forEach(out::add);
        if (page.size() > most) {
            root.put("next", key.apply(page.get(most - 1)));
        }
        return Response.ok(root).build();
    }

    /**
     * A number in a question.
     *
     * @throws IllegalArgumentException naming the parameter, if the text is no whole number
     */
    static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' is no number", e);
        }
    }
}
