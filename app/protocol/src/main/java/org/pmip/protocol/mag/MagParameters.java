// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Objects;
import org.onlab.packet.Ip6Address;

/**
 * The protocol variables of a mobile access gateway: draft-ietf-netlmm-proxymip6-10 section 9, RFC 5213 section 9 and
 * RFC 6275 section 12. Immutable; changed by the {@code with} methods.
 */
public final class MagParameters {

    /** What the Link-local Address option is used for. */
    public enum LinkLocal {
        /** The gateway's own address on the link, which the anchor keeps and names to the next one (RFC 5213). */
        GATEWAY,
        /** The mobile node's address, so that gateways can avoid it (draft-10 section 6.8). */
        NODE
    }

    /** The constants of RFC 6275, timestamps, an hour of lifetime. */
    public static final MagParameters DEFAULTS = new MagParameters();

    /** MAX_UPDATE_RATE of RFC 6275 section 12: Binding Updates in a second; the default. */
    public static final int MAX_UPDATE_RATE = 3;
    /** INITIAL_BINDACK_TIMEOUT of RFC 6275 section 12, milliseconds; the default. */
    public static final long INITIAL_BINDACK_TIMEOUT = 1_000;
    /** MAX_BINDACK_TIMEOUT of RFC 6275 section 12, milliseconds; the default. */
    public static final long MAX_BINDACK_TIMEOUT = 32_000;
    private static final int GREATEST_LIFETIME = 65_535 * 4;
    private static final long GREATEST_WAIT = 3_600_000;
    private static final long LEAST_TIMEOUT = 100;
    private static final int GREATEST_RATE = 1_000;

    private boolean timestamps = true;
    private Ip6Address fixedLinkLocal = Ip6Address.ZERO;
    private LinkLocal linkLocal = LinkLocal.GATEWAY;
    private int lifetime = 3_600 / 4;
    private long presenceTimeout = 3_000;
    private long contextRetention = 10_000;
    private boolean contextCoversDomain;
    private long initialBindackTimeout = INITIAL_BINDACK_TIMEOUT;
    private long maxBindackTimeout = MAX_BINDACK_TIMEOUT;
    private int maxUpdateRate = MAX_UPDATE_RATE;
    private long extensionMargin = 5_000;
    private boolean localRouting;

    private MagParameters() {
    }

    private MagParameters(MagParameters from) {
        timestamps = from.timestamps;
        fixedLinkLocal = from.fixedLinkLocal;
        linkLocal = from.linkLocal;
        lifetime = from.lifetime;
        presenceTimeout = from.presenceTimeout;
        contextRetention = from.contextRetention;
        contextCoversDomain = from.contextCoversDomain;
        initialBindackTimeout = from.initialBindackTimeout;
        maxBindackTimeout = from.maxBindackTimeout;
        maxUpdateRate = from.maxUpdateRate;
        extensionMargin = from.extensionMargin;
        localRouting = from.localRouting;
    }

    /** Seconds as the Lifetime field has them. */
    static int lifetime(int seconds) {
        return (int) inRange("lifetime", seconds, 4, GREATEST_LIFETIME) / 4;
    }

