// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.generated.P4;

/**
 * An address or prefix of a mobile node of this gateway, and how its packets must come from the anchor: through which
 * tunnel, in which encapsulation, with which key. Whatever differs is dropped, with the difference as the reason;
 * packets to others are dropped (NO_NODE).
 */
public final class AccessDestination extends Entry {
    private final int domain;
    private final IpPrefix destination;
    private final long sessionId;
    private final long tunnelId;
    private final Encapsulation encapsulation;
    private final long key;

    private AccessDestination(Builder builder) {
        super(P4.AccessDestinations.TABLE,
                new Key().exact(P4.AccessDestinations.DOMAIN, builder.domain, P4.AccessDestinations.DOMAIN_BITS)
                        .lpm(P4.AccessDestinations.IP_VERSION, P4.AccessDestinations.DESTINATION, builder.destination),
                Act.of(P4.AccessDestinations.Expect.ACTION)
                        .with(P4.AccessDestinations.Expect.SESSION_ID, builder.sessionId,
                                P4.AccessDestinations.Expect.SESSION_ID_BITS)
                        .with(P4.AccessDestinations.Expect.TUNNEL_ID, builder.tunnelId,
                                P4.AccessDestinations.Expect.TUNNEL_ID_BITS)
                        .with(P4.AccessDestinations.Expect.ENCAPSULATION, builder.encapsulation.code(),
                                P4.AccessDestinations.Expect.ENCAPSULATION_BITS)
                        .with(P4.AccessDestinations.Expect.KEY, builder.key, P4.AccessDestinations.Expect.KEY_BITS));
        domain = builder.domain;
        destination = builder.destination;
        sessionId = builder.sessionId;
        tunnelId = builder.tunnelId;
        encapsulation = builder.encapsulation;
        key = builder.key;
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
    public static AccessDestination fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.AccessDestinations.TABLE)
                .expect(P4.AccessDestinations.Expect.ACTION);
        return builder()
                .domain((int) reader.number(P4.AccessDestinations.DOMAIN))
                .destination(reader.prefix(P4.AccessDestinations.IP_VERSION, P4.AccessDestinations.DESTINATION))
                .sessionId(reader.number(P4.AccessDestinations.Expect.SESSION_ID))
                .tunnelId(reader.number(P4.AccessDestinations.Expect.TUNNEL_ID))
                .encapsulation(Encapsulation.of(reader.number(P4.AccessDestinations.Expect.ENCAPSULATION)))
                .key(reader.number(P4.AccessDestinations.Expect.KEY))
                .build();
    }

    /**
     * Returns the routing domain.
     *
     * @return 0 (transport) to 65535
     */
    public int domain() {
        return domain;
    }

    /**
     * Returns the mobile node's prefix.
     *
     * @return home network prefix, or IPv4 home address as /32
     */
    public IpPrefix destination() {
        return destination;
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
     * Returns the tunnel of the session's anchor.
     *
     * @return 1 to 4294967295
     */
    public long tunnelId() {
        return tunnelId;
    }

    /**
     * Returns the encapsulation.
     *
     * @return as negotiated
     */
    public Encapsulation encapsulation() {
        return encapsulation;
    }

    /**
     * Returns the downlink key.
     *
     * @return 0 to 4294967295; 0 for encapsulations without key
     */
    public long key() {
        return key;
    }

    @Override
    public String toString() {
        return "AccessDestination{domain=" + domain + ", destination=" + destination
                + ", sessionId=" + sessionId + ", tunnelId=" + tunnelId + ", encapsulation=" + encapsulation
                + ", key=" + key + "}";
    }

    /** Builder of {@link AccessDestination}. */
    public static final class Builder {
        private Integer domain;
        private IpPrefix destination;
        private Long sessionId;
        private Long tunnelId;
        private Encapsulation encapsulation;
        private long key;

        private Builder() {
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
         * Sets the mobile node's prefix.
         *
         * @param value home network prefix, or IPv4 home address as /32
         * @return this builder
         */
        public Builder destination(IpPrefix value) {
            destination = value;
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
         * Sets the tunnel of the session's anchor.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder tunnelId(long value) {
            tunnelId = value;
            return this;
        }

        /**
         * Sets the encapsulation.
         *
         * @param value as negotiated
         * @return this builder
         */
        public Builder encapsulation(Encapsulation value) {
            encapsulation = value;
            return this;
        }

        /**
         * Sets the downlink key.
         *
         * @param value 0 to 4294967295; 0 for encapsulations without key; default 0
         * @return this builder
         */
        public Builder key(long value) {
            key = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public AccessDestination build() {
            Check.domain(domain);
            Check.prefix("destination", destination);
            Check.id("sessionId", sessionId);
            Check.id("tunnelId", tunnelId);
            Check.ofPackets(encapsulation);
            Check.key(encapsulation, key);
            return new AccessDestination(this);
        }
    }
}
