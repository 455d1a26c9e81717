// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip4Address;

/**
 * IPv4 Care-of Address option (RFC 5555 section 3.1.2), alignment 4n: the IPv4 address that the sender has on its own
 * link. If the packet came from another one, something on the path has translated it. Immutable.
 */
public final class Ipv4CareOfAddress extends AddressOption<Ip4Address> {

    /** The option type. */
    public static final int TYPE = 32;

    private Ipv4CareOfAddress(Ip4Address address) {
        super(TYPE, "IPv4-CoA", address);
    }

    /** Makes an option. */
    public static Ipv4CareOfAddress of(Ip4Address address) {
        return new Ipv4CareOfAddress(address);
    }

    static Ipv4CareOfAddress read(ByteBuffer data) {
        return new Ipv4CareOfAddress(readIpv4(data));
    }
}
