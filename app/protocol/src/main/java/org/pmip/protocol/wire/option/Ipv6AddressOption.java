// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;

/** An option that is an IPv6 address, alignment 8n+6. Immutable. */
public abstract class Ipv6AddressOption extends MobilityOption {

    static final int LENGTH = 16;

    private final String name;
    private final Ip6Address address;

    Ipv6AddressOption(int type, String name, Ip6Address address) {
        super(type);
        this.name = name;
        this.address = address;
    }

    /** The address. */
    public final Ip6Address address() {
        return address;
    }

    @Override
    public final int dataLength() {
        return LENGTH;
    }

    @Override
    public final int alignmentFactor() {
        return 8;
    }

    @Override
    public final int alignmentOffset() {
        return 6;
    }

    @Override
    final void writeData(ByteBuffer out) {
        out.put(address.toOctets());
    }

    @Override
    public final String toString() {
        return name + "=" + address;
    }
}
