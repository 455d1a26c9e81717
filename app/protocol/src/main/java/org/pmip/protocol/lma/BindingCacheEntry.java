// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;

/**
 * A Binding Cache Entry: one mobility session of one mobile node, with the fields of
 * draft-ietf-netlmm-proxymip6-10 section 5.1, RFC 5845 section 5.1 and RFC 5844 sections 3.1.1 and 4.1.1. Its
 * Mobile Node Identifier stands in the {@link MobileNodeRecord} that holds it, and the proxy registration flag is
 * always on: the anchor keeps no other kind. Immutable; changed through {@link #toBuilder}.
 */
public final class BindingCacheEntry {

    /** Where a session stands. */
    public enum State {
        /** Registered: traffic flows. */
        ACTIVE,
        /** De-registered and waiting for MinDelayBeforeBCEDelete: traffic is dropped. */
        ENDING
    }

    /** No sequence number was accepted in this session yet. */
    public static final int NO_SEQUENCE = -1;
    private static final int DIGEST_OCTETS = 16;

    private final long sessionId;
    private final State state;
    private final byte[] linkLayerIdentifier;
    private final Ip6Address linkLocalAddress;
    private final List<Ip6Prefix> prefixes;
    private final Optional<Ipv4Home> ipv4Home;
    private final int accessTechnology;
    private final long timestamp;
    private final int sequence;
    private final IpAddress proxyCoa;
    private final IpAddress lmaAddress;
    private final IpAddress peerAddress;
    private final int peerPort;
    private final int operator;
    private final GreMode gre;
    private final long downlinkKey;
    private final long uplinkKey;
    private final boolean tlvHeader;
    private final int lifetime;
    private final long acceptedAt;
    private final long deadline;
    /** As two numbers: over a million sessions an array for each costs memory and time. */
    private final boolean hasDigest;
    private final long digestHigh;
    private final long digestLow;
    private final byte[] answer;

    private BindingCacheEntry(Builder from) {
        sessionId = from.sessionId;
        state = from.state;
        linkLayerIdentifier = from.linkLayerIdentifier;
        linkLocalAddress = from.linkLocalAddress;
        prefixes = List.copyOf(from.prefixes);
        ipv4Home = from.ipv4Home;
        accessTechnology = from.accessTechnology;
        timestamp = from.timestamp;
        sequence = from.sequence;
        proxyCoa = Objects.requireNonNull(from.proxyCoa, "proxyCoa");
        lmaAddress = Objects.requireNonNull(from.lmaAddress, "lmaAddress");
        peerAddress = from.peerAddress == null ? proxyCoa : from.peerAddress;
        peerPort = from.peerPort;
        operator = from.operator;
        gre = from.gre;
        downlinkKey = from.gre == GreMode.KEYS ? from.downlinkKey : 0;
        uplinkKey = from.gre == GreMode.KEYS ? from.uplinkKey : 0;
        tlvHeader = from.tlvHeader;
        lifetime = from.lifetime;
        acceptedAt = from.acceptedAt;
        deadline = from.deadline;
        hasDigest = from.hasDigest;
        digestHigh = from.digestHigh;
        digestLow = from.digestLow;
        answer = from.answer;
    }

    /** Names the session in the data plane: 1 to 2^32-1, unique at this anchor while the session lives. */
    public long sessionId() {
        return sessionId;
    }

    /** Where the session stands. */
    public State state() {
        return state;
    }

    /** The interface's link-layer identifier; two zero octets if the request had none (RFC 5213 section 5.1). */
    public byte[] linkLayerIdentifier() {
        return linkLayerIdentifier.clone();
    }

    /** The gateway's link-local address on the point-to-point link (RFC 5213 section 5.1). */
    public Ip6Address linkLocalAddress() {
        return linkLocalAddress;
    }

    /** The home network prefixes; none only if the session has an {@link #ipv4Home}. */
    public List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    /** The IPv4 part of the session, if it has one. */
    public Optional<Ipv4Home> ipv4Home() {
        return ipv4Home;
    }

    /** The access technology type of the last accepted request. */
    public int accessTechnology() {
        return accessTechnology;
    }

    /** The Timestamp option of the last accepted request, 48.16 fixed point; 0 if it had none. */
    public long timestamp() {
        return timestamp;
    }

    /** The last accepted sequence number, or {@link #NO_SEQUENCE} while the session is ordered by timestamps. */
    public int sequence() {
        return sequence;
    }

    /** Who serves the node: the gateway's Proxy Care-of Address or IPv4-Proxy-CoA. */
    public IpAddress proxyCoa() {
        return proxyCoa;
    }

    /** The tunnel's near end, the LMAA or IPv4-LMAA that the request was sent to; of {@link #peerAddress}'s family. */
    public IpAddress lmaAddress() {
        return lmaAddress;
    }

    /** The tunnel's far end: {@link #proxyCoa}, or what a translator on the path has made of it. */
    public IpAddress peerAddress() {
        return peerAddress;
    }

