// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import java.math.BigInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.RegisterArray;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * A register. An action that touches registers holds their locks from its first to its last primitive, so that reading,
 * changing and writing back is one step.
 */
public final class RegisterCells implements RegisterArray {
    private final String name;
    private final int size;
    private final int width;
    private final int words;
    private final long[] cells;
    private final ReentrantLock lock = new ReentrantLock();

    /** With that many cells of that many bits, all zero. */
    public RegisterCells(String name, int size, int width) {
        this.name = name;
        this.size = size;
        this.width = width;
        words = Octets.words(width);
        cells = new long[size * words];
    }

    /** Held by whoever reads or writes cells from the packets' side. */
    public ReentrantLock lock() {
        return lock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Bits read(int index) throws TableException {
        Range.check("register", name, index, size);
        byte[] octets = new byte[words * 8];
        lock.lock();
        try {
            for (int i = 0; i < words; i++) {
                Octets.store(octets, 8 * i, 8, cells[index * words + i]);
            }
        } finally {
            lock.unlock();
        }
        return Bits.of(octets);
    }

    @Override
    public void write(int index, Bits value) throws TableException {
        Range.check("register", name, index, size);
        if (value.bitLength() > width) {
            throw new TableException(TableException.Kind.INVALID,
                    "value " + value + " of register '" + name + "' is wider than its " + width + " bits");
        }
        byte[] octets = value.toBytes(words * 8);
        lock.lock();
        try {
            for (int i = 0; i < words; i++) {
                cells[index * words + i] = Octets.load(octets, 8 * i, 8);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The cell that an expression names; 0 outside of the register. */
    public Num cell(Num index) {
        return new Cell(index);
    }

    /** Stores a number in the cell of that index; outside of the register nothing happens. */
    public void store(Packet packet, long index, Num value) {
        if (index < 0 || index >= size) {
            return;
        }
        int last = ((int) index + 1) * words - 1;
        for (int i = 0; i < words; i++) {
            long word = value.word(packet, i);
            cells[last - i] = i == words - 1 ? word & Octets.mask((width - 1) % 64 + 1) : word;
        }
    }

    /** Reads the cell of that index into a field; outside of the register nothing happens. */
    public void load(Packet packet, long index, Num cell, Place place) {
        if (index >= 0 && index < size) {
            place.assign(packet, cell);
        }
    }

    private final class Cell extends Num {
        private final Num index;

        Cell(Num index) {
            super(BigInteger.ZERO, BigInteger.ONE.shiftLeft(width)
                    .subtract(BigInteger.ONE));
            this.index = index;
        }

        @Override
        public long eval(Packet packet) {
            return wideWord(packet, 0);
        }

        @Override
        protected long wideWord(Packet packet, int word) {
            long at = index.eval(packet);
            return word >= words || at < 0 || at >= size ? 0 : cells[((int) at + 1) * words - 1 - word];
        }
    }
}
