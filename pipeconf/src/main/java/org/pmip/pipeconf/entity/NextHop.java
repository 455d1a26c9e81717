// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A neighbour: the port and VLAN to it, our link-layer address there, and its own.
 */
public final class NextHop extends Entry {
    private final long nextHopId;
    private final PortNumber port;
    private final int vlanId;
    private final MacAddress sourceMac;
    private final MacAddress destinationMac;

    private NextHop(Builder builder) {
        super(P4.NextHops.TABLE,
                new Key().exact(P4.NextHops.NEXT_HOP_ID, builder.nextHopId, P4.NextHops.NEXT_HOP_ID_BITS),
                Act.of(P4.NextHops.Transmit.ACTION)
                        .with(P4.NextHops.Transmit.PORT, builder.port.toLong(), P4.NextHops.Transmit.PORT_BITS)
                        .with(P4.NextHops.Transmit.VLAN_ID, builder.vlanId, P4.NextHops.Transmit.VLAN_ID_BITS)
                        .with(P4.NextHops.Transmit.SOURCE_MAC, builder.sourceMac)
                        .with(P4.NextHops.Transmit.DESTINATION_MAC, builder.destinationMac));
        nextHopId = builder.nextHopId;
        port = builder.port;
        vlanId = builder.vlanId;
        sourceMac = builder.sourceMac;
        destinationMac = builder.destinationMac;
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
    public static NextHop fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.NextHops.TABLE).expect(P4.NextHops.Transmit.ACTION);
        return builder()
                .nextHopId(reader.number(P4.NextHops.NEXT_HOP_ID))
                .port(reader.port(P4.NextHops.Transmit.PORT))
                .vlanId((int) reader.number(P4.NextHops.Transmit.VLAN_ID))
                .sourceMac(reader.mac(P4.NextHops.Transmit.SOURCE_MAC))
                .destinationMac(reader.mac(P4.NextHops.Transmit.DESTINATION_MAC))
                .build();
    }

    /**
     * Returns the next hop.
     *
     * @return 1 to 4294967295
     */
    public long nextHopId() {
        return nextHopId;
    }

    /**
     * Returns the port.
     *
     * @return 1 to 510
     */
    public PortNumber port() {
        return port;
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
     * Returns our address.
     *
     * @return a unicast address
     */
    public MacAddress sourceMac() {
        return sourceMac;
    }

    /**
     * Returns the neighbour's address.
     *
     * @return a unicast address
     */
    public MacAddress destinationMac() {
        return destinationMac;
    }

    @Override
    public String toString() {
        return "NextHop{nextHopId=" + nextHopId + ", port=" + port + ", vlanId=" + vlanId
                + ", sourceMac=" + sourceMac + ", destinationMac=" + destinationMac + "}";
    }

    /** Builder of {@link NextHop}. */
    public static final class Builder {
        private Long nextHopId;
        private PortNumber port;
        private int vlanId;
        private MacAddress sourceMac;
        private MacAddress destinationMac;

        private Builder() {
        }

        /**
         * Sets the next hop.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder nextHopId(long value) {
            nextHopId = value;
            return this;
        }

        /**
         * Sets the port.
         *
         * @param value 1 to 510
         * @return this builder
         */
        public Builder port(PortNumber value) {
            port = value;
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
         * Sets our address.
         *
         * @param value a unicast address
         * @return this builder
         */
        public Builder sourceMac(MacAddress value) {
            sourceMac = value;
            return this;
        }

        /**
         * Sets the neighbour's address.
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
        public NextHop build() {
            Check.id("nextHopId", nextHopId);
            Check.port("port", port);
            Check.vlan(vlanId);
            Check.station("sourceMac", sourceMac);
            Check.station("destinationMac", destinationMac);
            return new NextHop(this);
        }
    }
}
