// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * Where the mobile node of a session is on the access link. The counter counts what it was sent, in octets as received,
 * outer headers included.
 */
public final class AccessDelivery extends Entry {
    private final long sessionId;
    private final PortNumber port;
    private final int vlanId;
    private final MacAddress sourceMac;
    private final MacAddress destinationMac;

    private AccessDelivery(Builder builder) {
        super(P4.AccessDeliveries.TABLE,
                new Key().exact(P4.AccessDeliveries.SESSION_ID, builder.sessionId, P4.AccessDeliveries.SESSION_ID_BITS),
                Act.of(P4.AccessDeliveries.Deliver.ACTION)
                        .with(P4.AccessDeliveries.Deliver.PORT, builder.port.toLong(),
                                P4.AccessDeliveries.Deliver.PORT_BITS)
                        .with(P4.AccessDeliveries.Deliver.VLAN_ID, builder.vlanId,
                                P4.AccessDeliveries.Deliver.VLAN_ID_BITS)
                        .with(P4.AccessDeliveries.Deliver.SOURCE_MAC, builder.sourceMac)
                        .with(P4.AccessDeliveries.Deliver.DESTINATION_MAC, builder.destinationMac));
        sessionId = builder.sessionId;
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
    public static AccessDelivery fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.AccessDeliveries.TABLE)
                .expect(P4.AccessDeliveries.Deliver.ACTION);
        return builder()
                .sessionId(reader.number(P4.AccessDeliveries.SESSION_ID))
                .port(reader.port(P4.AccessDeliveries.Deliver.PORT))
                .vlanId((int) reader.number(P4.AccessDeliveries.Deliver.VLAN_ID))
                .sourceMac(reader.mac(P4.AccessDeliveries.Deliver.SOURCE_MAC))
                .destinationMac(reader.mac(P4.AccessDeliveries.Deliver.DESTINATION_MAC))
                .build();
    }

    /**
     * Returns the session.
     *
     * @return 1 to 4294967295
     */
    public long sessionId() {
        return sessionId;
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
     * Returns the mobile node's address.
     *
     * @return a unicast address
     */
    public MacAddress destinationMac() {
        return destinationMac;
    }

    @Override
    public String toString() {
        return "AccessDelivery{sessionId=" + sessionId + ", port=" + port + ", vlanId=" + vlanId
                + ", sourceMac=" + sourceMac + ", destinationMac=" + destinationMac + "}";
    }

    /** Builder of {@link AccessDelivery}. */
    public static final class Builder {
        private Long sessionId;
        private PortNumber port;
        private int vlanId;
        private MacAddress sourceMac;
        private MacAddress destinationMac;

        private Builder() {
        }

        /**
         * Sets the session.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder sessionId(long value) {
            sessionId = value;
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
         * Sets the mobile node's address.
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
        public AccessDelivery build() {
            Check.id("sessionId", sessionId);
            Check.port("port", port);
            Check.vlan(vlanId);
            Check.station("sourceMac", sourceMac);
            Check.station("destinationMac", destinationMac);
            return new AccessDelivery(this);
        }
    }
}
