// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Mobile Node Identifier option (RFC 4283 section 3), no alignment. Immutable. */
public final class MobileNodeIdentifier extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 8;
    /** Subtype of a network access identifier, user@realm. */
    public static final int NAI = 1;
    private static final int GREATEST_IDENTIFIER = 254;

    private final int subtype;
    private final byte[] identifier;

    private MobileNodeIdentifier(int subtype, byte[] identifier) {
        super(TYPE);
        this.subtype = subtype;
        this.identifier = identifier;
    }

    /**
     * Makes an option.
     *
     * @param subtype 0 to 255
     * @param identifier 0 to 254 octets
     */
    public static MobileNodeIdentifier of(int subtype, byte[] identifier) {
        Check.range("identifier length", identifier.length, 0, GREATEST_IDENTIFIER);
        return new MobileNodeIdentifier(Check.range("subtype", subtype, 0, 255), identifier.clone());
    }

    /** The option for a network access identifier. */
    public static MobileNodeIdentifier ofNai(String nai) {
        return of(NAI, nai.getBytes(StandardCharsets.UTF_8));
    }

    static MobileNodeIdentifier read(ByteBuffer data) {
        if (!data.hasRemaining()) {
            throw new MalformedOptionException("Length is 0: no room for the Subtype");
        }
        int subtype = data.get() & 0xff;
        byte[] identifier = new byte[data.remaining()];
        data.get(identifier);
        return new MobileNodeIdentifier(subtype, identifier);
    }

    /** The kind of identifier, 0 to 255. */
    public int subtype() {
        return subtype;
    }

    /** The identifier; no octets in the answer to a request that had none. */
    public byte[] identifier() {
        return identifier.clone();
    }

    @Override
    public int dataLength() {
        return 1 + identifier.length;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.put((byte) subtype).put(identifier);
    }

    @Override
    public String toString() {
        return "MN-ID=" + (subtype == NAI && printable() ? new String(identifier, StandardCharsets.US_ASCII)
                : subtype + ":" + Check.hex(identifier));
    }

    /** A peer chooses these octets: what could forge a line of a log is shown in hexadecimal. */
    private boolean printable() {
        for (byte octet : identifier) {
            if (octet <= ' ' || octet > '~') {
                return false;
            }
        }
        return true;
    }
}
