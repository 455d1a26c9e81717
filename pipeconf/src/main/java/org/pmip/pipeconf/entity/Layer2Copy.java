// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * The headers of one copy of a flooded frame, by the instance of the multicast group's member. The member's port must
 * be the one to the next hop.
 */
public final class Layer2Copy extends Entry {
    private static final int DEFAULT_HOP_LIMIT = 64;

    private final int instance;
    private final IpAddress source;
    private final IpAddress destination;
    private final int hopLimit;
    private final long key;
    private final int vlanId;
    private final MacAddress sourceMac;
    private final MacAddress destinationMac;

    private Layer2Copy(Builder builder) {
        super(P4.Layer2Copies.TABLE,
                new Key().exact(P4.Layer2Copies.INSTANCE, builder.instance, P4.Layer2Copies.INSTANCE_BITS),
                action(builder));
        instance = builder.instance;
        source = builder.source;
        destination = builder.destination;
        hopLimit = builder.hopLimit;
        key = builder.key;
        vlanId = builder.vlanId;
        sourceMac = builder.sourceMac;
        destinationMac = builder.destinationMac;
    }

    private static Act action(Builder builder) {
        Act action = builder.source.isIp4()
                ? Act.of(P4.Layer2Copies.CopyOverIp4.ACTION)
                        .with(P4.Layer2Copies.CopyOverIp4.SOURCE, Bits.number(builder.source),
                                P4.Layer2Copies.CopyOverIp4.SOURCE_BITS)
                        .with(P4.Layer2Copies.CopyOverIp4.DESTINATION, Bits.number(builder.destination),
                                P4.Layer2Copies.CopyOverIp4.DESTINATION_BITS)
                        .with(P4.Layer2Copies.CopyOverIp4.TTL, builder.hopLimit, P4.Layer2Copies.CopyOverIp4.TTL_BITS)
                : Act.of(P4.Layer2Copies.CopyOverIp6.ACTION)
                        .with(P4.Layer2Copies.CopyOverIp6.SOURCE, builder.source)
                        .with(P4.Layer2Copies.CopyOverIp6.DESTINATION, builder.destination)
                        .with(P4.Layer2Copies.CopyOverIp6.HOP_LIMIT, builder.hopLimit,
                                P4.Layer2Copies.CopyOverIp6.HOP_LIMIT_BITS);
        /* What follows bears the same names in both actions. */
        return action.with(P4.Layer2Copies.CopyOverIp6.KEY, builder.key, P4.Layer2Copies.CopyOverIp6.KEY_BITS)
                .with(P4.Layer2Copies.CopyOverIp6.VLAN_ID, builder.vlanId, P4.Layer2Copies.CopyOverIp6.VLAN_ID_BITS)
                .with(P4.Layer2Copies.CopyOverIp6.SOURCE_MAC, builder.sourceMac)
                .with(P4.Layer2Copies.CopyOverIp6.DESTINATION_MAC, builder.destinationMac);
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
    public static Layer2Copy fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Layer2Copies.TABLE);
        Builder builder = builder().instance((int) reader.number(P4.Layer2Copies.INSTANCE));
        if (reader.does(P4.Layer2Copies.CopyOverIp4.ACTION)) {
            builder.source(reader.ip4Address(P4.Layer2Copies.CopyOverIp4.SOURCE))
                    .destination(reader.ip4Address(P4.Layer2Copies.CopyOverIp4.DESTINATION))
                    .hopLimit((int) reader.number(P4.Layer2Copies.CopyOverIp4.TTL));
        } else {
            reader.expect(P4.Layer2Copies.CopyOverIp6.ACTION);
            builder.source(reader.address(P4.Layer2Copies.CopyOverIp6.SOURCE))
                    .destination(reader.address(P4.Layer2Copies.CopyOverIp6.DESTINATION))
                    .hopLimit((int) reader.number(P4.Layer2Copies.CopyOverIp6.HOP_LIMIT));
        }
        return builder.key(reader.number(P4.Layer2Copies.CopyOverIp6.KEY))
                .vlanId((int) reader.number(P4.Layer2Copies.CopyOverIp6.VLAN_ID))
                .sourceMac(reader.mac(P4.Layer2Copies.CopyOverIp6.SOURCE_MAC))
                .destinationMac(reader.mac(P4.Layer2Copies.CopyOverIp6.DESTINATION_MAC))
                .build();
    }

    /**
     * Returns the instance of the member.
     *
     * @return 1 to 65535
     */
    public int instance() {
        return instance;
    }

    /**
     * Returns our address.
     *
     * @return the home agent's
     */
    public IpAddress source() {
        return source;
    }

    /**
     * Returns the peer's address.
     *
     * @return the care-of address
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
     * Returns the key.
     *
     * @return 0 to 4294967295
     */
    public long key() {
        return key;
    }

    /**
     * Returns the VLAN.
     *
     * @return 1 to 4094, or 0 for untagged frames
     */
    public int vlanId() {
        return vlanId;
    }

    /**
     * Returns our link-layer address.
     *
     * @return a unicast address
     */
    public MacAddress sourceMac() {
        return sourceMac;
    }

    /**
     * Returns the next hop's link-layer address.
     *
     * @return a unicast address
     */
    public MacAddress destinationMac() {
        return destinationMac;
    }

    @Override
    public String toString() {
        return "Layer2Copy{instance=" + instance + ", source=" + source + ", destination=" + destination
                + ", hopLimit=" + hopLimit + ", key=" + key + ", vlanId=" + vlanId
                + ", sourceMac=" + sourceMac + ", destinationMac=" + destinationMac + "}";
    }

    /** Builder of {@link Layer2Copy}. */
    public static final class Builder {
        private Integer instance;
        private IpAddress source;
        private IpAddress destination;
        private int hopLimit = DEFAULT_HOP_LIMIT;
        private Long key;
        private int vlanId;
        private MacAddress sourceMac;
        private MacAddress destinationMac;

        private Builder() {
        }

        /**
         * Sets the instance of the member.
         *
         * @param value 1 to 65535
         * @return this builder
         */
        public Builder instance(int value) {
            instance = value;
            return this;
        }

        /**
         * Sets our address.
         *
         * @param value the home agent's
         * @return this builder
         */
        public Builder source(IpAddress value) {
            source = value;
            return this;
        }

        /**
         * Sets the peer's address.
         *
         * @param value the care-of address
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
         * Sets the key.
         *
         * @param value 0 to 4294967295
         * @return this builder
         */
        public Builder key(long value) {
            key = value;
            return this;
        }

        /**
         * Sets the VLAN.
         *
         * @param value 1 to 4094, or 0 for untagged frames; default 0
         * @return this builder
         */
        public Builder vlanId(int value) {
            vlanId = value;
            return this;
        }

        /**
         * Sets our link-layer address.
         *
         * @param value a unicast address
         * @return this builder
         */
        public Builder sourceMac(MacAddress value) {
            sourceMac = value;
            return this;
        }

        /**
         * Sets the next hop's link-layer address.
         *
         * @param value a unicast address
         * @return this builder
         */
        public Builder destinationMac(MacAddress value) {
            destinationMac = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public Layer2Copy build() {
            Check.range("instance", instance, 1, Check.MAX_16);
            Check.unicast("source", source);
            Check.unicast("destination", destination);
            Check.sameFamily("source", source, "destination", destination);
            Check.range("hopLimit", hopLimit, 1, Check.MAX_8);
            Check.range("key", key, 0, Check.MAX_32);
            Check.vlan(vlanId);
            Check.station("sourceMac", sourceMac);
            Check.station("destinationMac", destinationMac);
            return new Layer2Copy(this);
        }
    }
}
