// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** Access Technology Type option (RFC 5213 section 8.5). Immutable. */
public final class AccessTechnologyType extends OctetOption {

    /** The option type. */
    public static final int TYPE = 24;
    /** Logical network interface. */
    public static final int VIRTUAL = 1;
    /** Point-to-Point Protocol. */
    public static final int PPP = 2;
    /** IEEE 802.3. */
    public static final int ETHERNET = 3;
    /** IEEE 802.11a/b/g. */
    public static final int WLAN = 4;
    /** IEEE 802.16e. */
    public static final int WIMAX = 5;

    private AccessTechnologyType(int value) {
        super(TYPE, "ATT", value);
    }

    /**
     * Makes an option.
     *
     * @throws IllegalArgumentException when the value is not 0 to 255
     */
    public static AccessTechnologyType of(int value) {
        return new AccessTechnologyType(Check.range("ATT", value, 0, 255));
    }

    static AccessTechnologyType read(ByteBuffer data) {
        Check.length(data, LENGTH);
        data.get();
        return new AccessTechnologyType(data.get() & 0xff);
    }
}
