// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.load;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.expr.Leaves;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.hash.Calculation;
import org.pmip.softswitch.pipeline.hash.HashFunction;
import org.pmip.softswitch.pipeline.packet.BitBuffer;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.parser.Checksum;
import org.pmip.softswitch.pipeline.state.CounterCells;
import org.pmip.softswitch.pipeline.state.MeterCells;
import org.pmip.softswitch.pipeline.state.RegisterCells;
import org.pmip.softswitch.pipeline.table.DirectMeter;
import org.pmip.softswitch.pipeline.table.Profile;

/** What a program keeps or computes beside its tables: counters, meters, registers, profiles, hashes, checksums. */
final class StateLoader {
    /** Cells of all arrays together; what goes beyond would take the machine's memory by a typing error. */
    private static final int MOST_CELLS = 1 << 24;

    private final Names names;
    private final LongSupplier clock;
    private final Map<String, DirectMeter> directMeters = new HashMap<>();
    private int cells;

    StateLoader(Names names, LongSupplier clock) {
        this.names = names;
        this.clock = clock;
    }

    Map<String, DirectMeter> directMeters() {
        return directMeters;
    }

    private int size(Json array) throws PipelineException {
        int size = array.integer("size", 0, MOST_CELLS);
        cells += size;
        if (cells > MOST_CELLS) {
            throw array.get("size").wrong("counters, meters and registers have more than " + MOST_CELLS + " cells");
        }
        return size;
    }

    void load(Json root) throws PipelineException {
        HeaderLoader.refuse(root, "extern_instances");
        for (Json calculation : root.list("calculations")) {
            Names.declare(names.calculations, calculation.text("name"), calculation(calculation), calculation);
        }
        for (Json counter : root.list("counter_arrays")) {
            if (!counter.flag("is_direct")) {
                String name = counter.text("name");
                Names.declare(names.counters, name, new CounterCells(name, size(counter)), counter);
            }
        }
        for (Json meter : root.list("meter_arrays")) {
            meter(meter);
        }
        for (Json register : root.list("register_arrays")) {
            String name = register.text("name");
            int width = register.integer("bitwidth", 1, 1 << 14);
            int size = size(register);
            if ((long) size * width > 64L * MOST_CELLS) {
                throw register.wrong("is larger than this target offers");
            }
            Names.declare(names.registers, name, new RegisterCells(name, size, width), register);
        }
    }

    private void meter(Json meter) throws PipelineException {
        String name = meter.text("name");
        String type = meter.text("type");
        if (!type.equals("bytes") && !type.equals("packets")) {
            throw meter.get("type").wrong("must be bytes or packets");
        }
        if (meter.integer("rate_count", 1, 16) != 2) {
            throw meter.get("rate_count").wrong("meters have two rates");
        }
        boolean octets = type.equals("bytes");
        if (meter.flag("is_direct")) {
            Names.FieldAt at = names.number(meter.get("result_target"));
            Place color = Place.of(at.word(), at.field().width());
            Names.declare(directMeters, name, new DirectMeter(color, octets), meter);
        } else {
            Names.declare(names.meters, name, new MeterCells(name, size(meter), octets, clock), meter);
        }
    }

    private Calculation calculation(Json calculation) throws PipelineException {
        return new Calculation(calculation.text("name"), function(calculation.get("algo")),
                parts(calculation.list("input")));
    }

    private static HashFunction function(Json name) throws PipelineException {
        HashFunction function = HashFunction.ALL.get(name.text());
        if (function == null) {
            throw name.wrong("hash '" + name.text() + "' is not offered by this target");
        }
        return function;
    }

    private Calculation.Part[] parts(List<Json> inputs) throws PipelineException {
        List<Calculation.Part> parts = new ArrayList<>();
        Calculation.Part payload = null;
        for (Json input : inputs) {
            switch (input.text("type")) {
                case "field":
                    parts.add(field(names.field(input.get("value"))));
                    break;
                case "hexstr":
                    int width = input.integer("bitwidth", 1, 1 << 14);
                    Num constant = Leaves.constant(input.get("value").hex().mod(BigInteger.ONE.shiftLeft(width)));
                    parts.add((packet, bits) -> put(constant, width, packet, bits));
                    break;
                case "header":
                    Header header = names.header(input.get("value"));
                    parts.add((packet, bits) -> {
                        if (header.valid(packet)) {
                            bits.put(packet, header);
                        }
                    });
                    break;
                case "payload":
                    payload = (packet, bits) -> bits.put(packet.data, packet.cursor, packet.payload());
                    break;
                default:
                    throw input.get("type").wrong("inputs of type '" + input.text("type") + "' are not offered");
            }
        }
        if (payload != null) {
            parts.add(payload);
        }
        return parts.toArray(new Calculation.Part[0]);
    }

    private static void put(Num number, int width, Packet packet,
                            BitBuffer bits) {
        for (int word = (width - 1) / 64; word >= 0; word--) {
            bits.put(number.word(packet, word), Math.min(64, width - 64 * word));
        }
    }

    private static Calculation.Part field(Names.FieldAt at) {
        Header header = at.header();
        int width = at.field().width();
        if (at.field().varbit()) {
            return (packet, bits) -> {
                if (header.valid(packet)) {
                    bits.put(packet.varbits, header.varAt(), (int) (packet.words[at.word()] >>> 3));
                }
            };
        }
        int word = at.word();
        if (width <= 64) {
            return (packet, bits) -> {
                if (header.valid(packet)) {
                    bits.put(packet.words[word], width);
                }
            };
        }
        Num number = Leaves.field(word, width, false);
        return (packet, bits) -> {
            if (header.valid(packet)) {
                put(number, width, packet, bits);
            }
        };
    }

    void profiles(Json control) throws PipelineException {
        for (Json profile : control.list("action_profiles")) {
            String name = profile.text("name");
            Json selector = profile.opt("selector");
            Calculation calculation = selector == null ? null
                    : new Calculation(name, function(selector.get("algo")), parts(selector.list("input")));
            int size = profile.integer("max_size", 0, Integer.MAX_VALUE);
            Names.declare(names.profiles, name, new Profile(name, size, calculation), profile);
        }
    }

    /** The checksums that are verified or, else, those that are computed. */
    Checksum[] checksums(Json root, Expressions expressions, boolean verified) throws PipelineException {
        List<Checksum> checksums = new ArrayList<>();
        for (Json checksum : root.list("checksums")) {
            if (!checksum.text("type").equals("generic")) {
                throw checksum.get("type").wrong("checksums of type '" + checksum.text("type") + "' are not offered");
            }
            Json wanted = checksum.opt(verified ? "verify" : "update");
            if (wanted != null && !wanted.bool()) {
                continue;
            }
            Names.FieldAt at = names.number(checksum.get("target"));
            if (at.field().width() > 64) {
                throw checksum.get("target").wrong("is wider than 64 bits");
            }
            Json condition = checksum.opt("if_cond");
            checksums.add(new Checksum(checksum.text("name"), at.header(),
                    Leaves.field(at.word(), at.field().width(), false), Place.of(at.word(), at.field().width()),
                    Names.resolve(names.calculations, "calculation", checksum.get("calculation")),
                    condition == null ? null : expressions.bool(condition)));
        }
        return checksums.toArray(new Checksum[0]);
    }
}
