// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** An option of a type that this implementation does not know; skipped by the engines, kept as it came. Immutable. */
public final class UnknownOption extends MobilityOption {

    private final byte[] octets;

    private UnknownOption(int type, byte[] octets) {
        super(type);
        this.octets = octets;
    }

    /** Makes an option of type 2 to 255 with 0 to 255 octets of data. */
    public static UnknownOption of(int type, byte[] octets) {
        Check.range("data length", octets.length, 0, 255);
        return new UnknownOption(Check.range("type", type, 2, 255), octets.clone());
    }

    @Override
    public int dataLength() {
        return octets.length;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.put(octets);
    }

    @Override
    public String toString() {
        return "Option" + type() + "=" + Check.hex(octets);
    }
}
