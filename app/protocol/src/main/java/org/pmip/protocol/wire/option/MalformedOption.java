// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/**
 * An option of a known type whose data breaks that type's format. It counts as absent and is kept as it came, with the
 * reason. Immutable.
 */
public final class MalformedOption extends MobilityOption {

    private final byte[] octets;
    private final String reason;

    MalformedOption(int type, byte[] octets, String reason) {
        super(type);
        this.octets = octets;
        this.reason = reason;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
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
        return "Option" + type() + " malformed (" + reason + ") " + Check.hex(octets);
    }
}
