// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import org.onlab.packet.Ip4Address;

/** An IPv4 address in the routing domain of an operator: only both together are unique. Immutable. */
public final class OperatorAddress {

    private final int operator;
    private final Ip4Address address;

    /** Makes one. */
    public OperatorAddress(int operator, Ip4Address address) {
        this.operator = operator;
        this.address = address;
    }

    /** The routing domain, 1 to 65535. */
    public int operator() {
        return operator;
    }

    /** The address. */
    public Ip4Address address() {
        return address;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperatorAddress && operator == ((OperatorAddress) other).operator
                && address.equals(((OperatorAddress) other).address);
    }

    @Override
    public int hashCode() {
        return 31 * operator + address.hashCode();
    }

    /** For example {@code 1/10.1.0.7}: usable as a key of a map. */
    @Override
    public String toString() {
        return operator + "/" + address;
    }
}
