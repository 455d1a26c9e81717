// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Timestamp option (RFC 5213 section 8.8), alignment 8n+2: 48 bits of seconds since 1970-01-01 00:00 UTC and 16 bits of
 * 1/65536 s. Immutable.
 */
public final class Timestamp extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 27;
    private static final int LENGTH = 8;
    private static final int FRACTION_BITS = 16;
    private static final long FRACTIONS = 1L << FRACTION_BITS;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long GREATEST_SECOND = (1L << 48) - 1;

    private final long value;

    private Timestamp(long value) {
        super(TYPE);
        this.value = value;
    }

    /** The option with the 64 bits as they stand on the wire, to be compared unsigned. */
    public static Timestamp ofValue(long value) {
        return new Timestamp(value);
    }

    /**
     * The option for an instant, rounded down to 1/65536 s.
     *
     * @throws IllegalArgumentException when the instant lies before 1970 or its second needs over 48 bits
     */
    public static Timestamp of(Instant instant) {
        if (instant.getEpochSecond() < 0 || instant.getEpochSecond() > GREATEST_SECOND) {
            throw new IllegalArgumentException(instant + " has no timestamp: use 1970 or later");
        }
        return new Timestamp(instant.getEpochSecond() << FRACTION_BITS
                | instant.getNano() * FRACTIONS / NANOS_PER_SECOND);
    }

    static Timestamp read(ByteBuffer data) {
        Check.length(data, LENGTH);
        return new Timestamp(data.getLong());
    }

    /** The 64 bits as they stand on the wire; compare them with {@link Long#compareUnsigned}. */
    public long value() {
        return value;
    }

    /** The instant, rounded up to 1 ns so that {@link #of} makes the same option of it again. */
    public Instant toInstant() {
        long fraction = value & (FRACTIONS - 1);
        return Instant.ofEpochSecond(value >>> FRACTION_BITS,
                (fraction * NANOS_PER_SECOND + FRACTIONS - 1) / FRACTIONS);
    }

    @Override
    public int dataLength() {
        return LENGTH;
    }

    @Override
    public int alignmentFactor() {
        return 8;
    }

    @Override
    public int alignmentOffset() {
        return 2;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.putLong(value);
    }

    @Override
    public String toString() {
        return "Timestamp=" + toInstant();
    }
}
