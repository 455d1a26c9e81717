// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** An option that is a reserved field and a value of one octet. Immutable. */
public abstract class OctetOption extends MobilityOption {

    static final int LENGTH = 2;

    private final String name;
    private final int value;

    OctetOption(int type, String name, int value) {
        super(type);
        this.name = name;
        this.value = value;
    }

    /** The value, 0 to 255; one that is not assigned is kept as it is. */
    public final int value() {
        return value;
    }

    @Override
    public final int dataLength() {
        return LENGTH;
    }

    @Override
    final void writeData(ByteBuffer out) {
        out.put((byte) 0).put((byte) value);
    }

    @Override
    public final String toString() {
        return name + "=" + value;
    }
}
