// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/**
 * Makes packets that a program's parser understands, by walking through its states at random and giving the fields by
 * which it selects the values that lead on.
 */
final class PacketMaker {
    private static final int MOST_HEADERS = 12;
    private static final int MOST_PAYLOAD = 80;
    private static final int SHORTEST = 20;

    private final Pool pool;
    private final JsonNode json;
    private final Map<String, JsonNode> states = new HashMap<>();
    private final Map<String, JsonNode> types = new HashMap<>();
    private final Map<String, String> typeOf = new HashMap<>();
    private final Map<String, JsonNode> calculations = new HashMap<>();
    private final Map<Integer, JsonNode> keys = new HashMap<>();
    private final List<Map<String, BigInteger>> entries = new ArrayList<>();

    /** A header on its way into the packet. */
    private static final class Part {
        private final String name;
        private final JsonNode fields;
        private final Map<String, BigInteger> values = new LinkedHashMap<>();

        Part(String name, JsonNode fields) {
            this.name = name;
            this.fields = fields;
        }
    }

    PacketMaker(JsonNode json, P4Info info, Pool pool) {
        this.json = json;
        this.pool = pool;
        json.path("parsers").path(0).path("parse_states")
                .forEach(state -> states.put(state.path("name").asText(), state));
        json.path("header_types").forEach(type -> types.put(type.path("name").asText(), type));
        for (String list : List.of("headers", "header_stacks")) {
            json.path(list).forEach(one ->
                    typeOf.put(one.path("name").asText(), one.path("header_type").asText()));
        }
        states.values().forEach(this::learn);
        for (JsonNode control : json.path("pipelines")) {
            control.path("tables").forEach(table -> info.getTablesList().stream()
                    .filter(one -> one.getPreamble().getName().equals(table.path("name").asText()))
                    .forEach(one -> keys.put(one.getPreamble().getId(), table.path("key"))));
        }
        json.path("calculations").forEach(one -> calculations.put(one.path("name").asText(), one));
    }

    /** Takes an entry that packets shall hit now and then. */
    void entry(TableEntry entry) {
        JsonNode key = keys.get(entry.getTableId());
        Map<String, BigInteger> wanted = new HashMap<>();
        for (FieldMatch match : entry.getMatchList()) {
            JsonNode target = key.path(match.getFieldId() - 1).path("target");
            ByteString value = switch (match.getFieldMatchTypeCase()) {
                case EXACT -> match.getExact().getValue();
                case LPM -> match.getLpm().getValue();
                case TERNARY -> match.getTernary().getValue();
                case RANGE -> match.getRange().getLow();
                default -> match.getOptional().getValue();
            };
            wanted.put(target.path(0).asText() + "." + target.path(1).asText(),
                    new BigInteger(1, value.toByteArray()));
        }
        if (key != null) {
            entries.add(wanted);
        }
    }

    private void aim(List<Part> parts) {
        if (entries.isEmpty() || pool.once(4)) {
            return;
        }
        Map<String, BigInteger> wanted = entries.get(pool.random().nextInt(entries.size()));
        for (Part part : parts) {
            part.values.replaceAll((field, value) -> wanted.getOrDefault(part.name + "." + field, value));
        }
    }

    /** What the parser selects by means something to tables, too. */
    private void learn(JsonNode state) {
        JsonNode key = state.path("transition_key").path(0).path("value");
        JsonNode type = types.get(typeOf.getOrDefault(key.path(0).asText(), ""));
        if (type == null || state.path("transition_key").size() != 1) {
            return;
        }
        for (JsonNode field : type.path("fields")) {
            if (field.path(0).equals(key.path(1)) && field.path(1).asInt() >= 8) {
                state.path("transitions").forEach(way -> {
                    if (way.path("type").asText().equals("hexstr") && !way.path("mask").isTextual()) {
                        pool.add(field.path(1).asInt(), hex(way.path("value")));
                    }
                });
            }
        }
    }

    /** A packet; sometimes cut, or spoilt in one octet. */
    byte[] make() {
        List<Part> parts = new ArrayList<>();
        String name = json.path("parsers").path(0).path("init_state").asText();
        while (name != null && parts.size() < MOST_HEADERS) {
            JsonNode state = states.get(name);
            state.path("parser_ops").forEach(operation -> extract(operation, parts));
            name = leave(state, parts);
        }
        aim(parts);
        completeChecksums(parts);
        byte[] packet = octets(parts);
        if (pool.once(12)) {
            // Linux drops shorter ones when they look as if they had a VLAN tag.
            return Arrays.copyOf(packet, SHORTEST + pool.random().nextInt(packet.length - SHORTEST + 1));
        }
        if (pool.once(10)) {
            packet[pool.random().nextInt(packet.length)] ^= (byte) (1 << pool.random().nextInt(8));
        }
        return packet;
    }

    private void extract(JsonNode operation, List<Part> parts) {
        String kind = operation.path("op").asText();
        if (!kind.equals("extract") && !kind.equals("extract_VL")) {
            return;
        }
        JsonNode value = operation.path("parameters").path(0).path("value");
        String name = value.isArray() ? value.path(0).asText() : value.asText();
        JsonNode type = types.get(typeOf.get(name));
        if (type == null) {
            return;
        }
        Part part = new Part(name, type.path("fields"));
        for (JsonNode field : part.fields) {
            if (field.path(1).isInt()) {
                part.values.put(field.path(0).asText(), pool.mostly(field.path(1).asInt()));
            }
        }
        parts.add(part);
    }

