// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;

/** Link-local Address option (RFC 5213 section 8.7), alignment 8n+6. Immutable. */
public final class LinkLocalAddress extends AddressOption<Ip6Address> {

    /** The option type. */
    public static final int TYPE = 26;

    private LinkLocalAddress(Ip6Address address) {
        super(TYPE, "LLA", address);
    }

    /** Makes an option. */
    public static LinkLocalAddress of(Ip6Address address) {
        return new LinkLocalAddress(address);
    }

    static LinkLocalAddress read(ByteBuffer data) {
        Check.length(data, IPV6_LENGTH);
        return new LinkLocalAddress(Check.address(data));
    }

    /** Whether the address is ALL_ZERO, that is, asks for some address. */
    public boolean isAllZero() {
        return address().isZero();
    }
}
