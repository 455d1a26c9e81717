// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;

/** Home Network Prefix option (RFC 5213 section 8.3), alignment 8n+4. Immutable. */
public final class HomeNetworkPrefix extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 22;
    private static final int LENGTH = 18;
    private static final int ADDRESS_BITS = 128;

    private final Ip6Address address;
    private final int prefixLength;

    private HomeNetworkPrefix(Ip6Address address, int prefixLength) {
        super(TYPE);
        this.address = address;
        this.prefixLength = prefixLength;
    }

    /** The option for a prefix. */
    public static HomeNetworkPrefix of(Ip6Prefix prefix) {
        return new HomeNetworkPrefix(prefix.address(), prefix.prefixLength());
    }

    /** The option that asks for some prefix: ALL_ZERO, length 0. */
    public static HomeNetworkPrefix allZero() {
        return new HomeNetworkPrefix(Ip6Address.ZERO, 0);
    }

    static HomeNetworkPrefix read(ByteBuffer data) {
        Check.length(data, LENGTH);
        data.get();
        int prefixLength = data.get() & 0xff;
        if (prefixLength > ADDRESS_BITS) {
            throw new MalformedOptionException("Prefix Length is " + prefixLength + ", over 128");
        }
        return new HomeNetworkPrefix(Check.address(data), prefixLength);
    }

    /** Whether the prefix is ALL_ZERO, that is, asks for some prefix; its length does not matter. */
    public boolean isAllZero() {
        return address.isZero();
    }

    /** The prefix, host bits cleared. */
    public Ip6Prefix prefix() {
        return Ip6Prefix.valueOf(address, prefixLength);
    }

    /** The 16 octets of the field. */
    public Ip6Address address() {
        return address;
    }

    /** The length, 0 to 128. */
    public int prefixLength() {
        return prefixLength;
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
        return 4;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.put((byte) 0).put((byte) prefixLength).put(address.toOctets());
    }

    @Override
    public String toString() {
        return "HNP=" + address + "/" + prefixLength;
    }
}
