// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpPrefix;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * An address or prefix from which a mobile node may send. Other sources are dropped (INNER_SOURCE).
 */
public final class AccessSource extends Entry {
    private final long sessionId;
    private final IpPrefix source;

    private AccessSource(Builder builder) {
        super(P4.AccessSources.TABLE,
                new Key().exact(P4.AccessSources.SESSION_ID, builder.sessionId, P4.AccessSources.SESSION_ID_BITS)
                        .lpm(P4.AccessSources.IP_VERSION, P4.AccessSources.SOURCE, builder.source),
                Act.of(P4.AccessSources.Permit.ACTION));
        sessionId = builder.sessionId;
        source = builder.source;
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
    public static AccessSource fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.AccessSources.TABLE).expect(P4.AccessSources.Permit.ACTION);
        return builder()
                .sessionId(reader.number(P4.AccessSources.SESSION_ID))
                .source(reader.prefix(P4.AccessSources.IP_VERSION, P4.AccessSources.SOURCE))
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
     * Returns the mobile node's prefix.
     *
     * @return home network prefix, or IPv4 home address as /32
     */
    public IpPrefix source() {
        return source;
    }

    @Override
    public String toString() {
        return "AccessSource{sessionId=" + sessionId + ", source=" + source + "}";
    }

    /** Builder of {@link AccessSource}. */
    public static final class Builder {
        private Long sessionId;
        private IpPrefix source;

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
         * Sets the mobile node's prefix.
         *
         * @param value home network prefix, or IPv4 home address as /32
         * @return this builder
         */
        public Builder source(IpPrefix value) {
            source = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public AccessSource build() {
            Check.id("sessionId", sessionId);
            Check.prefix("source", source);
            return new AccessSource(this);
        }
    }
}
