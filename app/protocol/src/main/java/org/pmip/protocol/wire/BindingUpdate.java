// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.pmip.protocol.wire.option.MobilityOption;

/**
 * Binding Update, MH Type 5 (RFC 6275 section 6.1.7); with P set the Proxy Binding Update of RFC 5213 section 8.1, with
 * the F flag of RFC 5555 and the T flag of RFC 5845 section 6.2. Immutable.
 */
public final class BindingUpdate extends MobilityMessage {

    /** The MH Type. */
    public static final int TYPE = 5;
    /** Acknowledge. */
    public static final int A = 0x8000;
    /** Home registration. */
    public static final int H = 0x4000;
    /** Link-local address compatibility. */
    public static final int L = 0x2000;
    /** Key management mobility capability. */
    public static final int K = 0x1000;
    /** Mobility anchor point registration. */
    public static final int M = 0x0800;
    /** Mobile router. */
    public static final int R = 0x0400;
    /** Proxy registration. */
    public static final int P = 0x0200;
    /** Forced UDP encapsulation. */
    public static final int F = 0x0100;
    /** TLV-header format. */
    public static final int T = 0x0080;
    /** All flags that are defined; the reserved bits are sent as zero and not kept. */
    public static final int ALL_FLAGS = 0xff80;
    static final int FIXED_LENGTH = 6;
    private static final String LETTERS = "AHLKMRPFT";

    private final int sequence;
    private final int flags;
    private final int lifetime;

    private BindingUpdate(Builder from) {
        super(from.options);
        sequence = from.sequence;
        flags = from.flags;
        lifetime = from.lifetime;
    }

    static BindingUpdate read(ByteBuffer data, List<MobilityOption> options) {
        return builder().sequence(data.getShort() & 0xffff).flags(data.getShort() & ALL_FLAGS)
                .lifetime(data.getShort() & 0xffff).options(options).build();
    }

    /** Begins a message; all fields are 0 and all flags clear. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins a Proxy Binding Update: A, H and P set. */
    public static Builder proxyBuilder() {
        return new Builder().flags(A | H | P);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** The sequence number, 0 to 65535. */
    public int sequence() {
        return sequence;
    }

    /** The flags by their constants, for example {@link #P}. */
    public int flags() {
        return flags;
    }

    /** Whether all of these flags are set. */
    public boolean has(int wanted) {
        return (flags & wanted) == wanted;
    }

    /** The P flag: this is a Proxy Binding Update. */
    public boolean proxy() {
        return has(P);
    }

    /** The lifetime in units of 4 s, 0 to 65535; 0 asks for the end of the binding. */
    public int lifetime() {
        return lifetime;
    }

    @Override
    int fixedLength() {
        return FIXED_LENGTH;
    }

    @Override
    void writeFixed(ByteBuffer out) {
        out.putShort((short) sequence).putShort((short) flags).putShort((short) lifetime);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BindingUpdate && sequence == ((BindingUpdate) other).sequence
                && flags == ((BindingUpdate) other).flags && lifetime == ((BindingUpdate) other).lifetime
                && options().equals(((BindingUpdate) other).options());
    }

    @Override
    public int hashCode() {
        return Objects.hash(sequence, flags, lifetime, options());
    }

    @Override
    public String toString() {
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < LETTERS.length(); i++) {
            if ((flags & A >> i) != 0) {
                set.append(LETTERS.charAt(i));
            }
        }
        return (proxy() ? "PBU" : "BU") + " seq=" + sequence + " flags=" + set + " lifetime=" + lifetime * 4L + "s "
                + options();
    }

    /** Collects the fields; not thread-safe. */
    public static final class Builder extends MobilityMessage.Builder<Builder> {
        private int sequence;
        private int flags;
        private int lifetime;

        private Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sequence number, 0 to 65535. */
        public Builder sequence(int value) {
            sequence = range("sequence", value, 0xffff);
            return this;
        }

        /** Flags by their constants, or'ed; replaces those that were set. */
        public Builder flags(int value) {
            if ((value & ~ALL_FLAGS) != 0) {
                throw new IllegalArgumentException(String.format(
                        "flags are 0x%04x: use bits of 0x%04x, the rest is reserved", value, ALL_FLAGS));
            }
            flags = value;
            return this;
        }

        /** Lifetime in units of 4 s, 0 to 65535. */
        public Builder lifetime(int value) {
            lifetime = range("lifetime", value, 0xffff);
            return this;
        }

        /** Makes the message. */
        public BindingUpdate build() {
            return new BindingUpdate(this);
        }
    }
}
