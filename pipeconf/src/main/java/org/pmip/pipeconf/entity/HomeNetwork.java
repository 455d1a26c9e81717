// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.OptionalLong;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A prefix of the home network. In use, it leads to a session; as an aggregate of a pool it leads to nobody, and
 * packets to addresses in it that no session has are dropped (NO_BINDING). The longest prefix wins.
 */
public final class HomeNetwork extends Entry {
    private final int domain;
    private final IpPrefix destination;
    private final Long sessionId;

    private HomeNetwork(Builder builder) {
        super(P4.HomeNetworks.TABLE,
                new Key().exact(P4.HomeNetworks.DOMAIN, builder.domain, P4.HomeNetworks.DOMAIN_BITS)
                        .lpm(P4.HomeNetworks.IP_VERSION, P4.HomeNetworks.DESTINATION, builder.destination),
                action(builder));
        domain = builder.domain;
        destination = builder.destination;
        sessionId = builder.sessionId;
    }

    private static Act action(Builder builder) {
        if (builder.noBinding) {
            return Act.of(P4.HomeNetworks.NoBinding.ACTION);
        }
        return Act.of(P4.HomeNetworks.ToSession.ACTION).with(P4.HomeNetworks.ToSession.SESSION_ID,
                builder.sessionId, P4.HomeNetworks.ToSession.SESSION_ID_BITS);
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
    public static HomeNetwork fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.HomeNetworks.TABLE);
        Builder builder = builder()
                .domain((int) reader.number(P4.HomeNetworks.DOMAIN))
                .destination(reader.prefix(P4.HomeNetworks.IP_VERSION, P4.HomeNetworks.DESTINATION));
        if (reader.does(P4.HomeNetworks.NoBinding.ACTION)) {
            return builder.noBinding().build();
        }
        reader.expect(P4.HomeNetworks.ToSession.ACTION);
        return builder.sessionId(reader.number(P4.HomeNetworks.ToSession.SESSION_ID)).build();
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
     * @return home network prefix, IPv4 home address as /32, or aggregate
     */
    public IpPrefix destination() {
        return destination;
    }

    /**
     * Returns the session.
     *
     * @return 1 to 4294967295, or nothing for an aggregate without binding
     */
    public OptionalLong sessionId() {
        return sessionId == null ? OptionalLong.empty() : OptionalLong.of(sessionId);
    }

    @Override
    public String toString() {
        return "HomeNetwork{domain=" + domain + ", destination=" + destination
                + (sessionId == null ? ", noBinding" : ", sessionId=" + sessionId) + "}";
    }

    /** Builder of {@link HomeNetwork}. */
    public static final class Builder {
        private Integer domain;
        private IpPrefix destination;
        private Long sessionId;
        private boolean noBinding;

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
         * @param value home network prefix, IPv4 home address as /32, or aggregate
         * @return this builder
         */
        public Builder destination(IpPrefix value) {
            destination = value;
            return this;
        }

        /**
         * Sets the session to which packets go.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder sessionId(long value) {
            sessionId = value;
            return this;
        }

        /**
         * Makes it an aggregate: nobody has its addresses, unless a longer prefix says so.
         *
         * @return this builder
         */
        public Builder noBinding() {
            noBinding = true;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public HomeNetwork build() {
            Check.domain(domain);
            Check.prefix("destination", destination);
            if (noBinding) {
                Check.absent("sessionId", sessionId, "noBinding()");
            } else {
                Check.id("sessionId (or noBinding())", sessionId);
            }
            return new HomeNetwork(this);
        }
    }
}
