// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A peer whose tunnel ends here, by the outer addresses of its packets. One tunnel serves all sessions and all
 * encapsulations between two nodes; the session tells how its packets are encapsulated. The counter counts what the
 * peer has sent. Other peers' packets are dropped (UNKNOWN_TUNNEL).
 */
public final class Tunnel extends Entry {
    private final IpAddress outerSource;
    private final IpAddress outerDestination;
    private final int sourcePort;
    private final long tunnelId;
    private final int domain;
    private final boolean toAccess;

    private Tunnel(Builder builder) {
        super(P4.Tunnels.TABLE,
                new Key().exact(P4.Tunnels.OUTER_SOURCE, builder.outerSource)
                        .exact(P4.Tunnels.OUTER_DESTINATION, builder.outerDestination)
                        .exact(P4.Tunnels.SOURCE_PORT, builder.sourcePort, P4.Tunnels.SOURCE_PORT_BITS),
                action(builder));
        outerSource = builder.outerSource;
        outerDestination = builder.outerDestination;
        sourcePort = builder.sourcePort;
        tunnelId = builder.tunnelId;
        domain = builder.domain;
        toAccess = builder.toAccess;
    }

    private static Act action(Builder builder) {
        return builder.toAccess
                ? Act.of(P4.Tunnels.DecapsulateToAccess.ACTION)
                        .with(P4.Tunnels.DecapsulateToAccess.TUNNEL_ID, builder.tunnelId,
                                P4.Tunnels.DecapsulateToAccess.TUNNEL_ID_BITS)
                        .with(P4.Tunnels.DecapsulateToAccess.DOMAIN, builder.domain,
                                P4.Tunnels.DecapsulateToAccess.DOMAIN_BITS)
                : Act.of(P4.Tunnels.Decapsulate.ACTION)
                        .with(P4.Tunnels.Decapsulate.TUNNEL_ID, builder.tunnelId,
                                P4.Tunnels.Decapsulate.TUNNEL_ID_BITS)
                        .with(P4.Tunnels.Decapsulate.DOMAIN, builder.domain, P4.Tunnels.Decapsulate.DOMAIN_BITS);
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
    public static Tunnel fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Tunnels.TABLE);
        Builder builder = builder()
                .outerSource(reader.address(P4.Tunnels.OUTER_SOURCE))
                .outerDestination(reader.address(P4.Tunnels.OUTER_DESTINATION))
                .sourcePort((int) reader.number(P4.Tunnels.SOURCE_PORT));
        if (reader.does(P4.Tunnels.DecapsulateToAccess.ACTION)) {
            return builder.toAccess()
                    .tunnelId(reader.number(P4.Tunnels.DecapsulateToAccess.TUNNEL_ID))
                    .domain((int) reader.number(P4.Tunnels.DecapsulateToAccess.DOMAIN))
                    .build();
        }
        reader.expect(P4.Tunnels.Decapsulate.ACTION);
        return builder.tunnelId(reader.number(P4.Tunnels.Decapsulate.TUNNEL_ID))
                .domain((int) reader.number(P4.Tunnels.Decapsulate.DOMAIN))
                .build();
    }

    /**
     * Returns the peer's address.
     *
     * @return Proxy-CoA at the anchor
     */
    public IpAddress outerSource() {
        return outerSource;
    }

    /**
     * Returns our address.
     *
     * @return LMAA at the anchor
     */
    public IpAddress outerDestination() {
        return outerDestination;
    }

    /**
     * Returns the UDP source port of the peer.
     *
     * @return 1 to 65535, or 0 without UDP
     */
    public int sourcePort() {
        return sourcePort;
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
     * Returns the routing domain of sessions without a key.
     *
     * @return 0 (transport) to 65535
     */
    public int domain() {
        return domain;
    }

    /**
     * Returns whether the tunnel leads to the mobile nodes of this gateway.
     *
     * @return true at the gateway, false at the anchor
     */
    public boolean toAccess() {
        return toAccess;
    }

    @Override
    public String toString() {
        return "Tunnel{outerSource=" + outerSource + ", outerDestination=" + outerDestination + ", sourcePort="
                + sourcePort + ", tunnelId=" + tunnelId + ", domain=" + domain + (toAccess ? ", toAccess}" : "}");
    }

    /** Builder of {@link Tunnel}. */
    public static final class Builder {
        private IpAddress outerSource;
        private IpAddress outerDestination;
        private int sourcePort;
        private Long tunnelId;
        private Integer domain;
        private boolean toAccess;

        private Builder() {
        }

        /**
         * Sets the peer's address.
         *
         * @param value Proxy-CoA at the anchor
         * @return this builder
         */
        public Builder outerSource(IpAddress value) {
            outerSource = value;
            return this;
        }

        /**
         * Sets our address.
         *
         * @param value LMAA at the anchor
         * @return this builder
         */
        public Builder outerDestination(IpAddress value) {
            outerDestination = value;
            return this;
        }

        /**
         * Sets the UDP source port of the peer.
         *
         * @param value 1 to 65535, or 0 without UDP; default 0
         * @return this builder
         */
        public Builder sourcePort(int value) {
            sourcePort = value;
            return this;
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
         * Sets the routing domain of sessions without a key.
         *
         * @param value 0 (transport) to 65535
         * @return this builder
         */
        public Builder domain(int value) {
            domain = value;
            return this;
        }

        /**
         * Makes it the gateway's end of a tunnel: inner packets go to the gateway's mobile nodes.
         *
         * @return this builder
         */
        public Builder toAccess() {
            toAccess = true;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public Tunnel build() {
            Check.unicast("outerSource", outerSource);
            Check.unicast("outerDestination", outerDestination);
            Check.sameFamily("outerSource", outerSource, "outerDestination", outerDestination);
            Check.range("sourcePort (0: no UDP)", sourcePort, 0, Check.MAX_16);
            Check.id("tunnelId", tunnelId);
            Check.domain(domain);
            return new Tunnel(this);
        }
    }
}
