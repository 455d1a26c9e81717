// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Objects;
import org.onlab.packet.Ip4Address;

/** The IPv4 part of a mobility session: what RFC 5844 section 3.1.1 adds to a Binding Cache Entry. Immutable. */
public final class Ipv4Home {

    private final Ip4Address address;
    private final int prefixLength;
    private final Ip4Address defaultRouter;

    /**
     * Makes the IPv4 part of a session.
     *
     * @param address the IPv4 home address
     * @param prefixLength length of its subnet's prefix, 0 to 32
     * @param defaultRouter the router of that subnet
     */
    public Ipv4Home(Ip4Address address, int prefixLength, Ip4Address defaultRouter) {
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length is " + prefixLength + ": use 0 to 32");
        }
        this.address = Objects.requireNonNull(address, "address");
        this.prefixLength = prefixLength;
        this.defaultRouter = Objects.requireNonNull(defaultRouter, "defaultRouter");
    }

    /** The IPv4 home address. */
    public Ip4Address address() {
        return address;
    }

    /** Length of the subnet's prefix. */
    public int prefixLength() {
        return prefixLength;
    }

    /** The default router of the subnet. */
    public Ip4Address defaultRouter() {
        return defaultRouter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Home && address.equals(((Ipv4Home) other).address)
                && prefixLength == ((Ipv4Home) other).prefixLength
                && defaultRouter.equals(((Ipv4Home) other).defaultRouter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, prefixLength, defaultRouter);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
