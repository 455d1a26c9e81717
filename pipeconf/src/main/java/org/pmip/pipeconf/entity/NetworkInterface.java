// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.generated.P4;

/**
 * An interface: a port, or one VLAN of a port, with its role and routing domain. Frames from anywhere else are dropped
 * (UNKNOWN_INTERFACE).
 */
public final class NetworkInterface extends Entry {
    private final PortNumber port;
    private final int vlanId;
    private final Role role;
    private final int domain;

    private NetworkInterface(Builder builder) {
        super(P4.Interfaces.TABLE,
                new Key().exact(P4.Interfaces.INGRESS_PORT, builder.port.toLong(), P4.Interfaces.INGRESS_PORT_BITS)
                        .exact(P4.Interfaces.VLAN_ID, builder.vlanId, P4.Interfaces.VLAN_ID_BITS),
                Act.of(P4.Interfaces.Connect.ACTION)
                        .with(P4.Interfaces.Connect.ROLE, builder.role.code(), P4.Interfaces.Connect.ROLE_BITS)
                        .with(P4.Interfaces.Connect.DOMAIN, builder.domain, P4.Interfaces.Connect.DOMAIN_BITS));
        port = builder.port;
        vlanId = builder.vlanId;
        role = builder.role;
        domain = builder.domain;
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
    public static NetworkInterface fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Interfaces.TABLE).expect(P4.Interfaces.Connect.ACTION);
        return builder()
                .port(reader.port(P4.Interfaces.INGRESS_PORT))
                .vlanId((int) reader.number(P4.Interfaces.VLAN_ID))
                .role(Role.of(reader.number(P4.Interfaces.Connect.ROLE)))
                .domain((int) reader.number(P4.Interfaces.Connect.DOMAIN))
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
     * Returns the role.
     *
     * @return to which network it leads
     */
    public Role role() {
        return role;
    }

    /**
     * Returns the routing domain.
     *
     * @return 0 (transport) to 65535
     */
    public int domain() {
        return domain;
    }

    @Override
    public String toString() {
        return "NetworkInterface{port=" + port + ", vlanId=" + vlanId + ", role=" + role
                + ", domain=" + domain + "}";
    }

    /** Builder of {@link NetworkInterface}. */
    public static final class Builder {
        private PortNumber port;
        private int vlanId;
        private Role role;
        private Integer domain;

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
         * Sets the role.
         *
         * @param value to which network it leads
         * @return this builder
         */
        public Builder role(Role value) {
            role = value;
            return this;
        }

        /**
         * Sets the routing domain.
         *
         * @param value 0 (transport) to 65535
         * @return this builder
         */
        public Builder domain(int value) {
            domain = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public NetworkInterface build() {
            Check.port("port", port);
            Check.vlan(vlanId);
            Check.present("role", role);
            Check.domain(domain);
            if (role == Role.TRANSPORT != (domain == 0)) {
                throw new IllegalArgumentException("domain " + domain + " does not go with role " + role
                        + "; give 0 for TRANSPORT, and 1 to 65535 for the others");
            }
            return new NetworkInterface(this);
        }
    }
}
