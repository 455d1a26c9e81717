// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;

/**
 * Who may register whom and with what: the local configuration that
 * draft-ietf-netlmm-proxymip6-10 section 4 asks of an anchor. Immutable.
 *
 * <p>GRE policy of a mobile node comes before that of its gateway, and that before the anchor's own.
 */
public final class LmaPolicy {

    private final Map<IpAddress, MagPolicy> gateways;
    private final Map<String, MobileNodeProfile> profiles;
    private final Optional<MobileNodeProfile> unknownMobileNodes;
    private final GrePolicy grePolicy;
    private final List<PrefixPool> pools;
    private final List<Ipv4Pool> ipv4Pools;
    private final Map<Integer, NumberRuns> reservedIpv4 = new HashMap<>();
    private final Set<Ip6Prefix> reserved = new HashSet<>();
    private final NumberRuns reservedRuns = new NumberRuns();

    /**
     * Makes a policy.
     *
     * @param gateways the mobile access gateways that may register, by Proxy-CoA or IPv4-Proxy-CoA
     * @param profiles mobile nodes that are known, by {@link MobileNodeRecord#key}
     * @param unknownMobileNodes the profile of all others; empty to refuse them with status 153
     * @param grePolicy where neither node nor gateway has a policy of its own
     * @param pools what this anchor may assign; a hint outside of them is refused with status 155
     */
    public LmaPolicy(Map<? extends IpAddress, MagPolicy> gateways, Map<String, MobileNodeProfile> profiles,
                     Optional<MobileNodeProfile> unknownMobileNodes, GrePolicy grePolicy,
                     List<PrefixPool> pools) {
        this(gateways, profiles, unknownMobileNodes, grePolicy, pools, List.of());
    }

