// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;

/**
 * Who may register whom and with what: the local configuration that
 * draft-ietf-netlmm-proxymip6-10 section 4 asks of an anchor. Immutable.
 *
 * <p>GRE policy of a mobile node comes before that of its gateway, and that before the anchor's own.
 */
public final class LmaPolicy {

    private final Map<Ip6Address, MagPolicy> gateways;
    private final Map<String, MobileNodeProfile> profiles;
    private final Optional<MobileNodeProfile> unknownMobileNodes;
    private final GrePolicy grePolicy;
    private final List<PrefixPool> pools;
    private final List<Ipv4Pool> ipv4Pools;
    private final Map<Integer, Set<Ip4Address>> reservedIpv4 = new HashMap<>();
    private final Set<Ip6Prefix> reserved = new HashSet<>();
    private final Set<Integer> reservedLengths = new TreeSet<>();

    /**
     * Makes a policy.
     *
     * @param gateways the mobile access gateways that may register, by Proxy-CoA
     * @param profiles mobile nodes that are known, by {@link MobileNodeRecord#key}
     * @param unknownMobileNodes the profile of all others; empty to refuse them with status 153
     * @param grePolicy where neither node nor gateway has a policy of its own
     * @param pools what this anchor may assign; a hint outside of them is refused with status 155
     */
    public LmaPolicy(Map<Ip6Address, MagPolicy> gateways, Map<String, MobileNodeProfile> profiles,
                     Optional<MobileNodeProfile> unknownMobileNodes, GrePolicy grePolicy,
                     List<PrefixPool> pools) {
        this(gateways, profiles, unknownMobileNodes, grePolicy, pools, List.of());
    }

    /**
     * Makes a policy with IPv4 service.
     *
     * @param ipv4Pools subnets from which IPv4 home addresses are assigned; not overlapping within an operator
     */
    public LmaPolicy(Map<Ip6Address, MagPolicy> gateways, Map<String, MobileNodeProfile> profiles,
                     Optional<MobileNodeProfile> unknownMobileNodes, GrePolicy grePolicy,
                     List<PrefixPool> pools, List<Ipv4Pool> ipv4Pools) {
        this.ipv4Pools = List.copyOf(ipv4Pools);
        this.gateways = Map.copyOf(gateways);
        this.profiles = Map.copyOf(profiles);
        this.unknownMobileNodes = unknownMobileNodes;
        this.grePolicy = grePolicy;
        this.pools = List.copyOf(pools);
        for (MobileNodeProfile profile : profiles.values()) {
            for (Ip6Prefix prefix : profile.homeNetworkPrefixes()) {
                reserved.add(prefix);
                reservedLengths.add(prefix.prefixLength());
            }
            profile.ipv4HomeAddress().ifPresent(address ->
                    reservedIpv4.computeIfAbsent(profile.operator(), operator -> new HashSet<>()).add(address));
        }
    }

    /** The policy of a gateway; empty if it may not register anybody here. */
    public Optional<MagPolicy> gateway(Ip6Address proxyCoa) {
        return Optional.ofNullable(gateways.get(proxyCoa));
    }

    /** The profile of a mobile node; empty if this is not its anchor. */
    public Optional<MobileNodeProfile> profile(String mobileNode) {
        MobileNodeProfile known = profiles.get(mobileNode);
        return known != null ? Optional.of(known) : unknownMobileNodes;
    }

    /**
     * The outcome of the policy check of RFC 5845 section 5.2 for a node at a gateway. A node of another operator than
     * the gateway's own needs keys whatever was configured: nothing else tells the operators' addresses apart.
     */
    public GrePolicy grePolicy(MobileNodeProfile node, MagPolicy gateway) {
        if (node.operator() != gateway.operator()) {
            return GrePolicy.KEYS;
        }
        return node.grePolicy().or(gateway::grePolicy).orElse(grePolicy);
    }

    /** Whether the anchor may assign a prefix to this node. */
    public boolean mayUse(String mobileNode, MobileNodeProfile profile, Ip6Prefix prefix) {
        if (profile.homeNetworkPrefixes().contains(prefix)) {
            return true;
        }
        if (!profile.homeNetworkPrefixes().isEmpty()) {
            return false;
        }
        return !reserved(prefix) && pools.stream().anyMatch(pool -> pool.assigns(prefix));
    }

    /** Whether a prefix belongs to some node's profile and so is never handed out from a pool. */
    public boolean reserved(Ip6Prefix prefix) {
        for (int length : reservedLengths) {
            if (length <= prefix.prefixLength()
                    && reserved.contains(Ip6Prefix.valueOf(prefix.address(), length))) {
                return true;
            }
        }
        return false;
    }

    /** The pool of an operator that has an address. */
    Optional<Ipv4Pool> ipv4Pool(int operator, Ip4Address address) {
        return ipv4Pools.stream().filter(pool -> pool.operator() == operator && pool.assigns(address)).findFirst();
    }

    /** The IPv4 pools of an operator, in order of preference. */
    public List<Ipv4Pool> ipv4Pools(int operator) {
        return ipv4Pools.stream().filter(pool -> pool.operator() == operator).collect(Collectors.toList());
    }

    /** Whether an IPv4 address belongs to some node's profile and so is never handed out from a pool. */
    public boolean reserved(int operator, Ip4Address address) {
        return reservedIpv4.getOrDefault(operator, Set.of()).contains(address);
    }

    /** The pools that this anchor assigns from, in order of preference. */
    public List<PrefixPool> pools() {
        return pools;
    }

    /** What is configured of one mobile access gateway. Immutable. */
    public static final class MagPolicy {
        private final String name;
        private final Optional<GrePolicy> grePolicy;
        private final Optional<List<String>> mobileNodes;
        private final int operator;

        /**
         * Makes a gateway's policy.
         *
         * @param name what people call it
         * @param grePolicy the agreement of this pair of gateway and anchor
         * @param mobileNodes the nodes it may register, by {@link MobileNodeRecord#key}; empty for all
         * @param operator routing domain of the nodes that use no keys, 1 to 65535
         */
        public MagPolicy(String name, Optional<GrePolicy> grePolicy, Optional<List<String>> mobileNodes,
                         int operator) {
            this.name = name;
            this.grePolicy = grePolicy;
            this.mobileNodes = mobileNodes.map(List::copyOf);
            this.operator = operator;
        }

        /** What people call the gateway. */
        public String name() {
            return name;
        }

        /** The agreement of this pair of gateway and anchor. */
        public Optional<GrePolicy> grePolicy() {
            return grePolicy;
        }

        /** The routing domain of traffic without keys. */
        public int operator() {
            return operator;
        }

        /** Whether the gateway may register this node. */
        public boolean mayRegister(String mobileNode) {
            return mobileNodes.map(nodes -> nodes.contains(mobileNode)).orElse(true);
        }
    }
}
