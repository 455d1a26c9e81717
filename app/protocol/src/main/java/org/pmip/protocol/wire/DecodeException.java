// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

/** Octets that are no message. Says why and where. */
public final class DecodeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** There are fewer octets than the format needs. */
        TRUNCATED,
        /** Payload Proto is not 59 (RFC 6275 section 9.2). */
        PAYLOAD_PROTO,
        /** Header Len is too small for the message type. */
        HEADER_LENGTH,
        /** The checksum does not fit (RFC 6275 section 6.1.1). */
        CHECKSUM,
        /** An option reaches past the end of the message. */
        OPTION_LENGTH,
        /** The packet around the message is not one that carries signalling. */
        PACKET
    }

    private final Reason reason;
    private final int offset;

    /** Makes a failure at an offset from the start of what was decoded. */
    public DecodeException(Reason reason, int offset, String text) {
        super(text + " (" + reason + " at octet " + offset + ")");
        this.reason = reason;
        this.offset = offset;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** Where: octets from the start of what was decoded. */
    public int offset() {
        return offset;
    }
}
