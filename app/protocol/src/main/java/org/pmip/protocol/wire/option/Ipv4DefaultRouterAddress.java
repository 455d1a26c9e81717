// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/** IPv4 Default-Router Address option (RFC 5844 section 3.3.3), alignment 4n. Immutable. */
public final class Ipv4DefaultRouterAddress extends AddressOption<Ip4Address> {

    /** The option type. */
    public static final int TYPE = 38;

    private Ipv4DefaultRouterAddress(Ip4Address address) {
        super(TYPE, "IPv4-Default-Router", address);
    }

    /** Makes an option. */
    public static Ipv4DefaultRouterAddress of(Ip4Address address) {
        return new Ipv4DefaultRouterAddress(address);
    }

    static Ipv4DefaultRouterAddress read(ByteBuffer data) {
        return new Ipv4DefaultRouterAddress(readIpv4(data));
    }
}
