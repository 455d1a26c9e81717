// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;

/**
 * What an anchor accepted: the fields of a Binding Update List entry that come from its acknowledgement
 * (draft-ietf-netlmm-proxymip6-10 section 6.1, RFC 5845 section 4.1). Immutable.
 */
public final class Binding {

    private final List<Ip6Prefix> prefixes;
    private final Optional<Ipv4Home> ipv4Home;
    private final boolean dhcpServer;
    private final Ip6Address linkLocal;
    private final TunnelFormat format;
    private final GreMode gre;
    private final long downlinkKey;
    private final long uplinkKey;
    private final int lifetime;
    private final long sentAt;

    private Binding(Builder from) {
        prefixes = List.copyOf(from.prefixes);
        ipv4Home = from.ipv4Home;
        dhcpServer = from.dhcpServer;
        linkLocal = from.linkLocal;
        format = from.format;
        gre = from.gre;
        downlinkKey = from.gre == GreMode.KEYS ? from.downlinkKey : 0;
        uplinkKey = from.gre == GreMode.KEYS ? from.uplinkKey : 0;
        lifetime = from.lifetime;
        sentAt = from.sentAt;
    }

    /** Begins a binding without prefixes, in IPv6. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        return builder().prefixes(prefixes).ipv4(ipv4Home, dhcpServer).linkLocal(linkLocal).tunnel(format)
                .gre(gre, downlinkKey, uplinkKey).lifetime(lifetime, sentAt);
    }

    /** The home network prefixes. */
    public List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    /** The IPv4 home address with its subnet and default router. */
    public Optional<Ipv4Home> ipv4Home() {
        return ipv4Home;
    }

    /** Whether the gateway answers DHCP for the IPv4 home address itself (RFC 5844 section 3.3.4); else it relays. */
    public boolean dhcpServer() {
        return dhcpServer;
    }

    /** What the Link-local Address option of the acknowledgement held; unspecified if there was none. */
    public Ip6Address linkLocal() {
        return linkLocal;
    }

    /** How user packets are encapsulated. */
    public TunnelFormat format() {
        return format;
    }

    /** The GRE flag, and whether keys go with it. */
    public GreMode gre() {
        return gre;
    }

    /** The key that the gateway chose for traffic to it; 0 unless {@link #gre} is KEYS. */
    public long downlinkKey() {
        return downlinkKey;
    }

    /** The key that the anchor chose for traffic to it; 0 unless {@link #gre} is KEYS. */
    public long uplinkKey() {
        return uplinkKey;
    }

    /** The UDP TLV-header flag: never set without GRE and UDP. */
    public boolean tlvHeader() {
        return format == TunnelFormat.GRE_IPV4_UDP_TLV;
    }

    /** The lifetime granted, in units of 4 s. */
    public int lifetime() {
        return lifetime;
    }

    /** When the request was sent that the lifetime counts from: the anchor can only have begun later. */
    public long sentAt() {
        return sentAt;
    }

    /** When the binding ends, on the scale of {@link org.pmip.protocol.lma.Moment#millis}. */
    public long endsAt() {
        return sentAt + lifetime * 4_000L;
    }

    /** Whether the data plane treats both alike. */
    public boolean forwardsLike(Binding other) {
        return prefixes.equals(other.prefixes) && ipv4Home.equals(other.ipv4Home) && format == other.format
                && gre == other.gre && downlinkKey == other.downlinkKey && uplinkKey == other.uplinkKey;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binding && forwardsLike((Binding) other)
                && dhcpServer == ((Binding) other).dhcpServer && linkLocal.equals(((Binding) other).linkLocal)
                && lifetime == ((Binding) other).lifetime && sentAt == ((Binding) other).sentAt;
    }

    @Override
    public int hashCode() {
        return Objects.hash(prefixes, ipv4Home, format, sentAt);
    }

    @Override
    public String toString() {
        return prefixes + ipv4Home.map(home -> " " + home).orElse("") + " " + format + " gre " + gre
                + (gre == GreMode.KEYS ? String.format(" down 0x%08x up 0x%08x", downlinkKey, uplinkKey) : "")
                + " " + lifetime * 4L + "s";
    }

    /** Collects the fields; not thread-safe. */
    public static final class Builder {
        private List<Ip6Prefix> prefixes = List.of();
        private Optional<Ipv4Home> ipv4Home = Optional.empty();
        private boolean dhcpServer;
        private Ip6Address linkLocal = Ip6Address.ZERO;
        private TunnelFormat format = TunnelFormat.IPV6;
        private GreMode gre = GreMode.NONE;
        private long downlinkKey;
        private long uplinkKey;
        private int lifetime;
        private long sentAt;

        private Builder() {
        }

        /** See {@link Binding#prefixes}. */
        public Builder prefixes(List<Ip6Prefix> value) {
            prefixes = value;
            return this;
        }

        /** See {@link Binding#ipv4Home} and {@link Binding#dhcpServer}. */
        public Builder ipv4(Optional<Ipv4Home> home, boolean server) {
            ipv4Home = home;
            dhcpServer = server;
            return this;
        }

        /** See {@link Binding#linkLocal}. */
        public Builder linkLocal(Ip6Address value) {
            linkLocal = value;
            return this;
        }

        /** See {@link Binding#format}. */
        public Builder tunnel(TunnelFormat value) {
            format = value;
            return this;
        }

        /** See {@link Binding#gre} and the keys, which count only if the mode is KEYS. */
        public Builder gre(GreMode mode, long downlink, long uplink) {
            gre = mode;
            downlinkKey = downlink;
            uplinkKey = uplink;
            return this;
        }

        /** See {@link Binding#lifetime} and {@link Binding#sentAt}. */
        public Builder lifetime(int units, long sent) {
            lifetime = units;
            sentAt = sent;
            return this;
        }

        /** Makes the binding. */
        public Binding build() {
            return new Binding(this);
        }
    }
}
