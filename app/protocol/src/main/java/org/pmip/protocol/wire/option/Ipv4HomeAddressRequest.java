// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/** IPv4 Home Address Request option (RFC 5844 section 3.3.1), alignment 4n. Immutable. */
public final class Ipv4HomeAddressRequest extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 36;
    private static final int LENGTH = 6;

    private final int prefixLength;
    private final Ip4Address address;

    private Ipv4HomeAddressRequest(int prefixLength, Ip4Address address) {
        super(TYPE);
        this.prefixLength = prefixLength;
        this.address = address;
    }

    /**
     * Makes an option.
     *
     * @param prefixLength 0 to 63, as wide as the field is; over 32 means nothing
     * @param address the address asked for, or 0.0.0.0 for any
     */
    public static Ipv4HomeAddressRequest of(int prefixLength, Ip4Address address) {
        return new Ipv4HomeAddressRequest(Check.range("prefixLength", prefixLength, 0, 63),
                Check.present("address", address));
    }

    static Ipv4HomeAddressRequest read(ByteBuffer data) {
        Check.length(data, LENGTH);
        int prefixLength = (data.get() & 0xff) >> 2;
        data.get();
        return new Ipv4HomeAddressRequest(prefixLength, Ip4Address.valueOf(data.getInt()));
    }

    /** Length of the subnet prefix, 0 to 63. */
    public int prefixLength() {
        return prefixLength;
    }

    /** The address asked for; 0.0.0.0 for any. */
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
        out.put((byte) (prefixLength << 2)).put((byte) 0).put(address.toOctets());
    }

    @Override
    public String toString() {
        return "IPv4-HoA-Request=" + address + "/" + prefixLength;
    }
}
