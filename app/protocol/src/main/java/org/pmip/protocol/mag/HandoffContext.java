// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.Ipv4Home;

/**
 * What a node has, or had, at a gateway that does not share this host's lists, told by context transfer
 * (draft-ietf-netlmm-proxymip6-10 sections 5.5, 6.2 and 6.9.1.1, RFC 5845 section 3.3.2). All of it is optional: what
 * is not known the anchor is asked for. Immutable.
 */
public final class HandoffContext {

    private final Optional<IpAddress> anchor;
    private final List<Ip6Prefix> prefixes;
    private final Optional<Ip4Address> ipv4HomeAddress;
    private final Ip6Address linkLocal;
    private final Ip6Address nodeLinkLocal;
    private final OptionalLong downlinkKey;
    private final OptionalInt sequence;

    private HandoffContext(Builder from) {
        anchor = from.anchor;
        prefixes = List.copyOf(from.prefixes);
        ipv4HomeAddress = from.ipv4HomeAddress;
        linkLocal = Objects.requireNonNull(from.linkLocal, "linkLocal");
        nodeLinkLocal = Objects.requireNonNull(from.nodeLinkLocal, "nodeLinkLocal");
        downlinkKey = from.downlinkKey;
        sequence = from.sequence;
    }

    /** Begins a context that knows nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a gateway of this host can tell of a session; empty while its anchor has not accepted it. */
    public static Optional<HandoffContext> of(BindingUpdateList list, BindingUpdateListEntry entry) {
        return entry.binding().map(binding -> builder().anchor(entry.anchor().address()).prefixes(binding.prefixes())
                .ipv4HomeAddress(binding.ipv4Home().map(Ipv4Home::address)).linkLocal(binding.linkLocal())
                .nodeLinkLocal(entry.attachment().nodeLinkLocal()).downlinkKey(entry.downlinkKey())
                .sequence(list.sequence()).build());
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        Builder builder = builder().prefixes(prefixes).ipv4HomeAddress(ipv4HomeAddress).linkLocal(linkLocal)
                .nodeLinkLocal(nodeLinkLocal).downlinkKey(downlinkKey);
        builder.anchor = anchor;
        builder.sequence = sequence;
        return builder;
    }

    /** The LMAA, or the IPv4-LMAA, by which the former gateway reaches the anchor. */
    public Optional<IpAddress> anchor() {
        return anchor;
    }

    /** The node's home network prefixes; none if they are not known. */
    public List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    /** The node's IPv4 home address. */
    public Optional<Ip4Address> ipv4HomeAddress() {
        return ipv4HomeAddress;
    }

    /** The gateway's address on the link; unspecified if it is not known. */
    public Ip6Address linkLocal() {
        return linkLocal;
    }

    /** The interface's own link-local address; unspecified if it is not known. */
    public Ip6Address nodeLinkLocal() {
        return nodeLinkLocal;
    }

    /** The downlink GRE key; only one that no session of this host has, or can get, may be handed in. */
    public OptionalLong downlinkKey() {
        return downlinkKey;
    }

    /** The Sequence field sent last for the node, 0 to 65535. */
    public OptionalInt sequence() {
        return sequence;
    }

    /** Whether it is of a session at that anchor, as far as it tells. */
    public boolean isOf(Anchor one) {
        return anchor.filter(address -> !address.equals(one.address())).isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof HandoffContext)) {
            return false;
        }
        HandoffContext that = (HandoffContext) other;
        return anchor.equals(that.anchor) && prefixes.equals(that.prefixes)
                && ipv4HomeAddress.equals(that.ipv4HomeAddress) && linkLocal.equals(that.linkLocal)
                && nodeLinkLocal.equals(that.nodeLinkLocal) && downlinkKey.equals(that.downlinkKey)
                && sequence.equals(that.sequence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(anchor, prefixes, ipv4HomeAddress, linkLocal, nodeLinkLocal, downlinkKey, sequence);
    }

    @Override
    public String toString() {
        return prefixes + ipv4HomeAddress.map(address -> " " + address).orElse("")
                + anchor.map(address -> " at " + address).orElse("") + " link-local " + linkLocal + " node "
                + nodeLinkLocal + (downlinkKey.isPresent() ? " key " + downlinkKey.getAsLong() : "")
                + (sequence.isPresent() ? " sequence " + sequence.getAsInt() : "");
    }

    /** Collects the fields; not thread-safe. */
    public static final class Builder {
        private static final int GREATEST_SEQUENCE = 0xffff;
        private static final long GREATEST_KEY = 0xffff_ffffL;

        private Optional<IpAddress> anchor = Optional.empty();
        private List<Ip6Prefix> prefixes = List.of();
        private Optional<Ip4Address> ipv4HomeAddress = Optional.empty();
        private Ip6Address linkLocal = Ip6Address.ZERO;
        private Ip6Address nodeLinkLocal = Ip6Address.ZERO;
        private OptionalLong downlinkKey = OptionalLong.empty();
        private OptionalInt sequence = OptionalInt.empty();

        private Builder() {
        }

        /** See {@link HandoffContext#anchor}. */
        public Builder anchor(IpAddress value) {
            anchor = Optional.of(value);
            return this;
        }

        /** See {@link HandoffContext#prefixes}. */
        public Builder prefixes(List<Ip6Prefix> value) {
            prefixes = value;
            return this;
        }

        /** See {@link HandoffContext#ipv4HomeAddress}. */
        public Builder ipv4HomeAddress(Optional<Ip4Address> value) {
            ipv4HomeAddress = value;
            return this;
        }

        /** See {@link HandoffContext#linkLocal}. */
        public Builder linkLocal(Ip6Address value) {
            linkLocal = value;
            return this;
        }

        /** See {@link HandoffContext#nodeLinkLocal}. */
        public Builder nodeLinkLocal(Ip6Address value) {
            nodeLinkLocal = value;
            return this;
        }

        /**
         * See {@link HandoffContext#downlinkKey}.
         *
         * @throws IllegalArgumentException if it is not from 0 to 2^32-1
         */
        public Builder downlinkKey(OptionalLong value) {
            value.ifPresent(key -> inRange("downlinkKey", key, GREATEST_KEY));
            downlinkKey = value;
            return this;
        }

        /**
         * See {@link HandoffContext#sequence}.
         *
         * @throws IllegalArgumentException if it is not from 0 to 65535
         */
        public Builder sequence(int value) {
            inRange("sequence", value, GREATEST_SEQUENCE);
            sequence = OptionalInt.of(value);
            return this;
        }

        private static void inRange(String name, long value, long greatest) {
            if (value < 0 || value > greatest) {
                throw new IllegalArgumentException(name + " is " + value + ": use a value from 0 to " + greatest);
            }
        }

        /** Makes the context. */
        public HandoffContext build() {
            return new HandoffContext(this);
        }
    }
}
