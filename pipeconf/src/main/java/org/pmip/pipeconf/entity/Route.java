// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.OptionalLong;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A route of a routing domain. The longest prefix wins; without one, or when it is unreachable, packets are dropped
 * (NO_ROUTE).
 */
public final class Route extends Entry {
    private final int domain;
    private final IpPrefix destination;
    private final Long nextHopId;

    private Route(Builder builder) {
        super(P4.Routes.TABLE,
                new Key().exact(P4.Routes.DOMAIN, builder.domain, P4.Routes.DOMAIN_BITS)
                        .lpm(P4.Routes.IP_VERSION, P4.Routes.DESTINATION, builder.destination),
                action(builder));
        domain = builder.domain;
        destination = builder.destination;
        nextHopId = builder.nextHopId;
    }

    private static Act action(Builder builder) {
        if (builder.unreachable) {
            return Act.of(P4.Routes.Unreachable.ACTION);
        }
        return Act.of(P4.Routes.Forward.ACTION).with(P4.Routes.Forward.NEXT_HOP_ID,
                builder.nextHopId, P4.Routes.Forward.NEXT_HOP_ID_BITS);
    }

    /**
     * Returns a builder.
     *
     * @return a builder with no values
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
    public static Route fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Routes.TABLE);
        Builder builder = builder()
                .domain((int) reader.number(P4.Routes.DOMAIN))
                .destination(reader.prefix(P4.Routes.IP_VERSION, P4.Routes.DESTINATION));
        if (reader.does(P4.Routes.Unreachable.ACTION)) {
            return builder.unreachable().build();
        }
        reader.expect(P4.Routes.Forward.ACTION);
        return builder.nextHopId(reader.number(P4.Routes.Forward.NEXT_HOP_ID)).build();
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
     * Returns the prefix.
     *
     * @return IPv4 or IPv6, /0 for the default route
     */
    public IpPrefix destination() {
        return destination;
    }

    /**
     * Returns the next hop.
     *
     * @return 1 to 4294967295, or nothing when the prefix is unreachable
     */
    public OptionalLong nextHopId() {
        return nextHopId == null ? OptionalLong.empty() : OptionalLong.of(nextHopId);
    }

    @Override
    public String toString() {
        return "Route{domain=" + domain + ", destination=" + destination
                + (nextHopId == null ? ", unreachable" : ", nextHopId=" + nextHopId) + "}";
    }

    /** Builder of {@link Route}. */
    public static final class Builder {
        private Integer domain;
        private IpPrefix destination;
        private Long nextHopId;
        private boolean unreachable;

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
         * Sets the prefix.
         *
         * @param value IPv4 or IPv6, /0 for the default route
         * @return this builder
         */
        public Builder destination(IpPrefix value) {
            destination = value;
            return this;
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
         * Makes the prefix unreachable.
         *
         * @return this builder
         */
        public Builder unreachable() {
            unreachable = true;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public Route build() {
            Check.domain(domain);
            Check.prefix("destination", destination);
            if (unreachable) {
                Check.absent("nextHopId", nextHopId, "unreachable()");
            } else {
                Check.id("nextHopId (or unreachable())", nextHopId);
            }
            return new Route(this);
        }
    }
}
