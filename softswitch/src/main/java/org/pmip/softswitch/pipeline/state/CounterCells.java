// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import java.util.concurrent.atomic.AtomicLongArray;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.TableException;

/** An indirect counter: always both packets and octets, as the JSON does not say which of them the program wants. */
public final class CounterCells implements CounterArray {
    private final String name;
    private final AtomicLongArray cells;

    /** With that many cells, all zero. */
    public CounterCells(String name, int size) {
        this.name = name;
        cells = new AtomicLongArray(2 * size);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return cells.length() / 2;
    }

    @Override
    public Value read(int index) throws TableException {
        check(index);
        return new Value(cells.get(2 * index), cells.get(2 * index + 1));
    }

    @Override
    public void write(int index, Value value) throws TableException {
        check(index);
        cells.set(2 * index, value.packets());
        cells.set(2 * index + 1, value.bytes());
    }

    private void check(int index) throws TableException {
        Range.check("counter", name, index, size());
    }

    /** Counts one packet; an index out of range counts nothing. */
    public void count(long index, int octets) {
        if (index >= 0 && index < size()) {
            int at = 2 * (int) index;
            cells.getAndIncrement(at);
            cells.getAndAdd(at + 1, octets);
        }
    }
}
