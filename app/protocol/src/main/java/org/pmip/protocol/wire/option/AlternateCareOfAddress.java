// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;

/** Alternate Care-of Address option (RFC 6275 section 6.2.5), alignment 8n+6. Immutable. */
public final class AlternateCareOfAddress extends AddressOption<Ip6Address> {

    /** The option type. */
    public static final int TYPE = 3;

    private AlternateCareOfAddress(Ip6Address address) {
        super(TYPE, "AltCoA", address);
    }

    /** Makes an option. */
    public static AlternateCareOfAddress of(Ip6Address address) {
        return new AlternateCareOfAddress(address);
    }

    static AlternateCareOfAddress read(ByteBuffer data) {
        Check.length(data, IPV6_LENGTH);
        return new AlternateCareOfAddress(Check.address(data));
    }
}
