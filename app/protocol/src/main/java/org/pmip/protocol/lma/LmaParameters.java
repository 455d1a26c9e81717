// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Optional;
import java.util.function.Consumer;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;

/**
 * The protocol variables of a local mobility anchor, by the names of draft-ietf-netlmm-proxymip6-10 section 9, RFC 5213
 * section 9 and RFC 5844 section 5, and a few of its own. Immutable; changed by the {@code with} methods.
 */
public final class LmaParameters {

    /** The defaults of the documents; MaxDelayBeforeNewBCEAssign is RFC 5213's 1500 ms. */
    public static final LmaParameters DEFAULTS = new LmaParameters(new Values());

    private static final long DAY = 86_400_000L;
    /** 16 bits of 4 s units. */
    private static final int GREATEST_LIFETIME = 65_535 * 4;

    /** Written only before the parameters that hold it are there. */
    private static final class Values {
        private long minDelayBeforeBceDelete = 10_000;
        private long maxDelayBeforeNewBceAssign = 1_500;
        private long timestampValidityWindow = 300;
        private boolean timestampBasedApproachInUse = true;
        private boolean mobileNodeGeneratedTimestampInUse;
        private int lifetimeCap = 3_600;
        private Ip6Address fixedMagLinkLocalAddress = Ip6Address.ZERO;
        private boolean acceptForcedIpv4UdpEncapsulationRequest;
        private boolean acceptTlvHeader = true;
        private int natKeepalive = 110;
        private long uplinkKeyQuarantine = 10_000;
        private long assignmentMemory;
        private Optional<Ipv4DhcpSupportMode> dhcpSupportMode = Optional.empty();

        private Values copy() {
            Values copy = new Values();
            copy.minDelayBeforeBceDelete = minDelayBeforeBceDelete;
            copy.maxDelayBeforeNewBceAssign = maxDelayBeforeNewBceAssign;
            copy.timestampValidityWindow = timestampValidityWindow;
            copy.timestampBasedApproachInUse = timestampBasedApproachInUse;
            copy.mobileNodeGeneratedTimestampInUse = mobileNodeGeneratedTimestampInUse;
            copy.lifetimeCap = lifetimeCap;
            copy.fixedMagLinkLocalAddress = fixedMagLinkLocalAddress;
            copy.acceptForcedIpv4UdpEncapsulationRequest = acceptForcedIpv4UdpEncapsulationRequest;
            copy.acceptTlvHeader = acceptTlvHeader;
            copy.natKeepalive = natKeepalive;
            copy.uplinkKeyQuarantine = uplinkKeyQuarantine;
            copy.assignmentMemory = assignmentMemory;
            copy.dhcpSupportMode = dhcpSupportMode;
            return copy;
        }
    }

    private final Values values;

    private LmaParameters(Values values) {
        this.values = values;
    }

    private LmaParameters with(Consumer<Values> change) {
        Values next = values.copy();
        change.accept(next);
        if (next.mobileNodeGeneratedTimestampInUse && !next.timestampBasedApproachInUse) {
            throw new IllegalArgumentException("mobileNodeGeneratedTimestampInUse is true while "
                    + "timestampBasedApproachInUse is false: there are no timestamps then");
        }
        return new LmaParameters(next);
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
        return values.minDelayBeforeBceDelete;
    }

    /** Milliseconds to wait for a de-registration before a request with HI 4 gets a new session; default 1500. */
    public long maxDelayBeforeNewBceAssign() {
        return values.maxDelayBeforeNewBceAssign;
    }

    /** Greatest difference in milliseconds between a Timestamp option and the anchor's clock; default 300. */
    public long timestampValidityWindow() {
        return values.timestampValidityWindow;
    }

    /** Whether requests with a Timestamp option are ordered by it, or all by sequence numbers; default true. */
    public boolean timestampBasedApproachInUse() {
        return values.timestampBasedApproachInUse;
    }

    /** Whether timestamps come from mobile nodes, so that only their order is checked; default false. */
    public boolean mobileNodeGeneratedTimestampInUse() {
        return values.mobileNodeGeneratedTimestampInUse;
    }

    /** Greatest lifetime granted, in seconds; default 3600. */
    public int lifetimeCap() {
        return values.lifetimeCap;
    }

    /**
     * FixedMAGLinkLocalAddressOnAllAccessLinks: what gateways that ask for it are to use; the default ALL_ZERO leaves
     * it to the anchor, session by session.
     */
    public Ip6Address fixedMagLinkLocalAddress() {
        return values.fixedMagLinkLocalAddress;
    }

    /** AcceptForcedIPv4UDPEncapsulationRequest: if not, a request with F over IPv4 gets status 129; default false. */
    public boolean acceptForcedIpv4UdpEncapsulationRequest() {
        return values.acceptForcedIpv4UdpEncapsulationRequest;
    }

    /** Whether the TLV header of RFC 5845 section 7.2 is spoken; if not, T gets status 3; default true. */
    public boolean acceptTlvHeader() {
        return values.acceptTlvHeader;
    }

    /** Seconds between keepalives that a gateway behind a NAT is told to send; default 110 (RFC 5555 section 7). */
    public int natKeepalive() {
        return values.natKeepalive;
    }

