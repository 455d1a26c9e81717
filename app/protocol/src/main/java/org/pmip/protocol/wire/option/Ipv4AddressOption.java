// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/** An option that is a reserved field and an IPv4 address, alignment 4n. Immutable. */
public abstract class Ipv4AddressOption extends MobilityOption {

    static final int LENGTH = 6;

    private final String name;
    private final Ip4Address address;

    Ipv4AddressOption(int type, String name, Ip4Address address) {
        super(type);
        this.name = name;
        this.address = address;
    }

    /** The address. */
    public final Ip4Address address() {
        return address;
    }

    @Override
    public final int dataLength() {
        return LENGTH;
    }

    @Override
    public final int alignmentFactor() {
        return 4;
    }

    @Override
    final void writeData(ByteBuffer out) {
        out.putShort((short) 0).put(address.toOctets());
    }

    @Override
    public final String toString() {
        return name + "=" + address;
    }
}