    /** The UDP port of the tunnel's far end, perhaps a translated one; 0 if the tunnel is without UDP. */
    public int peerPort() {
        return peerPort;
    }

    /** Whether the tunnel is in UDP; so only over IPv4 (RFC 5844 section 4). */
    public boolean udp() {
        return peerPort != 0;
    }

    /** The IPv4-Proxy-CoA field of RFC 5844 section 4.1.1: 0.0.0.0 if the node was registered over IPv6. */
    public Ip4Address ipv4ProxyCoa() {
        return peerAddress.isIp4() ? peerAddress.getIp4Address() : Ip4Address.ZERO;
    }

    /** The routing domain of the node's traffic. */
    public int operator() {
        return operator;
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

    /** The UDP TLV-header flag of RFC 5845 section 5.1: GRE behind a TLV header in UDP; never without either. */
    public boolean tlvHeader() {
        return tlvHeader;
    }

    /** The lifetime granted last, in units of 4 s. */
    public int lifetime() {
        return lifetime;
    }

    /** When the last request was accepted, on the scale of {@link Moment#millis}. */
    public long acceptedAt() {
        return acceptedAt;
    }

    /** When the lifetime, or the wait of an ending session, is over, on the scale of {@link Moment#millis}. */
    public long deadline() {
        return deadline;
    }

    /** Whether a request is the one accepted last, octet for octet. */
    public boolean accepted(byte[] digest) {
        return Arrays.equals(requestDigest(), digest);
    }

    /** Digest of the request accepted last, 16 octets; none if there was no such request. */
    public byte[] requestDigest() {
        return hasDigest ? ByteBuffer.allocate(DIGEST_OCTETS).putLong(digestHigh).putLong(digestLow).array()
                : new byte[0];
    }

    /** The Mobility Header that answered the request accepted last, its checksum field included. */
    public byte[] answer() {
        return answer.clone();
    }

    /** Whether the interface is the one with this identifier. */
    public boolean sameInterface(byte[] identifier) {
        return Arrays.equals(linkLayerIdentifier, identifier);
    }

    /** Whether the entry's link-layer identifier is all zero, that is, unknown. */
    public boolean interfaceUnknown() {
        for (byte octet : linkLayerIdentifier) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.sessionId = sessionId;
        builder.state = state;
        builder.linkLayerIdentifier = linkLayerIdentifier;
        builder.linkLocalAddress = linkLocalAddress;
        builder.prefixes = prefixes;
        builder.ipv4Home = ipv4Home;
        builder.accessTechnology = accessTechnology;
        builder.timestamp = timestamp;
        builder.sequence = sequence;
        builder.proxyCoa = proxyCoa;
        builder.lmaAddress = lmaAddress;
        builder.peerAddress = peerAddress;
        builder.peerPort = peerPort;
        builder.operator = operator;
        builder.gre = gre;
        builder.downlinkKey = downlinkKey;
        builder.uplinkKey = uplinkKey;
        builder.tlvHeader = tlvHeader;
        builder.lifetime = lifetime;
        builder.acceptedAt = acceptedAt;
        builder.deadline = deadline;
        builder.hasDigest = hasDigest;
        builder.digestHigh = digestHigh;
        builder.digestLow = digestLow;
        builder.answer = answer;
        return builder;
    }

    /** Begins a new entry. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof BindingCacheEntry)) {
            return false;
        }
        BindingCacheEntry that = (BindingCacheEntry) other;
        return sessionId == that.sessionId && state == that.state
                && Arrays.equals(linkLayerIdentifier, that.linkLayerIdentifier)
                && linkLocalAddress.equals(that.linkLocalAddress) && prefixes.equals(that.prefixes)
                && ipv4Home.equals(that.ipv4Home)
                && accessTechnology == that.accessTechnology && timestamp == that.timestamp
                && sequence == that.sequence && proxyCoa.equals(that.proxyCoa)
                && lmaAddress.equals(that.lmaAddress) && peerAddress.equals(that.peerAddress)
                && peerPort == that.peerPort && operator == that.operator && gre == that.gre
                && downlinkKey == that.downlinkKey && uplinkKey == that.uplinkKey && tlvHeader == that.tlvHeader
                && lifetime == that.lifetime && acceptedAt == that.acceptedAt && deadline == that.deadline
                && hasDigest == that.hasDigest && digestHigh == that.digestHigh && digestLow == that.digestLow
                && Arrays.equals(answer, that.answer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sessionId, state, prefixes, proxyCoa, deadline);
    }

    @Override
    public String toString() {
        return "session " + sessionId + " " + state + " " + prefixes + ipv4Home.map(home -> " " + home).orElse("")
                + " at " + proxyCoa + (peerAddress.equals(proxyCoa) ? "" : " behind " + peerAddress)
                + (udp() ? " udp " + peerPort : "") + " gre " + gre + (tlvHeader ? " tlv" : "")
                + (gre == GreMode.KEYS ? String.format(" down 0x%08x up 0x%08x", downlinkKey, uplinkKey) : "");
    }

    /** Collects the fields of an entry; not thread-safe. */
    public static final class Builder {
        private long sessionId;
        private State state = State.ACTIVE;
        private byte[] linkLayerIdentifier = new byte[2];
        private Ip6Address linkLocalAddress = Ip6Address.ZERO;
        private List<Ip6Prefix> prefixes = List.of();
        private Optional<Ipv4Home> ipv4Home = Optional.empty();
        private int accessTechnology;
        private long timestamp;
        private int sequence = NO_SEQUENCE;
        private IpAddress proxyCoa;
        private IpAddress lmaAddress;
        private IpAddress peerAddress;
        private int peerPort;
        private int operator = 1;
        private GreMode gre = GreMode.NONE;
        private long downlinkKey;
        private long uplinkKey;
        private boolean tlvHeader;
        private int lifetime;
        private long acceptedAt;
        private long deadline;
        private boolean hasDigest;
        private long digestHigh;
        private long digestLow;
        private byte[] answer = new byte[0];

        private Builder() {
        }

        /** See {@link BindingCacheEntry#sessionId}. */
        public Builder sessionId(long value) {
            sessionId = value;
            return this;
        }

        /** See {@link BindingCacheEntry#state}. */
        public Builder state(State value) {
            state = value;
            return this;
        }

        /** See {@link BindingCacheEntry#linkLayerIdentifier}. */
        public Builder linkLayerIdentifier(byte[] value) {
            if (!Arrays.equals(linkLayerIdentifier, value)) {
                linkLayerIdentifier = value.clone();
            }
            return this;
        }

        /** See {@link BindingCacheEntry#linkLocalAddress}. */
        public Builder linkLocalAddress(Ip6Address value) {
            linkLocalAddress = value;
            return this;
        }

        /** See {@link BindingCacheEntry#prefixes}. */
        public Builder prefixes(List<Ip6Prefix> value) {
            prefixes = value;
            return this;
        }

        /** See {@link BindingCacheEntry#ipv4Home}. */
        public Builder ipv4Home(Optional<Ipv4Home> value) {
            ipv4Home = value;
            return this;
        }

        /** See {@link BindingCacheEntry#accessTechnology}. */
        public Builder accessTechnology(int value) {
            accessTechnology = value;
            return this;
        }

        /** See {@link BindingCacheEntry#timestamp} and {@link BindingCacheEntry#sequence}. */
        public Builder order(long acceptedTimestamp, int acceptedSequence) {
            timestamp = acceptedTimestamp;
            sequence = acceptedSequence;
            return this;
        }

        /** See {@link BindingCacheEntry#proxyCoa} and {@link BindingCacheEntry#lmaAddress}; no UDP, no translator. */
        public Builder tunnel(IpAddress far, IpAddress near) {
            return tunnel(far, near, far, 0);
        }

        /** See {@link BindingCacheEntry#peerAddress} and {@link BindingCacheEntry#peerPort} for the last two. */
        public Builder tunnel(IpAddress gateway, IpAddress near, IpAddress far, int port) {
            proxyCoa = gateway;
            lmaAddress = near;
            peerAddress = far;
            peerPort = port;
            return this;
        }

        /** See {@link BindingCacheEntry#operator}. */
        public Builder operator(int value) {
            operator = value;
            return this;
        }

        /** See {@link BindingCacheEntry#gre} and the keys, which count only if the mode is KEYS. */
        public Builder gre(GreMode mode, long downlink, long uplink) {
            gre = mode;
            downlinkKey = downlink;
            uplinkKey = uplink;
            return this;
        }

        /** See {@link BindingCacheEntry#tlvHeader}. */
        public Builder tlvHeader(boolean value) {
            tlvHeader = value;
            return this;
        }

        /** See {@link BindingCacheEntry#lifetime}. */
        public Builder lifetime(int value) {
            lifetime = value;
            return this;
        }

        /** See {@link BindingCacheEntry#acceptedAt} and {@link BindingCacheEntry#deadline}. */
        public Builder times(long accepted, long until) {
            acceptedAt = accepted;
            deadline = until;
            return this;
        }

        /** See {@link BindingCacheEntry#requestDigest}, 0 or 16 octets, and {@link BindingCacheEntry#answer}. */
        public Builder exchange(byte[] request, byte[] reply) {
            if (request.length != 0 && request.length != DIGEST_OCTETS) {
                throw new IllegalArgumentException("the digest has " + request.length + " octets: use 0 or 16");
            }
            hasDigest = request.length > 0;
            digestHigh = hasDigest ? ByteBuffer.wrap(request).getLong(0) : 0;
            digestLow = hasDigest ? ByteBuffer.wrap(request).getLong(Long.BYTES) : 0;
            answer = reply.clone();
            return this;
        }

        /** Makes the entry. */
        public BindingCacheEntry build() {
            return new BindingCacheEntry(this);
        }
    }
}
