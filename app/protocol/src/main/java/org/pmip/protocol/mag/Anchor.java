// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;

/** A local mobility anchor as a gateway knows it: addresses, transport and agreements. Immutable. */
public final class Anchor {

    private final String name;
    private final Ip6Address lmaa;
    private final Optional<Ip4Address> ipv4Lmaa;
    private final boolean forceUdp;
    private final boolean nat;
    private final Optional<GreWish> gre;

    private Anchor(String name, Ip6Address lmaa, Optional<Ip4Address> ipv4Lmaa, boolean forceUdp, boolean nat,
                   Optional<GreWish> gre) {
        this.name = Objects.requireNonNull(name, "name");
        this.lmaa = lmaa;
        this.ipv4Lmaa = ipv4Lmaa;
        this.forceUdp = forceUdp;
        this.nat = nat;
        this.gre = gre;
    }

    /** An anchor that is reached over IPv6. */
    public static Anchor overIpv6(String name, Ip6Address lmaa) {
        return new Anchor(name, Objects.requireNonNull(lmaa, "lmaa"), Optional.empty(), false, false,
                Optional.empty());
    }

    /**
     * An anchor that is reached over IPv4.
     *
     * @param forceUdp ForceIPv4UDPEncapsulationSupport of RFC 5844 section 5.2
     * @param nat whether an address translator is known to stand on the path, so that only UDP gets through
     */
    public static Anchor overIpv4(String name, Ip4Address lmaa, boolean forceUdp, boolean nat) {
        return new Anchor(name, Ip6Address.ZERO, Optional.of(lmaa), forceUdp, nat, Optional.empty());
    }

    /** The same with an agreement of this pair of gateways and anchor about GRE. */
    public Anchor withGre(GreWish wish) {
        return new Anchor(name, lmaa, ipv4Lmaa, forceUdp, nat, Optional.of(wish));
    }

    /** The key under which profiles name it. */
    public String name() {
        return name;
    }

    /** The transport network. */
    public Transport transport() {
        return ipv4Lmaa.isPresent() ? Transport.IPV4 : Transport.IPV6;
    }

    /** Where Proxy Binding Updates go. */
    public IpAddress address() {
        return ipv4Lmaa.isPresent() ? ipv4Lmaa.get() : lmaa;
    }

    /** Whether the F flag is sent. */
    public boolean forceUdp() {
        return forceUdp;
    }

    /** Whether an address translator is known to stand on the path. */
    public boolean nat() {
        return nat;
    }

    /** The agreement about GRE with this anchor. */
    public Optional<GreWish> gre() {
        return gre;
    }

    /** Whether both are the same anchor, reached in the same way, whatever was agreed about GRE. */
    boolean sameWay(Anchor other) {
        return name.equals(other.name) && address().equals(other.address()) && forceUdp == other.forceUdp
                && nat == other.nat;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Anchor && sameWay((Anchor) other) && gre.equals(((Anchor) other).gre);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, address());
    }

    @Override
    public String toString() {
        return name + " " + address();
    }
}
