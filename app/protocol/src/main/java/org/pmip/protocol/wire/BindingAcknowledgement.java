// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.pmip.protocol.wire.option.MobilityOption;

/**
 * Binding Acknowledgement, MH Type 6 (RFC 6275 section 6.1.8); with P set the Proxy Binding Acknowledgement of RFC 5213
 * section 8.2, with the T flag of RFC 5845 section 6.3. Immutable.
 */
public final class BindingAcknowledgement extends MobilityMessage {

    /** The MH Type. */
    public static final int TYPE = 6;
    /** Key management mobility capability. */
    public static final int K = 0x80;
    /** Mobile router. */
    public static final int R = 0x40;
    /** Proxy registration. */
    public static final int P = 0x20;
    /** TLV-header format. */
    public static final int T = 0x10;
    /** All flags that are defined; the reserved bits are sent as zero and not kept. */
    public static final int ALL_FLAGS = 0xf0;
    static final int FIXED_LENGTH = 6;
    private static final String LETTERS = "KRPT";

    private final int status;
    private final int flags;
    private final int sequence;
    private final int lifetime;

    private BindingAcknowledgement(Builder from) {
        super(from.options);
        status = from.status;
        flags = from.flags;
        sequence = from.sequence;
        lifetime = from.lifetime;
    }

    static BindingAcknowledgement read(ByteBuffer data, List<MobilityOption> options) {
        return builder().status(data.get() & 0xff).flags(data.get() & ALL_FLAGS)
                .sequence(data.getShort() & 0xffff).lifetime(data.getShort() & 0xffff).options(options).build();
    }

    /** Begins a message; all fields are 0 and all flags clear. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** The status, 0 to 255; see {@link Status}. */
    public int status() {
        return status;
    }

    /** The flags by their constants, for example {@link #P}. */
    public int flags() {
        return flags;
    }

    /** Whether all of these flags are set. */
    public boolean has(int wanted) {
        return (flags & wanted) == wanted;
    }

    /** The P flag: this is a Proxy Binding Acknowledgement. */
    public boolean proxy() {
        return has(P);
    }

    /** The sequence number, 0 to 65535. */
    public int sequence() {
        return sequence;
    }

    /** The lifetime granted in units of 4 s, 0 to 65535. */
    public int lifetime() {
        return lifetime;
    }

    @Override
    int fixedLength() {
        return FIXED_LENGTH;
    }

    @Override
    void writeFixed(ByteBuffer out) {
        out.put((byte) status).put((byte) flags).putShort((short) sequence).putShort((short) lifetime);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BindingAcknowledgement && status == ((BindingAcknowledgement) other).status
                && flags == ((BindingAcknowledgement) other).flags
                && sequence == ((BindingAcknowledgement) other).sequence
                && lifetime == ((BindingAcknowledgement) other).lifetime
                && options().equals(((BindingAcknowledgement) other).options());
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, flags, sequence, lifetime, options());
    }

    @Override
    public String toString() {
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < LETTERS.length(); i++) {
            if ((flags & K >> i) != 0) {
                set.append(LETTERS.charAt(i));
            }
        }
        return (proxy() ? "PBA " : "BA ") + Status.name(status) + " seq=" + sequence + " flags=" + set + " lifetime="
                + lifetime * 4L + "s " + options();
    }

    /** Collects the fields; not thread-safe. */
    public static final class Builder extends MobilityMessage.Builder<Builder> {
        private int status;
        private int flags;
        private int sequence;
        private int lifetime;

        private Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        /** Status, 0 to 255. */
        public Builder status(int value) {
            status = range("status", value, 0xff);
            return this;
        }

        /** Flags by their constants, or'ed; replaces those that were set. */
        public Builder flags(int value) {
            if ((value & ~ALL_FLAGS) != 0) {
                throw new IllegalArgumentException(String.format(
                        "flags are 0x%02x: use bits of 0x%02x, the rest is reserved", value, ALL_FLAGS));
            }
            flags = value;
            return this;
        }

        /** Sets or clears the P flag. */
        public Builder proxy(boolean set) {
            flags = set ? flags | P : flags & ~P;
            return this;
        }

        /** Sequence number, 0 to 65535. */
        public Builder sequence(int value) {
            sequence = range("sequence", value, 0xffff);
            return this;
        }

        /** Lifetime in units of 4 s, 0 to 65535. */
        public Builder lifetime(int value) {
            lifetime = range("lifetime", value, 0xffff);
            return this;
        }

        /** Makes the message. */
        public BindingAcknowledgement build() {
            return new BindingAcknowledgement(this);
        }
    }
}
