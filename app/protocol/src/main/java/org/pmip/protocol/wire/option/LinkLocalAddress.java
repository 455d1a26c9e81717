// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;

/** Link-local Address option (RFC 5213 section 8.7), alignment 8n+6. Immutable. */
public final class LinkLocalAddress extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 26;
    private static final int LENGTH = 16;

    private final Ip6Address address;

    private LinkLocalAddress(Ip6Address address) {
        super(TYPE);
        this.address = address;
    }

    /** Makes an option. */
    public static LinkLocalAddress of(Ip6Address address) {
        return new LinkLocalAddress(Check.present("address", address));
    }

    static LinkLocalAddress read(ByteBuffer data) {
        Check.length(data, LENGTH);
        return new LinkLocalAddress(Check.address(data));
    }

    /** The address. */
    public Ip6Address address() {
        return address;
    }

    /** Whether the address is ALL_ZERO, that is, asks for some address. */
    public boolean isAllZero() {
        return address.isZero();
    }

    @Override
    public int dataLength() {
        return LENGTH;
    }

    @Override
    public int alignmentFactor() {
        return 8;
    }

    @Override
    public int alignmentOffset() {
        return 6;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.put(address.toOctets());
    }

    @Override
    public String toString() {
        return "LLA=" + address;
    }
}
