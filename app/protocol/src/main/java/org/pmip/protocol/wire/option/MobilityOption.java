// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A mobility option (RFC 6275 section 6.2). Two options are equal if they are of one class and encode alike.
 * Immutable.
 */
public abstract class MobilityOption {

    private final int type;

    MobilityOption(int type) {
        this.type = type;
    }

    /** The option type, 2 to 255. */
    public final int type() {
        return type;
    }

    /** The Option Length: octets after the type and the length, 0 to 255. */
    public abstract int dataLength();

    /** The option starts at a multiple of this, plus {@link #alignmentOffset}, from the start of the message. */
    public int alignmentFactor() {
        return 1;
    }

    /** See {@link #alignmentFactor}. */
    public int alignmentOffset() {
        return 0;
    }

    /** Writes as many octets as {@link #dataLength} says. */
    abstract void writeData(ByteBuffer out);

    /** Writes type, length and data, without padding. */
    public final void write(ByteBuffer out) {
        out.put((byte) type).put((byte) dataLength());
        writeData(out);
    }

    private byte[] data() {
        ByteBuffer out = ByteBuffer.allocate(dataLength());
        writeData(out);
        return out.array();
    }

    @Override
    public final boolean equals(Object other) {
        return this == other || other != null && getClass() == other.getClass()
                && type == ((MobilityOption) other).type
                && Arrays.equals(data(), ((MobilityOption) other).data());
    }

    @Override
    public final int hashCode() {
        return type * 31 + Arrays.hashCode(data());
    }
}
