// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.RegisterArray;
import org.pmip.softswitch.pipeline.TableException;

/** What is in the indirect counters, the meters and the registers of a program, in a form for programs. */
final class CellsReport {
    /** Cells of one array that are listed one by one: those that are not zero, the lowest first. */
    static final int MOST_LISTED = 256;

    private CellsReport() {
    }

    /** Adds {@code counters}, {@code meters} and {@code registers}; all empty without a program. */
    static void add(Pipeline pipeline, ObjectNode to) {
        ArrayNode counters = to.putArray("counters");
        ArrayNode meters = to.putArray("meters");
        ArrayNode registers = to.putArray("registers");
        if (pipeline == null) {
            return;
        }
        try {
            for (CounterArray counter : pipeline.counters()) {
                counter(counter, counters.addObject());
            }
            for (MeterArray meter : pipeline.meters()) {
                meter(meter, meters.addObject());
            }
            for (RegisterArray register : pipeline.registers()) {
                register(register, registers.addObject());
            }
        } catch (TableException e) {
            throw new IllegalStateException("a cell below the size of its array cannot be read", e);
        }
    }

    private static void counter(CounterArray counter, ObjectNode to) throws TableException {
        long packets = 0;
        long octets = 0;
        int used = 0;
        ArrayNode cells = to.put("name", counter.name()).put("size", counter.size()).arrayNode();
        for (int i = 0; i < counter.size(); i++) {
            CounterArray.Value value = counter.read(i);
            packets += value.packets();
            octets += value.bytes();
            if (!value.equals(CounterArray.Value.ZERO) && used++ < MOST_LISTED) {
                cells.addObject().put("index", i).put("packets", value.packets()).put("octets", value.bytes());
            }
        }
        to.put("packets", packets).put("octets", octets).put("used", used).set("cells", cells);
    }

    private static void meter(MeterArray meter, ObjectNode to) throws TableException {
        int used = 0;
        ArrayNode cells = to.put("name", meter.name()).put("size", meter.size()).arrayNode();
        for (int i = 0; i < meter.size(); i++) {
            MeterArray.Config config = meter.read(i);
            if (config != null && used++ < MOST_LISTED) {
                cells.addObject().put("index", i).put("cir", config.cir()).put("cburst", config.cburst())
                        .put("pir", config.pir()).put("pburst", config.pburst());
            }
        }
        to.put("used", used).set("cells", cells);
    }

    private static void register(RegisterArray register, ObjectNode to) throws TableException {
        int used = 0;
        ArrayNode cells = to.put("name", register.name()).put("size", register.size()).put("width", register.width())
                .arrayNode();
        for (int i = 0; i < register.size(); i++) {
            Bits value = register.read(i);
            if (!value.isZero() && used++ < MOST_LISTED) {
                cells.addObject().put("index", i).put("value", value.toString());
            }
        }
        to.put("used", used).set("cells", cells);
    }
}
