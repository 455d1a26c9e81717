// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;

/**
 * A prefix from which home network prefixes of one length are cut. It does arithmetic only: who holds which prefix is
 * the caller's to know. Immutable.
 */
public final class PrefixPool {

    /** Pools larger than this are used up to this many prefixes. */
    public static final long GREATEST_SIZE = 1L << 40;

    private final String name;
    private final Ip6Prefix prefix;
    private final int assignedLength;
    private final List<Ip6Prefix> exclusions;
    private final NumberRuns excluded = new NumberRuns();
    private final long size;

    /**
     * Makes a pool.
     *
     * @param name what people call it
     * @param prefix what it is cut from
     * @param assignedLength length of each home network prefix, from that of the pool to 64
     * @param exclusions parts of the pool that are never assigned
     * @throws IllegalArgumentException when a length does not fit, naming it
     */
    public PrefixPool(String name, Ip6Prefix prefix, int assignedLength, List<Ip6Prefix> exclusions) {
        if (assignedLength < prefix.prefixLength() || assignedLength > 64) {
            throw new IllegalArgumentException("length is " + assignedLength + ": use a length from "
                    + prefix.prefixLength() + " (the pool's own) to 64");
        }
        this.name = name;
        this.prefix = prefix;
        this.assignedLength = assignedLength;
        this.exclusions = List.copyOf(exclusions);
        exclusions.forEach(excluded::add);
        int bits = assignedLength - prefix.prefixLength();
        this.size = bits >= 40 ? GREATEST_SIZE : 1L << bits;
    }

    /**
     * The part of the pool that lies in a prefix.
     *
     * @return empty if there is none
     */
    public Optional<PrefixPool> within(Ip6Prefix limit) {
        if (limit.contains(prefix)) {
            return Optional.of(this);
        }
        boolean inside = prefix.contains(limit) && limit.prefixLength() <= assignedLength;
        return inside ? Optional.of(new PrefixPool(name, limit, assignedLength, exclusions)) : Optional.empty();
    }

    /** What people call the pool. */
    public String name() {
        return name;
    }

    /** What the pool is cut from. */
    public Ip6Prefix prefix() {
        return prefix;
    }

    /** Length of each home network prefix. */
    public int assignedLength() {
        return assignedLength;
    }

    /** How many prefixes the pool is cut into, excluded ones too; at most {@link #GREATEST_SIZE}. */
    public long size() {
        return size;
    }

    /** The prefix at an index from 0 to {@link #size()} - 1. */
    public Ip6Prefix prefixAt(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index is " + index + ": the pool has " + size + " prefixes");
        }
        BigInteger base = new BigInteger(1, prefix.address().toOctets());
        byte[] sum = base.add(BigInteger.valueOf(index).shiftLeft(128 - assignedLength)).toByteArray();
        byte[] octets = new byte[16];
        int count = Math.min(16, sum.length);
        System.arraycopy(sum, sum.length - count, octets, 16 - count, count);
        return Ip6Prefix.valueOf(Ip6Address.valueOf(octets), assignedLength);
    }

    /** Whether a prefix is one that this pool assigns: inside, of the assigned length, not excluded. */
    public boolean assigns(Ip6Prefix candidate) {
        return candidate.prefixLength() == assignedLength && prefix.contains(candidate) && !excluded(candidate);
    }

    /** Whether a prefix lies in, or spans, an exclusion. */
    public boolean excluded(Ip6Prefix candidate) {
        return excluded.touches(candidate);
    }

    /** The index of the first prefix, of those from one index to before another, that is neither excluded nor taken. */
    OptionalLong nextFree(Collection<NumberRuns> taken, long from, long end) {
        List<NumberRuns> busy = new ArrayList<>(taken);
        busy.add(excluded);
        return NumberRuns.nextFree(busy, NumberRuns.first(prefix), Long.SIZE - assignedLength, from, end);
    }

    /** Where the search for a free prefix begins, so that a node that returns finds the one it had. */
    public long preferredIndex(String mobileNode) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : mobileNode.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        return Math.floorMod(hash ^ (hash >>> 32), size);
    }

    /** The index of a prefix of this pool; empty if it is not inside or has another length. */
    public OptionalLong indexOf(Ip6Prefix candidate) {
        if (candidate.prefixLength() != assignedLength || !prefix.contains(candidate)) {
            return OptionalLong.empty();
        }
        BigInteger offset = new BigInteger(1, candidate.address().toOctets())
                .subtract(new BigInteger(1, prefix.address().toOctets())).shiftRight(128 - assignedLength);
        return offset.bitLength() > 40 ? OptionalLong.empty() : OptionalLong.of(offset.longValue());
    }

    @Override
    public String toString() {
        return name + " " + prefix + " in /" + assignedLength;
    }
}