    /** Chooses where to go, and sees to it that the parser does. */
    private String leave(JsonNode state, List<Part> parts) {
        List<JsonNode> ways = new ArrayList<>();
        for (JsonNode way : state.path("transitions")) {
            if (!way.path("type").asText().equals("parse_vset")) {
                ways.add(way);
                if (!way.path("next_state").isNull()) {
                    ways.add(way);
                    ways.add(way);
                }
            }
        }
        if (ways.isEmpty()) {
            return null;
        }
        JsonNode way = ways.get(pool.random().nextInt(ways.size()));
        if (way.path("type").asText().equals("hexstr")) {
            select(state.path("transition_key"), way, parts);
        }
        return way.path("next_state").isNull() ? null : way.path("next_state").asText();
    }

    /** The octets of all keys, each filled up to whole ones, stand in one number. */
    private void select(JsonNode keys, JsonNode way, List<Part> parts) {
        BigInteger value = hex(way.path("value"));
        BigInteger mask = way.path("mask").isTextual() ? hex(way.path("mask")) : null;
        int shift = 0;
        for (int i = keys.size() - 1; i >= 0; i--) {
            JsonNode path = keys.path(i).path("value");
            Part part = last(parts, path.path(0).asText());
            int width = part == null ? 0 : width(part, path.path(1).asText());
            if (width > 0) {
                BigInteger fixed = mask == null ? Pool.ones(width) : mask.shiftRight(shift).and(Pool.ones(width));
                BigInteger wanted = value.shiftRight(shift).and(fixed);
                part.values.merge(path.path(1).asText(), wanted,
                        (old, set) -> old.andNot(fixed).or(set));
            } else {
                width = keys.path(i).path("value").path(1).asInt(8);
            }
            shift += (width + 7) / 8 * 8;
        }
    }

    private static BigInteger hex(JsonNode text) {
        return text.asText().startsWith("0x") ? new BigInteger(text.asText().substring(2), 16) : BigInteger.ZERO;
    }

    private static Part last(List<Part> parts, String name) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).name.equals(name)) {
                return parts.get(i);
            }
        }
        return null;
    }

    private static int width(Part part, String field) {
        for (JsonNode one : part.fields) {
            if (one.path(0).asText().equals(field)) {
                return one.path(1).asInt();
            }
        }
        return 0;
    }

    /** Checksums that the program verifies are right, for what lies in headers. */
    private void completeChecksums(List<Part> parts) {
        for (JsonNode checksum : json.path("checksums")) {
            JsonNode calculation = calculations.get(checksum.path("calculation").asText());
            Part part = last(parts, checksum.path("target").path(0).asText());
            if (part == null || calculation == null || !calculation.path("algo").asText().equals("csum16")) {
                continue;
            }
            BigInteger bits = BigInteger.ZERO;
            int length = 0;
            for (JsonNode input : calculation.path("input")) {
                int width = input.path("bitwidth").asInt();
                BigInteger value = input.path("value").isTextual() ? hex(input.path("value")) : BigInteger.ZERO;
                if (input.path("type").asText().equals("field")) {
                    Part from = last(parts, input.path("value").path(0).asText());
                    String field = input.path("value").path(1).asText();
                    width = from == null ? 0 : width(from, field);
                    value = from == null ? BigInteger.ZERO : from.values.getOrDefault(field, BigInteger.ZERO);
                }
                bits = bits.shiftLeft(width).or(value);
                length += width;
            }
            part.values.put(checksum.path("target").path(1).asText(), sum(bits, length));
        }
    }

    private static BigInteger sum(BigInteger bits, int length) {
        BigInteger rest = bits.shiftLeft((16 - length % 16) % 16);
        long sum = 0;
        while (rest.signum() > 0) {
            sum += rest.and(Pool.ones(16)).longValue();
            rest = rest.shiftRight(16);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return BigInteger.valueOf(~sum & 0xffff);
    }

    private byte[] octets(List<Part> parts) {
        BigInteger bits = BigInteger.ONE;
        int length = 0;
        for (Part part : parts) {
            for (JsonNode field : part.fields) {
                int width = field.path(1).isInt() ? field.path(1).asInt() : 8 * 4 * pool.random().nextInt(4);
                BigInteger value = part.values.getOrDefault(field.path(0).asText(), BigInteger.valueOf(width))
                        .and(Pool.ones(width));
                bits = bits.shiftLeft(width).or(value);
                length += width;
            }
        }
        int payload = 8 * (pool.random().nextInt(MOST_PAYLOAD) + Math.max(1, SHORTEST - length / 8));
        bits = bits.shiftLeft(payload).or(new BigInteger(payload, pool.random()));
        byte[] all = bits.shiftLeft((8 - (length + payload) % 8) % 8).toByteArray();
        // The leading one, which keeps zeros, is an octet of its own.
        return Arrays.copyOfRange(all, 1, all.length);
    }
}
