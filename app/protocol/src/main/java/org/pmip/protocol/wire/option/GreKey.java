// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/**
 * GRE Key option (RFC 5845 section 6.1), alignment 4n: the downlink key in a request, the uplink key in an answer, or
 * no key at all, which negotiates the GRE mode only. Immutable.
 */
public final class GreKey extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 33;
    private static final int LENGTH_WITHOUT_KEY = 2;
    private static final int LENGTH_WITH_KEY = 6;
    private static final long GREATEST = 0xffff_ffffL;
    private static final GreKey MODE_ONLY = new GreKey(-1);

    private final long key;

    private GreKey(long key) {
        super(TYPE);
        this.key = key;
    }

    /** The option without a key. */
    public static GreKey modeOnly() {
        return MODE_ONLY;
    }

    /**
     * The option with a key.
     *
     * @throws IllegalArgumentException when the key is not 0 to 2^32-1
     */
    public static GreKey of(long key) {
        if (key < 0 || key > GREATEST) {
            throw new IllegalArgumentException("key is " + key + ": use 0 to " + GREATEST);
        }
        return new GreKey(key);
    }

    static GreKey read(ByteBuffer data) {
        if (data.remaining() == LENGTH_WITHOUT_KEY) {
            data.getShort();
            return MODE_ONLY;
        }
        if (data.remaining() != LENGTH_WITH_KEY) {
            throw new MalformedOptionException("Length is " + data.remaining() + " instead of 2 or 6");
        }
        data.getShort();
        return new GreKey(data.getInt() & GREATEST);
    }

    /** Whether the option carries a key. */
    public boolean hasKey() {
        return key >= 0;
    }

    /**
     * The key, 0 to 2^32-1.
     *
     * @throws IllegalStateException when there is none
     */
    public long key() {
        if (!hasKey()) {
            throw new IllegalStateException("the GRE Key option has no key: ask hasKey() first");
        }
        return key;
    }

    @Override
    public int dataLength() {
        return hasKey() ? LENGTH_WITH_KEY : LENGTH_WITHOUT_KEY;
    }

    @Override
    public int alignmentFactor() {
        return 4;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.putShort((short) 0);
        if (hasKey()) {
            out.putInt((int) key);
        }
    }

    @Override
    public String toString() {
        return hasKey() ? String.format("GRE-Key=0x%08x", key) : "GRE-Key=mode only";
    }
}
