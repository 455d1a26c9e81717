// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import org.onlab.packet.Ip6Address;

/** Alternate Care-of Address option (RFC 6275 section 6.2.5), alignment 8n+6. Immutable. */
public final class AlternateCareOfAddress extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 3;
    private static final int LENGTH = 16;

    private final Ip6Address address;

    private AlternateCareOfAddress(Ip6Address address) {
        super(TYPE);
        this.address = address;
    }

    /** Makes an option. */
    public static AlternateCareOfAddress of(Ip6Address address) {
        return new AlternateCareOfAddress(Check.present("address", address));
    }

    static AlternateCareOfAddress read(ByteBuffer data) {
        Check.length(data, LENGTH);
        return new AlternateCareOfAddress(Check.address(data));
    }

    /** The address. */
    public Ip6Address address() {
        return address;
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
        return 6;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.put(address.toOctets());
    }

    @Override
    public String toString() {
        return "AltCoA=" + address;
    }
}
