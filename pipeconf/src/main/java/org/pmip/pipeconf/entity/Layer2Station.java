// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.MacAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A link-layer address from which a session may send frames. Others are dropped (UNKNOWN_STATION).
 */
public final class Layer2Station extends Entry {
    private final long sessionId;
    private final MacAddress mac;

    private Layer2Station(Builder builder) {
        super(P4.Layer2Stations.TABLE,
                new Key().exact(P4.Layer2Stations.SESSION_ID, builder.sessionId, P4.Layer2Stations.SESSION_ID_BITS)
                        .exact(P4.Layer2Stations.MAC, builder.mac),
                Act.of(P4.Layer2Stations.Permit.ACTION));
        sessionId = builder.sessionId;
        mac = builder.mac;
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
    public static Layer2Station fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Layer2Stations.TABLE).expect(P4.Layer2Stations.Permit.ACTION);
        return builder()
                .sessionId(reader.number(P4.Layer2Stations.SESSION_ID))
                .mac(reader.mac(P4.Layer2Stations.MAC))
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
     * Returns the station.
     *
     * @return a unicast address
     */
    public MacAddress mac() {
        return mac;
    }

    @Override
    public String toString() {
        return "Layer2Station{sessionId=" + sessionId + ", mac=" + mac + "}";
    }

    /** Builder of {@link Layer2Station}. */
    public static final class Builder {
        private Long sessionId;
        private MacAddress mac;

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
         * Sets the station.
         *
         * @param value a unicast address
         * @return this builder
         */
        public Builder mac(MacAddress value) {
            mac = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public Layer2Station build() {
            Check.id("sessionId", sessionId);
            Check.station("mac", mac);
            return new Layer2Station(this);
        }
    }
}
