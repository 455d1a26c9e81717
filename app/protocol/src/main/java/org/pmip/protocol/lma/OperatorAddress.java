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

    /**
     * Reads the text of one.
     *
     * @throws IllegalArgumentException if it is no text that {@link #toString} makes
     */
    public static OperatorAddress valueOf(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("'" + text + "' is no operator's address: use one such as 1/10.1.0.7");
        }
        return new OperatorAddress(Integer.parseInt(text.substring(0, slash)),
                Ip4Address.valueOf(text.substring(slash + 1)));
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
