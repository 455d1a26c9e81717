// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;

/**
 * The policy profile of a mobile node as far as the anchor needs it
 * (draft-ietf-netlmm-proxymip6-10 section 6.2). Immutable.
 */
public final class MobileNodeProfile {

    private final boolean mobilityService;
    private final List<Ip6Prefix> homeNetworkPrefixes;
    private final Optional<GrePolicy> grePolicy;
    private final OptionalInt lifetimeCap;
    private final int operator;
    private final boolean ipv6Service;
    private final boolean ipv4Service;
    private final Optional<Ip4Address> ipv4HomeAddress;

    /**
     * Makes a profile with IPv6 service only.
     *
     * @param mobilityService whether the node is entitled to network-based mobility; if not, status 152
     * @param homeNetworkPrefixes prefixes assigned for good; empty to allocate from the pool
     * @param grePolicy overrides that of the gateway and that of the anchor
     * @param lifetimeCap greatest lifetime in seconds under that of the anchor
     * @param operator routing domain of its traffic, 1 to 65535
     */
    public MobileNodeProfile(boolean mobilityService, List<Ip6Prefix> homeNetworkPrefixes,
                             Optional<GrePolicy> grePolicy, OptionalInt lifetimeCap, int operator) {
        this(mobilityService, homeNetworkPrefixes, grePolicy, lifetimeCap, operator, true, false, Optional.empty());
    }

    private MobileNodeProfile(boolean mobilityService, List<Ip6Prefix> homeNetworkPrefixes,
                              Optional<GrePolicy> grePolicy, OptionalInt lifetimeCap, int operator,
                              boolean ipv6Service, boolean ipv4Service, Optional<Ip4Address> ipv4HomeAddress) {
        if (operator < 1 || operator > 65_535) {
            throw new IllegalArgumentException("operator is " + operator + ": use a number from 1 to 65535");
        }
        this.mobilityService = mobilityService;
        this.homeNetworkPrefixes = List.copyOf(homeNetworkPrefixes);
        this.grePolicy = grePolicy;
        this.lifetimeCap = lifetimeCap;
        this.operator = operator;
        this.ipv6Service = ipv6Service;
        this.ipv4Service = ipv4Service;
        this.ipv4HomeAddress = ipv4HomeAddress;
    }

    /**
     * The same with other services (RFC 5844 section 3.1.2.1).
     *
     * @param ipv6 whether the node gets home network prefixes; if not, a request for one gets status 172
     * @param ipv4 whether the node gets an IPv4 home address; if not, a request for one gets status 170
     * @param address the address assigned for good; empty to allocate from a pool of its operator
     */
    public MobileNodeProfile withServices(boolean ipv6, boolean ipv4, Optional<Ip4Address> address) {
        return new MobileNodeProfile(mobilityService, homeNetworkPrefixes, grePolicy, lifetimeCap, operator, ipv6,
                ipv4, address);
    }

    /** Whether the node is entitled to network-based mobility. */
    public boolean mobilityService() {
        return mobilityService;
    }

    /** Prefixes assigned to the node for good. */
    public List<Ip6Prefix> homeNetworkPrefixes() {
        return homeNetworkPrefixes;
    }

    /** The node's own GRE policy, before that of its gateway. */
    public Optional<GrePolicy> grePolicy() {
        return grePolicy;
    }

    /** The node's own greatest lifetime in seconds. */
    public OptionalInt lifetimeCap() {
        return lifetimeCap;
    }

    /**
     * The same for a session that began in another operator's domain and stays there. An IPv4 home address assigned
     * for good is one of the node's own operator, and none there.
     */
    MobileNodeProfile in(int domain) {
        return domain == operator ? this : new MobileNodeProfile(mobilityService, homeNetworkPrefixes, grePolicy,
                lifetimeCap, domain, ipv6Service, ipv4Service, Optional.empty());
    }

    /** The routing domain of the node's traffic. */
    public int operator() {
        return operator;
    }

    /** Whether the node gets home network prefixes. */
    public boolean ipv6Service() {
        return ipv6Service;
    }

    /** Whether the node gets an IPv4 home address. */
    public boolean ipv4Service() {
        return ipv4Service;
    }

    /** The IPv4 home address assigned for good. */
    public Optional<Ip4Address> ipv4HomeAddress() {
        return ipv4HomeAddress;
    }
}
