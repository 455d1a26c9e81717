// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/**
 * Mobile Node Link-layer Identifier option (RFC 5213 section 8.6; MN Interface Identifier in
 * draft-ietf-netlmm-proxymip6-10). Immutable.
 */
public final class MobileNodeLinkLayerIdentifier extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 25;
    private static final int RESERVED = 2;
    private static final int GREATEST_IDENTIFIER = 253;

    private final byte[] identifier;

    private MobileNodeLinkLayerIdentifier(byte[] identifier) {
        super(TYPE);
        this.identifier = identifier;
    }

    /** Makes an option of 0 to 253 octets. */
    public static MobileNodeLinkLayerIdentifier of(byte[] identifier) {
        Check.range("identifier length", identifier.length, 0, GREATEST_IDENTIFIER);
        return new MobileNodeLinkLayerIdentifier(identifier.clone());
    }

    static MobileNodeLinkLayerIdentifier read(ByteBuffer data) {
        if (data.remaining() < RESERVED) {
            throw new MalformedOptionException("Length is " + data.remaining() + ": no room for Reserved");
        }
        data.getShort();
        byte[] identifier = new byte[data.remaining()];
        data.get(identifier);
        return new MobileNodeLinkLayerIdentifier(identifier);
    }

    /** The identifier, in the order of RFC 4861 section 4.6. */
    public byte[] identifier() {
        return identifier.clone();
    }

    /** Whether there are no octets other than zero: then it identifies nothing (RFC 5213 section 2.2). */
    public boolean isAllZero() {
        for (byte octet : identifier) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int dataLength() {
        return RESERVED + identifier.length;
    }

    /** Aligned so that an identifier of 8, 4 or 2 octets (or a multiple) starts at a multiple of its size. */
    @Override
    public int alignmentFactor() {
        if (identifier.length == 0) {
            return 1;
        }
        return identifier.length % 8 == 0 ? 8 : identifier.length % 4 == 0 ? 4 : identifier.length % 2 == 0 ? 2 : 1;
    }

    @Override
    public int alignmentOffset() {
        return alignmentFactor() == 8 ? 4 : 0;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.putShort((short) 0).put(identifier);
    }

    @Override
    public String toString() {
        return "MN-LL-ID=" + Check.hex(identifier);
    }
}
