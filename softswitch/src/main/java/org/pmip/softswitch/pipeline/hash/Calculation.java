// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.hash;

import org.pmip.softswitch.pipeline.packet.BitBuffer;
import org.pmip.softswitch.pipeline.packet.Packet;

/** A hash or checksum over parts of a packet. */
public final class Calculation {
    private final String name;
    private final HashFunction function;
    private final Part[] parts;

    /** Over those parts, in order. */
    public Calculation(String name, HashFunction function, Part[] parts) {
        this.name = name;
        this.function = function;
        this.parts = parts;
    }

    /** The name in the JSON. */
    public String name() {
        return name;
    }

    /** The result for that packet, an unsigned number. */
    public long of(Packet packet) {
        BitBuffer bits = packet.bits;
        bits.clear();
        for (Part part : parts) {
            part.append(packet, bits);
        }
        return function.hash(bits.octets(), bits.length());
    }

    /** Something over which is computed. */
    @FunctionalInterface
    public interface Part {
        /** Appends it; nothing if its header is not valid. */
        void append(Packet packet, BitBuffer bits);
    }
}
