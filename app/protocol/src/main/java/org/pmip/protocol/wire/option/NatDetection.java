// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** NAT Detection option (RFC 5555 section 3.2.2), alignment 4n. Immutable. */
public final class NatDetection extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 31;
    private static final int LENGTH = 6;
    /** The refresh time that says that there is no NAT and no need for keepalives. */
    public static final long NO_REFRESH = 0xffff_ffffL;
    private static final long GREATEST = NO_REFRESH;

    private final boolean forced;
    private final long refreshTime;

    private NatDetection(boolean forced, long refreshTime) {
        super(TYPE);
        this.forced = forced;
        this.refreshTime = refreshTime;
    }

    /**
     * Makes an option.
     *
     * @param forced the F flag: UDP encapsulation is required
     * @param refreshTime suggested seconds between keepalives, 0 to 2^32-1
     */
    public static NatDetection of(boolean forced, long refreshTime) {
        if (refreshTime < 0 || refreshTime > GREATEST) {
            throw new IllegalArgumentException("refreshTime is " + refreshTime + ": use 0 to " + GREATEST);
        }
        return new NatDetection(forced, refreshTime);
    }

    static NatDetection read(ByteBuffer data) {
        Check.length(data, LENGTH);
        boolean forced = (data.getShort() & 0x8000) != 0;
        return new NatDetection(forced, data.getInt() & GREATEST);
    }

    /** The F flag. */
    public boolean forced() {
        return forced;
    }

    /** Suggested seconds between keepalives. */
    public long refreshTime() {
        return refreshTime;
    }

    @Override
    public int dataLength() {
        return LENGTH;
    }

    @Override
    public int alignmentFactor() {
        return 4;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.putShort((short) (forced ? 0x8000 : 0)).putInt((int) refreshTime);
    }

    @Override
    public String toString() {
        return "NAT-Detection" + (forced ? " forced" : "") + " refresh " + refreshTime + " s";
    }
}
