// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A mobile node on an access link of the gateway, by port, VLAN and link-layer address. The counter counts what it has
 * sent, accepted or not. Packets of others are dropped (UNKNOWN_NODE).
 */
public final class AccessNode extends Entry {
    private final PortNumber port;
    private final int vlanId;
    private final MacAddress mac;
    private final long sessionId;
    private final int domain;
    private final boolean localRouting;
    private final boolean layer2;

    private AccessNode(Builder builder) {
        super(P4.AccessNodes.TABLE,
                new Key().exact(P4.AccessNodes.INGRESS_PORT, builder.port.toLong(), P4.AccessNodes.INGRESS_PORT_BITS)
                        .exact(P4.AccessNodes.VLAN_ID, builder.vlanId, P4.AccessNodes.VLAN_ID_BITS)
                        .exact(P4.AccessNodes.MAC, builder.mac),
                action(builder));
        port = builder.port;
        vlanId = builder.vlanId;
        mac = builder.mac;
        sessionId = builder.sessionId;
        domain = builder.layer2 ? 0 : builder.domain;
        localRouting = builder.localRouting;
        layer2 = builder.layer2;
    }

    private static Act action(Builder builder) {
        if (builder.layer2) {
            return Act.of(P4.AccessNodes.AttachLayer2.ACTION).with(P4.AccessNodes.AttachLayer2.SESSION_ID,
                    builder.sessionId, P4.AccessNodes.AttachLayer2.SESSION_ID_BITS);
        }
        return Act.of(P4.AccessNodes.Attach.ACTION)
                .with(P4.AccessNodes.Attach.SESSION_ID, builder.sessionId, P4.AccessNodes.Attach.SESSION_ID_BITS)
                .with(P4.AccessNodes.Attach.DOMAIN, builder.domain, P4.AccessNodes.Attach.DOMAIN_BITS)
                .with(P4.AccessNodes.Attach.LOCAL_ROUTING, builder.localRouting ? 1 : 0,
                        P4.AccessNodes.Attach.LOCAL_ROUTING_BITS);
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
    public static AccessNode fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.AccessNodes.TABLE);
        Builder builder = builder().port(reader.port(P4.AccessNodes.INGRESS_PORT))
                .vlanId((int) reader.number(P4.AccessNodes.VLAN_ID))
                .mac(reader.mac(P4.AccessNodes.MAC));
        if (reader.does(P4.AccessNodes.AttachLayer2.ACTION)) {
            return builder.layer2().sessionId(reader.number(P4.AccessNodes.AttachLayer2.SESSION_ID)).build();
        }
        reader.expect(P4.AccessNodes.Attach.ACTION);
        return builder.sessionId(reader.number(P4.AccessNodes.Attach.SESSION_ID))
                .domain((int) reader.number(P4.AccessNodes.Attach.DOMAIN))
                .localRouting(reader.number(P4.AccessNodes.Attach.LOCAL_ROUTING) == 1)
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
     * Returns the VLAN.
     *
     * @return 1 to 4094, or 0 for untagged frames
     */
    public int vlanId() {
        return vlanId;
    }

    /**
     * Returns the mobile node's address.
     *
     * @return a unicast address
     */
    public MacAddress mac() {
        return mac;
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
     * Returns the routing domain of the session.
     *
     * @return 0 (transport) to 65535; 0 for a node whose whole frames are tunnelled
     */
    public int domain() {
        return domain;
    }

    /**
     * Returns whether packets to other nodes of this gateway go there directly.
     *
     * @return true if they do (EnableMAGLocalRouting)
     */
    public boolean localRouting() {
        return localRouting;
    }

    /**
     * Returns whether all frames of the node go into its tunnel as they are.
     *
     * @return true for a tunnel of whole frames
     */
    public boolean layer2() {
        return layer2;
    }

    @Override
    public String toString() {
        return "AccessNode{port=" + port + ", vlanId=" + vlanId + ", mac=" + mac + ", sessionId=" + sessionId
                + (layer2 ? ", layer2}" : ", domain=" + domain + ", localRouting=" + localRouting + "}");
    }

    /** Builder of {@link AccessNode}. */
    public static final class Builder {
        private PortNumber port;
        private int vlanId;
        private MacAddress mac;
        private Long sessionId;
        private Integer domain;
        private boolean localRouting;
        private boolean layer2;

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
         * Sets the mobile node's address.
         *
         * @param value a unicast address
         * @return this builder
         */
        public Builder mac(MacAddress value) {
            mac = value;
            return this;
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
         * Sets the routing domain of the session.
         *
         * @param value 0 (transport) to 65535
         * @return this builder
         */
        public Builder domain(int value) {
            domain = value;
            return this;
        }

        /**
         * Sets whether packets to other nodes of this gateway go there directly.
         *
         * @param value true if they do (EnableMAGLocalRouting); default false
         * @return this builder
         */
        public Builder localRouting(boolean value) {
            localRouting = value;
            return this;
        }

        /**
         * Puts all frames of the node into its tunnel as they are, whoever they are for.
         *
         * @return this builder
         */
        public Builder layer2() {
            layer2 = true;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public AccessNode build() {
            Check.port("port", port);
            Check.vlan(vlanId);
            Check.station("mac", mac);
            Check.id("sessionId", sessionId);
            if (layer2) {
                Check.absent("domain", domain, "layer2()");
                Check.absent("localRouting", localRouting ? true : null, "layer2()");
            } else {
                Check.domain(domain);
            }
            return new AccessNode(this);
        }
    }
}