    private static long inRange(String name, long value, long least, long greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": use a value from " + least + " to " + greatest);
        }
        return value;
    }

    /** TimestampBasedApproachInUse; with false requests are ordered by sequence numbers of the node. */
    public boolean timestampBasedApproachInUse() {
        return timestamps;
    }

    /** FixedMAGLinkLocalAddressOnAllAccessLinks; unspecified if not in use. */
    public Ip6Address fixedLinkLocal() {
        return fixedLinkLocal;
    }

    /** What the Link-local Address option is used for if there is no fixed address. */
    public LinkLocal linkLocal() {
        return linkLocal;
    }

    /** The lifetime asked for, in units of 4 s. */
    public int lifetime() {
        return lifetime;
    }

    /** Milliseconds to wait for the answer to a presence check; without one the node counts as gone. */
    public long presenceTimeout() {
        return presenceTimeout;
    }

    /** Milliseconds for which a session that was left is remembered, so that the next gateway knows of it. */
    public long contextRetention() {
        return contextRetention;
    }

    /**
     * Whether all gateways of the domain share their lists, so that an interface that none of them knows is a new one.
     */
    public boolean contextCoversDomain() {
        return contextCoversDomain;
    }

    /** The same with TimestampBasedApproachInUse set. */
    public MagParameters withTimestamps(boolean value) {
        MagParameters next = new MagParameters(this);
        next.timestamps = value;
        return next;
    }

    /** The same with FixedMAGLinkLocalAddressOnAllAccessLinks set. */
    public MagParameters withFixedLinkLocal(Ip6Address value) {
        MagParameters next = new MagParameters(this);
        next.fixedLinkLocal = Objects.requireNonNull(value, "fixedLinkLocal");
        return next;
    }

    /** The same with another use of the Link-local Address option. */
    public MagParameters withLinkLocal(LinkLocal value) {
        MagParameters next = new MagParameters(this);
        next.linkLocal = Objects.requireNonNull(value, "linkLocal");
        return next;
    }

    /** The same with another lifetime to ask for, in seconds, 4 to 262140. */
    public MagParameters withLifetime(int seconds) {
        MagParameters next = new MagParameters(this);
        next.lifetime = lifetime(seconds);
        return next;
    }

    /** The same with another wait for presence answers, 1 ms to an hour. */
    public MagParameters withPresenceTimeout(long millis) {
        MagParameters next = new MagParameters(this);
        next.presenceTimeout = inRange("presenceTimeout", millis, 1, GREATEST_WAIT);
        return next;
    }

    /** The same with another memory of sessions that were left, none to an hour. */
    public MagParameters withContextRetention(long millis) {
        MagParameters next = new MagParameters(this);
        next.contextRetention = inRange("contextRetention", millis, 0, GREATEST_WAIT);
        return next;
    }

    /** The same with or without the knowledge that all gateways of the domain share their lists. */
    public MagParameters withContextCoversDomain(boolean value) {
        MagParameters next = new MagParameters(this);
        next.contextCoversDomain = value;
        return next;
    }

    /** INITIAL_BINDACK_TIMEOUT: milliseconds until a request is repeated for the first time. */
    public long initialBindackTimeout() {
        return initialBindackTimeout;
    }

    /** MAX_BINDACK_TIMEOUT: milliseconds between repetitions at the most, and until what was put off is tried again. */
    public long maxBindackTimeout() {
        return maxBindackTimeout;
    }

    /** MAX_UPDATE_RATE: requests in a second for an interface of a node. */
    public int maxUpdateRate() {
        return maxUpdateRate;
    }

    /** Milliseconds before the end of a lifetime at which its extension is asked for at the latest. */
    public long extensionMargin() {
        return extensionMargin;
    }

    /** EnableMAGLocalRouting, where neither node nor gateways have a word of their own; the host heeds it. */
    public boolean enableMagLocalRouting() {
        return localRouting;
    }

    /** The same with another first wait for an acknowledgement, 100 ms to an hour; never above the greatest. */
    public MagParameters withInitialBindackTimeout(long millis) {
        MagParameters next = new MagParameters(this);
        next.initialBindackTimeout = inRange("initialBindackTimeout", millis, LEAST_TIMEOUT, GREATEST_WAIT);
        next.maxBindackTimeout = Math.max(next.initialBindackTimeout, maxBindackTimeout);
        return next;
    }

    /** The same with another greatest wait for an acknowledgement, from the first one to an hour. */
    public MagParameters withMaxBindackTimeout(long millis) {
        MagParameters next = new MagParameters(this);
        next.maxBindackTimeout = inRange("maxBindackTimeout", millis, initialBindackTimeout, GREATEST_WAIT);
        return next;
    }

    /** The same with another rate of requests, 1 to 1000 a second. */
    public MagParameters withMaxUpdateRate(int perSecond) {
        MagParameters next = new MagParameters(this);
        next.maxUpdateRate = (int) inRange("maxUpdateRate", perSecond, 1, GREATEST_RATE);
        return next;
    }

    /** The same with another margin for extensions, none to an hour. */
    public MagParameters withExtensionMargin(long millis) {
        MagParameters next = new MagParameters(this);
        next.extensionMargin = inRange("extensionMargin", millis, 0, GREATEST_WAIT);
        return next;
    }

    /** The same with EnableMAGLocalRouting set. */
    public MagParameters withEnableMagLocalRouting(boolean value) {
        MagParameters next = new MagParameters(this);
        next.localRouting = value;
        return next;
    }

    @Override
    public String toString() {
        return "lifetime " + lifetime * 4L + " s, extensionMargin " + extensionMargin + " ms, initialBindackTimeout "
                + initialBindackTimeout + " ms, maxBindackTimeout " + maxBindackTimeout + " ms, maxUpdateRate "
                + maxUpdateRate + ", timestampBasedApproachInUse " + timestamps
                + ", fixedMagLinkLocalAddressOnAllAccessLinks " + fixedLinkLocal + ", enableMagLocalRouting "
                + localRouting + ", gatewaysAreAll " + contextCoversDomain + ", presenceTimeout " + presenceTimeout
                + " ms, contextRetention " + contextRetention + " ms";
    }
}
