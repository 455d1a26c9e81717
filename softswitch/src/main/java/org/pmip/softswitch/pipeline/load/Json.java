// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.PipelineException;

/** An element of the JSON together with its path, so that every complaint can name it. */
final class Json {
    private static final int MOST_DIGITS = 8192;

    private final JsonNode node;
    private final String path;

    Json(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    PipelineException wrong(String what) {
        return new PipelineException((path.isEmpty() ? "/" : path) + ": " + what);
    }

    /** The member of that name, which must be there. */
    Json get(String name) throws PipelineException {
        Json member = opt(name);
        if (member == null) {
            throw wrong("'" + name + "' is missing");
        }
        return member;
    }

    /** The member of that name, or null if it is not there or is null. */
    Json opt(String name) throws PipelineException {
        if (!node.isObject()) {
            throw wrong("must be an object");
        }
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? null : new Json(member, path + "/" + name);
    }

    /** The element of that index, which must be there. */
    Json get(int index) throws PipelineException {
        if (!node.isArray() || index >= node.size()) {
            throw wrong("must be an array with at least " + (index + 1) + " elements");
        }
        return new Json(node.get(index), path + "/" + index);
    }

    boolean isObject() {
        return node.isObject();
    }

    /** The elements of an array; an empty one may be written as an empty object. */
    List<Json> list() throws PipelineException {
        if (!node.isArray() && (!node.isObject() || node.size() > 0)) {
            throw wrong("must be an array");
        }
        List<Json> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Json(node.get(i), path + "/" + i));
        }
        return elements;
    }

    /** The elements of the array of that name; none if it is not there. */
    List<Json> list(String name) throws PipelineException {
        Json member = opt(name);
        return member == null ? List.of() : member.list();
    }

    /** The members of an object; a null stays one. */
    Map<String, Json> members() throws PipelineException {
        if (!node.isObject()) {
            throw wrong("must be an object");
        }
        Map<String, Json> members = new LinkedHashMap<>();
        node.fields().forEachRemaining(field ->
                members.put(field.getKey(), new Json(field.getValue(), path + "/" + field.getKey())));
        return members;
    }

    boolean isNull() {
        return node.isNull();
    }

    boolean isText() {
        return node.isTextual();
    }

    boolean isInteger() {
        return node.isIntegralNumber();
    }

    String text() throws PipelineException {
        if (!node.isTextual()) {
            throw wrong("must be a string");
        }
        return node.textValue();
    }

    String text(String name) throws PipelineException {
        return get(name).text();
    }

    /** True or false, which some versions of the compiler write as 1 and 0. */
    boolean bool() throws PipelineException {
        if (node.isInt() && (node.intValue() == 0 || node.intValue() == 1)) {
            return node.intValue() == 1;
        }
        if (!node.isBoolean()) {
            throw wrong("must be true or false");
        }
        return node.booleanValue();
    }

    /** The boolean of that name, or false if it is not there. */
    boolean flag(String name) throws PipelineException {
        Json member = opt(name);
        return member != null && member.bool();
    }

    int integer(int least, int most) throws PipelineException {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong("must be a whole number from " + least + " to " + most);
        }
        return node.intValue();
    }

    int integer(String name, int least, int most) throws PipelineException {
        return get(name).integer(least, most);
    }

    /** A number written in hexadecimal, with 0x or without, perhaps negative. */
    BigInteger hex() throws PipelineException {
        String text = text();
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        digits = digits.startsWith("0x") ? digits.substring(2) : digits;
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(c ->
                c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
            throw wrong("'" + text + "' is not a hexadecimal number");
        }
        BigInteger value = new BigInteger(digits, 16);
        return negative ? value.negate() : value;
    }

    /** As {@link #hex}, but a natural number of at most that many bits. */
    BigInteger hex(int bits) throws PipelineException {
        BigInteger value = hex();
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw wrong("must be a number of at most " + bits + " bits");
        }
        return value;
    }

    @Override
    public String toString() {
        return path;
    }
}
