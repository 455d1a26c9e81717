// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;

/**
 * The policy profile of a mobile node as its gateway needs it (draft-ietf-netlmm-proxymip6-10 section 6.2). Immutable;
 * changed by the {@code with} methods.
 */
public final class MagProfile {

    private final boolean mobilityService;
    private final boolean plainAccess;
    private final String anchor;
    private final List<Ip6Prefix> prefixes;
    private final boolean ipv6Service;
    private final boolean ipv4Service;
    private final Optional<Ip4Address> ipv4HomeAddress;
    private final OptionalInt lifetime;
    private final Optional<GreWish> gre;

    private MagProfile(boolean mobilityService, boolean plainAccess, String anchor, List<Ip6Prefix> prefixes,
                       boolean ipv6Service, boolean ipv4Service, Optional<Ip4Address> ipv4HomeAddress,
                       OptionalInt lifetime, Optional<GreWish> gre) {
        this.mobilityService = mobilityService;
        this.plainAccess = plainAccess;
        this.anchor = anchor;
        this.prefixes = List.copyOf(prefixes);
        this.ipv6Service = ipv6Service;
        this.ipv4Service = ipv4Service;
        this.ipv4HomeAddress = ipv4HomeAddress;
        this.lifetime = lifetime;
        this.gre = gre;
    }

    /** A node with IPv6 service through an anchor, everything else as that decides. */
    public static MagProfile of(String anchor) {
        return new MagProfile(true, false, Objects.requireNonNull(anchor, "anchor"), List.of(), true, false,
                Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    /**
     * A node without the mobility service.
     *
     * @param plainAccess whether it may use the visited network's own prefix (section 6.14)
     */
    public static MagProfile withoutService(boolean plainAccess) {
        return new MagProfile(false, plainAccess, "", List.of(), false, false, Optional.empty(), OptionalInt.empty(),
                Optional.empty());
    }

    /** The same with prefixes to ask for. */
    public MagProfile withPrefixes(List<Ip6Prefix> wanted) {
        return new MagProfile(mobilityService, plainAccess, anchor, wanted, ipv6Service, ipv4Service,
                ipv4HomeAddress, lifetime, gre);
    }

    /**
     * The same with other services.
     *
     * @throws IllegalArgumentException if there is neither of them
     */
    public MagProfile withServices(boolean ipv6, boolean ipv4, Optional<Ip4Address> address) {
        if (!ipv6 && !ipv4) {
            throw new IllegalArgumentException("neither IPv6 nor IPv4 service: use withoutService");
        }
        return new MagProfile(mobilityService, plainAccess, anchor, prefixes, ipv6, ipv4, address, lifetime, gre);
    }

    /** The same with a lifetime to ask for, in seconds, 4 to 262140. */
    public MagProfile withLifetime(int seconds) {
        return new MagProfile(mobilityService, plainAccess, anchor, prefixes, ipv6Service, ipv4Service,
                ipv4HomeAddress, OptionalInt.of(MagParameters.lifetime(seconds)), gre);
    }

    /** The same with a GRE policy of its own. */
    public MagProfile withGre(GreWish wish) {
        return new MagProfile(mobilityService, plainAccess, anchor, prefixes, ipv6Service, ipv4Service,
                ipv4HomeAddress, lifetime, Optional.of(wish));
    }

    /** The same with another anchor. */
    public MagProfile withAnchor(String name) {
        return new MagProfile(mobilityService, plainAccess, name, prefixes, ipv6Service, ipv4Service,
                ipv4HomeAddress, lifetime, gre);
    }

    /** Whether the node gets network-based mobility. */
    public boolean mobilityService() {
        return mobilityService;
    }

    /** Whether the node without it may use the visited network's own prefix. */
    public boolean plainAccess() {
        return plainAccess;
    }

    /** The name of its anchor. */
    public String anchor() {
        return anchor;
    }

    /** Prefixes to ask for; none leaves the choice to the anchor. */
    public List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    /** Whether a home network prefix is asked for. */
    public boolean ipv6Service() {
        return ipv6Service;
    }

    /** Whether an IPv4 home address is asked for. */
    public boolean ipv4Service() {
        return ipv4Service;
    }

    /** The IPv4 home address to ask for; none leaves the choice to the anchor. */
    public Optional<Ip4Address> ipv4HomeAddress() {
        return ipv4HomeAddress;
    }

    /** The lifetime to ask for, in units of 4 s. */
    public OptionalInt lifetime() {
        return lifetime;
    }

    /** The GRE policy of this node. */
    public Optional<GreWish> gre() {
        return gre;
    }
}
