// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** Handoff Indicator option (RFC 5213 section 8.4). Immutable. */
public final class HandoffIndicator extends OctetOption {

    /** The option type. */
    public static final int TYPE = 23;
    /** Attachment over a new interface. */
    public static final int NEW_INTERFACE = 1;
    /** Handoff between two interfaces of the mobile node. */
    public static final int BETWEEN_INTERFACES = 2;
    /** Handoff between gateways on the same interface. */
    public static final int BETWEEN_GATEWAYS = 3;
    /** Handoff state unknown. */
    public static final int UNKNOWN = 4;
    /** Handoff state not changed: re-registration. */
    public static final int UNCHANGED = 5;

    private HandoffIndicator(int value) {
        super(TYPE, "HI", value);
    }

    /**
     * Makes an option.
     *
     * @throws IllegalArgumentException when the value is not 0 to 255
     */
    public static HandoffIndicator of(int value) {
        return new HandoffIndicator(Check.range("HI", value, 0, 255));
    }

    static HandoffIndicator read(ByteBuffer data) {
        Check.length(data, LENGTH);
        data.get();
        return new HandoffIndicator(data.get() & 0xff);
    }
}
