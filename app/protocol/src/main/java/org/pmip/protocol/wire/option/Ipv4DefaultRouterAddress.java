// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/** IPv4 Default-Router Address option (RFC 5844 section 3.3.3), alignment 4n. Immutable. */
public final class Ipv4DefaultRouterAddress extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 38;
    private static final int LENGTH = 6;

    private final Ip4Address address;

    private Ipv4DefaultRouterAddress(Ip4Address address) {
        super(TYPE);
        this.address = address;
    }

    /** Makes an option. */
    public static Ipv4DefaultRouterAddress of(Ip4Address address) {
        return new Ipv4DefaultRouterAddress(Check.present("address", address));
    }

    static Ipv4DefaultRouterAddress read(ByteBuffer data) {
        Check.length(data, LENGTH);
        data.getShort();
        return new Ipv4DefaultRouterAddress(Ip4Address.valueOf(data.getInt()));
    }

    /** The address of the mobile node's default router. */
    public Ip4Address address() {
        return address;
    }

    @Override
    public int dataLength() {
        return LENGTH;
    }

    @Override
    public int alignmentFactor() {
        return 4;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.putShort((short) 0).put(address.toOctets());
    }

    @Override
    public String toString() {
        return "IPv4-Default-Router=" + address;
    }
}
