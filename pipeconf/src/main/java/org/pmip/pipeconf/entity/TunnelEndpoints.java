// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * The outer header of a tunnel that begins here.
 */
public final class TunnelEndpoints extends Entry {
    /** Of RFC 8200's 1280 octets for the inner packet, and 48 for IPv6 and GRE with key. */
    private static final int MIN_MTU = 1328;
    private static final int DEFAULT_MTU = 1500;
    private static final int DEFAULT_HOP_LIMIT = 64;

    private final long tunnelId;
    private final IpAddress source;
    private final IpAddress destination;
    private final int hopLimit;
    private final int mtu;

    private TunnelEndpoints(Builder builder) {
        super(P4.TunnelEndpoints.TABLE,
                new Key().exact(P4.TunnelEndpoints.TUNNEL_ID, builder.tunnelId, P4.TunnelEndpoints.TUNNEL_ID_BITS),
                Act.of(P4.TunnelEndpoints.Ip6Path.ACTION)
                        .with(P4.TunnelEndpoints.Ip6Path.SOURCE, builder.source)
                        .with(P4.TunnelEndpoints.Ip6Path.DESTINATION, builder.destination)
                        .with(P4.TunnelEndpoints.Ip6Path.HOP_LIMIT, builder.hopLimit,
                                P4.TunnelEndpoints.Ip6Path.HOP_LIMIT_BITS)
                        .with(P4.TunnelEndpoints.Ip6Path.MTU, builder.mtu, P4.TunnelEndpoints.Ip6Path.MTU_BITS));
        tunnelId = builder.tunnelId;
        source = builder.source;
        destination = builder.destination;
        hopLimit = builder.hopLimit;
        mtu = builder.mtu;
    }

    /**
     * Returns a builder.
     *
     * @return a builder with no values but the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a flow rule of this table.
     *
     * @param rule a rule, as {@link #toFlowRule} makes it or the switch reports it
     * @return the entity
     * @throws IllegalArgumentException if the rule is not one of this table or lacks something
     */
    public static TunnelEndpoints fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.TunnelEndpoints.TABLE).expect(P4.TunnelEndpoints.Ip6Path.ACTION);
        return builder()
                .tunnelId(reader.number(P4.TunnelEndpoints.TUNNEL_ID))
                .source(reader.address(P4.TunnelEndpoints.Ip6Path.SOURCE))
                .destination(reader.address(P4.TunnelEndpoints.Ip6Path.DESTINATION))
                .hopLimit((int) reader.number(P4.TunnelEndpoints.Ip6Path.HOP_LIMIT))
                .mtu((int) reader.number(P4.TunnelEndpoints.Ip6Path.MTU))
                .build();
    }

    /**
     * Returns the tunnel.
     *
     * @return 1 to 4294967295
     */
    public long tunnelId() {
        return tunnelId;
    }

    /**
     * Returns our address.
     *
     * @return LMAA at the anchor
     */
    public IpAddress source() {
        return source;
    }

    /**
     * Returns the peer's address.
     *
     * @return Proxy-CoA at the anchor
     */
    public IpAddress destination() {
        return destination;
    }

    /**
     * Returns the hop limit of outer packets.
     *
     * @return 1 to 255
     */
    public int hopLimit() {
        return hopLimit;
    }

    /**
     * Returns the largest outer packet.
     *
     * @return octets, IP header included, 1328 to 65535
     */
    public int mtu() {
        return mtu;
    }

    @Override
    public String toString() {
        return "TunnelEndpoints{tunnelId=" + tunnelId + ", source=" + source + ", destination=" + destination
                + ", hopLimit=" + hopLimit + ", mtu=" + mtu + "}";
    }

    /** Builder of {@link TunnelEndpoints}. */
    public static final class Builder {
        private Long tunnelId;
        private IpAddress source;
        private IpAddress destination;
        private int hopLimit = DEFAULT_HOP_LIMIT;
        private int mtu = DEFAULT_MTU;

        private Builder() {
        }

        /**
         * Sets the tunnel.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder tunnelId(long value) {
            tunnelId = value;
            return this;
        }

        /**
         * Sets our address.
         *
         * @param value LMAA at the anchor
         * @return this builder
         */
        public Builder source(IpAddress value) {
            source = value;
            return this;
        }

        /**
         * Sets the peer's address.
         *
         * @param value Proxy-CoA at the anchor
         * @return this builder
         */
        public Builder destination(IpAddress value) {
            destination = value;
            return this;
        }

        /**
         * Sets the hop limit of outer packets.
         *
         * @param value 1 to 255; default 64
         * @return this builder
         */
        public Builder hopLimit(int value) {
            hopLimit = value;
            return this;
        }

        /**
         * Sets the largest outer packet.
         *
         * @param value octets, IP header included, 1328 to 65535; default 1500
         * @return this builder
         */
        public Builder mtu(int value) {
            mtu = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public TunnelEndpoints build() {
            Check.id("tunnelId", tunnelId);
            Check.unicast("source", source);
            Check.unicast("destination", destination);
            Check.sameFamily("source", source, "destination", destination);
            Check.range("hopLimit", hopLimit, 1, Check.MAX_8);
            Check.range("mtu (octets, outer header included)", mtu, MIN_MTU, Check.MAX_16);
            return new TunnelEndpoints(this);
        }
    }
}
