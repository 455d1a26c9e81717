// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

/**
 * The protocol variables of a local mobility anchor, by the names of draft-ietf-netlmm-proxymip6-10 section 9 and
 * RFC 5213 section 9. Immutable; changed by the {@code with} methods.
 */
public final class LmaParameters {

    /** The defaults of the documents; MaxDelayBeforeNewBCEAssign is RFC 5213's 1500 ms. */
    public static final LmaParameters DEFAULTS = new LmaParameters(10_000, 1_500, 300, false, 3_600);

    private static final long DAY = 86_400_000L;
    /** 16 bits of 4 s units. */
    private static final int GREATEST_LIFETIME = 65_535 * 4;

    private final long minDelayBeforeBceDelete;
    private final long maxDelayBeforeNewBceAssign;
    private final long timestampValidityWindow;
    private final boolean mobileNodeGeneratedTimestampInUse;
    private final int lifetimeCap;

    private LmaParameters(long minDelayBeforeBceDelete, long maxDelayBeforeNewBceAssign,
                          long timestampValidityWindow, boolean mobileNodeGeneratedTimestampInUse, int lifetimeCap) {
        this.minDelayBeforeBceDelete = inRange("minDelayBeforeBceDelete", minDelayBeforeBceDelete, 0, DAY);
        this.maxDelayBeforeNewBceAssign = inRange("maxDelayBeforeNewBceAssign", maxDelayBeforeNewBceAssign, 0, DAY);
        this.timestampValidityWindow = inRange("timestampValidityWindow", timestampValidityWindow, 1, DAY);
        this.mobileNodeGeneratedTimestampInUse = mobileNodeGeneratedTimestampInUse;
        this.lifetimeCap = (int) inRange("lifetimeCap", lifetimeCap, 4, GREATEST_LIFETIME);
    }

    private static long inRange(String name, long value, long least, long greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": use a value from " + least + " to " + greatest);
        }
        return value;
    }

    /** Milliseconds between accepting a de-registration and deleting the Binding Cache Entry; default 10000. */
    public long minDelayBeforeBceDelete() {
        return minDelayBeforeBceDelete;
    }

    /** Milliseconds to wait for a de-registration before a request with HI 4 gets a new session; default 1500. */
    public long maxDelayBeforeNewBceAssign() {
        return maxDelayBeforeNewBceAssign;
    }

    /** Greatest difference in milliseconds between a Timestamp option and the anchor's clock; default 300. */
    public long timestampValidityWindow() {
        return timestampValidityWindow;
    }

    /** Whether timestamps come from mobile nodes, so that only their order is checked; default false. */
    public boolean mobileNodeGeneratedTimestampInUse() {
        return mobileNodeGeneratedTimestampInUse;
    }

    /** Greatest lifetime granted, in seconds; default 3600. */
    public int lifetimeCap() {
        return lifetimeCap;
    }

    /** The same with another MinDelayBeforeBCEDelete, 0 to 86400000 ms. */
    public LmaParameters withMinDelayBeforeBceDelete(long millis) {
        return new LmaParameters(millis, maxDelayBeforeNewBceAssign, timestampValidityWindow,
                mobileNodeGeneratedTimestampInUse, lifetimeCap);
    }

    /** The same with another MaxDelayBeforeNewBCEAssign, 0 to 86400000 ms. */
    public LmaParameters withMaxDelayBeforeNewBceAssign(long millis) {
        return new LmaParameters(minDelayBeforeBceDelete, millis, timestampValidityWindow,
                mobileNodeGeneratedTimestampInUse, lifetimeCap);
    }

    /** The same with another TimestampValidityWindow, 1 to 86400000 ms. */
    public LmaParameters withTimestampValidityWindow(long millis) {
        return new LmaParameters(minDelayBeforeBceDelete, maxDelayBeforeNewBceAssign, millis,
                mobileNodeGeneratedTimestampInUse, lifetimeCap);
    }

    /** The same with MobileNodeGeneratedTimestampInUse set or cleared. */
    public LmaParameters withMobileNodeGeneratedTimestampInUse(boolean inUse) {
        return new LmaParameters(minDelayBeforeBceDelete, maxDelayBeforeNewBceAssign, timestampValidityWindow, inUse,
                lifetimeCap);
    }

    /** The same with another greatest lifetime, 4 to 262140 s. */
    public LmaParameters withLifetimeCap(int seconds) {
        return new LmaParameters(minDelayBeforeBceDelete, maxDelayBeforeNewBceAssign, timestampValidityWindow,
                mobileNodeGeneratedTimestampInUse, seconds);
    }

    @Override
    public String toString() {
        return "MinDelayBeforeBCEDelete=" + minDelayBeforeBceDelete + " ms, MaxDelayBeforeNewBCEAssign="
                + maxDelayBeforeNewBceAssign + " ms, TimestampValidityWindow=" + timestampValidityWindow
                + " ms, MobileNodeGeneratedTimestampInUse=" + mobileNodeGeneratedTimestampInUse
                + ", lifetime cap " + lifetimeCap + " s";
    }
}
