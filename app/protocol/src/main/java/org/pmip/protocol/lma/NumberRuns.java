// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.onlab.packet.Ip6Prefix;

/**
 * A set of numbers from 0 to 2^64 - 1, kept as runs of successive ones, so that what is free among very many taken
 * ones is found in a few steps. IPv6 prefixes stand in it as the numbers of their /64s, a longer one as its /64.
 * Numbers are unsigned. Not thread-safe.
 */
public final class NumberRuns {

    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>(Long::compareUnsigned);

    /** Adds the numbers from first to last; those that are there already stay. */
    public void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = lastByFirst.lowerEntry(first);
        if (before != null && Long.compareUnsigned(before.getValue(), first - 1) >= 0) {
            from = before.getKey();
            to = greater(to, before.getValue());
        }
        Map<Long, Long> swallowed = lastByFirst.subMap(first, true, to, true);
        for (long one : swallowed.values()) {
            to = greater(to, one);
        }
        swallowed.clear();
        Long after = to == -1 ? null : lastByFirst.remove(to + 1);
        lastByFirst.put(from, after == null ? to : after);
    }

    /** Takes the numbers from first to last away, as far as they are there. */
    public void remove(long first, long last) {
        Map.Entry<Long, Long> before = lastByFirst.lowerEntry(first);
        long end = -1;
        boolean reaches = false;
        if (before != null && Long.compareUnsigned(before.getValue(), first) >= 0) {
            lastByFirst.put(before.getKey(), first - 1);
            end = before.getValue();
            reaches = Long.compareUnsigned(end, last) > 0;
        }
        Map<Long, Long> cut = lastByFirst.subMap(first, true, last, true);
        for (long one : cut.values()) {
            if (Long.compareUnsigned(one, last) > 0) {
                end = one;
                reaches = true;
            }
        }
        cut.clear();
        if (reaches) {
            lastByFirst.put(last + 1, end);
        }
    }

    private static long greater(long one, long other) {
        return Long.compareUnsigned(one, other) > 0 ? one : other;
    }

    /** Adds a prefix. */
    public void add(Ip6Prefix prefix) {
        add(first(prefix), last(prefix));
    }

    /** Takes a prefix away. */
    public void remove(Ip6Prefix prefix) {
        remove(first(prefix), last(prefix));
    }

    /** Whether any of the numbers from first to last is there. */
    public boolean touches(long first, long last) {
        Map.Entry<Long, Long> run = lastByFirst.floorEntry(last);
        return run != null && Long.compareUnsigned(run.getValue(), first) >= 0;
    }

    /** Whether any part of a prefix is there. */
    public boolean touches(Ip6Prefix prefix) {
        return touches(first(prefix), last(prefix));
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return lastByFirst.isEmpty();
    }

    /** The number of the first /64 of a prefix. */
    static long first(Ip6Prefix prefix) {
        byte[] octets = prefix.address().toOctets();
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | octets[i] & 0xff;
        }
        return number;
    }

    private static long last(Ip6Prefix prefix) {
        int length = prefix.prefixLength();
        return length >= Long.SIZE ? first(prefix) : first(prefix) | -1L >>> length;
    }

    /**
     * The first of a row of blocks of one size of which no part is taken.
     *
     * @param busy what is taken
     * @param base first number of the block with index 0
     * @param bits a block has 2^bits numbers, 0 to 64
     * @param from index at which to begin
     * @param end index before which to stop
     * @return its index; empty if there is none
     */
    static OptionalLong nextFree(Collection<NumberRuns> busy, long base, int bits, long from, long end) {
        long index = from;
        while (index < end) {
            long first = bits == Long.SIZE ? base : base + (index << bits);
            long last = first + (bits == Long.SIZE ? -1L : (1L << bits) - 1);
            long next = index;
            for (NumberRuns one : busy) {
                Map.Entry<Long, Long> run = one.lastByFirst.floorEntry(last);
                if (run != null && Long.compareUnsigned(run.getValue(), first) >= 0) {
                    long blocks = bits == Long.SIZE ? 0 : run.getValue() - base >>> bits;
                    next = Math.max(next, blocks < 0 || blocks >= end ? end : blocks + 1);
                }
            }
            if (next == index) {
                return OptionalLong.of(index);
            }
            index = next;
        }
        return OptionalLong.empty();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        lastByFirst.forEach((first, last) -> out.append(out.length() == 0 ? "" : ", ")
                .append(Long.toHexString(first)).append('-').append(Long.toHexString(last)));
        return out.toString();
    }
}
