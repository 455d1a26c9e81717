// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/**
 * IPv4 Care-of Address option (RFC 5555 section 3.1.2), alignment 4n: the IPv4 address that the sender has on its own
 * link. If the packet came from another one, something on the path has translated it. Immutable.
 */
public final class Ipv4CareOfAddress extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 32;
    private static final int LENGTH = 6;

    private final Ip4Address address;

    private Ipv4CareOfAddress(Ip4Address address) {
        super(TYPE);
        this.address = address;
    }

    /** Makes an option. */
    public static Ipv4CareOfAddress of(Ip4Address address) {
        return new Ipv4CareOfAddress(Check.present("address", address));
    }

    static Ipv4CareOfAddress read(ByteBuffer data) {
        Check.length(data, LENGTH);
        data.getShort();
        return new Ipv4CareOfAddress(Ip4Address.valueOf(data.getInt()));
    }

    /** The address. */
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
        return "IPv4-CoA=" + address;
    }
}
