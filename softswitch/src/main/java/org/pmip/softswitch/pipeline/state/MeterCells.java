// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.TableException;

/** An indirect meter. */
public final class MeterCells implements MeterArray {
    private final String name;
    private final boolean octets;
    private final LongSupplier clock;
    private final AtomicReferenceArray<Meter> cells;

    /** With that many cells, none configured; its unit is octets or else packets. */
    public MeterCells(String name, int size, boolean octets, LongSupplier clock) {
        this.name = name;
        this.octets = octets;
        this.clock = clock;
        cells = new AtomicReferenceArray<>(size);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return cells.length();
    }

    @Override
    public Config read(int index) throws TableException {
        Range.check("meter", name, index, size());
        Meter meter = cells.get(index);
        return meter == null ? null : meter.config();
    }

    @Override
    public void write(int index, Config config) throws TableException {
        Range.check("meter", name, index, size());
        if (config == null) {
            cells.set(index, null);
            return;
        }
        Meter.check(config);
        cells.set(index, new Meter(config, clock.getAsLong()));
    }

    /** The colour of a packet, or -1 for an index out of range. */
    public int execute(long index, int frameOctets) {
        if (index < 0 || index >= cells.length()) {
            return -1;
        }
        Meter meter = cells.get((int) index);
        return meter == null ? Meter.GREEN : meter.execute(clock.getAsLong(), octets ? frameOctets : 1);
    }
}
