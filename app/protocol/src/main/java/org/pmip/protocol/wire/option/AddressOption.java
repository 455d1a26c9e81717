// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;

/**
 * An option that is an address: an IPv6 address, alignment 8n+6, or a reserved field of 16 bits and an IPv4 address,
 * alignment 4n. Immutable.
 *
 * @param <A> which of the two
 */
public abstract class AddressOption<A extends IpAddress> extends MobilityOption {

    static final int IPV6_LENGTH = 16;
    static final int IPV4_LENGTH = 6;

    private final String name;
    private final A address;

    AddressOption(int type, String name, A address) {
        super(type);
        this.name = name;
        this.address = Check.present("address", address);
    }

    /** Reads the data of an option with an IPv4 address. */
    static Ip4Address readIpv4(ByteBuffer data) {
        Check.length(data, IPV4_LENGTH);
        data.getShort();
        return Ip4Address.valueOf(data.getInt());
    }

    /** The address. */
    public final A address() {
        return address;
    }

    @Override
    public final int dataLength() {
        return address.isIp4() ? IPV4_LENGTH : IPV6_LENGTH;
    }

    @Override
    public final int alignmentFactor() {
        return address.isIp4() ? 4 : 8;
    }

    @Override
    public final int alignmentOffset() {
        return address.isIp4() ? 0 : 6;
    }

    @Override
    final void writeData(ByteBuffer out) {
        if (address.isIp4()) {
            out.putShort((short) 0);
        }
        out.put(address.toOctets());
    }

    @Override
    public final String toString() {
        return name + "=" + address;
    }
}
