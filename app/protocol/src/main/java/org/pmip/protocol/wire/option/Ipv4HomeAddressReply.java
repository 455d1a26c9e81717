// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/** IPv4 Home Address Reply option (RFC 5844 section 3.3.2), alignment 4n. Immutable. */
public final class Ipv4HomeAddressReply extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 37;
    /** Success. */
    public static final int SUCCESS = 0;
    /** Failure, reason unspecified. */
    public static final int UNSPECIFIED = 128;
    /** Administratively prohibited. */
    public static final int PROHIBITED = 129;
    /** Incorrect IPv4 home address. */
    public static final int INCORRECT = 130;
    /** Invalid IPv4 address. */
    public static final int INVALID = 131;
    /** Dynamic IPv4 home address assignment not available. */
    public static final int NO_DYNAMIC_ASSIGNMENT = 132;
    private static final int LENGTH = 6;

    private final int status;
    private final int prefixLength;
    private final Ip4Address address;

    private Ipv4HomeAddressReply(int status, int prefixLength, Ip4Address address) {
        super(TYPE);
        this.status = status;
        this.prefixLength = prefixLength;
        this.address = address;
    }

    /**
     * Makes an option.
     *
     * @param status 0 to 255
     * @param prefixLength 0 to 63, as wide as the field is
     * @param address the address assigned or refused
     */
    public static Ipv4HomeAddressReply of(int status, int prefixLength, Ip4Address address) {
        return new Ipv4HomeAddressReply(Check.range("status", status, 0, 255),
                Check.range("prefixLength", prefixLength, 0, 63), Check.present("address", address));
    }

    static Ipv4HomeAddressReply read(ByteBuffer data) {
        Check.length(data, LENGTH);
        int status = data.get() & 0xff;
        int prefixLength = (data.get() & 0xff) >> 2;
        return new Ipv4HomeAddressReply(status, prefixLength, Ip4Address.valueOf(data.getInt()));
    }

    /** What became of the request, 0 to 255. */
    public int status() {
        return status;
    }

    /** Length of the subnet prefix, 0 to 63. */
    public int prefixLength() {
        return prefixLength;
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
        out.put((byte) status).put((byte) (prefixLength << 2)).put(address.toOctets());
    }

    @Override
    public String toString() {
        return "IPv4-HoA-Reply=" + address + "/" + prefixLength + " status " + status;
    }
}
