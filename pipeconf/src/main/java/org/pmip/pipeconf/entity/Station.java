// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A link-layer address of ours at a port. Unicast frames to others are dropped (NOT_OUR_MAC).
 */
public final class Station extends Entry {
    private final PortNumber port;
    private final MacAddress mac;

    private Station(Builder builder) {
        super(P4.Stations.TABLE,
                new Key().exact(P4.Stations.INGRESS_PORT, builder.port.toLong(), P4.Stations.INGRESS_PORT_BITS)
                        .exact(P4.Stations.MAC, builder.mac),
                Act.of(P4.Stations.AcceptFrame.ACTION));
        port = builder.port;
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
    public static Station fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Stations.TABLE).expect(P4.Stations.AcceptFrame.ACTION);
        return builder()
                .port(reader.port(P4.Stations.INGRESS_PORT))
                .mac(reader.mac(P4.Stations.MAC))
                .build();
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
     * Returns our address.
     *
     * @return a unicast address
     */
    public MacAddress mac() {
        return mac;
    }

    @Override
    public String toString() {
        return "Station{port=" + port + ", mac=" + mac + "}";
    }

    /** Builder of {@link Station}. */
    public static final class Builder {
        private PortNumber port;
        private MacAddress mac;

        private Builder() {
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
         * Sets our address.
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
        public Station build() {
            Check.port("port", port);
            Check.station("mac", mac);
            return new Station(this);
        }
    }
}
