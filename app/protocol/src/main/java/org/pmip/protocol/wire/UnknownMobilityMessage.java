// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A message of an MH Type that this implementation does not know, kept as it came. Immutable. */
public final class UnknownMobilityMessage extends MobilityMessage {

    private final int type;
    private final byte[] body;

    UnknownMobilityMessage(int type, byte[] body) {
        super(List.of());
        this.type = type;
        this.body = body;
    }

    @Override
    public int type() {
        return type;
    }

    /** The Message Data. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    int fixedLength() {
        return body.length;
    }

    @Override
    void writeFixed(ByteBuffer out) {
        out.put(body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnknownMobilityMessage && type == ((UnknownMobilityMessage) other).type
                && Arrays.equals(body, ((UnknownMobilityMessage) other).body);
    }

    @Override
    public int hashCode() {
        return type * 31 + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "MH type " + type + ", " + body.length + " octets";
    }
}