    /** Milliseconds after its last use before an uplink key may become another session's; default 10000. */
    public long uplinkKeyQuarantine() {
        return values.uplinkKeyQuarantine;
    }

    /** Milliseconds for which an ended session's prefixes and address are kept for its node; default 0. */
    public long assignmentMemory() {
        return values.assignmentMemory;
    }

    /**
     * What a gateway is told to be for DHCP with an IPv4 home address (RFC 5844 section 3.3.4); by default nothing,
     * which leaves it to the gateway.
     */
    public Optional<Ipv4DhcpSupportMode> dhcpSupportMode() {
        return values.dhcpSupportMode;
    }

    /** The same with another MinDelayBeforeBCEDelete, 0 to 86400000 ms. */
    public LmaParameters withMinDelayBeforeBceDelete(long millis) {
        return with(to -> to.minDelayBeforeBceDelete = inRange("minDelayBeforeBceDelete", millis, 0, DAY));
    }

    /** The same with another MaxDelayBeforeNewBCEAssign, 0 to 86400000 ms. */
    public LmaParameters withMaxDelayBeforeNewBceAssign(long millis) {
        return with(to -> to.maxDelayBeforeNewBceAssign = inRange("maxDelayBeforeNewBceAssign", millis, 0, DAY));
    }

    /** The same with another TimestampValidityWindow, 1 to 86400000 ms. */
    public LmaParameters withTimestampValidityWindow(long millis) {
        return with(to -> to.timestampValidityWindow = inRange("timestampValidityWindow", millis, 1, DAY));
    }

    /**
     * The same with TimestampBasedApproachInUse set or cleared.
     *
     * @throws IllegalArgumentException when it is cleared while mobile nodes make the timestamps
     */
    public LmaParameters withTimestampBasedApproachInUse(boolean inUse) {
        return with(to -> to.timestampBasedApproachInUse = inUse);
    }

    /**
     * The same with MobileNodeGeneratedTimestampInUse set or cleared.
     *
     * @throws IllegalArgumentException when it is set while timestamps are not in use
     */
    public LmaParameters withMobileNodeGeneratedTimestampInUse(boolean inUse) {
        return with(to -> to.mobileNodeGeneratedTimestampInUse = inUse);
    }

    /** The same with another greatest lifetime, 4 to 262140 s. */
    public LmaParameters withLifetimeCap(int seconds) {
        return with(to -> to.lifetimeCap = (int) inRange("lifetimeCap", seconds, 4, GREATEST_LIFETIME));
    }

    /** The same with another fixed link-local address, or ALL_ZERO for none. */
    public LmaParameters withFixedMagLinkLocalAddress(Ip6Address address) {
        if (!address.isZero() && !address.isLinkLocal()) {
            throw new IllegalArgumentException("fixedMagLinkLocalAddress is " + address
                    + ": use an address of fe80::/10, or :: for none");
        }
        return with(to -> to.fixedMagLinkLocalAddress = address);
    }

    /** The same with AcceptForcedIPv4UDPEncapsulationRequest set or cleared. */
    public LmaParameters withAcceptForcedIpv4UdpEncapsulationRequest(boolean accept) {
        return with(to -> to.acceptForcedIpv4UdpEncapsulationRequest = accept);
    }

    /** The same with the TLV header spoken or not. */
    public LmaParameters withAcceptTlvHeader(boolean accept) {
        return with(to -> to.acceptTlvHeader = accept);
    }

    /** The same with another time between keepalives, 1 to 86400 s. */
    public LmaParameters withNatKeepalive(int seconds) {
        return with(to -> to.natKeepalive = (int) inRange("natKeepalive", seconds, 1, 86_400));
    }

    /** The same with another quarantine of uplink keys, 0 to 86400000 ms. */
    public LmaParameters withUplinkKeyQuarantine(long millis) {
        return with(to -> to.uplinkKeyQuarantine = inRange("uplinkKeyQuarantine", millis, 0, DAY));
    }

    /** The same with another memory for assignments, 0 to 86400000 ms. */
    public LmaParameters withAssignmentMemory(long millis) {
        return with(to -> to.assignmentMemory = inRange("assignmentMemory", millis, 0, DAY));
    }

    /**
     * The same with another word on DHCP.
     *
     * @param mode {@code of(true)} for gateways that are to be DHCP servers, {@code of(false)} for relays
     */
    public LmaParameters withDhcpSupportMode(Optional<Ipv4DhcpSupportMode> mode) {
        return with(to -> to.dhcpSupportMode = mode);
    }

    @Override
    public String toString() {
        return "MinDelayBeforeBCEDelete=" + minDelayBeforeBceDelete() + " ms, MaxDelayBeforeNewBCEAssign="
                + maxDelayBeforeNewBceAssign() + " ms, TimestampValidityWindow=" + timestampValidityWindow()
                + " ms, TimestampBasedApproachInUse=" + timestampBasedApproachInUse()
                + ", MobileNodeGeneratedTimestampInUse=" + mobileNodeGeneratedTimestampInUse()
                + ", AcceptForcedIPv4UDPEncapsulationRequest=" + acceptForcedIpv4UdpEncapsulationRequest()
                + ", lifetime cap " + lifetimeCap() + " s";
    }
}
