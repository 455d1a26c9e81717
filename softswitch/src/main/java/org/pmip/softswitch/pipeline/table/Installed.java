// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.state.Meter;

/** An entry in a table, with what the packets see of it and what they leave in it. */
final class Installed implements Table.Row {
    private static final VarHandle PACKETS;
    private static final VarHandle OCTETS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PACKETS = lookup.findVarHandle(Installed.class, "packets", long.class);
            OCTETS = lookup.findVarHandle(Installed.class, "octets", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Value and mask of the part of the key that is hashed; the mask is null where every bit counts. */
    final long[] value;
    final long[] mask;
    /** Bounds of the range keys, word for word as in the key behind the hashed part. */
    final long[] low;
    final long[] high;
    /** For each of these words whether it goes on with the number of the word before; null where none does. */
    private final boolean[] goesOn;
    /** Greater wins: the priority or, in lpm tables, the prefix length. */
    final int rank;
    /** Order of insertion: the first of two of the same rank wins. */
    final long sequence;

    volatile Entry entry;
    /** Entries of the same value and mask, best first; only tuples of ternary and range tables have more than one. */
    volatile Installed next;
    volatile Target target;
    /** The words of the action, where the target is one. */
    volatile long[] words;
    volatile Meter meter;
    volatile long lastHit;

    private long packets;
    private long octets;

    Installed(long[] value, long[] mask, long[] low, long[] high, boolean[] goesOn, int rank, long sequence) {
        this.value = value;
        this.mask = mask;
        this.low = low;
        this.high = high;
        this.goesOn = goesOn;
        this.rank = rank;
        this.sequence = sequence;
    }

    /** Sets what it leads to; may be null for a default entry. */
    void lead(Target to) {
        target = to;
        words = to instanceof Bound ? ((Bound) to).arguments() : null;
    }

    /** The action for that packet, or null. */
    Bound bound(Packet packet) {
        Target to = target;
        return to == null ? null : to.pick(packet);
    }

    /** The words of the action for that packet, or null. */
    long[] call(Packet packet) {
        long[] only = words;
        if (only != null) {
            return only;
        }
        Bound bound = bound(packet);
        return bound == null ? null : bound.arguments();
    }

    void count(Packet packet) {
        PACKETS.getAndAdd(this, 1L);
        OCTETS.getAndAdd(this, (long) packet.ingressLength);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public MeterArray.Config meter() {
        Meter now = meter;
        return now == null ? null : now.config();
    }

    @Override
    public long lastHit() {
        return lastHit;
    }

    @Override
    public CounterArray.Value counter() {
        return new CounterArray.Value((long) PACKETS.getVolatile(this), (long) OCTETS.getVolatile(this));
    }

    void counter(CounterArray.Value value) {
        PACKETS.setVolatile(this, value.packets());
        OCTETS.setVolatile(this, value.bytes());
    }

    /** Whether the ranges hold the key's words behind the hashed part; each number is unsigned. */
    boolean inRange(long[] key, int from) {
        if (goesOn != null) {
            return inWideRange(key, from);
        }
        for (int i = 0; i < low.length; i++) {
            if (Long.compareUnsigned(key[from + i], low[i]) < 0 || Long.compareUnsigned(key[from + i], high[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private boolean inWideRange(long[] key, int from) {
        int end;
        for (int start = 0; start < low.length; start = end) {
            end = start + 1;
            while (end < low.length && goesOn[end]) {
                end++;
            }
            if (Arrays.compareUnsigned(key, from + start, from + end, low, start, end) < 0
                    || Arrays.compareUnsigned(key, from + start, from + end, high, start, end) > 0) {
                return false;
            }
        }
        return true;
    }

    boolean sameMatch(Installed other) {
        return rank == other.rank && Arrays.equals(value, other.value) && Arrays.equals(mask, other.mask)
                && Arrays.equals(low, other.low) && Arrays.equals(high, other.high);
    }
}
