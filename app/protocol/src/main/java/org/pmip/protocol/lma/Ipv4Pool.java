// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;

/**
 * A subnet of one operator from which IPv4 home addresses are assigned (RFC 5844 section 3.1.2.2). Two operators may
 * use the same subnet. It does arithmetic only: who holds which address is the caller's to know. Immutable.
 */
public final class Ipv4Pool {

    private final String name;
    private final int operator;
    private final Ip4Prefix subnet;
    private final Ip4Address defaultRouter;
    private final NumberRuns excluded = new NumberRuns();

    /**
     * Makes a pool.
     *
     * @param name what people call it
     * @param operator the routing domain that the subnet belongs to, 1 to 65535
     * @param subnet the subnet, /8 to /30
     * @param defaultRouter its router, an address of the subnet that is never assigned
     * @param exclusions parts of the subnet that are never assigned
     * @throws IllegalArgumentException when a value does not fit, naming it
     */
    public Ipv4Pool(String name, int operator, Ip4Prefix subnet, Ip4Address defaultRouter,
                    List<Ip4Prefix> exclusions) {
        if (subnet.prefixLength() < 8 || subnet.prefixLength() > 30) {
            throw new IllegalArgumentException("subnet is " + subnet + ": use a length from 8 to 30");
        }
        if (!subnet.contains(defaultRouter)) {
            throw new IllegalArgumentException("default router " + defaultRouter + " lies outside of " + subnet);
        }
        if (operator < 1 || operator > 65_535) {
            throw new IllegalArgumentException("operator is " + operator + ": use a number from 1 to 65535");
        }
        this.name = name;
        this.operator = operator;
        this.subnet = subnet;
        this.defaultRouter = defaultRouter;
        for (Ip4Prefix exclusion : exclusions) {
            long first = number(exclusion.address());
            excluded.add(first, first + (1L << 32 - exclusion.prefixLength()) - 1);
        }
        for (Ip4Address never : List.of(defaultRouter, addressAt(0), addressAt(size() - 1))) {
            excluded.add(number(never), number(never));
        }
    }

    /** What people call the pool. */
    public String name() {
        return name;
    }

    /** The routing domain that the subnet belongs to. */
    public int operator() {
        return operator;
    }

    /** The subnet. */
    public Ip4Prefix subnet() {
        return subnet;
    }

    /** How many addresses the subnet has, those that are never assigned included. */
    public long size() {
        return 1L << 32 - subnet.prefixLength();
    }

    /** The address at an index from 0 to {@link #size()} - 1. */
    public Ip4Address addressAt(long index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("index is " + index + ": the subnet has " + size() + " addresses");
        }
        return Ip4Address.valueOf(subnet.address().toInt() + (int) index);
    }

    /** Whether an address is one that this pool assigns: a host of the subnet, not the router, not excluded. */
    public boolean assigns(Ip4Address address) {
        return subnet.contains(address) && !excluded.touches(number(address), number(address));
    }

    /** An address as a number. */
    static long number(Ip4Address address) {
        return Integer.toUnsignedLong(address.toInt());
    }

    /** The index of the first address, of those from one index to before another, that may be assigned and is free. */
    OptionalLong nextFree(Collection<NumberRuns> taken, long from, long end) {
        List<NumberRuns> busy = new ArrayList<>(taken);
        busy.add(excluded);
        return NumberRuns.nextFree(busy, number(subnet.address()), 0, from, end);
    }

    /** Where the search for a free address begins, so that a node that returns finds the one it had. */
    public long preferredIndex(String mobileNode) {
        return Math.floorMod(mobileNode.hashCode(), size());
    }

    /** What a session that holds an address of this pool keeps of it. */
    Ipv4Home home(Ip4Address address) {
        return new Ipv4Home(address, subnet.prefixLength(), defaultRouter);
    }

    @Override
    public String toString() {
        return name + " " + subnet + " of operator " + operator;
    }
}
