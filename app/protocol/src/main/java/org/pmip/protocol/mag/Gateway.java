// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;

/** A mobile access gateway that this host is: what is configured of it. Immutable. */
public final class Gateway {

    private final String name;
    private final Ip6Address proxyCoa;
    private final Optional<Ip4Address> ipv4ProxyCoa;
    private final Ip6Address linkLocal;
    private final Set<String> linksWithKeys;

    /**
     * Makes a gateway.
     *
     * @param name the key under which events and entries name it
     * @param proxyCoa source of its signalling and end of its tunnels over IPv6
     * @param ipv4ProxyCoa the same over IPv4
     * @param linkLocal its own address on access links, unspecified if it takes the one that the anchor names
     */
    public Gateway(String name, Ip6Address proxyCoa, Optional<Ip4Address> ipv4ProxyCoa, Ip6Address linkLocal) {
        this(name, proxyCoa, ipv4ProxyCoa, linkLocal, Set.of());
    }

    private Gateway(String name, Ip6Address proxyCoa, Optional<Ip4Address> ipv4ProxyCoa, Ip6Address linkLocal,
                    Set<String> linksWithKeys) {
        this.name = Objects.requireNonNull(name, "name");
        this.proxyCoa = Objects.requireNonNull(proxyCoa, "proxyCoa");
        this.ipv4ProxyCoa = Objects.requireNonNull(ipv4ProxyCoa, "ipv4ProxyCoa");
        this.linkLocal = Objects.requireNonNull(linkLocal, "linkLocal");
        this.linksWithKeys = Set.copyOf(linksWithKeys);
    }

    /**
     * The same with access links of other operators than that of its tunnels' packets without GRE keys: nodes there get
     * no service without keys, whatever was configured, since nothing else tells the operators' addresses apart.
     *
     * @param links as attachments name them
     */
    public Gateway withKeysOn(Set<String> links) {
        return new Gateway(name, proxyCoa, ipv4ProxyCoa, linkLocal, links);
    }

    /** Whether only keys tell the nodes of an access link from those of others. */
    public boolean needsKeysOn(String link) {
        return linksWithKeys.contains(link);
    }

    /** The key under which events and entries name it. */
    public String name() {
        return name;
    }

    /** The Proxy Care-of Address. */
    public Ip6Address proxyCoa() {
        return proxyCoa;
    }

    /** The IPv4 Proxy Care-of Address. */
    public Optional<Ip4Address> ipv4ProxyCoa() {
        return ipv4ProxyCoa;
    }

    /** Its own address on access links, or the unspecified address. */
    public Ip6Address linkLocal() {
        return linkLocal;
    }

    @Override
    public String toString() {
        return name + " " + proxyCoa;
    }
}
