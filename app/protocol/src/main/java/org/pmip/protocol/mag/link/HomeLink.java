// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.Binding;

/**
 * What a mobile node is told of its emulated home link (draft-ietf-netlmm-proxymip6-10 sections 6.4, 6.7 and 6.9.3).
 * The same for a node on every link of the domain. Immutable.
 */
public final class HomeLink {

    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int UDP = 8;
    private static final int GRE = 4;
    private static final int GRE_KEY = 4;
    private static final int TLV = 4;

    private final boolean stateless;
    private final boolean stateful;
    private final int routerLifetime;
    private final OptionalLong prefixLifetime;
    private final int transportMtu;

    /**
     * Makes the parameters of a node's home link.
     *
     * @param stateless whether the node may make addresses itself
     * @param stateful whether the node may have addresses by DHCPv6
     * @param routerLifetime seconds; low, so that a router that was left is soon forgotten (section 6.9.3)
     * @param prefixLifetime seconds; empty ties it to what is left of the binding
     * @param transportMtu MTU between gateway and anchor
     */
    public HomeLink(boolean stateless, boolean stateful, int routerLifetime, OptionalLong prefixLifetime,
                    int transportMtu) {
        this.stateless = stateless;
        this.stateful = stateful;
        this.routerLifetime = routerLifetime;
        this.prefixLifetime = prefixLifetime;
        this.transportMtu = transportMtu;
    }

    /** Octets that the tunnel of a binding puts in front of a packet. */
    public static int overhead(Binding binding) {
        int gre = binding.gre() == GreMode.NONE ? 0 : GRE + (binding.gre() == GreMode.KEYS ? GRE_KEY : 0);
        switch (binding.format()) {
            case IPV6:
            case GRE_IPV6:
                return IPV6 + gre;
            case IPV4_UDP:
                return IPV4 + UDP;
            case GRE_IPV4_UDP_TLV:
                return IPV4 + UDP + TLV + gre;
            default:
                return IPV4 + gre;
        }
    }

    /** The MTU that fits the tunnel; below the least of IPv6 the tunnel has to fragment. */
    public int mtu(Binding binding) {
        return Math.max(RouterAdvertisement.LEAST_MTU, transportMtu - overhead(binding));
    }

    /**
     * What a node with this binding is told.
     *
     * @param millis the present, on the scale of the binding
     */
    public RouterAdvertisement advertisement(Binding binding, long millis) {
        long left = Math.max(0, (binding.endsAt() - millis) / 1_000);
        long lifetime = Math.min(prefixLifetime.orElse(left), left);
        return message((int) Math.min(routerLifetime, left), OptionalInt.of(mtu(binding)), binding.prefixes(),
                lifetime);
    }

    /** What a node is told whose prefixes are taken away: lifetime 0. It keeps its router if it keeps others. */
    public RouterAdvertisement withdrawal(List<Ip6Prefix> prefixes, boolean staysRouter) {
        return message(staysRouter ? routerLifetime : 0, OptionalInt.empty(), prefixes, 0);
    }

    private RouterAdvertisement message(int router, OptionalInt mtu, List<Ip6Prefix> prefixes, long lifetime) {
        return new RouterAdvertisement(stateful, stateful, router, mtu, prefixes.stream()
                .map(prefix -> PrefixInformation.of(prefix, stateless, lifetime)).collect(Collectors.toList()));
    }
}