    /**
     * Makes a policy with IPv4 service.
     *
     * @param ipv4Pools subnets from which IPv4 home addresses are assigned; not overlapping within an operator
     */
    public LmaPolicy(Map<? extends IpAddress, MagPolicy> gateways, Map<String, MobileNodeProfile> profiles,
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
                reservedRuns.add(prefix);
            }
            profile.ipv4HomeAddress().ifPresent(address -> reservedIpv4
                    .computeIfAbsent(profile.operator(), operator -> new NumberRuns())
                    .add(Ipv4Pool.number(address), Ipv4Pool.number(address)));
        }
    }

    /** The policy of a gateway; empty if it may not register anybody here. */
    public Optional<MagPolicy> gateway(IpAddress proxyCoa) {
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

    /** Whether a prefix shares addresses with one of some node's profile and so is never handed out from a pool. */
    public boolean reserved(Ip6Prefix prefix) {
        return reservedRuns.touches(prefix);
    }

    /**
     * The first prefix of a pool that may be handed out, at or after an index.
     *
     * @param held what is held already
     * @param from index to begin at
     * @param end index to stop before, at most the pool's size
     * @return its index; empty if there is none
     */
    public OptionalLong nextFree(PrefixPool pool, Collection<NumberRuns> held, long from, long end) {
        List<NumberRuns> taken = new ArrayList<>(held);
        taken.add(reservedRuns);
        return pool.nextFree(taken, from, end);
    }

    /**
     * The first address of a pool that may be handed out, at or after an index.
     *
     * @param held what is held of its operator already
     * @param from index to begin at
     * @param end index to stop before, at most the pool's size
     * @return its index; empty if there is none
     */
    public OptionalLong nextFree(Ipv4Pool pool, NumberRuns held, long from, long end) {
        return pool.nextFree(List.of(held, reservedIpv4.getOrDefault(pool.operator(), new NumberRuns())), from, end);
    }

    /** The pool of an operator that has an address. */
    Optional<Ipv4Pool> ipv4Pool(int operator, Ip4Address address) {
        return ipv4Pools.stream().filter(pool -> pool.operator() == operator && pool.assigns(address)).findFirst();
    }

    /** The IPv4 pools of an operator, in order of preference. */
    public List<Ipv4Pool> ipv4Pools(int operator) {
        return ipv4Pools.stream().filter(pool -> pool.operator() == operator).collect(Collectors.toList());
    }

    /** The IPv4 pools of all operators. */
    public List<Ipv4Pool> ipv4Pools() {
        return ipv4Pools;
    }

    /** Whether an IPv4 address belongs to some node's profile and so is never handed out from a pool. */
    public boolean reserved(int operator, Ip4Address address) {
        NumberRuns ofOperator = reservedIpv4.get(operator);
        return ofOperator != null && ofOperator.touches(Ipv4Pool.number(address), Ipv4Pool.number(address));
    }

    /** The prefixes that are assigned to nodes for good. */
    public Set<Ip6Prefix> reservedPrefixes() {
        return Collections.unmodifiableSet(reserved);
    }

    /** The pools that this anchor assigns from, in order of preference. */
    public List<PrefixPool> pools() {
        return pools;
    }

    /** What is configured of one mobile access gateway. Immutable; changed by the {@code with} methods. */
    public static final class MagPolicy {
        private final String name;
        private final Optional<GrePolicy> grePolicy;
        private final Optional<Set<String>> mobileNodes;
        private final int operator;
        private final Optional<List<Ip6Prefix>> prefixes;
        private final boolean alwaysUdp;
        private final List<Ip4Prefix> translators;
        private final OptionalInt translatedDataPort;
        private final OptionalLong sessionCap;
        private final boolean silentOverCap;

        /**
         * Makes a gateway's policy: for all prefixes, UDP only on request, not behind a translator, without a cap.
         *
         * @param name what people call it
         * @param grePolicy the agreement of this pair of gateway and anchor
         * @param mobileNodes the nodes it may register, by {@link MobileNodeRecord#key}; empty for all
         * @param operator routing domain of the nodes that use no keys, 1 to 65535
         */
        public MagPolicy(String name, Optional<GrePolicy> grePolicy, Optional<List<String>> mobileNodes,
                         int operator) {
            this(name, grePolicy, mobileNodes, operator, Optional.empty(), false, List.of(), OptionalInt.empty(),
                    OptionalLong.empty(), false);
        }

        private MagPolicy(String name, Optional<GrePolicy> grePolicy,
                          Optional<? extends Collection<String>> mobileNodes, int operator,
                          Optional<List<Ip6Prefix>> prefixes, boolean alwaysUdp, List<Ip4Prefix> translators,
                          OptionalInt translatedDataPort, OptionalLong sessionCap, boolean silentOverCap) {
            this.name = name;
            this.grePolicy = grePolicy;
            this.mobileNodes = mobileNodes.map(Set::copyOf);
            this.operator = operator;
            this.prefixes = prefixes.map(List::copyOf);
            this.alwaysUdp = alwaysUdp;
            this.translators = List.copyOf(translators);
            this.translatedDataPort = translatedDataPort;
            this.sessionCap = sessionCap;
            this.silentOverCap = silentOverCap;
        }

        /** The same for some prefixes only: a request for another one from this gateway gets status 154. */
        public MagPolicy withPrefixes(List<Ip6Prefix> only) {
            return new MagPolicy(name, grePolicy, mobileNodes, operator, Optional.of(only), alwaysUdp, translators,
                    translatedDataPort, sessionCap, silentOverCap);
        }

        /** The same with UDP encapsulation for all IPv4 tunnels without GRE, asked for or not (RFC 5844 section 4). */
        public MagPolicy withUdpAlways() {
            return new MagPolicy(name, grePolicy, mobileNodes, operator, prefixes, true, translators,
                    translatedDataPort, sessionCap, silentOverCap);
        }

        /**
         * The same behind network address translators.
         *
         * @param from translated addresses from which its messages may come; each then names the gateway by an IPv4
         *     Care-of Address option
         * @param dataPort UDP port from which its user packets come, where a translator maps 5437 to a fixed port;
         *     empty for 5437 itself if the port of its signalling is 5436, and for that port if it is another
         */
        public MagPolicy withTranslators(List<Ip4Prefix> from, OptionalInt dataPort) {
            if (dataPort.isPresent() && (dataPort.getAsInt() < 1 || dataPort.getAsInt() > 65_535)) {
                throw new IllegalArgumentException("dataPort is " + dataPort.getAsInt() + ": use 1 to 65535");
            }
            return new MagPolicy(name, grePolicy, mobileNodes, operator, prefixes, alwaysUdp, from, dataPort,
                    sessionCap, silentOverCap);
        }

        /**
         * The same with a cap on its sessions.
         *
         * @param most sessions it may have at one time, 1 or more
         * @param silent whether a request over the cap is ignored; if not, it gets status 130
         */
        public MagPolicy withSessionCap(long most, boolean silent) {
            if (most < 1) {
                throw new IllegalArgumentException("sessionCap is " + most + ": use 1 or more");
            }
            return new MagPolicy(name, grePolicy, mobileNodes, operator, prefixes, alwaysUdp, translators,
                    translatedDataPort, OptionalLong.of(most), silent);
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
            return mobileNodes.isEmpty() || mobileNodes.get().contains(mobileNode);
        }

        /** The prefixes that it may register; empty for all. */
        public Optional<List<Ip6Prefix>> prefixes() {
            return prefixes;
        }

        /** Whether the gateway may register sessions with this prefix. */
        public boolean mayRegister(Ip6Prefix prefix) {
            return prefixes.map(all -> all.stream().anyMatch(one -> one.contains(prefix))).orElse(true);
        }

        /** Whether IPv4 tunnels without GRE are always in UDP. */
        public boolean alwaysUdp() {
            return alwaysUdp;
        }

        /** Whether messages of the gateway may come from this address besides its own. */
        public boolean translatedBy(IpAddress source) {
            return source.isIp4() && translators.stream().anyMatch(one -> one.contains(source.getIp4Address()));
        }

        /** UDP port from which user packets come through its translator, where that is fixed. */
        public OptionalInt translatedDataPort() {
            return translatedDataPort;
        }

        /** How many sessions it may have. */
        public OptionalLong sessionCap() {
            return sessionCap;
        }

        /** Whether a request over the cap is ignored. */
        public boolean silentOverCap() {
            return silentOverCap;
        }
    }
}
