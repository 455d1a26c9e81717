// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * The outer header of a tunnel that begins here.
 */
public final class TunnelEndpoints extends Entry {
    /** What every IPv4 host takes in one piece (RFC 791); between IPv6 addresses no path has less than 1280. */
    private static final int MIN_MTU = 576;
    /** UDP port of tunnelled data (RFC 5844, section 4.1.4.1). */
    private static final int DATA_PORT = 5437;
    private static final int DEFAULT_MTU = 1500;
    private static final int DEFAULT_HOP_LIMIT = 64;

    private final long tunnelId;
    private final IpAddress source;
    private final IpAddress destination;
    private final int hopLimit;
    private final int mtu;
    private final int sourcePort;
    private final int destinationPort;

    private TunnelEndpoints(Builder builder) {
        super(P4.TunnelEndpoints.TABLE,
                new Key().exact(P4.TunnelEndpoints.TUNNEL_ID, builder.tunnelId, P4.TunnelEndpoints.TUNNEL_ID_BITS),
                builder.source.isIp6() ? ip6Path(builder) : ip4Path(builder));
        tunnelId = builder.tunnelId;
        source = builder.source;
        destination = builder.destination;
        hopLimit = builder.hopLimit;
        mtu = builder.mtu;
        sourcePort = builder.sourcePort;
        destinationPort = builder.destinationPort;
    }

    /**
     * Returns the same tunnel over another path.
     *
     * @param value the largest outer packet in octets, IP header included, 576 to 65535
     * @return an entity of the same table entry
     * @throws IllegalArgumentException if the value is out of range
     */
    public TunnelEndpoints withMtu(int value) {
        return builder().tunnelId(tunnelId).source(source).destination(destination).hopLimit(hopLimit).mtu(value)
                .sourcePort(sourcePort).destinationPort(destinationPort).build();
    }

    private static Act ip6Path(Builder builder) {
        return Act.of(P4.TunnelEndpoints.Ip6Path.ACTION)
                .with(P4.TunnelEndpoints.Ip6Path.SOURCE, builder.source)
                .with(P4.TunnelEndpoints.Ip6Path.DESTINATION, builder.destination)
                .with(P4.TunnelEndpoints.Ip6Path.HOP_LIMIT, builder.hopLimit,
                        P4.TunnelEndpoints.Ip6Path.HOP_LIMIT_BITS)
                .with(P4.TunnelEndpoints.Ip6Path.MTU, builder.mtu, P4.TunnelEndpoints.Ip6Path.MTU_BITS);
    }

    private static Act ip4Path(Builder builder) {
        return Act.of(P4.TunnelEndpoints.Ip4Path.ACTION)
                .with(P4.TunnelEndpoints.Ip4Path.SOURCE, Bits.number(builder.source),
                        P4.TunnelEndpoints.Ip4Path.SOURCE_BITS)
                .with(P4.TunnelEndpoints.Ip4Path.DESTINATION, Bits.number(builder.destination),
                        P4.TunnelEndpoints.Ip4Path.DESTINATION_BITS)
                .with(P4.TunnelEndpoints.Ip4Path.TTL, builder.hopLimit, P4.TunnelEndpoints.Ip4Path.TTL_BITS)
                .with(P4.TunnelEndpoints.Ip4Path.MTU, builder.mtu, P4.TunnelEndpoints.Ip4Path.MTU_BITS)
                .with(P4.TunnelEndpoints.Ip4Path.SOURCE_PORT, builder.sourcePort,
                        P4.TunnelEndpoints.Ip4Path.SOURCE_PORT_BITS)
                .with(P4.TunnelEndpoints.Ip4Path.DESTINATION_PORT, builder.destinationPort,
                        P4.TunnelEndpoints.Ip4Path.DESTINATION_PORT_BITS);
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
        RuleReader reader = new RuleReader(rule, P4.TunnelEndpoints.TABLE);
        Builder builder = builder().tunnelId(reader.number(P4.TunnelEndpoints.TUNNEL_ID));
        if (reader.does(P4.TunnelEndpoints.Ip4Path.ACTION)) {
            return builder.source(reader.ip4Address(P4.TunnelEndpoints.Ip4Path.SOURCE))
                    .destination(reader.ip4Address(P4.TunnelEndpoints.Ip4Path.DESTINATION))
                    .hopLimit((int) reader.number(P4.TunnelEndpoints.Ip4Path.TTL))
                    .mtu((int) reader.number(P4.TunnelEndpoints.Ip4Path.MTU))
                    .sourcePort((int) reader.number(P4.TunnelEndpoints.Ip4Path.SOURCE_PORT))
                    .destinationPort((int) reader.number(P4.TunnelEndpoints.Ip4Path.DESTINATION_PORT))
                    .build();
        }
        reader.expect(P4.TunnelEndpoints.Ip6Path.ACTION);
        return builder.source(reader.address(P4.TunnelEndpoints.Ip6Path.SOURCE))
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
     * @return octets, IP header included, 576 to 65535
     */
    public int mtu() {
        return mtu;
    }

    /**
     * Returns our UDP port, for encapsulations in UDP.
     *
     * @return 1 to 65535
     */
    public int sourcePort() {
        return sourcePort;
    }

    /**
     * Returns the peer's UDP port, for encapsulations in UDP.
     *
     * @return 1 to 65535
     */
    public int destinationPort() {
        return destinationPort;
    }

    @Override
    public String toString() {
        return "TunnelEndpoints{tunnelId=" + tunnelId + ", source=" + source + ", destination=" + destination
                + ", hopLimit=" + hopLimit + ", mtu=" + mtu
                + (source.isIp6() ? "" : ", sourcePort=" + sourcePort + ", destinationPort=" + destinationPort)
                + "}";
    }

    /** Builder of {@link TunnelEndpoints}. */
    public static final class Builder {
        private Long tunnelId;
        private IpAddress source;
        private IpAddress destination;
        private int hopLimit = DEFAULT_HOP_LIMIT;
        private int mtu = DEFAULT_MTU;
        private int sourcePort = DATA_PORT;
        private int destinationPort = DATA_PORT;

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
         * @param value octets, IP header included, 576 to 65535; default 1500
         * @return this builder
         */
        public Builder mtu(int value) {
            mtu = value;
            return this;
        }

        /**
         * Sets our UDP port, for encapsulations in UDP.
         *
         * @param value 1 to 65535; default 5437; IPv4 only
         * @return this builder
         */
        public Builder sourcePort(int value) {
            sourcePort = value;
            return this;
        }

        /**
         * Sets the peer's UDP port, for encapsulations in UDP: another than 5437 behind an address translator.
         *
         * @param value 1 to 65535; default 5437; IPv4 only
         * @return this builder
         */
        public Builder destinationPort(int value) {
            destinationPort = value;
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
            Check.range("sourcePort", sourcePort, 1, Check.MAX_16);
            Check.range("destinationPort", destinationPort, 1, Check.MAX_16);
            if (source.isIp6() && (sourcePort != DATA_PORT || destinationPort != DATA_PORT)) {
                throw new IllegalArgumentException("sourcePort and destinationPort have no place between IPv6 "
                        + "addresses; leave them out");
            }
            return new TunnelEndpoints(this);
        }
    }
}
